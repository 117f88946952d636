"""Taking in syllabuses: a new one, or a new version of one whose text has changed.

All or nothing for each subject: some are saved together, each behind a savepoint of its own. A
row of an older version is never touched; that of a new one says itself when it came and whence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from kunnig.kernel.text import folded
from kunnig.standards.actions import question_sets
from kunnig.standards.actions.question_sets import Held, SetRows
from kunnig.standards.formats import question_set, sources, syllabus_api
from kunnig.standards.formats.checked import Fault, Unreadable
from kunnig.standards.formats.sources import Source
from kunnig.standards.models import (
    LONGEST_SOURCE,
    Criterion,
    Point,
    PurposePoint,
    Syllabus,
    SyllabusSchoolForm,
    Target,
    TargetPurpose,
)
from kunnig.standards.states import LEADS_TO, TARGETS_OF, GradeStep, Origin
from kunnig.standards.wires.syllabus_service import SyllabusService, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from kunnig.standards.formats.question_set import WrittenSet
    from kunnig.standards.formats.syllabus_text import CriterionText, SyllabusText, TargetText

# So many subjects are saved together: saving one alone would wait for the disk each time.
TOGETHER = 20


class Outcome(Enum):
    """What came of one source."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(slots=True)
class ImportReport:
    """What an import read and did, for the person who ran it.

    `faults` and `remarks` begin with the name of their source.
    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    targets: int = 0
    points: int = 0
    criteria: Counter[GradeStep] = field(default_factory=Counter)
    written_sets: int = 0
    generated_sets: int = 0
    changed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def subjects(self) -> int:
        """How many subjects could be read."""
        return self.outcomes.total() - self.outcomes[Outcome.FAULTY]

    def count(self, text: SyllabusText) -> None:
        """Add what one subject holds."""
        self.targets += len(text.targets)
        self.points += sum(len(target.content) for target in text.targets)
        self.criteria.update(one.grade_step for one in text.criteria)
        for target in text.targets:
            self.criteria.update(one.grade_step for one in target.criteria)


def import_syllabuses(
    found: Sequence[Source],
    *,
    at: datetime,
    is_dry_run: bool = False,
    progress: Callable[[int, str], None] | None = None,
) -> ImportReport:
    """Take in every source that is new or changed; a faulty one is told of and left out.

    `progress` hears the number and name of each source as its turn comes. A dry run writes
    nothing, and reports as if it had.
    """
    run = _Run(at, is_dry_run)
    for first in range(0, len(found), TOGETHER):
        texts: list[tuple[Source, SyllabusText]] = []
        for number, source in enumerate(found[first : first + TOGETHER], start=first + 1):
            if progress is not None:
                progress(number, source.name)
            text = run.read(source)
            if text is not None:
                texts.append((source, text))
        with transaction.atomic():
            for source, text in texts:
                run.take_in(source, text)
    if not is_dry_run:
        given, remarks = question_sets.attach_shipped(at=at)
        run.report.written_sets += given
        run.report.remarks += remarks
    return run.report


def from_agency(address: str, codes: Iterable[str]) -> list[Source]:
    """Return subjects of the agency's service as sources; each is fetched when its turn comes."""
    service = SyllabusService(address)

    def fetched(code: str) -> bytes:
        try:
            return service.subject(code)
        except Unanswered as why:
            raise Unreadable([Fault(service.address_of(code), str(why))]) from why

    return [Source(code, service.address_of(code), partial(fetched, code)) for code in codes]


def load_own_standards(*, at: datetime) -> ImportReport:
    """Take in the standard for practice and the invented examples, for a demo county."""
    return import_syllabuses([*sources.own("practice"), *sources.own("examples")], at=at)


def load_practice(*, at: datetime) -> ImportReport:
    """Take in the standard for practice, which every county can use."""
    return import_syllabuses(sources.own("practice"), at=at)


def _known_versions() -> dict[str, dict[str, int]]:
    """Return the version of every content that has been taken in, by code and content."""
    known: dict[str, dict[str, int]] = defaultdict(dict)
    for code, content, version in Syllabus.objects.values_list("code", "content_hash", "version"):
        known[code][content] = version
    return known


@dataclass(slots=True)
class _Run:
    """One import: what was known when it began, and what has come of it so far."""

    at: datetime
    is_dry_run: bool
    report: ImportReport = field(default_factory=ImportReport)
    known: dict[str, dict[str, int]] = field(default_factory=_known_versions)

    def read(self, source: Source) -> SyllabusText | None:
        """Return what a source says, or None and its faults in the report."""
        try:
            text = syllabus_api.read(source.read())
        except Unreadable as unreadable:
            for fault in unreadable.faults:
                self._refuse(source, str(fault))
            self.report.outcomes[Outcome.FAULTY] += 1
            return None
        self.report.count(text)
        self._remark(source, text.remarks)
        return text

    def take_in(self, source: Source, text: SyllabusText) -> None:
        """Save a subject that is new or changed, and tell in the report what came of it."""
        versions = self.known[text.code]
        newest = max(versions.values(), default=0)
        version = versions.get(text.content_hash)
        if version is not None:
            if version < newest:
                what = f"is version {version} of {text.code}; version {newest} has replaced it"
                self._remark(source, [what])
            self.report.outcomes[Outcome.UNCHANGED] += 1
            return
        if not self.is_dry_run and not self._is_saved(source, text, newest + 1):
            self.report.outcomes[Outcome.FAULTY] += 1
            return
        versions[text.content_hash] = newest + 1
        self.report.outcomes[Outcome.CHANGED if newest else Outcome.NEW] += 1
        if newest:
            self.report.changed.append(f"{text.code} {text.name}: version {newest + 1}")

    def _is_saved(self, source: Source, text: SyllabusText, version: int) -> bool:
        rows, misfits = _rows_of(text, version, source.origin, self.at)
        try:
            with transaction.atomic():
                rows.save()
        except IntegrityError:
            what = "another import has just taken in this subject; run this one again"
            self._refuse(source, what)
            return False
        generated = sum(one.origin == Origin.GENERATED for one in rows.sets.sets)
        self.report.generated_sets += generated
        self.report.written_sets += len(rows.sets.sets) - generated
        self._remark(source, misfits)
        return True

    def _refuse(self, source: Source, what: str) -> None:
        self.report.faults.append(f"{source.name}: {what}")

    def _remark(self, source: Source, remarks: Iterable[object]) -> None:
        self.report.remarks += [f"{source.name}: {remark}" for remark in remarks]


