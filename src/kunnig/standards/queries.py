"""Reading standards: what can be mapped against, what is asked of it, what it is graded by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Collate
from django.utils import timezone

from kunnig.kernel.languages import written_in
from kunnig.kernel.text import folded
from kunnig.standards.formats import markup
from kunnig.standards.formats.question_set import shortened
from kunnig.standards.models import (
    Criterion,
    Point,
    Question,
    QuestionGroupText,
    QuestionSet,
    QuestionText,
    Syllabus,
    Target,
)
from kunnig.standards.states import GradeStep, LeadsTo, Mandate, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

# The standards themselves are written in Swedish.
STANDARDS_LANGUAGE = "sv"
# A text that a language lacks is shown in the next of these that has it.
FALLBACKS = ("sv", "en")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a list shows of one target."""

    id: UUID
    code: str
    name: str
    kind: TargetKind
    points: int | None
    leads_to: LeadsTo
    mandate: Mandate
    subject_code: str
    subject: str
    version: int


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of content: its words, and the same with emphasis for a page."""

    id: UUID
    number: int
    heading: str
    text: str
    rich: SafeString


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """One purpose of the subject that a target covers."""

    number: int
    rich: SafeString
    is_emphasised: bool


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One sentence of one grade step; for assessors and teachers only."""

    id: UUID
    grade_step: GradeStep
    paragraph: int
    number: int
    text: str
    rich: SafeString


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """A point of content that a question speaks to, in the standard's own words."""

    id: UUID
    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is put to a candidate: plain words, never a grading sentence.

    `language` is that of `text` and `hint`, which may be another than was asked for; the title
    of the group and `short`, which names the question where there is little room, say theirs.
    `quote` is what a generated question asks about: words of the standard, in `quote_language`,
    to be shown after the text and marked with their language.
    """

    id: UUID
    set_id: UUID
    code: str
    group_code: str
    group_number: int
    group_title: str
    group_language: str
    text: str
    hint: str
    short: str
    language: str
    quote: str
    quote_language: str
    short_language: str
    points: tuple[AskedPoint, ...]


def targets(
    *, words: str = "", kind: TargetKind | None = None, school_form: str = "", at: datetime
) -> QuerySet[Target]:
    """Return the targets in force that match, as Swedes order them: by subject, then as set there.

    `words` are looked for in code, name and subject; every one of them must be there.
    """
    found = in_force(at)
    for word in folded(words).split():
        found = found.filter(search_key__contains=word)
    if kind is not None:
        found = found.filter(kind=kind)
    if school_form:
        found = found.filter(syllabus__school_forms__code=school_form)
    return found.order_by(Collate("syllabus__name", "swedish"), "syllabus_id", "sort_order", "code")


def in_force(at: datetime) -> QuerySet[Target]:
    """Return the targets of every syllabus's newest version that has begun, unless it has ended."""
    day = timezone.localdate(at)
    newer = Syllabus.objects.filter(
        code=OuterRef("syllabus__code"),
        version__gt=OuterRef("syllabus__version"),
        valid_from__lte=day,
    )
    return Target.objects.filter(
        ~Exists(newer),
        Q(syllabus__valid_to__isnull=True) | Q(syllabus__valid_to__gte=day),
        syllabus__valid_from__lte=day,
    )


def targets_open_for_mapping(at: datetime) -> QuerySet[Target]:
    """Return the targets that a mapping begun at `at` may be held against."""
    return in_force(at).filter(Exists(QuestionSet.objects.filter(target=OuterRef("pk"))))


def target_rows(found: QuerySet[Target]) -> list[TargetRow]:
    """Return what a list shows of the targets found, in their order, in one question."""
    columns = found.values_list(
        "id",
        "code",
        "name",
        "kind",
        "points",
        "leads_to",
        "syllabus__mandate",
        "syllabus__code",
        "syllabus__name",
        "syllabus__version",
    )
    return [
        TargetRow(
            id=key,
            code=code,
            name=name,
            kind=TargetKind(kind),
            points=points,
            leads_to=LeadsTo(leads_to),
            mandate=Mandate(mandate),
            subject_code=subject_code,
            subject=subject,
            version=version,
        )
        for (
            key,
            code,
            name,
            kind,
            points,
            leads_to,
            mandate,
            subject_code,
            subject,
            version,
        ) in columns
    ]


