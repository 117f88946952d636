"""Who gives roles, makes organisations and changes what is told of them. Asks, never writes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.organisations.formats import logos
from kunnig.organisations.models import Assignment, held_by
from kunnig.organisations.states import GIVEN_BY, PLACES, OrganisationKind, Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.utils.functional import _StrPromise

    from kunnig.organisations.models import Organisation
    from kunnig.people.models import Person

_REFUSALS: dict[Role, _StrPromise] = {
    Role.MUNICIPAL_COORDINATOR: _("Only the municipal coordinator of the board gives this role."),
    Role.REGIONAL_COORDINATOR: _("Only the region's coordinator gives this role."),
    Role.ADMINISTRATOR: _("Only an administrator gives this role."),
}


def may_give(by: Person, organisation: Organisation, role: Role, at: datetime) -> Verdict:
    """Let each role be given by the one who answers for it, where it can be held."""
    if OrganisationKind(organisation.kind) not in PLACES[role]:
        return refused(_("This role is not held in such an organisation."))
    giver, board_key = GIVEN_BY[role], organisation.board_key
    if giver is Role.MUNICIPAL_COORDINATOR and board_key is None:
        return refused(_("Tell first which board the organisation belongs to."))
    if any(
        each.role == giver
        and (giver is not Role.MUNICIPAL_COORDINATOR or each.organisation.board_key == board_key)
        for each in held_by(by, at)
    ):
        return ALLOWED
    return refused(_REFUSALS[giver])


def may_assign(
    by: Person, person: Person, organisation: Organisation, role: Role, at: datetime
) -> Verdict:
    """Let nobody give themselves a role, and each role be given by the one who answers for it."""
    if by == person:
        return refused(_("Nobody gives themselves a role, or takes one from themselves."))
    return may_give(by, organisation, role, at)


def may_end(by: Person, assignment: Assignment, at: datetime) -> Verdict:
    """Let who could have given a role take it back."""
    return may_assign(by, assignment.person, assignment.organisation, Role(assignment.role), at)


def period_holds(starts_on: date, ends_on: date | None) -> Verdict:
    """Ask for a period whose last day does not come before its first."""
    if ends_on is not None and ends_on < starts_on:
        return refused(_("The last day comes before the first."))
    return ALLOWED


def may_end_on(ends_on: date, at: datetime) -> Verdict:
    """Let a role end at once, which makes yesterday its last day, or later; never further back.

    What somebody did while they had the role must stay explained.
    """
    if ends_on < timezone.localdate(at) - timedelta(days=1):
        return refused(_("A role cannot end in the past."))
    return ALLOWED


def is_free(
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None,
) -> Verdict:
    """Let one person hold a role in an organisation once at a time."""
    same = Assignment.objects.filter(person=person, organisation=organisation, role=role)
    if any(
        (each.ends_on is None or starts_on <= each.ends_on)
        and (ends_on is None or each.starts_on <= ends_on)
        for each in same
    ):
        return refused(_("This person already has the role there in that period."))
    return ALLOWED


def capacity_towards(person: Person) -> str:
    """Return the role, or roles, in which somebody answers for all that a colleague may do.

    Who holds several acts in one of them: the trail keeps which.
    """
    givers = {GIVEN_BY[Role(each.role)].value for each in person.assignments.all()}
    return " ".join(sorted(givers))


def may_open_sign_in(by: Person, person: Person, at: datetime) -> Verdict:
    """Let who answers for all that a colleague may do give them a way to sign in.

    For less than all, a first password would be a way into somebody else's cases.
    """
    held = list(person.assignments.all())
    if held and all(
        may_assign(by, person, each.organisation, Role(each.role), at) for each in held
    ):
        return ALLOWED
    return refused(_("Only who answers for all the person's roles can open their sign-in."))


def may_make_organisations(by: Person, at: datetime) -> Verdict:
    """Let administrators lay out the county; they see no case in it."""
    if any(each.role == Role.ADMINISTRATOR for each in held_by(by, at)):
        return ALLOWED
    return refused(_("Only an administrator makes organisations."))


def may_describe(by: Person, organisation: Organisation, at: datetime) -> Verdict:
    """Let the board's coordinator say how an organisation is reached; and administrators."""
    key = organisation.board_key
    if may_make_organisations(by, at) or any(
        each.role == Role.MUNICIPAL_COORDINATOR and each.organisation.board_key == key
        for each in held_by(by, at)
        if key is not None
    ):
        return ALLOWED
    return refused(_("Only the board's coordinator or an administrator changes this."))


def may_plan(by: Person, at: datetime) -> Verdict:
    """Let the region's coordinator set the planning figures (stok.md S5)."""
    if any(each.role == Role.REGIONAL_COORDINATOR for each in held_by(by, at)):
        return ALLOWED
    return refused(_("Only the region's coordinator sets the planning figures."))


def logo_suffices(svg: str) -> Verdict:
    """Ask for a drawing and nothing else: no script, no style, nothing fetched from elsewhere."""
    if not svg or logos.is_plain_drawing(svg):
        return ALLOWED
    return refused(_("The logo must be a plain SVG drawing, without text to run or to fetch."))


_LIES_IN: dict[OrganisationKind, frozenset[OrganisationKind | None]] = {
    OrganisationKind.REGION: frozenset({None}),
    OrganisationKind.MUNICIPALITY: frozenset({OrganisationKind.REGION}),
    OrganisationKind.BOARD: frozenset({OrganisationKind.MUNICIPALITY}),
    OrganisationKind.SCHOOL_UNIT: frozenset({OrganisationKind.MUNICIPALITY}),
    OrganisationKind.PROVIDER: frozenset({None, OrganisationKind.REGION}),
}


def lies_where_it_can(
    kind: OrganisationKind, parent: Organisation | None, board: Organisation | None
) -> Verdict:
    """Ask that boards and schools lie in a municipality, and a school under a board of it."""
    if (None if parent is None else OrganisationKind(parent.kind)) not in _LIES_IN[kind]:
        return refused(_("Such an organisation does not lie there."))
    if board is not None and board.kind != OrganisationKind.BOARD:
        return refused(_("Only a board answers for cases."))
    if kind is OrganisationKind.SCHOOL_UNIT and (board is None or board.parent != parent):
        return refused(_("A school unit works under a board of its own municipality."))
    return ALLOWED


def can_be_planned(municipality: Organisation, validators: int) -> Verdict:
    """Ask for a municipality, and for at least one validator in it (stok.md S5)."""
    if municipality.kind != OrganisationKind.MUNICIPALITY:
        return refused(_("Planning figures are set for municipalities."))
    if validators < 1:
        return refused(_("Every municipality has at least one validator."))
    return ALLOWED
