"""Who may make a paper, and who chooses what it shows. Asks, never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as cases
from kunnig.cases.queries import is_let_in
from kunnig.cases.states import Part
from kunnig.credentials.formats import languages
from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.mapping.states import MappingState

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.credentials.models import Paper
    from kunnig.mapping.models import Mapping
    from kunnig.people.models import Person


def may_issue(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let the person, and who works with the case or the mapping, make the paper of a lock.

    A closed case too: what somebody has told and approved is theirs to show as long as they live.
    A protected person's case is worked with only by those named in it.
    """
    case = mapping.case
    if mapping.standing is MappingState.SUPERSEDED:
        return refused(_("There is a newer version. Make the paper of that one."))
    if mapping.standing is not MappingState.LOCKED:
        return refused(_("The mapping must be approved and locked first."))
    if case.is_practice:
        return refused(_("This is a practice case. No papers are made of it."))
    part = Part.IN_DEPTH if mapping.is_in_depth else Part.INITIAL
    if by == case.person or cases.works_with(by, case, at) or is_let_in(by, case, at, part):
        return ALLOWED
    return refused(_("Only the person and those who work with the mapping make papers of it."))


def may_stand_beside_swedish(language: str) -> Verdict:
    """Make papers only in languages that have all the words of one."""
    if language in languages.beside_swedish():
        return ALLOWED
    return refused(_("Papers are not made in this language."))


def may_choose(by: Person, paper: Paper) -> Verdict:
    """Let only the person a paper is about choose what it shows."""
    if by == paper.case.person:
        return ALLOWED
    return refused(_("Only the person chooses what their paper shows."))
