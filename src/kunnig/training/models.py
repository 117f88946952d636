"""The qualification to map: without one nobody uses the tool for the county (stok.md S3)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kunnig.people.models import Person
from kunnig.training.states import Reach

if TYPE_CHECKING:
    from datetime import date


class Qualification(models.Model):
    """One person's right to map, on a ground, for a period; ended early only with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="qualifications")
    reach = models.CharField(_("reach"), max_length=10, choices=Reach.choices)
    ground = models.CharField(_("ground"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-ends_on"], name="qualifications_of_one_person")]
        constraints = [
            models.CheckConstraint(
                name="qualification_reach_is_known", condition=Q(reach__in=Reach.values)
            ),
            models.CheckConstraint(
                name="qualification_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="qualification_has_a_ground", condition=~Q(ground="")),
            models.CheckConstraint(
                name="qualification_is_never_granted_to_oneself",
                condition=~Q(person=F("granted_by")),
            ),
            models.CheckConstraint(
                name="qualification_ended_means_by_whom_when_and_why",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, ended_because="")
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.reach} · {self.starts_on}–{self.ends_on}"

    def holds_on(self, day: date) -> bool:
        """Say whether the qualification holds on `day`, both ends included."""
        return self.ended_at is None and self.starts_on <= day <= self.ends_on
