"""Drafts of question sets: which ones there are, how they read now, and who wrote what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q

from kunnig.kernel.languages import written_in
from kunnig.organisations.queries import roles_of
from kunnig.standards.formats import markup
from kunnig.standards.formats.draft_text import of_kept
from kunnig.standards.formats.outline import Group, Outline, Part, asked_words, coverage_of
from kunnig.standards.formats.question_set import Words, lettered
from kunnig.standards.models import (
    Criterion,
    DraftEntry,
    DraftPart,
    Point,
    QuestionSet,
    SetDraft,
    Target,
)
from kunnig.standards.queries.questions import FALLBACKS, AskedPoint, AskedQuestion
from kunnig.standards.queries.targets import STANDARDS_LANGUAGE, targets
from kunnig.standards.states import OPEN_DRAFTS, TELLING, WRITERS, Deed, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from kunnig.people.models import Person
    from kunnig.standards.formats.draft_text import PartText
    from kunnig.standards.formats.outline import Coverage


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One deed in a draft, and the words that came of it."""

    number: int
    deed: Deed
    who: str
    at: datetime
    what: str
    reason: str


def written_about_by(person: Person, at: datetime) -> QuerySet[Target]:
    """Return the targets that `person` may write questions about, of every version."""
    return Target.objects.filter(leads_to__in=_leading_to(person, at)).select_related("syllabus")


def open_to_writers(person: Person, at: datetime, *, words: str = "") -> QuerySet[Target]:
    """Return the targets in force that `person` may write questions about and that match."""
    return targets(words=words, at=at).filter(leads_to__in=_leading_to(person, at))


def drafts_for(person: Person, at: datetime) -> QuerySet[SetDraft]:
    """Return the drafts that `person` may read: those over what they may write about.

    Question sets are the county's, not one school's: teachers of every municipality share them.
    """
    return SetDraft.objects.filter(target__leads_to__in=_leading_to(person, at)).select_related(
        "target__syllabus", "begun_by", "proposed_by", "published_by", "question_set"
    )


def _leading_to(person: Person, at: datetime) -> list[str]:
    roles = roles_of(person, at)
    return [leads_to for leads_to, writers in WRITERS.items() if roles & writers]


def open_drafts(target_ids: Iterable[UUID]) -> dict[UUID, SetDraft]:
    """Return the open draft of each of some targets that has one, by the target's key."""
    found = SetDraft.objects.filter(target__in=list(target_ids), state__in=sorted(OPEN_DRAFTS))
    return {draft.target_id: draft for draft in found}


def sets_of(target: Target) -> list[QuestionSet]:
    """Return the published sets of a target with the drafts they came of, the newest first."""
    sets = QuestionSet.objects.filter(target=target).order_by("-version")
    return list(sets.select_related("draft__begun_by", "draft__published_by"))


def copies_for(target: Target) -> list[QuestionSet]:
    """Return what a draft may begin as a copy of: the newest set, and one written before it.

    A new version of a target often has a generated set only, and its predecessor a written one.
    """
    newest = QuestionSet.objects.filter(target=target).order_by("-version").first()
    if newest is None:
        return []
    former = (
        QuestionSet.objects.filter(
            target__code=target.code,
            target__syllabus__code=target.syllabus.code,
            target__syllabus__version__lt=target.syllabus.version,
            origin=Origin.WRITTEN,
        )
        .order_by("-target__syllabus__version", "-version")
        .select_related("target__syllabus")
        .first()
    )
    return [newest] if former is None else [newest, former]


