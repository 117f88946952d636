"""The life of a case (ärende), where it came from, and what may be opened of it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.states import StateTable
from kunnig.organisations.states import Role

# Who registers a case, lets others in and is responsible (field.md, roles).
CASE_WORKERS = (Role.COUNSELLOR, Role.VALIDATOR, Role.MUNICIPAL_COORDINATOR)


class CaseState(models.TextChoices):
    """Where a case stands."""

    REGISTERED = "registered", _("Registered")
    MAPPING = "mapping", _("Initial mapping under way")
    MAPPED = "mapped", _("Initial mapping locked")
    PATH_DECIDED = "path_decided", _("Path decided")
    IN_DEPTH = "in_depth", _("In-depth mapping under way")
    IN_DEPTH_MAPPED = "in_depth_mapped", _("In-depth mapping locked")
    CLOSED = "closed", _("Closed")


# Nothing here happens by itself: every step is a person's act, and a closed case opens again.
CASE_LIFE = StateTable(
    {
        CaseState.REGISTERED: frozenset({CaseState.MAPPING, CaseState.CLOSED}),
        CaseState.MAPPING: frozenset({CaseState.MAPPED, CaseState.CLOSED}),
        CaseState.MAPPED: frozenset({CaseState.PATH_DECIDED, CaseState.CLOSED}),
        CaseState.PATH_DECIDED: frozenset({CaseState.IN_DEPTH, CaseState.CLOSED}),
        CaseState.IN_DEPTH: frozenset({CaseState.IN_DEPTH_MAPPED, CaseState.CLOSED}),
        CaseState.IN_DEPTH_MAPPED: frozenset({CaseState.IN_DEPTH, CaseState.CLOSED}),
        CaseState.CLOSED: frozenset(
            {
                CaseState.REGISTERED,
                CaseState.MAPPING,
                CaseState.MAPPED,
                CaseState.PATH_DECIDED,
                CaseState.IN_DEPTH,
                CaseState.IN_DEPTH_MAPPED,
            }
        ),
    }
)


class Origin(models.TextChoices):
    """Where the person came from."""

    SELF = "self", _("The person's own initiative")
    EMPLOYMENT_SERVICE = "employment_service", _("The employment service")
    SFI = "sfi", _("Swedish for immigrants (sfi)")
    ADULT_EDUCATION = "adult_education", _("Other adult education")
    SOCIAL_SERVICES = "social_services", _("Social services")
    EMPLOYER = "employer", _("An employer")
    OTHER = "other", _("Somebody else")


class HomeGround(models.TextChoices):
    """Why a municipality is the person's home municipality (skollagen 29 kap. 6 §)."""

    REGISTERED = "registered", _("Registered there")
    STAYING = "staying", _("Staying there")


class Path(models.TextChoices):
    """What follows the initial mapping (vägval)."""

    GUIDANCE_ONLY = "guidance_only", _("Guidance only")
    REFERRAL = "referral", _("Referred to someone else")
    EXAMINATION = "examination", _("Examination for a grade directly (prövning)")
    AWAITING_ADMISSION = "awaiting_admission", _("Awaiting admission")
    VALIDATION = "validation", _("Validation as a student, within a course or level")
    OTHER_ROUTE = "other_route", _("Validation by another route (sector, employment service)")


# In-depth mapping is the first half of validation (valideringsförordningen 4 §) and follows
# only where the person is admitted, or validated outside the school system.
PATHS_TO_IN_DEPTH = frozenset({Path.VALIDATION, Path.OTHER_ROUTE})


class Part(models.TextChoices):
    """What of a case somebody is let in to."""

    WHOLE = "whole", _("The whole case")
    INITIAL = "initial", _("The initial mapping")
    IN_DEPTH = "in_depth", _("The in-depth mapping")
    ADAPTATIONS = "adaptations", _("Adaptations")


class IdentityCheck(models.TextChoices):
    """How somebody made sure who sits before them, before the person chooses a table code."""

    DOCUMENT = "document", _("An identity document")
    CERTIFIED = "certified", _("Somebody else, with an identity document, certified who it is")
    KNOWN = "known", _("I know the person from before")


class InvitedBy(models.TextChoices):
    """By which way a person was invited."""

    EMAIL = "email", _("A link by e-mail")
    LETTER = "letter", _("A code on a printed letter")


class InvitationState(models.TextChoices):
    """Where an invitation stands; one that is too old has not changed, it opens nothing."""

    OPEN = "open", _("Not used yet")
    USED = "used", _("Used")
    WITHDRAWN = "withdrawn", _("Works no longer")


INVITATION_LIFE = StateTable(
    {
        InvitationState.OPEN: frozenset({InvitationState.USED, InvitationState.WITHDRAWN}),
        InvitationState.USED: frozenset(),
        InvitationState.WITHDRAWN: frozenset(),
    }
)
INVITATION_RUNS = timedelta(days=30)


class SpokenCheck(models.TextChoices):
    """How somebody made sure who asks for a new way in."""

    MET = "met", _("I met the person")
    CALLED = "called", _("I called a number that I knew from before")
    ANSWERED = "answered", _("The person told me what only they know")
