"""Where and to whom roles are given, and which organisations somebody describes."""

from __future__ import annotations

import pytest

from kunnig.organisations import queries
from kunnig.organisations.states import Role
from kunnig.people.states import Protection
from tests.people import NOON

LOCAL = [Role.COUNSELLOR, Role.VALIDATOR, Role.ASSESSOR, Role.TEACHER, Role.PRINCIPAL]


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("lotta", LOCAL),
        ("maj", [Role.MUNICIPAL_COORDINATOR]),
        ("asta", [Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR]),
        ("eva", []),
        ("ingrid", []),
        ("amina", []),
    ],
)
def test_roles_are_given_by_those_who_answer_for_them(request, who, roles):
    assert queries.roles_given_by(request.getfixturevalue(who), NOON) == roles


def test_a_municipal_coordinator_gives_roles_under_their_own_board(county, lotta):
    assert set(queries.places_for(lotta, NOON)) == {
        county.norsjo,
        county.norsjo_board,
        county.norsjo_unit,
    }


def test_the_region_gives_roles_in_boards_and_the_administrator_in_the_region(county, maj, asta):
    assert queries.places_for(maj, NOON) == [county.mala_board, county.norsjo_board]
    assert queries.places_for(asta, NOON) == [county.region]


def test_colleagues_are_found_by_those_who_may_give_them_a_role(
    county, lotta, petra, maj, asta, ingrid, eva
):
    assert set(queries.placeable_by(lotta, NOON)) == {ingrid, eva}
    assert set(queries.placeable_by(petra, NOON)) == set()
    assert set(queries.placeable_by(maj, NOON)) == {ingrid, eva, lotta, petra}
    assert set(queries.placeable_by(asta, NOON)) == {maj}
    assert set(queries.placeable_by(eva, NOON)) == set()


def test_a_protected_colleague_is_not_found(county, lotta, ingrid):
    ingrid.protection = Protection.SECRECY_MARKING
    ingrid.save(update_fields=["protection"])

    assert ingrid not in queries.placeable_by(lotta, NOON)


def test_organisations_are_described_by_their_coordinator_and_by_administrators(
    county, lotta, asta, maj
):
    own = {county.norsjo, county.norsjo_board, county.norsjo_unit}
    neighbours = {county.mala, county.mala_board, county.mala_unit}

    assert set(queries.described_by(lotta, NOON)) == own
    assert set(queries.described_by(asta, NOON)) == own | neighbours
    assert set(queries.described_by(maj, NOON)) == set()


def test_organisations_are_listed_by_municipality_from_the_whole_to_its_parts(county):
    assert list(queries.everywhere()) == [
        county.mala,
        county.mala_board,
        county.mala_unit,
        county.norsjo,
        county.norsjo_board,
        county.norsjo_unit,
    ]


def test_organisations_are_found_by_name_and_municipality_however_written(county):
    everywhere = queries.everywhere()

    assert queries.named(everywhere, "NORSJÖ vuxen") == [county.norsjo_unit]
    assert queries.named(everywhere, "mala") == []
    assert len(queries.named(everywhere, "malå")) == 3
