"""Reading mappings: what is said now, what is missing, and what it covers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from kunnig.cases import queries as cases
from kunnig.mapping import interview
from kunnig.mapping.formats.beside import Beside, Learnt, Met, Shown, read
from kunnig.mapping.models import Answer, Mapping, MappingTarget, Sitting
from kunnig.mapping.states import (
    SETTLED,
    WRITABLE,
    Basis,
    MappingKind,
    MappingState,
    SelfEstimate,
    Side,
)
from kunnig.portfolio import queries as portfolio
from kunnig.standards.models import Question
from kunnig.standards.queries import questions_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from collections.abc import Mapping as Mapped
    from datetime import datetime

    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person
    from kunnig.portfolio.models import Evidence, Experience
    from kunnig.standards.queries import AskedPoint, AskedQuestion

_SHOWN_WITH_A_MAPPING = ("case__person",)


def own(person: Person) -> QuerySet[Mapping]:
    """Return the mappings that are about `person`."""
    return Mapping.objects.filter(case__person=person).select_related(*_SHOWN_WITH_A_MAPPING)


def visible_to(person: Person, at: datetime) -> QuerySet[Mapping]:
    """Return the mappings `person` may open at work, never of their own case.

    The part of a case that opens a mapping is called as its kind (a test keeps it so).
    """
    opened = cases.opens_to(person, at, part=F("kind"), through="case__")
    return Mapping.objects.filter(opened, ~Q(case__person=person)).select_related(
        *_SHOWN_WITH_A_MAPPING
    )


def of_case(case: Case) -> list[Mapping]:
    """Return all versions of all mappings of `case`, newest first."""
    return list(
        Mapping.objects.filter(case=case)
        .select_related("started_by", "locked_by")
        .defer("beside")
        .order_by("kind", "-version")
    )


def open_in(case: Case, kind: MappingKind) -> Mapping | None:
    """Return the version that is being written, if there is one."""
    return Mapping.objects.filter(case=case, kind=kind, state__in=WRITABLE).first()


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """A version that is being written, as a list of what waits shows it."""

    id: UUID
    kind: MappingKind
    state: MappingState
    started_at: datetime


def open_in_each(cases: Sequence[UUID]) -> dict[UUID, list[OpenVersion]]:
    """Return what is being written in each of `cases` where something is, in one query."""
    found: dict[UUID, list[OpenVersion]] = {}
    rows = (
        Mapping.objects.filter(case__in=cases, state__in=WRITABLE)
        .order_by("started_at", "id")
        .values_list("case", "id", "kind", "state", "started_at")
    )
    for case, key, kind, state, started_at in rows:
        version = OpenVersion(key, MappingKind(kind), MappingState(state), started_at)
        found.setdefault(case, []).append(version)
    return found


def locked_in(case: Case, kind: MappingKind) -> Mapping | None:
    """Return the version that counts: locked and not superseded."""
    return Mapping.objects.filter(case=case, kind=kind, state=MappingState.LOCKED).first()


def entries_told_in(case: Case) -> frozenset[UUID]:
    """Return the entries that count in the initial mapping of a case, none that is taken away."""
    sheet = told_in(case)
    return frozenset(entry for section in interview.SECTIONS for entry in sheet.entries(section))


@dataclass(frozen=True, slots=True)
class Current:
    """What one side of one place says now. `version` is 0 where nothing was ever said.

    `begun` is the key of its first version: whatever is corrected later, it tells what came when.
    """

    text: str
    version: int
    language: str
    renders: int | None
    by: UUID | None
    by_name: str
    at: datetime | None
    begun: int


NOTHING_SAID = Current("", 0, "", None, None, "", None, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a mapping says now, by path and side."""

    said: Mapped[tuple[str, str], Current]

    def get(self, path: str, side: Side = Side.ORIGINAL) -> Current:
        """Return what is said at a place, or `NOTHING_SAID`."""
        return self.said.get((path, side), NOTHING_SAID)

    def text(self, path: str, side: Side = Side.ORIGINAL) -> str:
        """Return the text at a place, or an empty one."""
        return self.get(path, side).text

    def lacks_rendering(self, path: str) -> bool:
        """Say whether the original has words in another language that nobody has rendered yet."""
        original = self.get(path)
        if not original.text or original.language == "sv":
            return False
        rendering = self.get(path, Side.RENDERING)
        return not rendering.text or rendering.renders != original.version

    def renders_older(self, path: str) -> bool:
        """Say whether a text in Swedish stands there, but of other words than those told now."""
        return bool(self.text(path, Side.RENDERING)) and self.lacks_rendering(path)

    def entries(self, section: interview.Section) -> list[UUID]:
        """Return the entries of a section that were not taken away, in the order they came."""
        if not section.has_entries:
            return []
        return [key for key in self._entries_ever(section) if not self.is_removed(section, key)]

    def removed_entries(self, section: interview.Section) -> list[UUID]:
        """Return the entries of a section that were taken away and can be put back."""
        if not section.has_entries:
            return []
        return [key for key in self._entries_ever(section) if self.is_removed(section, key)]

    def _entries_ever(self, section: interview.Section) -> list[UUID]:
        """Return every entry of a section, in the order they were first told of.

        What is kept was asked for, so a path is read by its length alone: pages ask this often.
        """
        start = len(section.code) + 1
        begun: dict[str, int] = {}
        for (path, _side), current in self.said.items():
            if not path.startswith(f"{section.code}/"):
                continue
            key = path[start : start + interview.KEY_LENGTH]
            begun[key] = min(begun.get(key, current.begun), current.begun)
        return [UUID(key) for key in sorted(begun, key=lambda key: (begun[key], key))]

    def is_removed(self, section: interview.Section, entry: UUID) -> bool:
        """Say whether an entry was taken away."""
        removed = self.text(f"{section.code}/{entry}/{interview.REMOVED.code}")
        return removed == interview.IS_REMOVED

    def title(self, section: interview.Section, entry: UUID) -> str:
        """Return what an entry is called: its rendering in Swedish, else as it was said."""
        path = f"{section.code}/{entry}/{interview.TITLE}"
        return self.text(path, Side.RENDERING) or self.text(path)

    def with_answer(self, answer: Answer, by: Person) -> Sheet:
        """Return the sheet as it is after one more answer."""
        current = Current(
            answer.value,
            answer.version,
            answer.language,
            answer.renders,
            by.pk,
            by.name,
            answer.at,
            self.get(answer.path, Side(answer.side)).begun or answer.pk,
        )
        return Sheet({**self.said, (answer.path, answer.side): current})

    def last_at(self) -> datetime | None:
        """Return when something was last said."""
        return max((each.at for each in self.said.values() if each.at), default=None)


