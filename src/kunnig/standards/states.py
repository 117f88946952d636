"""What kinds of standards there are, who gives them their weight, and what they may lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class SchoolForm(models.TextChoices):
    """School forms as the Syllabus API codes them; a standard may name others than these."""

    GY = "GY", _("Upper secondary school")
    GYAN = "GYAN", _("Adapted upper secondary school")
    VUXGR = "VUXGR", _("Komvux at basic level")
    VUXGY = "VUXGY", _("Komvux at upper secondary level")
    VUXGYAN = "VUXGYAN", _("Komvux as adapted education at upper secondary level")
