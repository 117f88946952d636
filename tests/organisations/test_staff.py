"""Lists of colleagues: who works for a board, and in what capacity."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.organisations import queries
from kunnig.organisations.states import Role
from kunnig.people.states import Protection
from tests.factories import AssignmentFactory, PersonFactory
from tests.people import NOON, TODAY


@pytest.fixture
def staff(karin, ingrid, mirjam, tomas, eva, lotta, petra, maj, asta):
    return None


def staff_list(board, **asked):
    return queries.staff_rows(queries.staff_of([board], NOON), **asked)


def test_a_board_lists_its_own_people_by_name_with_their_workplace(staff, county):
    rows, more = staff_list(county.norsjo_board)

    assert [(row.name, row.role, row.organisation) for row in rows] == [
        ("Eva Marklund", Role.PRINCIPAL, "Vuxenutbildningen, Norsjö kommun"),
        ("Ingrid Sandström", Role.VALIDATOR, "Vuxenutbildningen, Norsjö kommun"),
        ("Karin Lundmark", Role.COUNSELLOR, "Vuxenutbildningen, Norsjö kommun"),
        ("Lotta Bergdahl", Role.MUNICIPAL_COORDINATOR, "Utbildningsnämnden, Norsjö kommun"),
        ("Mirjam Okafor", Role.ASSESSOR, "Vuxenutbildningen, Norsjö kommun"),
        ("Tomas Lindgren", Role.TEACHER, "Vuxenutbildningen, Norsjö kommun"),
    ]
    assert not more


@pytest.mark.parametrize("words", ["sandström", "SANDSTRÖM ing", "ingrid sand"])
def test_a_colleague_is_found_by_any_part_of_the_name(staff, county, words):
    rows, _ = staff_list(county.norsjo_board, words=words)

    assert [row.name for row in rows] == ["Ingrid Sandström"]


def test_o_does_not_find_o_with_dots(staff, county):
    assert staff_list(county.norsjo_board, words="sandstrom") == ([], False)


def test_protected_colleagues_are_never_listed(ingrid, county):
    ingrid.protection = Protection.SECRECY_MARKING
    ingrid.save()

    assert staff_list(county.norsjo_board) == ([], False)
    assert not queries.colleagues(county.norsjo_board, NOON).exists()


def test_those_whose_time_is_over_or_not_come_are_not_listed(county):
    AssignmentFactory(organisation=county.norsjo_unit, ends_on=TODAY - timedelta(days=1))
    AssignmentFactory(organisation=county.norsjo_unit, starts_on=TODAY + timedelta(days=1))

    assert staff_list(county.norsjo_board) == ([], False)


def test_colleagues_are_chosen_among_those_with_a_role(staff, county, karin, ingrid):
    chosen = queries.colleagues(county.norsjo_board, NOON, Role.VALIDATOR, Role.COUNSELLOR)

    assert list(chosen) == [ingrid, karin]


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_staff_list_costs_one_question_however_long(county, how_many, django_assert_num_queries):
    AssignmentFactory.create_batch(how_many, organisation=county.norsjo_unit)

    with django_assert_num_queries(1):
        rows, _ = staff_list(county.norsjo_board)

    assert len(rows) == how_many


def test_a_long_list_goes_on_to_another_page(county):
    AssignmentFactory.create_batch(queries.PAGE_LENGTH + 1, organisation=county.norsjo_unit)

    first, more = staff_list(county.norsjo_board)
    second, no_more = staff_list(county.norsjo_board, page=2)

    assert (len(first), more, len(second), no_more) == (queries.PAGE_LENGTH, True, 1, False)
    assert len({row.person_id for row in [*first, *second]}) == queries.PAGE_LENGTH + 1


def test_each_coordinator_answers_for_the_roles_they_give(staff, lotta, petra, maj, asta):
    answered = {
        who.name: {each.person.name for each in queries.answered_for_by(who, NOON)}
        for who in (lotta, petra, maj, asta)
    }

    assert answered == {
        "Lotta Bergdahl": {
            "Karin Lundmark",
            "Ingrid Sandström",
            "Mirjam Okafor",
            "Tomas Lindgren",
            "Eva Marklund",
        },
        "Petra Norberg": set(),
        "Maj Wikström": {"Lotta Bergdahl", "Petra Norberg"},
        "Asta Hedlund": {"Maj Wikström"},
    }


def test_others_answer_for_nobody(staff, ingrid, eva):
    assert not queries.answered_for_by(ingrid, NOON).exists()
    assert not queries.answered_for_by(eva, NOON).exists()


def test_a_log_says_in_what_capacity_somebody_acted_without_a_name(ingrid, county):
    AssignmentFactory(person=ingrid, organisation=county.mala_unit, role=Role.COUNSELLOR)
    stranger = PersonFactory()

    assert queries.capacities_of([ingrid.pk, str(stranger.pk)], NOON) == {
        str(ingrid.pk): (
            queries.Capacity(Role.COUNSELLOR, "Vuxenutbildningen, Malå kommun"),
            queries.Capacity(Role.VALIDATOR, "Vuxenutbildningen, Norsjö kommun"),
        )
    }


def test_boards_are_open_by_role(karin, ingrid, eva, lotta, maj, county):
    boards = {
        who.name: queries.boards_open_to(who, NOON) for who in (karin, ingrid, eva, lotta, maj)
    }

    norsjo = frozenset({county.norsjo_board.pk})
    assert boards == {
        "Karin Lundmark": norsjo,
        "Ingrid Sandström": frozenset(),
        "Eva Marklund": norsjo,
        "Lotta Bergdahl": norsjo,
        "Maj Wikström": frozenset(),
    }
    assert queries.boards_served_by(ingrid, NOON) == norsjo
    assert queries.boards_coordinated_by(lotta, NOON) == norsjo
    assert queries.holds_role_under(ingrid, Role.VALIDATOR, county.norsjo_board.pk, NOON)
    assert list(queries.boards_of(norsjo)) == [county.norsjo_board]
