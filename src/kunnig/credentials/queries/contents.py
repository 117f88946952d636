"""What there is to put on a paper: a locked mapping, put together as one snapshot.

Only what the person said, what the mapper noted and what was described goes in. Criteria never do:
what a candidate carries holds no grading sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from kunnig.credentials.formats.snapshot import (
    Approval,
    AskedOf,
    Both,
    Entry,
    Evidence,
    Fact,
    Frame,
    Group,
    Holder,
    InDepthSnapshot,
    InitialSnapshot,
    Issuer,
    LifeField,
    MappedTarget,
    Origin,
    Said,
    Sitting,
    Told,
)
from kunnig.credentials.states import PaperKind
from kunnig.kernel.languages import name_of
from kunnig.kernel.partial_dates import understood
from kunnig.mapping import interview
from kunnig.mapping import queries as mappings
from kunnig.mapping.interview import Shape
from kunnig.mapping.states import ApprovedHow, Mode, SelfEstimate, Side
from kunnig.organisations.formats.logos import is_plain_drawing
from kunnig.portfolio.states import EvidenceKind
from kunnig.standards.queries import questions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from kunnig.credentials.formats.law import Law
    from kunnig.credentials.formats.snapshot import Snapshot
    from kunnig.mapping.formats.beside import Beside, Learnt, Shown
    from kunnig.mapping.models import Mapping as Mapped
    from kunnig.mapping.models import MappingTarget
    from kunnig.mapping.queries import Current, Sheet
    from kunnig.organisations.models import Organisation
    from kunnig.standards.queries import AskedQuestion

SWEDISH = "sv"
# What stands first on the paper, and what stands last; the sections between are fields of life.
GOAL, NEXT = interview.BY_CODE["goal"], interview.BY_CODE["next"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a paper says beside its mapping: the law of the day, and where it can be checked.

    `language` is the one that stands beside Swedish.
    """

    law: Law
    verify_at: str
    language: str


def of(mapping: Mapped, stamp: Stamp) -> Snapshot:
    """Return what the paper of a locked mapping says."""
    with translation.override(stamp.language):
        return in_depth(mapping, stamp) if mapping.is_in_depth else initial(mapping, stamp)


def initial(mapping: Mapped, stamp: Stamp) -> InitialSnapshot:
    """Return the summary of an initial mapping."""
    sheet = mappings.sheet_of(mapping)
    beside = mappings.beside(mapping, sheet)
    return InitialSnapshot(
        frame=_frame(mapping, beside, PaperKind.INITIAL, stamp),
        goal=_told(sheet, GOAL),
        life=tuple(_life(sheet)),
        evidence=tuple(map(_evidence, beside.evidence)),
        own_thoughts=_told(sheet, NEXT),
        conclusions=tuple(
            Told(both(ask.question), _said(sheet.get(f"{NEXT.code}/{ask.code}", Side.NOTE)))
            for ask in NEXT.asks
            if ask.by_staff
        ),
    )


def in_depth(mapping: Mapped, stamp: Stamp) -> InDepthSnapshot:
    """Return the summary of an in-depth mapping."""
    sheet = mappings.sheet_of(mapping)
    beside = mappings.beside(mapping, sheet)
    links = mappings.targets_of(mapping)
    sets = [link.question_set_id for link in links]
    reader = _Reader(
        sheet=sheet,
        evidence={each.id: number for number, each in enumerate(beside.evidence, start=1)},
        learnt={each.id: each for each in beside.learnt},
        others={question.id: question for question in questions_of(sets, stamp.language)},
        language=stamp.language,
    )
    swedish = questions_of(sets, SWEDISH)
    return InDepthSnapshot(
        frame=_frame(mapping, beside, PaperKind.IN_DEPTH, stamp),
        targets=tuple(
            _target(link, [q for q in swedish if q.set_id == link.question_set_id], reader)
            for link in links
        ),
        evidence=tuple(map(_evidence, beside.evidence)),
    )


def both(words: StrOrPromise) -> Both:
    """Return fixed words of the house in both languages of a paper, the other being spoken now."""
    return Both(sv=_in_swedish(words), other=str(words))


def _in_swedish(words: StrOrPromise) -> str:
    with translation.override(SWEDISH):
        return str(words)


