"""Papers that were handed out. A row is never changed: a correction is a new paper."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from kunnig.cases.models import Case
from kunnig.credentials.states import PaperKind
from kunnig.kernel import numbers
from kunnig.mapping.models import HASH_LENGTH, Mapping
from kunnig.people.models import Person


class Paper(models.Model):
    """One paper of one case: number, code, and what it says, frozen when it was handed out.

    Only `successor` is ever set later, and `shows_name`, which is the holder's to choose: what
    somebody who has the code is told. The PDF is made from the row whenever it is asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    mapping = models.ForeignKey(Mapping, models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    number = models.CharField(_("number"), max_length=20, unique=True)
    # Kept as it is, for the paper must be printed again; whoever has it has the paper in hand.
    code = models.CharField(_("code"), max_length=numbers.CODE_LENGTH, unique=True)
    languages = models.CharField(_("languages"), max_length=20, default="sv en")
    snapshot = models.JSONField()
    content_hash = models.CharField(max_length=HASH_LENGTH)
    template_version = models.PositiveSmallIntegerField()
    law_version = models.CharField(max_length=20)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))
    shows_name = models.BooleanField(_("shows the name"), default=False)
    successor = models.OneToOneField("self", models.PROTECT, null=True, related_name="predecessor")
    operation = models.UUIDField(unique=True)  # a form sent twice makes one paper

    class Meta:
        indexes = [models.Index(fields=["case", "-issued_at", "id"], name="papers_of_one_case")]
        constraints = [
            models.CheckConstraint(
                name="paper_kind_is_known", condition=Q(kind__in=PaperKind.values)
            ),
            models.CheckConstraint(name="paper_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="paper_code_is_whole", condition=Exact(Length("code"), numbers.CODE_LENGTH)
            ),
            models.CheckConstraint(
                name="paper_says_something", condition=~Q(snapshot={}) & ~Q(content_hash="")
            ),
            models.CheckConstraint(
                name="paper_is_not_its_own_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
            ),
            models.UniqueConstraint(
                name="paper_one_in_force_of_each_kind_in_a_case",
                fields=["case", "kind"],
                condition=Q(successor__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_of(self) -> PaperKind:
        """The kind as the enum it is, not the string the column holds."""
        return PaperKind(self.kind)

    @property
    def code_shown(self) -> str:
        """The code in groups of letters, as people read and type it."""
        return numbers.grouped(self.code)


class VerificationAttempt(models.Model):
    """That somebody asked about a code. Kept for minutes, to slow down who asks without end.

    The address is kept only as a keyed hash that changes every day.
    """

    address_hash = models.CharField(max_length=HASH_LENGTH)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "at"], name="attempts_of_one_address"),
            models.Index(fields=["at"], name="attempts_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
