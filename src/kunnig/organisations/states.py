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
# Who sees how a municipality is staffed, against its plan.
LEADERS = frozenset({Role.PRINCIPAL, Role.MUNICIPAL_COORDINATOR})
# Who may map, once qualified and let in: the first everything, the others in depth (stok.md S3).
MAPPERS = frozenset({Role.VALIDATOR, Role.COUNSELLOR})
IN_DEPTH_MAPPERS = MAPPERS | {Role.TEACHER, Role.ASSESSOR}

_LOCAL = frozenset(
    {OrganisationKind.MUNICIPALITY, OrganisationKind.BOARD, OrganisationKind.SCHOOL_UNIT}
)
_TEACHING = frozenset(
    {OrganisationKind.BOARD, OrganisationKind.SCHOOL_UNIT, OrganisationKind.PROVIDER}
)
# Where each role can be held.
PLACES: dict[Role, frozenset[OrganisationKind]] = {
    Role.COUNSELLOR: _LOCAL,
    Role.VALIDATOR: _LOCAL,
    Role.ASSESSOR: _LOCAL | _TEACHING,
    Role.TEACHER: _TEACHING,
    Role.PRINCIPAL: _TEACHING,
    Role.MUNICIPAL_COORDINATOR: frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.BOARD}),
    Role.REGIONAL_COORDINATOR: frozenset({OrganisationKind.REGION}),
    Role.ADMINISTRATOR: frozenset({OrganisationKind.REGION}),
}

# Who gives each role, and takes it back; nobody does so to themselves. A municipal coordinator
# gives roles under their own board only; the two others answer for the county.
GIVEN_BY: dict[Role, Role] = {
    Role.COUNSELLOR: Role.MUNICIPAL_COORDINATOR,
    Role.VALIDATOR: Role.MUNICIPAL_COORDINATOR,
    Role.ASSESSOR: Role.MUNICIPAL_COORDINATOR,
    Role.TEACHER: Role.MUNICIPAL_COORDINATOR,
    Role.PRINCIPAL: Role.MUNICIPAL_COORDINATOR,
    Role.MUNICIPAL_COORDINATOR: Role.REGIONAL_COORDINATOR,
    Role.REGIONAL_COORDINATOR: Role.ADMINISTRATOR,
    Role.ADMINISTRATOR: Role.ADMINISTRATOR,
}
