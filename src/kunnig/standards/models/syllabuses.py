"""Syllabuses with their targets, points and criteria.

Rows of a version never change: an import adds a new version, and the database refuses updates
(migration 0002). Texts named *markup* hold the few tags that `formats.markup` lets through.
Where a unique constraint begins with a foreign key, the key has no index of its own.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kunnig.standards.states import GradeStep, LeadsTo, Mandate, SyllabusKind, TargetKind

LONGEST_SOURCE = 300


class Syllabus(models.Model):
    """One version of a subject, a sector standard or a standard of ours; holds its targets.

    `version` counts what we have imported: the agency's own number does not tell changes apart.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=200)
    english_name = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SyllabusKind.choices)
    owner = models.CharField(_("owner"), max_length=160)
    mandate = models.CharField(_("mandate"), max_length=20, choices=Mandate.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)  # markup
    purpose = models.TextField(_("purpose"), blank=True)  # markup
    content_hash = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=LONGEST_SOURCE)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="syllabus_version_is_unique_in_its_code", fields=["code", "version"]
            ),
            models.UniqueConstraint(
                name="syllabus_content_is_taken_in_once", fields=["code", "content_hash"]
            ),
            models.CheckConstraint(
                name="syllabus_version_counts_from_one", condition=Q(version__gte=1)
            ),
            models.CheckConstraint(
                name="syllabus_kind_is_known", condition=Q(kind__in=SyllabusKind.values)
            ),
            models.CheckConstraint(
                name="syllabus_mandate_is_known", condition=Q(mandate__in=Mandate.values)
            ),
            models.CheckConstraint(
                name="syllabus_for_practice_is_our_own",
                condition=~Q(kind=SyllabusKind.PRACTICE) | Q(mandate=Mandate.OWN),
            ),
            models.CheckConstraint(
                name="syllabus_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}, version {self.version}"


class SyllabusSchoolForm(models.Model):
    """One school form in which a syllabus is used."""

    syllabus = models.ForeignKey(
        Syllabus, models.CASCADE, related_name="school_forms", db_index=False
    )
    code = models.CharField(_("school form"), max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="syllabus_names_a_school_form_once", fields=["syllabus", "code"]
            )
        ]

    def __str__(self) -> str:
        return self.code


class PurposePoint(models.Model):
    """One numbered point of what a subject is for, which its courses refer to by number."""

    syllabus = models.ForeignKey(
        Syllabus, models.CASCADE, related_name="purpose_points", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()  # markup

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="purpose_point_number_is_unique_in_its_syllabus", fields=["syllabus", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Target(models.Model):
    """What one in-depth mapping is held against: a course, a level, or a practice target."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    syllabus = models.ForeignKey(Syllabus, models.PROTECT, related_name="targets", db_index=False)
    kind = models.CharField(_("kind"), max_length=20, choices=TargetKind.choices)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    english_name = models.CharField(_("name in English"), max_length=200, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField()
    description = models.TextField(_("description"), blank=True)  # markup
    leads_to = models.CharField(_("may lead to"), max_length=20, choices=LeadsTo.choices)
    purposes = models.ManyToManyField(PurposePoint, through="TargetPurpose")
    # Code, name and subject, folded by `kernel.text`: what a search compares with.
    search_key = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="target_code_is_unique_in_its_syllabus", fields=["syllabus", "code"]
            ),
            models.CheckConstraint(
                name="target_kind_is_known", condition=Q(kind__in=TargetKind.values)
            ),
            models.CheckConstraint(
                name="target_leads_to_what_is_known", condition=Q(leads_to__in=LeadsTo.values)
            ),
            models.CheckConstraint(
                name="target_for_practice_leads_to_nothing",
                condition=~Q(kind=TargetKind.PRACTICE) | Q(leads_to=LeadsTo.NOTHING),
            ),
        ]
        indexes = [models.Index(fields=["code"], name="targets_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class TargetPurpose(models.Model):
    """A target covers one purpose of its subject, perhaps with particular emphasis."""

    target = models.ForeignKey(
        Target, models.CASCADE, related_name="covered_purposes", db_index=False
    )
    purpose = models.ForeignKey(PurposePoint, models.CASCADE, related_name="+")
    is_emphasised = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="target_covers_a_purpose_once", fields=["target", "purpose"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_id} · {self.purpose_id}"


class Point(models.Model):
    """One point of a target's central content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="content", db_index=False)
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()  # markup

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="point_number_is_unique_in_its_target", fields=["target", "number"]
            ),
            models.CheckConstraint(name="point_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Criterion(models.Model):
    """One sentence of one grade step. Only assessors and teachers read it, never a candidate.

    It belongs to a course (Gy11) or to a whole subject with levels (Gy25; skollagen 20:37).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(
        Target, models.CASCADE, null=True, blank=True, related_name="criteria", db_index=False
    )
    syllabus = models.ForeignKey(
        Syllabus, models.CASCADE, null=True, blank=True, related_name="criteria", db_index=False
    )
    grade_step = models.CharField(max_length=2, choices=GradeStep.choices)
    paragraph = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    text = models.TextField()  # markup

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(
                name="criterion_hangs_on_a_target_or_on_a_syllabus",
                condition=Q(target__isnull=False, syllabus__isnull=True)
                | Q(target__isnull=True, syllabus__isnull=False),
            ),
            models.UniqueConstraint(
                name="criterion_number_is_unique_in_its_target",
                fields=["target", "grade_step", "number"],
            ),
            models.UniqueConstraint(
                name="criterion_number_is_unique_in_its_syllabus",
                fields=["syllabus", "grade_step", "number"],
            ),
            models.CheckConstraint(
                name="criterion_grade_step_is_known", condition=Q(grade_step__in=GradeStep.values)
            ),
            models.CheckConstraint(name="criterion_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.grade_step}{self.number}"
