"""Kinds of organisations, and the roles people hold in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    REGION = "region", _("Region")
    MUNICIPALITY = "municipality", _("Municipality")
    BOARD = "board", _("Board")
    SCHOOL_UNIT = "school_unit", _("School unit")
    PROVIDER = "provider", _("Provider")


class Role(models.TextChoices):
    """What a person may be trusted with inside one organisation; the glossary's words."""

    COUNSELLOR = "counsellor", _("Counsellor")
    VALIDATOR = "validator", _("Validator")
    ASSESSOR = "assessor", _("Assessor")
    TEACHER = "teacher", _("Teacher")
    PRINCIPAL = "principal", _("Principal")
    MUNICIPAL_COORDINATOR = "municipal_coordinator", _("Municipal coordinator")
    REGIONAL_COORDINATOR = "regional_coordinator", _("Regional coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that open every case of their board; all others are let in case by case (architecture).
BOARD_ROLES = frozenset({Role.COUNSELLOR, Role.PRINCIPAL, Role.MUNICIPAL_COORDINATOR})
