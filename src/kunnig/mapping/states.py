"""The life of a mapping, whose words an answer holds, and what a mapper may conclude."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.states import StateTable


class MappingKind(models.TextChoices):
    """Which of the two mappings: free of criteria, or against a target."""

    INITIAL = "initial", _("Initial mapping")
    IN_DEPTH = "in_depth", _("In-depth mapping")


class MappingState(models.TextChoices):
    """Where a mapping stands."""

    DRAFT = "draft", _("Draft")
    SHARED = "shared", _("Shared with the person")
    APPROVED = "approved", _("Approved by the person")
    LOCKED = "locked", _("Locked")
    SUPERSEDED = "superseded", _("Superseded by a newer version")


# A change after the approval voids it: approved → shared.
MAPPING_LIFE = StateTable(
    {
        MappingState.DRAFT: frozenset({MappingState.SHARED}),
        MappingState.SHARED: frozenset({MappingState.APPROVED}),
        MappingState.APPROVED: frozenset({MappingState.SHARED, MappingState.LOCKED}),
        MappingState.LOCKED: frozenset({MappingState.SUPERSEDED}),
        MappingState.SUPERSEDED: frozenset(),
    }
)

WRITABLE = frozenset({MappingState.DRAFT, MappingState.SHARED, MappingState.APPROVED})
SETTLED = frozenset({MappingState.LOCKED, MappingState.SUPERSEDED})


class Side(models.TextChoices):
    """Whose words an answer holds."""

    ORIGINAL = "original", _("The person's own words")
    RENDERING = "rendering", _("In Swedish")
    NOTE = "note", _("The mapper's note")


class ApprovedHow(models.TextChoices):
    """How the person approved."""

    OWN_DEVICE = "own_device", _("Signed in, on a device of their own")
    AT_THE_TABLE = "at_the_table", _("At the table, with a code of their own")


class Mode(models.TextChoices):
    """How a sitting was held."""

    ON_SITE = "on_site", _("We met")
    VIDEO = "video", _("By video")
    TELEPHONE = "telephone", _("By telephone")
    ALONE = "alone", _("The person wrote alone")


class SelfEstimate(models.TextChoices):
    """What the person says of themselves, in plain words."""

    NOT_DONE = "not_done", _("I have not done it")
    WITH_HELP = "with_help", _("I have done it with help")
    ON_MY_OWN = "on_my_own", _("I have done it on my own")
    CAN_TEACH = "can_teach", _("I can teach others")


class Basis(models.TextChoices):
    """Whether there is enough to assess: the mapper's verdict, never an assessment."""

    ASSESSABLE = "assessable", _("Can be assessed")
    TEST_NEEDED = "test_needed", _("Test needed")
    NO_BASIS = "no_basis", _("No basis yet")
