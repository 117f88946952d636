"""Kinds of papers, and what somebody who checks one is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What a paper is. The name says what it proves: neither of these is an assessment."""

    INITIAL = "initial", _("Summary of initial mapping")
    IN_DEPTH = "in_depth", _("Summary of in-depth mapping – not assessed")


class Standing(models.TextChoices):
    """What the one who checks a paper is told of it."""

    UNCHANGED = "unchanged", _("Unchanged. Not an assessment.")
    REPLACED = "replaced", _("Replaced by a newer one")
    UNKNOWN = "unknown", _("We know no paper with this code")
