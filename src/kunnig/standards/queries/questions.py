"""What a candidate is asked about a target, in plain words; never a grading sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from kunnig.kernel.languages import written_in
from kunnig.standards.formats import markup
from kunnig.standards.formats.question_set import shortened
from kunnig.standards.models import Question, QuestionGroupText, QuestionSet, QuestionText, Target
from kunnig.standards.queries.targets import STANDARDS_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A text that a language lacks is shown in the next of these that has it.
FALLBACKS = ("sv", "en")


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