def of_any_version() -> QuerySet[Target]:
    """Return every target there ever was, with its syllabus: what was mapped against stays."""
    return Target.objects.select_related("syllabus")


def newest_of(shown: Target, at: datetime) -> Target | None:
    """Return the target in force that has the code of the one shown, if that is another one."""
    same = in_force(at).filter(code=shown.code, syllabus__code=shown.syllabus.code)
    return same.exclude(pk=shown.pk).select_related("syllabus").first()


def points_of(shown: Target) -> list[PointRow]:
    """Return the points of content, in order."""
    rows = Point.objects.filter(target=shown).order_by("number")
    return [
        PointRow(key, number, heading, markup.plain(text), markup.rendered(text))
        for key, number, heading, text in rows.values_list("id", "number", "heading", "text")
    ]


def purposes_of(shown: Target) -> list[PurposeRow]:
    """Return the purposes of the subject that a target covers, in order."""
    rows = shown.covered_purposes.order_by("purpose__number")
    return [
        PurposeRow(number, markup.rendered(text), emphasised)
        for number, text, emphasised in rows.values_list(
            "purpose__number", "purpose__text", "is_emphasised"
        )
    ]


def school_forms_of(shown: Target) -> list[str]:
    """Return the codes of the school forms that a target's syllabus is used in."""
    return list(shown.syllabus.school_forms.order_by("code").values_list("code", flat=True))


def school_forms() -> list[str]:
    """Return the codes of every school form that some syllabus names."""
    return list(
        Syllabus.objects.filter(school_forms__isnull=False)
        .order_by("school_forms__code")
        .values_list("school_forms__code", flat=True)
        .distinct()
    )


def criteria_of(shown: Target) -> list[CriterionRow]:
    """Return what a target is graded by: its own criteria (Gy11) or its subject's (Gy25).

    For whoever `policies.may_read_criteria` lets through; never on a page of a candidate.
    """
    rows = Criterion.objects.filter(Q(target=shown) | Q(syllabus=shown.syllabus_id)).values_list(
        "id", "grade_step", "paragraph", "number", "text"
    )
    criteria = [
        CriterionRow(
            key, GradeStep(step), paragraph, number, markup.plain(text), markup.rendered(text)
        )
        for key, step, paragraph, number, text in rows
    ]
    reading_order = list(GradeStep)
    return sorted(criteria, key=lambda one: (reading_order.index(one.grade_step), one.number))


