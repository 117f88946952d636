"""The page around every page: who is here, where they may go, and what is said when it fails."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views import defaults

from kunnig.organisations.states import Role
from kunnig.web.layout import navigation
from kunnig.web.layout.navigation import Entry
from tests.factories import AssignmentFactory

SECTION = (
    Entry("public:front", "Front"),
    Entry("public:about", "About"),
    Entry("public:nowhere", "Nowhere"),
)


def test_an_entry_without_a_page_is_left_out_of_the_menu():
    assert [link.words for link in navigation.links(SECTION, "/")] == ["Front", "About"]


def test_the_place_of_the_page_is_marked_in_the_menu():
    at_about = navigation.links(SECTION, "/about/")
    under_about = navigation.links(SECTION, "/about/more/")

    assert [link.current for link in at_about] == ["", "page"]
    assert [link.current for link in under_about] == ["", "true"]


def test_a_page_that_lies_elsewhere_is_marked_where_it_belongs():
    menu = (
        Entry("public:about", "About", holds=frozenset({"mappings"})),
        Entry("public:front", "Front"),
    )

    links = navigation.links(menu, "/work/mappings/7/")

    assert [link.current for link in links] == ["true", ""]


def test_those_without_a_role_get_the_menu_of_a_candidate():
    assert navigation.menu_for(frozenset()) == navigation.CANDIDATE_MENU
    assert navigation.menu_for(None) == navigation.PUBLIC_MENU


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_menu_of_at_most_six_places(role):
    menu = navigation.menu_for(frozenset({role}))

    assert 1 <= len(menu) <= 6


@pytest.mark.parametrize("who", ["karin", "lotta", "mirjam", "maj", "asta"])
def test_who_works_here_finds_their_own_pages_by_their_name_and_the_way_back(request, client, who):
    client.force_login(request.getfixturevalue(who))
    home = navigation.home_of(
        {each.role for each in request.getfixturevalue(who).assignments.all()}
    )

    at_work = client.get(home).context["chrome"]
    details = client.get(at_work.own_pages)
    own = details.context["chrome"]

    assert reverse("candidate:password") in details.content.decode()
    assert [link.words for link in own.menu] == [
        "My case",
        "My experiences",
        "My papers",
        "Who has read?",
        "My details",
        "Back to work",
    ]
    assert [link.words for link in own.menu if link.current] == ["My details"]
    assert own.menu[-1].url == home
    assert "My papers" not in [link.words for link in at_work.menu]
    assert client.get(reverse("candidate:password")).status_code == 200


def test_who_does_not_work_here_has_no_way_back_to_work(client, amina):
    client.force_login(amina)

    menu = client.get(reverse("candidate:details")).context["chrome"].menu

    assert "Back to work" not in [link.words for link in menu]


def test_the_header_says_who_works_here_and_as_what(client, ingrid):
    client.force_login(ingrid)

    text = client.get("/").content.decode()

    assert "Ingrid Sandström" in text
    assert "Validator, Vuxenutbildningen, Norsjö kommun" in text


def test_the_header_counts_the_other_roles(client, ingrid, county):
    AssignmentFactory(person=ingrid, organisation=county.norsjo_unit, role=Role.ASSESSOR)
    client.force_login(ingrid)

    assert "and 1 more role" in client.get("/").content.decode()


def test_the_header_of_a_stranger_offers_to_sign_in_but_not_on_that_very_page(client, db):
    assert 'data-size="sm" href="/sign-in/"' in client.get("/").content.decode()
    assert 'data-size="sm" href="/sign-in/"' not in client.get("/sign-in/").content.decode()


def test_a_page_that_is_not_there_looks_like_the_house(client, db):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    assert "k-header" in response.content.decode()


def test_a_form_from_another_time_is_refused_in_words(db):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(reverse("public:sign_in"), {"username": "amina"})

    assert response.status_code == 403
    assert "had been open for too long" in response.content.decode()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (defaults.server_error, "Something is wrong on our side"),
        (lambda request: defaults.bad_request(request, ValueError()), "could not read what was"),
        (
            lambda request: defaults.permission_denied(request, ValueError()),
            "not open to you",
        ),
    ],
)
def test_faults_are_told_even_where_nothing_is_known_of_the_request(fault, said):
    with translation.override("en"):
        response = fault(RequestFactory().get("/"))

    assert said in response.content.decode()
    assert "k-footer" in response.content.decode()


def test_pages_of_the_public_are_roomy(client, db):
    assert "<body>" in client.get("/").content.decode()
