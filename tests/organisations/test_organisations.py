"""The county: how it is laid out, named and described."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.organisations import actions, queries
from kunnig.organisations.models import Organisation
from kunnig.organisations.states import OrganisationKind, Role
from tests.factories import OrganisationFactory, PersonFactory, PlanningFigureFactory
from tests.people import NOON

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="4" fill="#0a4"/></svg>'


def make(by, kind, parent=None, **also):
    return actions.make(
        kind=kind, parent=parent, by=by, at=NOON, **({"name": "Kulturnämnden"} | also)
    )


# --- Making --------------------------------------------------------------------------------------


def test_the_first_stone_is_laid_once(db):
    asta = PersonFactory()

    region = actions.found(name="Region Västerbotten", code="24", administrator=asta, at=NOON)

    assert queries.region() == region
    assert queries.roles_of(asta, NOON) == {Role.ADMINISTRATOR}
    assert asta.assignments.get().organisation == region
    assert [line.verb for line in Entry.objects.order_by("pk")] == [
        "organisation.made",
        "assignment.given",
    ]
    with pytest.raises(Refused, match="already has"):
        actions.found(name="Another", code="25", administrator=PersonFactory(), at=NOON)


def test_an_administrator_makes_a_board_which_its_municipality_then_works_for(county, asta):
    place = make(
        asta, OrganisationKind.MUNICIPALITY, county.region, name="Åsele kommun", code="2463"
    )

    board = make(asta, OrganisationKind.BOARD, place, logo_svg=LOGO, telephone="070-174 06 05")

    place.refresh_from_db()
    assert (board.parent, place.board_key, board.board_key) == (place, board.pk, board.pk)
    assert (board.logo_svg, board.telephone) == (LOGO, "070-174 06 05")
    assert [line.verb for line in Entry.objects.all()] == ["organisation.made"] * 2


def test_a_second_board_does_not_take_over_the_municipality(county, asta):
    make(asta, OrganisationKind.BOARD, county.norsjo)

    county.norsjo.refresh_from_db()
    assert county.norsjo.board == county.norsjo_board


def test_making_the_same_twice_makes_one(county, asta):
    first = make(asta, OrganisationKind.BOARD, county.norsjo)

    assert make(asta, OrganisationKind.BOARD, county.norsjo) == first
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("who", ["lotta", "maj", "eva", "amina"])
def test_only_an_administrator_makes_organisations(request, county, who):
    with pytest.raises(Refused, match="Only an administrator"):
        make(request.getfixturevalue(who), OrganisationKind.BOARD, county.norsjo)


@pytest.mark.parametrize(
    ("kind", "parent", "board", "why"),
    [
        (OrganisationKind.REGION, "region", None, "does not lie there"),
        (OrganisationKind.MUNICIPALITY, None, None, "does not lie there"),
        (OrganisationKind.BOARD, "norsjo_board", None, "does not lie there"),
        (OrganisationKind.SCHOOL_UNIT, "norsjo", None, "board of its own municipality"),
        (OrganisationKind.SCHOOL_UNIT, "norsjo", "mala_board", "board of its own municipality"),
        (OrganisationKind.PROVIDER, None, "norsjo", "Only a board"),
    ],
)
def test_an_organisation_lies_where_it_can(county, asta, kind, parent, board, why):
    with pytest.raises(Refused, match=why):
        make(
            asta,
            kind,
            parent and getattr(county, parent),
            board=board and getattr(county, board),
        )


# --- Describing ----------------------------------------------------------------------------------


def describe(organisation, by, logo_svg=LOGO):
    return actions.describe(
        organisation_id=organisation.pk,
        telephone="08-465 004 00",
        email="vux@example.org",
        address="Storgatan 1",
        logo_svg=logo_svg,
        by=by,
        at=NOON,
    )


@pytest.mark.parametrize("who", ["lotta", "asta"])
def test_the_boards_coordinator_and_administrators_describe_a_school(request, county, who):
    described = describe(county.norsjo_unit, request.getfixturevalue(who))

    described.refresh_from_db()
    assert (described.telephone, described.logo_svg) == ("08-465 004 00", LOGO)
    assert [line.verb for line in Entry.objects.all()] == ["organisation.described"]


@pytest.mark.parametrize("who", ["petra", "maj", "ingrid"])
def test_others_do_not_describe_it(request, county, who):
    with pytest.raises(Refused, match="board's coordinator or an administrator"):
        describe(county.norsjo_unit, request.getfixturevalue(who))


@pytest.mark.parametrize(
    "svg",
    [
        "Norsjö",
        "<svg/>",
        LOGO.replace("<circle", "<script>alert(1)</script><circle"),
        LOGO.replace("<circle", '<circle onload="alert(1)"'),
        LOGO.replace("<circle", '<circle style="color:red"'),
        LOGO.replace("<circle", '<image href="https://example.org/a.png"/><circle'),
        LOGO.replace("#0a4", "url(https://example.org/a)"),
        LOGO.replace("<circle", "<foreignObject/><circle"),
        LOGO.replace('viewBox="0 0 8 8"', 'xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"'),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO,
        LOGO.replace("</svg>", " " * 40_000 + "</svg>"),
    ],
)
def test_a_logo_is_a_drawing_and_nothing_else(county, lotta, svg):
    with pytest.raises(Refused, match="plain SVG drawing"):
        describe(county.norsjo_unit, lotta, svg)


def test_a_logo_may_shade_with_colours_of_its_own(county, lotta):
    shaded = LOGO.replace("#0a4", "url(#shade)")

    assert describe(county.norsjo_unit, lotta, shaded).logo_svg == shaded


# --- Planning ------------------------------------------------------------------------------------


def plan(municipality, validators, by):
    return actions.plan(municipality=municipality, validators=validators, by=by, at=NOON)


def test_the_regions_coordinator_sets_planning_figures_and_each_change_is_traced(county, maj):
    plan(county.norsjo, 2, maj)
    plan(county.norsjo, 2, maj)
    plan(county.norsjo, 3, maj)

    assert queries.planned_validators() == {county.norsjo.pk: 3}
    assert [line.verb for line in Entry.objects.all()] == ["planning_figure.set"] * 2


def test_others_set_no_planning_figures(county, lotta):
    with pytest.raises(Refused, match="Only the region's coordinator"):
        plan(county.norsjo, 2, lotta)


def test_planning_figures_belong_to_municipalities_and_are_at_least_one(county, maj):
    with pytest.raises(Refused, match="for municipalities"):
        plan(county.norsjo_board, 2, maj)
    with pytest.raises(Refused, match="at least one"):
        plan(county.norsjo, 0, maj)


# --- Naming --------------------------------------------------------------------------------------


def test_schools_with_the_same_name_are_told_apart_by_their_municipality(county):
    assert [place.full_name for place in (county.norsjo_unit, county.mala_unit)] == [
        "Vuxenutbildningen, Norsjö kommun",
        "Vuxenutbildningen, Malå kommun",
    ]


def test_municipalities_regions_and_providers_have_their_name_alone(county):
    provider = OrganisationFactory(provider=True, parent=county.region)

    assert [place.full_name for place in (county.region, county.norsjo, provider)] == [
        "Region Västerbotten",
        "Norsjö kommun",
        provider.name,
    ]


def test_lists_stand_in_the_order_of_the_swedish_alphabet(county):
    for name in ("Åsele kommun", "Vännäs kommun", "Vindelns kommun", "Älvsbyns kommun"):
        OrganisationFactory(municipality=True, name=name)

    assert [place.name for place in queries.municipalities()] == [
        "Malå kommun",
        "Norsjö kommun",
        "Vindelns kommun",
        "Vännäs kommun",
        "Åsele kommun",
        "Älvsbyns kommun",
    ]


def test_boards_schools_and_workplaces_are_read_with_their_names_at_one_question_each(
    county, django_assert_num_queries
):
    with django_assert_num_queries(3):
        boards = [board.full_name for board in queries.boards()]
        schools = [school.full_name for school in queries.school_units_of(county.norsjo_board)]
        workplaces = [place.full_name for place in queries.workplaces_of([county.norsjo_board.pk])]

    assert boards == ["Utbildningsnämnden, Malå kommun", "Utbildningsnämnden, Norsjö kommun"]
    assert schools == ["Vuxenutbildningen, Norsjö kommun"]
    assert sorted(workplaces) == ["Norsjö kommun", "Utbildningsnämnden, Norsjö kommun", *schools]


# --- What the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "castle"},
        {"school_unit": True, "board": None, "parent": None},
        {"parent": None},
    ],
)
def test_the_database_refuses_an_organisation_that_hangs_in_the_air(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(**wrong)


def test_the_database_refuses_a_board_under_a_board(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=county.mala_board.pk).update(board=county.norsjo_board)


def test_the_database_refuses_two_of_one_name_or_code_in_one_place(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(parent=county.norsjo)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(municipality=True, code="2417")


def test_the_database_refuses_a_planning_figure_of_none(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanningFigureFactory(validators=0)
