"""Who grants the qualification to map, and who ends it. Asks, never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.organisations.policies import period_holds
from kunnig.organisations.queries import roles_of
from kunnig.organisations.states import Role
from kunnig.training.states import LONGEST_QUALIFICATION

if TYPE_CHECKING:
    from datetime import date, datetime

    from kunnig.people.models import Person
    from kunnig.training.models import Qualification

LONGEST_REASON = 300


def may_grant(by: Person, person: Person, at: datetime) -> Verdict:
    """Let the region's coordinator grant it to anyone but themselves (stok.md S3, S4)."""
    if Role.REGIONAL_COORDINATOR not in roles_of(by, at):
        return refused(_("Only the region's coordinator grants the qualification to map."))
    if by == person:
        return refused(_("Nobody grants a qualification to themselves."))
    return ALLOWED


def period_is_of_practice(starts_on: date, ends_on: date) -> Verdict:
    """Ask for a period that holds, and is no longer than practice lets a qualification run."""
    if not (verdict := period_holds(starts_on, ends_on)):
        return verdict
    years = LONGEST_QUALIFICATION.years
    if (ends_on.year - years, ends_on.month, ends_on.day) > (
        starts_on.year,
        starts_on.month,
        starts_on.day,
    ):
        return refused(_("A qualification runs for at most %(years)d years.") % {"years": years})
    return ALLOWED


def is_explained(reason: str) -> Verdict:
    """Ask for a ground or a reason, short enough for one line of a list."""
    if not reason.strip():
        return refused(_("Write why: others must be able to understand it later."))
    if len(reason) > LONGEST_REASON:
        return refused(_("Write at most %(most)d characters.") % {"most": LONGEST_REASON})
    return ALLOWED


def may_end(by: Person, qualification: Qualification, at: datetime) -> Verdict:
    """Let the region's coordinator end what has not already ended."""
    if not (verdict := may_grant(by, qualification.person, at)):
        return verdict
    if qualification.ended_at is not None:
        return refused(_("This qualification has already been ended."))
    return ALLOWED