def criteria_by_question(set_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Return which criteria each question of some sets speaks to; for assessors and teachers."""
    links = Question.criteria.through.objects.filter(
        question__group__question_set__in=set_ids
    ).order_by("criterion__number")
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for question, criterion in links.values_list("question_id", "criterion_id"):
        found[question].append(criterion)
    return dict(found)


def current_question_set(of: Target) -> QuestionSet:
    """Return the newest question set of a target; every imported target has one."""
    return QuestionSet.objects.filter(target=of).order_by("-version")[0]


def current_question_sets(target_ids: Iterable[UUID]) -> dict[UUID, QuestionSet]:
    """Return the newest question set of each of some targets, by the target's key."""
    sets = QuestionSet.objects.filter(target__in=list(target_ids)).order_by("version")
    return {each.target_id: each for each in sets}


# Rows of a version never change (the database refuses it), so what was asked once is kept.
_KEPT: dict[tuple[UUID, str], tuple[AskedQuestion, ...]] = {}
_MOST_KEPT = 500


def questions_of(set_ids: Sequence[UUID], language: str) -> list[AskedQuestion]:
    """Return the questions of some sets in the order asked, in `language` where there are texts.

    Takes four questions to the database, however many sets and questions there are; none for
    sets that this process has asked for before.
    """
    # Another thread may clear what is kept at any moment: the answer is made of what is found now.
    asked = {key: kept for key in set_ids if (kept := _KEPT.get((key, language))) is not None}
    missing = [key for key in set_ids if key not in asked]
    fetched = _fetched(missing, language) if missing else []
    if len(_KEPT) > _MOST_KEPT:
        _KEPT.clear()
    for key in missing:
        asked[key] = tuple(each for each in fetched if each.set_id == key)
        _KEPT[key, language] = asked[key]
    return [question for key in set_ids for question in asked[key]]


def _fetched(set_ids: Sequence[UUID], language: str) -> list[AskedQuestion]:
    """Return the questions of some sets, each set's in the order asked."""
    rows = (
        Question.objects.filter(group__question_set__in=set_ids)
        .order_by("group__number", "number")
        .values_list(
            "id",
            "code",
            "group__question_set_id",
            "group_id",
            "group__code",
            "group__number",
        )
    )
    wanted = (language, *FALLBACKS)
    groups = _group_texts(set_ids, wanted)
    texts = _question_texts(set_ids, wanted)
    points = _asked_points(set_ids)
    return [
        _asked(
            AskedQuestion(
                id=key,
                set_id=set_id,
                code=code,
                group_code=group_code,
                group_number=group_number,
                group_title=groups[group].title,
                group_language=groups[group].language,
                text=groups[group].asks,
                hint="",
                short="",
                language=groups[group].language,
                quote="",
                quote_language=STANDARDS_LANGUAGE,
                short_language=STANDARDS_LANGUAGE,
                points=tuple(points.get(key, ())),
            ),
            texts.get(key),
        )
        for key, code, set_id, group, group_code, group_number in rows
    ]


def text_in(question: AskedQuestion, language: str) -> str:
    """Return what one question asks in exactly this language, empty where it has no such words."""
    asked = questions_of([question.set_id], language)
    same = next(each for each in asked if each.id == question.id)
    return same.text if same.language == language else ""


def _asked(question: AskedQuestion, own: _Texts | None) -> AskedQuestion:
    """Return the question in its own words, or else quoting the point that it was made of."""
    if own is not None:
        return replace(
            question,
            text=own.text,
            hint=own.hint,
            short=own.short,
            language=own.language,
            short_language=own.language,
        )
    point = question.points[0]
    question = replace(question, quote=point.text, short=shortened(point.text))
    if question.group_title:
        return question
    return replace(question, group_title=point.heading, group_language=STANDARDS_LANGUAGE)


@dataclass(frozen=True, slots=True)
class _GroupTexts:
    """The words of a group in the language found for it."""

    language: str
    title: str
    asks: str


@dataclass(frozen=True, slots=True)
class _Texts:
    """The words of a question in the language found for it."""

    language: str
    text: str
    hint: str
    short: str


Found = TypeVar("Found", _GroupTexts, _Texts)


def _best(rows: Iterable[tuple[UUID, Found]], wanted: Sequence[str]) -> dict[UUID, Found]:
    """Return for each key the row in the language that comes first among those wanted."""
    best: dict[UUID, Found] = {}
    for key, row in rows:
        if key not in best or _rank(row.language, wanted) < _rank(best[key].language, wanted):
            best[key] = row
    return best


def _rank(language: str, wanted: Sequence[str]) -> int:
    return wanted.index(language) if language in wanted else len(wanted)


def _group_texts(set_ids: Sequence[UUID], wanted: Sequence[str]) -> dict[UUID, _GroupTexts]:
    rows = QuestionGroupText.objects.filter(group__question_set__in=set_ids)
    columns = rows.values_list("group_id", "language", "title", "asks")
    return _in_one_language(_best(((key, _GroupTexts(*words)) for key, *words in columns), wanted))


def _question_texts(set_ids: Sequence[UUID], wanted: Sequence[str]) -> dict[UUID, _Texts]:
    rows = QuestionText.objects.filter(question__group__question_set__in=set_ids)
    columns = rows.values_list("question_id", "language", "text", "hint", "short")
    return _in_one_language(_best(((key, _Texts(*words)) for key, *words in columns), wanted))


def _in_one_language(found: Mapping[UUID, Found]) -> dict[UUID, Found]:
    """Return words with the language they are in, whether they are written simply or not."""
    return {key: replace(row, language=written_in(row.language)) for key, row in found.items()}


def _asked_points(set_ids: Sequence[UUID]) -> dict[UUID, list[AskedPoint]]:
    rows = (
        Question.points.through.objects.filter(question__group__question_set__in=set_ids)
        .order_by("point__number")
        .values_list("question_id", "point_id", "point__number", "point__heading", "point__text")
    )
    found: dict[UUID, list[AskedPoint]] = defaultdict(list)
    for question, point, number, heading, text in rows:
        found[question].append(AskedPoint(point, number, heading, markup.plain(text)))
    return found
