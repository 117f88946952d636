"""How far a qualification reaches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """Which mappings a qualification is good for."""

    FULL = "full", _("Initial and in-depth mapping")
    SHORT = "short", _("In-depth mapping only (the tool's short part)")
