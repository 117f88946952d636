"""How far a qualification reaches, and where a person stands with theirs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