def _language(code: str) -> Both:
    with translation.override(SWEDISH):
        swedish = name_of(code)
    return Both(sv=swedish, other=name_of(code))


# --- What every paper says ----------------------------------------------------------------------


def _frame(mapping: Mapped, beside: Beside, kind: PaperKind, stamp: Stamp) -> Frame:
    case = mapping.case
    person = case.person
    words = stamp.law.words[kind]
    return Frame(
        language=stamp.language,
        issuer=_issuer(case.board),
        holder=Holder(
            name=person.name,
            birth_date=person.birth_date,
            # Where somebody stays is itself a secret for some (skollagen 29 kap. 6 §).
            home_municipality="" if person.is_protected else case.home_municipality.name,
        ),
        origin=_origin(mapping, beside),
        law=Both(words[SWEDISH], words[stamp.language]),
        verify_at=stamp.verify_at,
    )


def _issuer(board: Organisation) -> Issuer:
    above = board.parent or board
    logo = board.logo_svg or above.logo_svg
    return Issuer(
        organisation=above.name,
        board=board.name,
        contact=", ".join(filter(None, (board.telephone, board.email))),
        logo_svg=logo if is_plain_drawing(logo) else "",
    )


def _origin(mapping: Mapped, beside: Beside) -> Origin:
    assert mapping.locked_by and mapping.locked_at  # noqa: PT018, S101 -- the database sees to it
    assert mapping.approved_by and mapping.approved_at  # noqa: PT018, S101 -- and to this
    mappers = [each.mapper for each in beside.sittings if each.mapper]
    return Origin(
        case_number=mapping.case.number,
        version=mapping.version,
        mapping_hash=mapping.content_hash,
        mappers=tuple(dict.fromkeys([*mappers, mapping.locked_by.name])),
        sittings=tuple(
            Sitting(
                held_on=each.on,
                how=both(Mode(each.mode).label) if each.mode else None,
                interpreted=each.is_interpreted,
            )
            for each in beside.sittings
        ),
        locked_on=timezone.localdate(mapping.locked_at),
        approval=Approval(
            by=mapping.approved_by.name,
            approved_at=timezone.localtime(mapping.approved_at),
            how=both(ApprovedHow(mapping.approved_how).label),
        ),
    )


def _evidence(each: Shown) -> Evidence:
    return Evidence(
        kind=both(EvidenceKind(each.kind).label),
        title=each.title,
        issuer=each.issuer,
        country=each.country,
        issued=each.issued,
        description=each.description,
        original_seen_by=each.original_seen_by,
        original_seen_on=each.original_seen_on,
    )


def _said(now: Current, rendering: str = "") -> Said:
    return Said(now.text, now.language or SWEDISH, _language(now.language or SWEDISH), rendering)


def _with_rendering(sheet: Sheet, path: str) -> Said:
    """Return the words at a place; a rendering of older words than these is left out."""
    is_rendered = not sheet.lacks_rendering(path)
    return _said(sheet.get(path), sheet.text(path, Side.RENDERING) if is_rendered else "")


# --- The initial mapping ------------------------------------------------------------------------


def _life(sheet: Sheet) -> Iterator[LifeField]:
    """Yield the fields of life of which something was told."""
    for section in interview.SECTIONS:
        if section in (GOAL, NEXT):
            continue
        field = LifeField(
            name=both(section.name),
            entries=tuple(_entry(sheet, section, key) for key in sheet.entries(section)),
            facts=() if section.has_entries else _facts(sheet, section),
            told=() if section.has_entries else _told(sheet, section),
        )
        if field.entries or field.facts or field.told:
            yield field


def _entry(sheet: Sheet, section: interview.Section, key: UUID) -> Entry:
    title = _with_rendering(sheet, f"{section.code}/{key}/{interview.TITLE}")
    return Entry(title, _facts(sheet, section, key), _told(sheet, section, key))


def _paths(section: interview.Section, entry: UUID | None) -> Iterator[tuple[interview.Ask, str]]:
    """Yield what the person is asked in a section or in one of its entries, and where it lies."""
    place = section.code if entry is None else f"{section.code}/{entry}"
    for ask in section.asks:
        if not ask.by_staff and not (section.has_entries and ask.code == interview.TITLE):
            yield ask, f"{place}/{ask.code}"


