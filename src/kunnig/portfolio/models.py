"""What a person has done and can show. It is theirs; a case sees only what was taken into it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kunnig.cases.models import Case
from kunnig.files.models import StoredFile
from kunnig.people.models import Person
from kunnig.portfolio.states import EvidenceKind, LifeField, Means


class Experience(models.Model):
    """One thing a person has done, taken in from a locked mapping; the latest telling counts.

    The key is the entry's own, so that the same entry in a later version updates its row. What a
    later version no longer tells is kept, and marked as taken away.
    `told` holds the answers by question code: {"original", "language", "rendering"}.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="experiences")
    field = models.CharField(_("field of life"), max_length=20, choices=LifeField.choices)
    title = models.CharField(_("what"), max_length=300)
    told = models.JSONField(default=dict)
    taken_in_at = models.DateTimeField()
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "field"], name="experiences_of_one_person")]
        constraints = [
            models.CheckConstraint(
                name="experience_field_is_known", condition=Q(field__in=LifeField.values)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """Something that shows what a person can, described; its original was seen or not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind.choices)
    title = models.CharField(_("title"), max_length=200)
    issuer = models.CharField(_("from whom"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    issued = models.CharField(_("when"), max_length=60, blank=True)
    description = models.TextField(_("description"), blank=True)
    # What it says in Swedish, where it is in another language and no translation was sent.
    translation = models.TextField(_("what it says in Swedish"), blank=True)
    translated_by = models.CharField(_("translated by"), max_length=200, blank=True)
    original_seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    original_seen_on = models.DateField(_("original seen on"), null=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    operation = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["person", "-added_at"], name="evidence_of_one_person")]
        constraints = [
            models.CheckConstraint(
                name="evidence_kind_is_known", condition=Q(kind__in=EvidenceKind.values)
            ),
            models.CheckConstraint(name="evidence_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="evidence_original_seen_means_by_whom_and_when",
                condition=Q(original_seen_by__isnull=True, original_seen_on__isnull=True)
                | Q(original_seen_by__isnull=False, original_seen_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CaseEvidence(models.Model):
    """That one piece of evidence was taken into one case: the only road to it for staff."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence_ties")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="case_ties")
    taken_in_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField()
    taken_out_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="evidence_is_taken_into_a_case_once", fields=["case", "evidence"]
            ),
            models.CheckConstraint(
                name="evidence_is_taken_out_by_somebody_at_some_time",
                condition=Q(taken_out_by__isnull=True, taken_out_at__isnull=True)
                | Q(taken_out_by__isnull=False, taken_out_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.evidence}"


class EvidenceFile(models.Model):
    """A photo or a document of a piece of evidence, or of its translation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="file_ties")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="evidence_tie")
    is_translation = models.BooleanField(_("a translation"), default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_away_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_away_at = models.DateTimeField(null=True)
    operation = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_file_is_taken_away_by_somebody_at_some_time",
                condition=Q(taken_away_by__isnull=True, taken_away_at__isnull=True)
                | Q(taken_away_by__isnull=False, taken_away_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} · {self.file}"


class RefereeWords(models.Model):
    """What somebody said of the person, noted at work: when and by which means, as the law asks.

    It belongs to the case it was noted in, wherever the evidence is shown later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referee_words")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="referee_words")
    words = models.TextField(_("what was said"))
    means = models.CharField(_("by which means"), max_length=10, choices=Means.choices)
    told_on = models.DateField(_("when"))
    law = models.CharField(max_length=20)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    operation = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "referee words"
        indexes = [models.Index(fields=["case", "evidence"], name="what_referees_said_in_a_case")]
        constraints = [
            models.CheckConstraint(
                name="referee_means_are_known", condition=Q(means__in=Means.values)
            ),
            models.CheckConstraint(name="referee_said_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} · {self.told_on}"
