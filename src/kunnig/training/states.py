"""How far a qualification reaches, and where a person stands with theirs."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Practice:
    """A limit that practice sets and no law does, with what it rests on."""

    years: int
    ground: str


# To be changed here when the region settles its training: nothing else knows the number.
LONGEST_QUALIFICATION = Practice(
    years=5,
    ground="No law and no regional decision sets a period. Five years is the longest that the "
    "skills of the training are trusted without renewal; most are given for two.",
)


class Reach(models.TextChoices):
    """Which mappings a qualification is good for."""

    FULL = "full", _("Initial and in-depth mapping")
    SHORT = "short", _("In-depth mapping only (the tool's short part)")


class Standing(models.TextChoices):
    """Where a person stands: worked out from their qualifications, kept nowhere."""

    QUALIFIED = "qualified", _("Qualified")
    DUE = "due", _("Due for renewal")
    LAPSED = "lapsed", _("Lapsed")
    NONE = "none", _("Not qualified")
