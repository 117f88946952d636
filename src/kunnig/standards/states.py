"""What kinds of standards there are, who gives them their weight, and what they may lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.states import StateTable
from kunnig.organisations.states import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class SyllabusKind(models.TextChoices):
    """How a standard is built up."""

    COURSES = "courses", _("Subject with courses")
    LEVELS = "levels", _("Subject with levels")
    SECTOR = "sector", _("Sector standard")
    PRACTICE = "practice", _("Standard for practice")


class TargetKind(models.TextChoices):
    """What one thing to map against is called in its standard."""

    COURSE = "course", _("Course")
    LEVEL = "level", _("Level")
    MODULE = "module", _("Module of a sector standard")
    PRACTICE = "practice", _("Practice target")


TARGETS_OF: Mapping[SyllabusKind, TargetKind] = {
    SyllabusKind.COURSES: TargetKind.COURSE,
    SyllabusKind.LEVELS: TargetKind.LEVEL,
    SyllabusKind.SECTOR: TargetKind.MODULE,
    SyllabusKind.PRACTICE: TargetKind.PRACTICE,
}


class Mandate(models.TextChoices):
    """By what right a standard is used."""

    NATIONAL = "national", _("Issued by the National Agency for Education")
    SECTOR = "sector", _("Issued by a sector body")
    OWN = "own", _("Our own, for practice")
    EXAMPLE = "example", _("An invented example, for demonstrations")


class LeadsTo(models.TextChoices):
    """What a validation against a target may lead to, at most."""

    INTYG = "intyg", _("A certificate (intyg)")
    SECTOR_PROOF = "sector_proof", _("A sector’s own proof")
    NOTHING = "nothing", _("Nothing: for practice only")


# Skollagen 20:42-45 ties the intyg to a course or level of komvux; a sector answers for its own.
# An example behaves as what it stands for, in a demo county only.
LEADS_TO: Mapping[Mandate, LeadsTo] = {
    Mandate.NATIONAL: LeadsTo.INTYG,
    Mandate.SECTOR: LeadsTo.SECTOR_PROOF,
    Mandate.OWN: LeadsTo.NOTHING,
    Mandate.EXAMPLE: LeadsTo.INTYG,
}


# Who writes what is asked, by what a target leads to: a teacher knows the subject, and the region's
# coordinator answers for standards that no school grades.
WRITERS: Mapping[LeadsTo, frozenset[Role]] = {
    LeadsTo.INTYG: frozenset({Role.TEACHER}),
    LeadsTo.SECTOR_PROOF: frozenset({Role.TEACHER, Role.REGIONAL_COORDINATOR}),
    LeadsTo.NOTHING: frozenset({Role.TEACHER, Role.REGIONAL_COORDINATOR}),
}
# Whoever writes about some target.
QUESTION_WRITERS = frozenset[Role]().union(*WRITERS.values())


class GradeStep(models.TextChoices):
    """The steps of the grade scale that have criteria, in the order in which they are read."""

    E = "E", "E"
    D = "D", "D"
    C = "C", "C"
    B = "B", "B"
    A = "A", "A"


class Origin(models.TextChoices):
    """Where a question set comes from."""

    WRITTEN = "written", _("Written in plain words")
    GENERATED = "generated", _("One question for each point of content")


class DraftState(models.TextChoices):
    """Where the draft of a question set stands."""

    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("Proposed for publishing")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Replaced by a newer set")
    SET_ASIDE = "set_aside", _("Set aside")


# Whoever reads a proposal sends it back with a reason, or publishes it. Nothing is thrown away.
DRAFT_LIFE = StateTable(
    {
        DraftState.DRAFT: frozenset({DraftState.PROPOSED, DraftState.SET_ASIDE}),
        DraftState.PROPOSED: frozenset({DraftState.DRAFT, DraftState.PUBLISHED}),
        DraftState.PUBLISHED: frozenset({DraftState.SUPERSEDED}),
        DraftState.SUPERSEDED: frozenset(),
        DraftState.SET_ASIDE: frozenset({DraftState.DRAFT}),
    }
)

OPEN_DRAFTS = frozenset({DraftState.DRAFT, DraftState.PROPOSED})
DRAFTS_IN_USE = frozenset({DraftState.PUBLISHED, DraftState.SUPERSEDED})


class PartKind(models.TextChoices):
    """What a draft is made of."""

    GROUP = "group", _("Group of questions")
    QUESTION = "question", _("Question")


class Deed(models.TextChoices):
    """What somebody did with a draft."""

    COPIED = "copied", _("Copied from an earlier set")
    WRITTEN = "written", _("Written")
    MOVED = "moved", _("Moved")
    TAKEN_AWAY = "taken_away", _("Taken away")
    BROUGHT_BACK = "brought_back", _("Brought back")
    PROPOSED = "proposed", _("Proposed for publishing")
    SENT_BACK = "sent_back", _("Sent back")
    PUBLISHED = "published", _("Published")
    SET_ASIDE = "set_aside", _("Set aside")
    TAKEN_UP = "taken_up", _("Taken up again")


# Whoever did one of these has a part in what the draft says, and cannot publish it.
WRITING = frozenset({Deed.COPIED, Deed.WRITTEN, Deed.MOVED, Deed.TAKEN_AWAY, Deed.BROUGHT_BACK})
# These hold how a part reads from then on.
TELLING = frozenset({Deed.COPIED, Deed.WRITTEN})


class SchoolForm(models.TextChoices):
    """School forms as the Syllabus API codes them; a standard may name others than these."""

    GY = "GY", _("Upper secondary school")
    GYAN = "GYAN", _("Adapted upper secondary school")
    VUXGR = "VUXGR", _("Komvux at basic level")
    VUXGY = "VUXGY", _("Komvux at upper secondary level")
    VUXGYAN = "VUXGYAN", _("Komvux as adapted education at upper secondary level")