def sheet_of(mapping: Mapping, *, paths: Collection[str] | None = None) -> Sheet:
    """Return what a mapping says now, in one query; of all its places, or of some `paths`."""
    answers = Answer.objects.filter(mapping=mapping)
    return _sheet(answers if paths is None else answers.filter(path__in=paths))


def told_in(case: Case) -> Sheet:
    """Return which entries the initial mapping that counts in a case holds, and when they were.

    In one query, and without what is told of them at length.
    """
    of_an_entry = (interview.TITLE, "from", "to", interview.REMOVED.code)
    named = Q()
    for code in of_an_entry:
        named |= Q(path__endswith=f"/{code}")
    return _sheet(
        Answer.objects.filter(
            named,
            mapping__case=case,
            mapping__kind=MappingKind.INITIAL,
            mapping__state=MappingState.LOCKED,
        )
    )


# Written out: every page of a mapping asks this, and building it from expressions each time costs
# more than the database needs to answer it. The unique constraint on versions is its index.
_IS_NEWEST = """NOT EXISTS (
  SELECT 1 FROM mapping_answer AS later
  WHERE later.mapping_id = mapping_answer.mapping_id AND later.path = mapping_answer.path
    AND later.side = mapping_answer.side AND later.version > mapping_answer.version
)"""
_BEGUN = """CASE WHEN mapping_answer.version = 1 THEN mapping_answer.id ELSE (
  SELECT earliest.id FROM mapping_answer AS earliest
  WHERE earliest.mapping_id = mapping_answer.mapping_id AND earliest.path = mapping_answer.path
    AND earliest.side = mapping_answer.side AND earliest.version = 1
) END"""


# The columns of an answer that make a `Current`, in its order.
_CURRENT = ("value", "version", "language", "renders", "by", "by__name", "at", "begun")


