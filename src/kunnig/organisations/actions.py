"""What changes an organisation, and who works there as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.kernel.verdict import Refused
from kunnig.organisations import policies
from kunnig.organisations.models import Assignment, Organisation, PlanningFigure
from kunnig.organisations.states import GIVEN_BY, OrganisationKind, Role
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import date, datetime

    from kunnig.people.models import Person


@transaction.atomic
def found(*, name: str, code: str, administrator: Person, at: datetime) -> Organisation:
    """Lay the first stone: the region, and its first administrator. Raises `Refused`.

    Everybody else is given their role by somebody; here nobody is there yet to give one, so it
    is done once, from the command line.
    """
    if Organisation.objects.exists():
        raise Refused(_("This installation already has its region and its administrator."))
    region = Organisation.objects.create(kind=OrganisationKind.REGION, name=name, code=code)
    audit.record(verb="organisation.made", target=region, by=administrator, at=at)
    _assign(
        administrator,
        region,
        Role.ADMINISTRATOR,
        timezone.localdate(at),
        None,
        by=administrator,
        at=at,
    )
    return region


@transaction.atomic
def make(
    *,
    kind: OrganisationKind,
    name: str,
    parent: Organisation | None,
    by: Person,
    at: datetime,
    code: str = "",
    board: Organisation | None = None,
    logo_svg: str = "",
    telephone: str = "",
    email: str = "",
    address: str = "",
) -> Organisation:
    """Add an organisation to the county; the same again is returned. Raises `Refused`.

    A municipality's first board becomes the one its own people work for.
    """
    policies.may_make_organisations(by, at).require()
    policies.lies_where_it_can(kind, parent, board).require()
    policies.logo_suffices(logo_svg).require()
    earlier = Organisation.objects.filter(kind=kind, name=name, parent=parent).first()
    if earlier is not None:
        return earlier

    organisation = Organisation.objects.create(
        kind=kind,
        name=name,
        code=code,
        parent=parent,
        board=board,
        logo_svg=logo_svg,
        telephone=telephone,
        email=email,
        address=address,
    )
    if kind is OrganisationKind.BOARD and parent is not None and parent.board_id is None:
        parent.board = organisation
        parent.save(update_fields=["board"])
    audit.record(verb="organisation.made", target=organisation, by=by, at=at)
    return organisation


@transaction.atomic
def describe(
    *,
    organisation_id: int,
    telephone: str,
    email: str,
    address: str,
    logo_svg: str,
    by: Person,
    at: datetime,
) -> Organisation:
    """Change how an organisation is reached, and its logo. Raises `Refused`."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    policies.may_describe(by, organisation, at).require()
    policies.logo_suffices(logo_svg).require()

    organisation.telephone = telephone
    organisation.email = email
    organisation.address = address
    organisation.logo_svg = logo_svg
    organisation.save(update_fields=["telephone", "email", "address", "logo_svg"])
    audit.record(verb="organisation.described", target=organisation, by=by, at=at)
    return organisation


@transaction.atomic
def plan(
    *, municipality: Organisation, validators: int, by: Person, at: datetime
) -> PlanningFigure:
    """Set how many validators a municipality is planned to have. Raises `Refused`."""
    policies.may_plan(by, at).require()
    policies.can_be_planned(municipality, validators).require()
    figure, is_new = PlanningFigure.objects.get_or_create(
        municipality=municipality, defaults={"validators": validators}
    )
    if not is_new and figure.validators == validators:
        return figure

    figure.validators = validators
    figure.save(update_fields=["validators"])
    audit.record(verb="planning_figure.set", target=figure, by=by, at=at)
    return figure


@transaction.atomic
def assign(
    *,
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> Assignment:
    """Give a person a role in an organisation; the same again is returned. Raises `Refused`."""
    people.locked(person.pk)
    policies.may_assign(by, person, organisation, role, at).require()
    policies.period_holds(starts_on, ends_on).require()
    same = Assignment.objects.filter(
        person=person, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
    ).first()
    if same is not None:
        return same
    policies.is_free(person, organisation, role, starts_on, ends_on).require()
    return _assign(person, organisation, role, starts_on, ends_on, by=by, at=at)


def _assign(
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    *,
    by: Person,
    at: datetime,
) -> Assignment:
    assignment = Assignment.objects.create(
        person=person, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(
        verb="assignment.given",
        target=assignment,
        about=person,
        by=by,
        at=at,
        capacity=GIVEN_BY[role],
    )
    return assignment


@transaction.atomic
def employ(
    *,
    name: str,
    email: str,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> Assignment:
    """Register a new colleague and give them their role. Raises `Refused`.

    The same name for the same role again returns the one who has it: a form sent twice employs
    one colleague. Of two who share a name, the e-mail tells them apart.
    """
    policies.may_give(by, organisation, role, at).require()
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    same = Assignment.objects.filter(
        person__name=" ".join(name.split()),
        person__email=email,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    ).first()
    if same is not None:
        return same
    person = people.register(name=name, birth_date=None, identifiers=(), by=by, at=at)
    if email:
        person.email = email
        person.save(update_fields=["email"])
    return assign(
        person=person,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        at=at,
    )


@transaction.atomic
def end_assignment(
    *, assignment_id: int, ends_on: date, by: Person, at: datetime
) -> Assignment | None:
    """Let a role end on a day; yesterday ends it at once. Raises `Refused`.

    A role that would end before it starts never ran: it is taken away, and its line remains.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("person", "organisation")
        .get(pk=assignment_id)
    )
    policies.may_end(by, assignment, at).require()
    policies.may_end_on(ends_on, at).require()

    audit.record(
        verb="assignment.ended",
        target=assignment,
        about=assignment.person,
        by=by,
        at=at,
        capacity=GIVEN_BY[Role(assignment.role)],
    )
    if ends_on < assignment.starts_on:
        assignment.delete()
        return None
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    return assignment
