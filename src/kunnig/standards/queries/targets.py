"""What can be mapped against: targets in force, what they contain and what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Collate
from django.utils import timezone

from kunnig.kernel.text import folded
from kunnig.standards.formats import markup
from kunnig.standards.models import Criterion, Point, QuestionSet, Syllabus, Target
from kunnig.standards.states import GradeStep, LeadsTo, Mandate, TargetKind

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

# The standards themselves are written in Swedish.
STANDARDS_LANGUAGE = "sv"


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