def _sheet(answers: QuerySet[Answer]) -> Sheet:
    """Return what answers of one mapping say now: the highest version of each place and side."""
    rows = (
        # No word of it comes from outside.
        answers.extra(select={"begun": _BEGUN}, where=[_IS_NEWEST])  # noqa: S610
        .order_by("path", "side")
        .values_list("path", "side", *_CURRENT)
    )
    return Sheet({(path, side): Current(*said) for path, side, *said in rows})


def beside(mapping: Mapping, sheet: Sheet | None = None) -> Beside:
    """Return what a paper prints of a mapping beside its answers: now, or as it was at the lock."""
    if mapping.standing in SETTLED and mapping.beside is not None:
        return read(mapping.beside)
    # Of what was locked before this was kept: what is dated after the lock stands on no paper.
    until = mapping.locked_at
    return Beside(
        sittings=tuple(
            _met(each, mapping.case)
            for each in reversed(sittings_of(mapping))
            if until is None or each.started_at <= until
        ),
        evidence=tuple(
            _shown(each, until)
            for each in portfolio.evidence_in(mapping.case)
            if until is None or each.added_at <= until
        ),
        learnt=tuple(map(_learnt, _learnt_in(mapping, sheet))),
    )


def _met(sitting: Sitting, case: Case) -> Met:
    return Met(
        on=timezone.localdate(sitting.started_at),
        mapper="" if sitting.by_id == case.person_id else sitting.by.name,
        mode=sitting.mode,
        is_interpreted=bool(sitting.interpreter),
    )


def _shown(evidence: Evidence, until: datetime | None) -> Shown:
    seen_by, seen_on = evidence.original_seen_by, evidence.original_seen_on
    if until is not None and seen_on is not None and seen_on > timezone.localdate(until):
        seen_by = seen_on = None
    return Shown(
        id=evidence.pk,
        kind=evidence.kind,
        title=evidence.title,
        issuer=evidence.issuer,
        country=evidence.country,
        issued=evidence.issued,
        description=evidence.description,
        original_seen_by="" if seen_by is None else seen_by.name,
        original_seen_on=seen_on,
    )


def _learnt_in(mapping: Mapping, sheet: Sheet | None) -> Sequence[Experience]:
    """Return the experiences that answers refer to; without a question where none does."""
    if not mapping.is_in_depth:
        return ()
    shown = sheet_of(mapping) if sheet is None else sheet
    keys = {
        key
        for (path, _side), current in shown.said.items()
        if path.endswith(f"/{interview.LEARNT.code}")
        for key in interview.references_in(current.text)
    }
    return list(portfolio.own(mapping.case.person).filter(pk__in=keys)) if keys else ()


def _learnt(experience: Experience) -> Learnt:
    told = experience.told.get(interview.TITLE, {})
    return Learnt(
        id=experience.pk,
        title=told.get("original") or experience.title,
        language=told.get("language") or "sv",
        rendering=told.get("rendering", ""),
    )


