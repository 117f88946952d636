"""The demo county: laid out whole, once, through the actions of the rooms."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.operations import county, logos
from kunnig.organisations import queries as organisations
from kunnig.organisations.formats.logos import is_plain_drawing
from kunnig.organisations.models import Organisation
from kunnig.organisations.states import OrganisationKind, Role
from kunnig.people.models import Person
from kunnig.people.queries import known_as, who_sign_in
from kunnig.training import queries as training
from kunnig.training.states import Standing
from tests.factories import OrganisationFactory, PersonFactory
from tests.people import NOON

TOWNS = {
    "2401": "Nordmaling",
    "2403": "Bjurholm",
    "2404": "Vindeln",
    "2409": "Robertsfors",
    "2417": "Norsjö",
    "2418": "Malå",
    "2421": "Storuman",
    "2422": "Sorsele",
    "2425": "Dorotea",
    "2460": "Vännäs",
    "2462": "Vilhelmina",
    "2463": "Åsele",
    "2480": "Umeå",
    "2481": "Lycksele",
    "2482": "Skellefteå",
}


def lay_out(at=NOON):
    return county.lay_out(at, str)


def rows():
    return {model.__name__: model.objects.count() for model in apps.get_models()}


@pytest.fixture
def laid_out(db):
    return lay_out()


def test_the_county_has_its_fifteen_municipalities_each_with_a_board_and_a_school(laid_out):
    kinds = [organisation.kind for organisation in Organisation.objects.all()]
    boards = list(organisations.boards())

    assert kinds.count(OrganisationKind.MUNICIPALITY) == len(boards) == 15
    assert kinds.count(OrganisationKind.PROVIDER) == 2
    assert all(organisations.school_units_of(board) for board in boards)
    assert all(board.logo_svg and board.telephone and board.email for board in boards)
    assert len({board.logo_svg for board in boards}) == 15


def test_boards_and_schools_lie_in_the_town_that_the_municipality_is_named_after(laid_out):
    for board in organisations.boards():
        town = TOWNS[board.parent.code]

        assert board.address == f"Kommunhuset, {town}"
        for unit in organisations.school_units_of(board):
            assert unit.address.endswith(f", {town}")


def test_the_planning_figures_are_those_of_the_source(laid_out):
    figures = organisations.planned_validators()
    by_name = {place.name: figures[place.pk] for place in organisations.municipalities()}

    assert sum(by_name.values()) == 50
    assert {name: count for name, count in by_name.items() if count != 2} == {
        "Umeå kommun": 12,
        "Skellefteå kommun": 10,
        "Lycksele kommun": 4,
    }


def test_every_municipality_can_offer_validation(laid_out):
    assert all(organisations.validators_in(board, NOON) for board in organisations.boards())


def test_everybody_of_the_tour_has_their_role_and_no_password(laid_out):
    roles = {person.username: organisations.roles_of(person, NOON) for person in who_sign_in()}

    assert roles == {
        "asta": {Role.ADMINISTRATOR},
        "maj": {Role.REGIONAL_COORDINATOR},
        "lotta": {Role.MUNICIPAL_COORDINATOR},
        "petra": {Role.MUNICIPAL_COORDINATOR},
        "karin": {Role.COUNSELLOR},
        "ingrid": {Role.VALIDATOR},
        "lars": {Role.VALIDATOR},
        "mirjam": {Role.ASSESSOR},
        "per-ola": {Role.ASSESSOR},
        "tomas": {Role.TEACHER},
        "eva": {Role.PRINCIPAL},
    }
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_colleagues_stand_differently_with_their_qualification(laid_out):
    usernames = ("ingrid", "karin", "lars", "mirjam", "tomas", "per-ola")

    standings = {username: training.standing_of(known_as(username), NOON) for username in usernames}

    assert standings == {
        "ingrid": Standing.QUALIFIED,
        "karin": Standing.DUE,
        "lars": Standing.LAPSED,
        "mirjam": Standing.QUALIFIED,
        "tomas": Standing.QUALIFIED,
        "per-ola": Standing.NONE,
    }


def test_laying_it_out_again_changes_nothing(laid_out):
    before = rows()

    assert lay_out(NOON.replace(year=2027)) == 0
    assert rows() == before


def test_what_is_missing_is_added_and_what_was_changed_is_left(laid_out):
    ended = known_as("ingrid").assignments.get()
    ended.ends_on = NOON.date()
    ended.save()
    known_as("per-ola").assignments.all().delete()
    Entry.objects.all().delete()
    Person.objects.get(username="per-ola").delete()

    assert lay_out() == 1

    ended.refresh_from_db()
    assert ended.ends_on == NOON.date()
    assert known_as("per-ola") is not None


@pytest.mark.django_db
def test_an_installation_in_use_is_left_alone():
    OrganisationFactory(region=True)
    before = rows()

    with pytest.raises(CommandError, match="empty installation"):
        call_command("demo")
    assert rows() == before


@pytest.mark.django_db
def test_somebody_real_with_the_administrators_user_name_is_left_alone():
    asta = PersonFactory(username="asta")
    asta.set_password("tjugo kilo lingon")
    asta.save()

    with pytest.raises(Refused, match="empty installation"):
        lay_out()


@pytest.mark.django_db
def test_a_part_that_fails_leaves_nothing_half_done(monkeypatch):
    def fail(at):
        raise Refused("The ink has run out.")

    monkeypatch.setattr(county, "PARTS", (*county.PARTS, county.Part("The last one", fail)))
    before = rows()

    with pytest.raises(Refused, match="ink"):
        lay_out()
    assert rows() == before


@pytest.mark.django_db
def test_the_command_says_in_one_line_what_it_did():
    told = []
    for _ in range(2):
        out = StringIO()
        call_command("demo", stdout=out, stderr=StringIO())
        told.append(out.getvalue())

    assert told == [
        "The demo county is laid out. Sign in at /demo/ with a button.\n",
        "The demo county is there already.\n",
    ]


@pytest.mark.parametrize("number", range(15))
def test_the_logos_are_plain_drawings(number):
    assert is_plain_drawing(logos.drawn(number, "Ås"))