def outline_of(draft: SetDraft) -> Outline:
    """Return a draft as it reads now, in two questions to the database."""
    told = DraftEntry.objects.filter(draft=draft, deed__in=sorted(TELLING))
    newest = told.order_by().values("part").annotate(newest=Max("number")).values("newest")
    texts = {
        part: (of_kept(content or {}), number)
        for part, content, number in told.filter(number__in=newest).values_list(
            "part_id", "content", "number"
        )
    }
    parts = list(DraftPart.objects.filter(draft=draft).order_by("place", "id"))
    questions: dict[UUID | None, list[DraftPart]] = defaultdict(list)
    for part in parts:
        if not part.is_group and not part.is_taken_away:
            questions[part.group_id].append(part)

    def read(part: DraftPart, code: str) -> Part:
        return Part(part.pk, code, *texts[part.pk], part.place)

    groups: list[Group] = []
    for number, group in enumerate(
        each for each in parts if each.is_group and not each.is_taken_away
    ):
        code = lettered(number)
        held = [read(one, f"{code}{at}") for at, one in enumerate(questions[group.pk], start=1)]
        groups.append(Group(group.pk, code, *texts[group.pk], group.place, tuple(held)))
    return Outline(tuple(groups), tuple(read(one, "") for one in parts if one.is_taken_away))


def coverage(draft: SetDraft, outline: Outline) -> Coverage:
    """Return what a draft covers of its target, and what is missing."""
    points = Point.objects.filter(target=draft.target_id).order_by("number")
    keys = [str(number) for number in points.values_list("number", flat=True)]
    return coverage_of(outline, keys, grading_sentences(draft.target))


def grading_sentences(target: Target) -> list[str]:
    """Return the sentences that people are graded by, as markup; never to be shown a candidate."""
    rows = Criterion.objects.filter(Q(target=target) | Q(syllabus=target.syllabus_id))
    return list(rows.values_list("text", flat=True))


def text_at(draft: SetDraft, part: UUID, number: int) -> PartText | None:
    """Return how a part read after one entry, or None where there is no such entry."""
    told = DraftEntry.objects.filter(draft=draft, part=part, deed__in=sorted(TELLING))
    entry = told.filter(number=number).first()
    return None if entry is None or entry.content is None else of_kept(entry.content)


def history_of(draft: SetDraft) -> list[HistoryRow]:
    """Return who did what in a draft, the newest first."""
    said: dict[UUID | None, str] = {}
    rows: list[HistoryRow] = []
    entries = DraftEntry.objects.filter(draft=draft).select_related("by").order_by("number")
    for entry in entries:
        if entry.content is not None:
            said[entry.part_id] = of_kept(entry.content).name
        if entry.deed == Deed.COPIED:
            continue
        what = said.get(entry.part_id, "")
        rows.append(
            HistoryRow(entry.number, Deed(entry.deed), entry.by.name, entry.at, what, entry.reason)
        )
    return rows[::-1]


def asked_in(draft: SetDraft, outline: Outline, language: str) -> list[AskedQuestion]:
    """Return the questions of a draft as a candidate would be asked them in `language`."""
    points = {
        str(number): AskedPoint(key, number, heading, markup.plain(text))
        for key, number, heading, text in Point.objects.filter(target=draft.target_id)
        .order_by("number")
        .values_list("id", "number", "heading", "text")
    }
    wanted = (language, *FALLBACKS)
    asked: list[AskedQuestion] = []
    for place, group in enumerate(outline.groups, start=1):
        titles = {code: said.text for code, said in group.text.words.items() if said.text}
        named = _best_of(titles, wanted)
        for one in group.questions:
            words = asked_words(one.text)
            spoken = _best_of(words, wanted)
            said = words.get(spoken, Words("", "", ""))
            asked.append(
                AskedQuestion(
                    id=one.id,
                    set_id=draft.pk,
                    code=one.code,
                    group_code=group.code,
                    group_number=place,
                    group_title=titles.get(named, ""),
                    group_language=written_in(named),
                    text=said.text,
                    hint=said.hint,
                    short=said.short,
                    language=written_in(spoken),
                    quote="",
                    quote_language=STANDARDS_LANGUAGE,
                    short_language=written_in(spoken),
                    points=tuple(points[key] for key in one.text.points if key in points),
                )
            )
    return asked


def _best_of(said: Iterable[str], wanted: Iterable[str]) -> str:
    """Return the first language wanted in which something is said, else any, else Swedish."""
    spoken = list(said)
    return next((one for one in wanted if one in spoken), next(iter(spoken), STANDARDS_LANGUAGE))