def fingerprint(
    mapping: Mapping, sheet: Sheet | None = None, lies_beside: Beside | None = None
) -> str:
    """Return the SHA-256 of what a mapping says: what is approved, locked and shown.

    All that a paper prints of the mapping is in it. Of a page that shows `sheet` and what
    `lies_beside`, give those very two: what was shown is then what is approved.
    """
    shown = sheet_of(mapping) if sheet is None else sheet
    said = [
        [path, side, current.text, current.language]
        for (path, side), current in sorted(shown.said.items(), key=lambda item: item[0])
    ]
    sets = sorted(
        str(key)
        for key in MappingTarget.objects.filter(mapping=mapping).values_list(
            "question_set_id", flat=True
        )
    )
    content: list[object] = [said, sets]
    # What was locked before this was kept was approved by its answers alone.
    if mapping.beside is not None or mapping.standing not in SETTLED:
        lies_beside = beside(mapping, shown) if lies_beside is None else lies_beside
        content.append(lies_beside.as_kept())
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one section has come."""

    section: interview.Section
    entries: int
    answered: int

    @property
    def has_begun(self) -> bool:
        """Say whether anything is written in the section."""
        return bool(self.entries or self.answered)


def progress_of(sheet: Sheet) -> list[Progress]:
    """Return how far each section has come, in the order they are asked."""
    answered = dict.fromkeys(interview.BY_CODE, 0)
    for (path, _side), current in sheet.said.items():
        code = path.partition("/")[0]
        if code in answered and current.text:
            answered[code] += 1
    return [
        Progress(
            section,
            len(sheet.entries(section)) if section.has_entries else 0,
            0 if section.has_entries else answered[section.code],
        )
        for section in interview.SECTIONS
    ]


def texts_at(
    mapping: Mapping, versions: Collection[tuple[str, Side, int]]
) -> dict[tuple[str, Side, int], str]:
    """Return what some places said in earlier versions, in one query; version 0 said nothing."""
    wanted = set(versions)
    if not wanted:
        return {}
    rows = Answer.objects.filter(
        mapping=mapping, path__in={path for path, _side, _version in wanted}
    ).values_list("path", "side", "version", "value")
    said = {(path, Side(side), version): value for path, side, version, value in rows}
    return {key: said.get(key, "") for key in wanted}


def history_of(mapping: Mapping, path: str, side: Side) -> QuerySet[Answer]:
    """Return every version of one answer, newest first."""
    return (
        Answer.objects.filter(mapping=mapping, path=path, side=side)
        .select_related("by")
        .order_by("-version")
    )


def sittings_of(mapping: Mapping) -> QuerySet[Sitting]:
    """Return the stretches of work on a mapping, newest first."""
    return (
        Sitting.objects.filter(mapping=mapping).select_related("by").order_by("-started_at", "id")
    )


def targets_of(mapping: Mapping) -> list[MappingTarget]:
    """Return the targets of an in-depth mapping with their syllabuses, long texts left out."""
    return list(
        MappingTarget.objects.filter(mapping=mapping)
        .select_related("target__syllabus")
        .defer("target__description", "target__syllabus__description", "target__syllabus__purpose")
        .order_by("pk")
    )


def question_keys(mapping: Mapping) -> frozenset[UUID]:
    """Return the keys of the questions an in-depth mapping asks."""
    return frozenset(_asked_in(mapping).values_list("pk", flat=True))


def _asked_in(mapping: Mapping) -> QuerySet[Question]:
    sets = MappingTarget.objects.filter(mapping=mapping).values("question_set")
    return Question.objects.filter(group__question_set__in=sets)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an in-depth mapping has come, in numbers."""

    questions: int
    assessable: int


def reached(mapping: Mapping) -> Reached:
    """Return how many questions are asked, and of how many there is enough to assess."""
    concluded = Answer.objects.filter(
        mapping=mapping, side=Side.NOTE, path__endswith=f"/{interview.BASIS.code}"
    )
    latest = dict(concluded.order_by("path", "version").values_list("path", "value"))
    return Reached(
        questions=_asked_in(mapping).count(),
        assessable=list(latest.values()).count(Basis.ASSESSABLE),
    )


def last_written(mapping: Mapping) -> datetime | None:
    """Return when something was last said in a mapping."""
    newest = Answer.objects.filter(mapping=mapping).order_by("-at", "-pk")
    return newest.values_list("at", flat=True).first()


def gaps_of(sheet: Sheet) -> Iterator[str]:
    """Yield the paths whose original nobody has rendered in Swedish; nothing taken away."""
    return (
        path
        for (path, side) in sheet.said
        if side == Side.ORIGINAL and sheet.lacks_rendering(path) and _is_told(sheet, path)
    )


def _is_told(sheet: Sheet, path: str) -> bool:
    asked = interview.asked_in_depth(path)
    if asked is not None:
        return asked[1].is_told
    place = interview.place_of(path)
    if place is None or not place.ask.is_told:
        return False
    return place.entry is None or not sheet.is_removed(place.section, place.entry)


@dataclass(frozen=True, slots=True)
class Covered:
    """What an in-depth mapping holds about one question, at a glance."""

    question: AskedQuestion
    estimate: SelfEstimate | None
    is_told: bool
    lacks_rendering: bool
    learnt: int
    evidence: int
    has_note: bool
    basis: Basis | None

    @property
    def is_gap(self) -> bool:
        """Say whether something must still be done before anyone can plan an assessment."""
        return self.basis is None or self.basis is Basis.NO_BASIS or self.lacks_rendering


