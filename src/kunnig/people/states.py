"""What a person may be protected by, and what they may be known by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Protection(models.TextChoices):
    """How strongly a person's data are protected (skyddade personuppgifter)."""

    NONE = "none", _("No protection")
    SECRECY_MARKING = "secrecy_marking", _("Secrecy marking")
    PROTECTED_REGISTRATION = "protected_registration", _("Protected population registration")
    ASSUMED_IDENTITY = "assumed_identity", _("Assumed identity")


class IdentifierKind(models.TextChoices):
    """What kind of number a person is known by."""

    PERSONAL_NUMBER = "personal_number", _("Personal identity number")
    COORDINATION_NUMBER = "coordination_number", _("Coordination number")
    OTHER = "other", _("Other number")