@dataclass(slots=True)
class _Rows:
    """The rows of one version of a syllabus before they are saved."""

    syllabus: Syllabus
    school_forms: list[SyllabusSchoolForm] = field(default_factory=list)
    purposes: dict[int, PurposePoint] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    covered: list[TargetPurpose] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    sets: SetRows = field(default_factory=SetRows)

    def save(self) -> None:
        """Insert every row, parents first."""
        self.syllabus.save(force_insert=True)
        SyllabusSchoolForm.objects.bulk_create(self.school_forms)
        PurposePoint.objects.bulk_create(self.purposes.values())
        Target.objects.bulk_create(self.targets)
        TargetPurpose.objects.bulk_create(self.covered)
        Point.objects.bulk_create(self.points)
        Criterion.objects.bulk_create(self.criteria)
        self.sets.save()


def _rows_of(
    text: SyllabusText, version: int, origin: str, at: datetime
) -> tuple[_Rows, list[str]]:
    """Return the rows of one version with its question sets, and why a written set does not fit."""
    rows = _Rows(_syllabus_row(text, version, origin, at))
    rows.school_forms = [
        SyllabusSchoolForm(syllabus_id=rows.syllabus.pk, code=code) for code in text.school_forms
    ]
    rows.purposes = {
        one.number: PurposePoint(syllabus=rows.syllabus, number=one.number, text=one.text)
        for one in text.purposes
    }
    criteria_of_subject = [
        _criterion_row(one, syllabus_id=rows.syllabus.pk) for one in text.criteria
    ]
    rows.criteria += criteria_of_subject
    misfits: list[str] = []
    for target_text in text.targets:
        target = _target_row(target_text, text, rows.syllabus)
        points = [
            Point(target_id=target.pk, number=one.number, heading=one.heading, text=one.text)
            for one in target_text.content
        ]
        criteria = [_criterion_row(one, target_id=target.pk) for one in target_text.criteria]
        rows.targets.append(target)
        rows.points += points
        rows.criteria += criteria
        rows.covered += [
            TargetPurpose(
                target=target,
                purpose=rows.purposes[one.number],
                is_emphasised=one.is_emphasised,
            )
            for one in target_text.purposes
            if one.number in rows.purposes
        ]
        held = Held(target, points, criteria or criteria_of_subject)
        written = _set_for(held, target_text, misfits)
        question_sets.add_rows(rows.sets, held, written, version=1, at=at)
    return rows, misfits


def _set_for(held: Held, text: TargetText, misfits: list[str]) -> WrittenSet:
    """Return the set written for a target if it fits, else a generated one and why."""
    written = question_set.shipped().get(text.code)
    if written is not None:
        why = held.misfits(written)
        if not why:
            return written
        misfits.append(f"the questions written for {text.code} do not fit: {'; '.join(why)}")
    return question_set.generated(text.code, text.content)


def _syllabus_row(text: SyllabusText, version: int, origin: str, at: datetime) -> Syllabus:
    return Syllabus(
        code=text.code,
        version=version,
        name=text.name,
        english_name=text.english_name,
        kind=text.kind,
        owner=text.owner,
        mandate=text.mandate,
        valid_from=text.valid_from,
        valid_to=text.valid_to,
        description=text.description,
        purpose=text.purpose,
        content_hash=text.content_hash,
        source=origin[:LONGEST_SOURCE],
        imported_at=at,
    )


def _target_row(text: TargetText, of: SyllabusText, syllabus: Syllabus) -> Target:
    return Target(
        syllabus=syllabus,
        kind=TARGETS_OF[of.kind],
        code=text.code,
        name=text.name,
        english_name=text.english_name,
        points=text.points,
        sort_order=text.sort_order,
        description=text.description,
        leads_to=LEADS_TO[of.mandate],
        search_key=folded(f"{text.code} {text.name} {of.code} {of.name}"),
    )


def _criterion_row(
    text: CriterionText, *, target_id: UUID | None = None, syllabus_id: UUID | None = None
) -> Criterion:
    return Criterion(
        target_id=target_id,
        syllabus_id=syllabus_id,
        grade_step=text.grade_step,
        paragraph=text.paragraph,
        number=text.number,
        text=text.text,
    )
