"""Who gives roles, to whom, where, and how they end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.organisations import actions, policies, queries
from kunnig.organisations.models import Assignment, Organisation
from kunnig.organisations.states import GIVEN_BY, PLACES, OrganisationKind, Role
from tests.factories import AssignmentFactory, OrganisationFactory, PersonFactory
from tests.people import NOON, TODAY

LOCAL = [role for role, giver in GIVEN_BY.items() if giver is Role.MUNICIPAL_COORDINATOR]


def assign(person, organisation, role, by, starts_on=TODAY, ends_on=None):
    return actions.assign(
        person=person,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        at=NOON,
    )


def end(assignment, ends_on, by):
    return actions.end_assignment(assignment_id=assignment.pk, ends_on=ends_on, by=by, at=NOON)


@pytest.fixture
def newcomer(db):
    return PersonFactory(name="Siv Öhman")


def test_every_role_has_a_place_and_a_giver():
    assert set(PLACES) == set(GIVEN_BY) == set(Role)


# --- Giving --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", LOCAL)
def test_the_municipal_coordinator_gives_roles_under_their_board(newcomer, county, lotta, role):
    assignment = assign(newcomer, county.norsjo_unit, role, lotta)

    assert queries.roles_of(newcomer, NOON) == {role}
    assert newcomer.assignments.get().organisation == county.norsjo_unit
    assert [(line.verb, line.about, line.actor, line.target) for line in Entry.objects.all()] == [
        (
            "assignment.given",
            str(newcomer.pk),
            str(lotta.pk),
            f"organisations.assignment:{assignment.pk}",
        )
    ]


@pytest.mark.parametrize("role", LOCAL)
def test_the_coordinator_next_door_gives_no_role_here(newcomer, county, petra, role):
    with pytest.raises(Refused, match="municipal coordinator of the board"):
        assign(newcomer, county.norsjo_unit, role, petra)


@pytest.mark.parametrize("role", [role for role in Role if role not in LOCAL])
def test_a_municipal_coordinator_makes_nobody_coordinator_or_administrator(
    newcomer, county, lotta, role
):
    place = county.norsjo_board if role is Role.MUNICIPAL_COORDINATOR else county.region

    with pytest.raises(Refused, match="Only"):
        assign(newcomer, place, role, lotta)


def test_the_regions_coordinator_gives_municipal_coordinators_and_nothing_else(
    newcomer, county, maj
):
    assign(newcomer, county.mala_board, Role.MUNICIPAL_COORDINATOR, maj)

    for role in Role:
        if role is not Role.MUNICIPAL_COORDINATOR:
            for place in Organisation.objects.all():
                assert not policies.may_assign(maj, newcomer, place, role, NOON)


def test_an_administrator_gives_what_belongs_to_the_region_and_nothing_else(newcomer, county, asta):
    given = {
        (role, place.kind)
        for role in Role
        for place in Organisation.objects.all()
        if policies.may_assign(asta, newcomer, place, role, NOON)
    }

    assert given == {
        (Role.REGIONAL_COORDINATOR, OrganisationKind.REGION),
        (Role.ADMINISTRATOR, OrganisationKind.REGION),
    }


@pytest.mark.parametrize("who", ["karin", "ingrid", "mirjam", "tomas", "eva", "amina"])
def test_others_give_no_role(request, newcomer, county, who):
    by = request.getfixturevalue(who)

    for role in Role:
        for place in Organisation.objects.all():
            assert not policies.may_assign(by, newcomer, place, role, NOON)


def test_nobody_gives_themselves_a_role(county, lotta, asta):
    with pytest.raises(Refused, match="themselves"):
        assign(lotta, county.norsjo_unit, Role.VALIDATOR, lotta)
    with pytest.raises(Refused, match="themselves"):
        assign(asta, county.region, Role.REGIONAL_COORDINATOR, asta)


def test_a_coordinator_whose_time_is_over_gives_nothing(newcomer, county):
    past = AssignmentFactory(
        organisation=county.norsjo_board,
        role=Role.MUNICIPAL_COORDINATOR,
        ends_on=TODAY - timedelta(days=1),
    ).person

    with pytest.raises(Refused):
        assign(newcomer, county.norsjo_unit, Role.VALIDATOR, past)


@pytest.mark.parametrize(
    ("place", "role"),
    [
        ("region", Role.VALIDATOR),
        ("norsjo_unit", Role.MUNICIPAL_COORDINATOR),
        ("norsjo", Role.PRINCIPAL),
        ("norsjo_board", Role.ADMINISTRATOR),
    ],
)
def test_a_role_is_given_only_where_it_can_be_held(newcomer, county, lotta, place, role):
    with pytest.raises(Refused, match="not held in such an organisation"):
        assign(newcomer, getattr(county, place), role, lotta)


def test_a_provider_without_a_board_gets_no_people(newcomer, lotta):
    provider = OrganisationFactory(provider=True)

    with pytest.raises(Refused, match="which board"):
        assign(newcomer, provider, Role.ASSESSOR, lotta)


def test_a_role_that_ends_before_it_starts_is_refused(newcomer, county, lotta):
    with pytest.raises(Refused, match="before the first"):
        assign(
            newcomer, county.norsjo_unit, Role.VALIDATOR, lotta, ends_on=TODAY - timedelta(days=1)
        )


def test_sending_a_form_twice_gives_one_role(newcomer, county, lotta):
    first = assign(newcomer, county.norsjo_unit, Role.VALIDATOR, lotta)

    assert assign(newcomer, county.norsjo_unit, Role.VALIDATOR, lotta) == first
    assert Entry.objects.count() == 1


def test_a_role_is_held_once_at_a_time(newcomer, county, lotta):
    year_end = date(2026, 12, 31)
    assign(newcomer, county.norsjo_unit, Role.VALIDATOR, lotta, ends_on=year_end)

    with pytest.raises(Refused, match="already has the role"):
        assign(newcomer, county.norsjo_unit, Role.VALIDATOR, lotta, starts_on=year_end)
    assign(
        newcomer, county.norsjo_unit, Role.VALIDATOR, lotta, starts_on=year_end + timedelta(days=1)
    )


def test_a_new_colleague_is_registered_with_their_role(county, lotta):
    assignment = actions.employ(
        name="Siv Öhman",
        email="siv@example.org",
        organisation=county.norsjo_unit,
        role=Role.VALIDATOR,
        starts_on=TODAY,
        ends_on=None,
        by=lotta,
        at=NOON,
    )

    assert (assignment.person.name, assignment.person.email) == ("Siv Öhman", "siv@example.org")
    assert [line.verb for line in Entry.objects.order_by("pk")] == [
        "person.registered",
        "assignment.given",
    ]


def test_who_may_not_give_the_role_registers_nobody(county, petra):
    with pytest.raises(Refused):
        actions.employ(
            name="Siv Öhman",
            email="",
            organisation=county.norsjo_unit,
            role=Role.VALIDATOR,
            starts_on=TODAY,
            ends_on=None,
            by=petra,
            at=NOON,
        )

    assert not Entry.objects.exists()


# --- Ending --------------------------------------------------------------------------------------


def test_a_role_ends_on_a_day_and_is_traced(ingrid, county, lotta):
    assignment = ingrid.assignments.get()

    end(assignment, TODAY, lotta)

    tomorrow = NOON + timedelta(days=1)
    assert queries.roles_of(ingrid, NOON) == {Role.VALIDATOR}
    assert queries.roles_of(ingrid, tomorrow) == frozenset()
    assert [(line.verb, line.about) for line in Entry.objects.all()] == [
        ("assignment.ended", str(ingrid.pk))
    ]


def test_a_role_ends_at_once_with_yesterday_as_its_last_day(ingrid, lotta):
    end(ingrid.assignments.get(), TODAY - timedelta(days=1), lotta)

    assert queries.roles_of(ingrid, NOON) == frozenset()


def test_a_role_given_by_mistake_today_is_taken_away_at_once(newcomer, county, lotta):
    assignment = assign(newcomer, county.norsjo_unit, Role.COUNSELLOR, lotta)

    assert end(assignment, TODAY - timedelta(days=1), lotta) is None

    assert not Assignment.objects.filter(person=newcomer).exists()
    assert [line.verb for line in Entry.objects.order_by("pk")] == [
        "assignment.given",
        "assignment.ended",
    ]


def test_what_somebody_did_in_a_role_stays_explained(ingrid, lotta):
    with pytest.raises(Refused, match="in the past"):
        end(ingrid.assignments.get(), TODAY - timedelta(days=2), lotta)


def test_a_neighbour_ends_no_role_here(ingrid, petra):
    with pytest.raises(Refused, match="municipal coordinator of the board"):
        end(ingrid.assignments.get(), TODAY, petra)


def test_nobody_takes_a_role_from_themselves(lotta):
    with pytest.raises(Refused, match="themselves"):
        end(lotta.assignments.get(), TODAY, lotta)


# --- What the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [{"role": "boss"}, {"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)}]
)
def test_the_database_refuses_a_role_that_is_none(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(**wrong)


def test_the_database_refuses_the_same_role_twice_from_one_day(db):
    first = AssignmentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(person=first.person, organisation=first.organisation)
