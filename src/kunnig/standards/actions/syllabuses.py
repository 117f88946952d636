"""Taking in syllabuses: a new one, or a new version of one whose text has changed.

All or nothing for each subject. A row of an older version is never touched; the row of a version
says itself when it came and from where.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from kunnig.kernel.text import folded
from kunnig.standards.actions import question_sets
from kunnig.standards.actions.question_sets import Held, SetRows
from kunnig.standards.formats import question_set, sources, syllabus_api
from kunnig.standards.formats.checked import Fault, Unreadable
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

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from kunnig.standards.formats.question_set import WrittenSet
    from kunnig.standards.formats.sources import Source
    from kunnig.standards.formats.syllabus_text import CriterionText, SyllabusText, TargetText


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
    report = ImportReport()
    known = _known_versions()
    for number, source in enumerate(found, start=1):
        if progress is not None:
            progress(number, source.name)
        try:
            outcome = _take_in(source, known, report, at=at, is_dry_run=is_dry_run)
        except Unreadable as unreadable:
            report.faults += [f"{source.name}: {fault}" for fault in unreadable.faults]
            outcome = Outcome.FAULTY
        report.outcomes[outcome] += 1
    if not is_dry_run:
        given, remarks = question_sets.attach_shipped(at=at)
        report.written_sets += given
        report.remarks += remarks
    return report


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


def _take_in(
    source: Source,
    known: dict[str, dict[str, int]],
    report: ImportReport,
    *,
    at: datetime,
    is_dry_run: bool,
) -> Outcome:
    text = syllabus_api.read(source.read())
    report.count(text)
    report.remarks += [f"{source.name}: {remark}" for remark in text.remarks]
    versions = known[text.code]
    newest = max(versions.values(), default=0)
    if text.content_hash in versions:
        version = versions[text.content_hash]
        if version < newest:
            report.remarks.append(
                f"{source.name}: is version {version} of {text.code}, "
                f"which version {newest} has replaced"
            )
        return Outcome.UNCHANGED
    if not is_dry_run:
        try:
            written, generated, remarks = _write(text, newest + 1, source.origin, at)
        except IntegrityError as clash:
            what = "another import has just taken in this subject; run this one again"
            raise Unreadable([Fault("", what)]) from clash
        report.written_sets += written
        report.generated_sets += generated
        report.remarks += [f"{source.name}: {remark}" for remark in remarks]
    versions[text.content_hash] = newest + 1
    if not newest:
        return Outcome.NEW
    report.changed.append(f"{text.code} {text.name}: version {newest + 1}")
    return Outcome.CHANGED


@dataclass(slots=True)
class _Rows:
    """The rows of one version of a syllabus before they are saved."""

    syllabus: Syllabus
    purposes: dict[int, PurposePoint] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    covered: list[TargetPurpose] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    sets: SetRows = field(default_factory=SetRows)

    def save(self) -> None:
        """Insert every row, parents first."""
        self.syllabus.save(force_insert=True)
        PurposePoint.objects.bulk_create(self.purposes.values())
        Target.objects.bulk_create(self.targets)
        TargetPurpose.objects.bulk_create(self.covered)
        Point.objects.bulk_create(self.points)
        Criterion.objects.bulk_create(self.criteria)
        self.sets.save()


@transaction.atomic
def _write(
    text: SyllabusText, version: int, origin: str, at: datetime
) -> tuple[int, int, list[str]]:
    """Save one version with its question sets.

    Returns how many sets were written and how many generated, and remarks on misfits.
    """
    rows = _Rows(_syllabus_row(text, version, origin, at))
    rows.purposes = {
        one.number: PurposePoint(syllabus=rows.syllabus, number=one.number, text=one.text)
        for one in text.purposes
    }
    criteria_of_subject = [_criterion_row(one, syllabus=rows.syllabus) for one in text.criteria]
    rows.criteria += criteria_of_subject
    remarks: list[str] = []
    for target_text in text.targets:
        target = _target_row(target_text, text, rows.syllabus)
        points = [
            Point(target=target, number=one.number, heading=one.heading, text=one.text)
            for one in target_text.content
        ]
        criteria = [_criterion_row(one, target=target) for one in target_text.criteria]
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
        written = _set_for(held, target_text, remarks)
        question_sets.add_rows(rows.sets, held, written, version=1, at=at)
    rows.save()
    SyllabusSchoolForm.objects.bulk_create(
        SyllabusSchoolForm(syllabus=rows.syllabus, code=code) for code in text.school_forms
    )
    generated = sum(one.origin == Origin.GENERATED for one in rows.sets.sets)
    return len(rows.sets.sets) - generated, generated, remarks


def _set_for(held: Held, text: TargetText, remarks: list[str]) -> WrittenSet:
    """Return the set written for a target if it fits, else a generated one."""
    written = question_set.shipped().get(text.code)
    if written is not None:
        misfits = held.misfits(written)
        if not misfits:
            return written
        remarks.append(f"the questions written for {text.code} do not fit: {'; '.join(misfits)}")
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
    text: CriterionText, *, target: Target | None = None, syllabus: Syllabus | None = None
) -> Criterion:
    return Criterion(
        target=target,
        syllabus=syllabus,
        grade_step=text.grade_step,
        paragraph=text.paragraph,
        number=text.number,
        text=text.text,
    )