@dataclass(frozen=True, slots=True)
class CoveredGroup:
    """The questions of one task of the trade, with what is held about each."""

    set_id: UUID
    code: str
    title: str
    language: str
    rows: tuple[Covered, ...]

    @property
    def assessable(self) -> int:
        """Count the questions that can be assessed."""
        return sum(row.basis is Basis.ASSESSABLE for row in self.rows)


@dataclass(frozen=True, slots=True)
class CoveredPoint:
    """One point of a target's content, and the questions that speak to it."""

    point: AskedPoint
    set_id: UUID
    rows: tuple[Covered, ...]

    @property
    def is_assessable(self) -> bool:
        """Say whether every question that speaks to the point can be assessed."""
        return all(row.basis is Basis.ASSESSABLE for row in self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """What is covered, claimed, evidenced, assessable and missing in an in-depth mapping."""

    groups: tuple[CoveredGroup, ...]

    @property
    def rows(self) -> list[Covered]:
        """Every question, in the order asked."""
        return [row for group in self.groups for row in group.rows]

    def with_basis(self, basis: Basis | None) -> list[Covered]:
        """Return the questions for which the mapper has concluded `basis`; None for not yet."""
        return [row for row in self.rows if row.basis is basis]

    def next_gap(self, after: UUID | None = None) -> Covered | None:
        """Return the first gap after a question, going round; None when there is no gap."""
        keys = [row.question.id for row in self.rows]
        start = keys.index(after) + 1 if after in keys else 0
        around = self.rows[start:] + self.rows[:start]
        return next((row for row in around if row.is_gap and row.question.id != after), None)

    def by_point(self) -> list[CoveredPoint]:
        """Return the same by point of content, in the standard's order."""
        speaking: dict[tuple[UUID, UUID], list[Covered]] = {}
        points: dict[tuple[UUID, UUID], AskedPoint] = {}
        for row in self.rows:
            for point in row.question.points:
                points[row.question.set_id, point.id] = point
                speaking.setdefault((row.question.set_id, point.id), []).append(row)
        order = {key: number for number, key in enumerate(dict.fromkeys(k for k, _ in points))}
        return [
            CoveredPoint(points[key], key[0], tuple(speaking[key]))
            for key in sorted(points, key=lambda key: (order[key[0]], points[key].number))
        ]


def overview_of(
    mapping: Mapping,
    *,
    language: str,
    sheet: Sheet | None = None,
    links: Sequence[MappingTarget] | None = None,
) -> Overview:
    """Return what an in-depth mapping covers, with the questions in `language` where there is one.

    Takes six questions to the database, however many questions the mapping asks; fewer where the
    page has its sheet and its targets already.
    """
    sheet = sheet_of(mapping) if sheet is None else sheet
    sets = [link.question_set_id for link in (targets_of(mapping) if links is None else links)]
    groups: dict[tuple[UUID, int], list[Covered]] = {}
    for question in questions_of(sets, language):
        row = covered(sheet, question)
        groups.setdefault((question.set_id, question.group_number), []).append(row)
    return Overview(
        tuple(
            CoveredGroup(
                set_id=set_id,
                code=rows[0].question.group_code,
                title=rows[0].question.group_title,
                language=rows[0].question.group_language,
                rows=tuple(rows),
            )
            for (set_id, _number), rows in groups.items()
        )
    )


def covered(sheet: Sheet, question: AskedQuestion) -> Covered:
    """Return what a sheet holds about one question."""
    path = {ask.code: interview.path_to(question.id, ask) for ask in interview.IN_DEPTH.values()}
    estimate = sheet.text(path["estimate"])
    basis = sheet.text(path["basis"], Side.NOTE)
    return Covered(
        question=question,
        estimate=SelfEstimate(estimate) if estimate else None,
        is_told=bool(sheet.text(path["claim"])),
        lacks_rendering=sheet.lacks_rendering(path["claim"]),
        learnt=len(sheet.text(path["learnt"]).split()),
        evidence=len(sheet.text(path["evidence"]).split()),
        has_note=bool(sheet.text(path["note"], Side.NOTE)),
        basis=Basis(basis) if basis else None,
    )