def _told(sheet: Sheet, section: interview.Section, entry: UUID | None = None) -> tuple[Told, ...]:
    return tuple(
        Told(both(ask.question), _with_rendering(sheet, path))
        for ask, path in _paths(section, entry)
        if ask.shape is Shape.TEXT and sheet.text(path)
    )


def _facts(sheet: Sheet, section: interview.Section, entry: UUID | None = None) -> tuple[Fact, ...]:
    return tuple(
        _fact(ask, sheet, path)
        for ask, path in _paths(section, entry)
        if ask.shape is not Shape.TEXT and sheet.text(path)
    )


def _fact(ask: interview.Ask, sheet: Sheet, path: str) -> Fact:
    asked = both(ask.question)
    if ask.shape is Shape.WHEN:
        return Fact(asked, said=_when(sheet.get(path)))
    if ask.shape is not Shape.CHOICE:
        return Fact(asked, said=_with_rendering(sheet, path))
    chosen = sheet.text(path)
    return Fact(asked, chosen=both(dict(ask.choices).get(chosen, chosen)))


def _when(told: Current) -> Said:
    """Return a date as it was told; nobody renders one, so in Swedish it stands as we read it."""
    if (told.language or SWEDISH) == SWEDISH:
        return _said(told)
    with translation.override(SWEDISH):
        read = understood(told.text).words()
    return _said(told, "" if read == told.text else read)


# --- The in-depth mapping -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    """What was told about each question, with what it refers to fetched once."""

    sheet: Sheet
    evidence: Mapping[UUID, int]
    learnt: Mapping[UUID, Learnt]
    others: Mapping[UUID, AskedQuestion]
    language: str

    def group(self, questions: Sequence[AskedQuestion]) -> Group:
        """Return the questions of one task, and what was told about each."""
        first = questions[0]
        other = self.others[first.id]
        titled = other.group_title if other.group_language == self.language else ""
        return Group(
            code=first.group_code,
            title=Both(first.group_title, titled),
            questions=tuple(map(self.asked, questions)),
        )

    def asked(self, question: AskedQuestion) -> AskedOf:
        """Return one question and what was told about it."""
        other = self.others[question.id]
        at = {ask: interview.path_to(question.id, ask) for ask in interview.IN_DEPTH.values()}
        estimate = self.sheet.text(at[interview.ESTIMATE])
        noted = self.sheet.text(at[interview.BASIS], Side.NOTE)
        basis = interview.conclusion(noted, self.sheet.text(at[interview.CLAIM]))
        note = self.sheet.get(at[interview.NOTE], Side.NOTE)
        claim = _with_rendering(self.sheet, at[interview.CLAIM])
        return AskedOf(
            code=question.code,
            asked=Both(question.text, other.text if other.language == self.language else ""),
            estimate=estimate,
            estimate_words=both(SelfEstimate(estimate).label) if estimate else None,
            basis=basis or "",
            basis_words=both(basis.label) if basis else None,
            quote=question.quote,
            claim=claim if claim.text else None,
            learnt=tuple(
                _learnt(self.learnt[key])
                for key in self._references(at[interview.LEARNT])
                if key in self.learnt
            ),
            evidence=tuple(
                self.evidence[key]
                for key in self._references(at[interview.EVIDENCE])
                if key in self.evidence
            ),
            note=_said(note) if note.text else None,
        )

    def _references(self, path: str) -> list[UUID]:
        return interview.references_in(self.sheet.text(path))


def _learnt(each: Learnt) -> Said:
    return Said(each.title, each.language, _language(each.language), each.rendering)


def _target(
    link: MappingTarget, questions: Sequence[AskedQuestion], reader: _Reader
) -> MappedTarget:
    target, syllabus = link.target, link.target.syllabus
    groups: dict[str, list[AskedQuestion]] = {}
    for question in questions:
        groups.setdefault(question.group_code, []).append(question)
    return MappedTarget(
        code=target.code,
        name=target.name,
        english_name=target.english_name,
        subject=syllabus.name,
        version=syllabus.version,
        valid_from=syllabus.valid_from,
        owner=syllabus.owner,
        groups=tuple(map(reader.group, groups.values())),
    )
