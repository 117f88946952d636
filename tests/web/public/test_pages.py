"""The pages for anyone: open to all, linked to what exists, and the door in and out."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from kunnig.people import actions
from tests.people import NOON

OPEN = [
    "front",
    "municipalities",
    "about",
    "accessibility",
    "privacy",
    "language",
    "sign_in",
    "invited",
]
PASSWORD = "tjugo kilo lingon"
LINK = re.compile(r'(?:href|action)="([^"]+)"')


@pytest.fixture
def signed_up(amina):
    amina.username = None
    amina.save(update_fields=["username"])
    return actions.open_sign_in(
        person_id=amina.pk, username="amina", password=PASSWORD, by=amina, at=NOON
    )


def sign_in(client, password=PASSWORD, username="amina", **more):
    return client.post(
        reverse("public:sign_in"), {"username": username, "password": password, **more}
    )


def links_of(response):
    return {unescape(link) for link in LINK.findall(response.content.decode())}


@pytest.mark.parametrize("name", OPEN)
def test_anyone_may_open_the_pages_for_anyone(client, county, name):
    response = client.get(reverse(f"public:{name}"))

    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_no_page_for_anyone_links_to_nothing(client, county):
    seen, waiting = {}, ["/"]

    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)
        seen[address] = response.status_code
        for link in links_of(response):
            where = urlsplit(urljoin(address, link))
            if where.scheme or where.path.startswith("/static/") or where.path in seen:
                continue
            if where.path != reverse("public:sign_out") and where.path not in waiting:
                waiting.append(where.path)

    assert {address: status for address, status in seen.items() if status != 200} == {}
    assert set(map(reverse, [f"public:{name}" for name in OPEN])) <= set(seen)


@pytest.mark.parametrize("name", OPEN)
def test_every_link_within_a_page_has_its_place(client, county, name):
    response = client.get(reverse(f"public:{name}"))
    text = response.content.decode()

    within = [link.removeprefix("#") for link in links_of(response) if link.startswith("#")]

    assert [anchor for anchor in within if f'id="{anchor}"' not in text] == []


def test_the_front_page_names_each_municipality(client, county):
    text = client.get("/").content.decode()

    assert "Norsjö kommun" in text
    assert "Malå kommun" in text


@pytest.mark.usefixtures("county")
def test_the_front_page_costs_the_boards_alone(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/")


def test_the_front_page_costs_those_signed_in_their_session_and_roles(
    client, ingrid, django_assert_num_queries
):
    client.force_login(ingrid)
    with django_assert_num_queries(4):  # session, person, assignments, boards
        client.get("/")


def test_a_person_signs_in_and_is_known(client, signed_up):
    response = sign_in(client)

    assert response.status_code == 302
    assert "Amina Haddad" in client.get("/").content.decode()


def test_signing_in_leads_on_to_where_one_was_going(client, signed_up):
    response = sign_in(client, next="/about/")

    assert response.url == "/about/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:x"])
def test_signing_in_never_leads_to_another_site(client, signed_up, elsewhere):
    response = sign_in(client, next=elsewhere)

    assert "example" not in response.url
    assert response.url.startswith("/")


def test_signing_in_speaks_the_language_the_person_has_chosen(client, signed_up):
    actions.set_language(person_id=signed_up.pk, language="en", by=signed_up, at=NOON)

    response = sign_in(client)

    assert response.cookies["kunnig_language"].value == "en"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, signed_up):
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, username="nobody", password="wrong")

    assert wrong.status_code == unknown.status_code == 422
    assert list(wrong.context["form"].errors.items()) == list(
        unknown.context["form"].errors.items()
    )


def test_what_is_missing_is_said_at_its_field_and_in_the_summary(client, db):
    response = sign_in(client, username="", password="")
    text = response.content.decode()

    assert response.status_code == 422
    assert "<title>Error: Sign in" in text
    assert '<a class="ds-link" href="#id_username">Write your user name</a>' in text
    assert 'aria-describedby="id_username_error"' in text


def test_a_page_that_is_not_for_anyone_asks_to_sign_in(client, db):
    response = client.post(reverse("public:sign_out"))

    assert response.url.startswith(reverse("public:sign_in"))


def test_signing_out_takes_a_form_not_a_link(client, amina):
    client.force_login(amina)

    assert client.get(reverse("public:sign_out")).status_code == 405
    assert client.post(reverse("public:sign_out")).status_code == 302
    assert "Amina Haddad" not in client.get("/").content.decode()


def test_signing_out_leaves_nothing_on_the_machine(client, amina):
    client.force_login(amina)

    response = client.post(reverse("public:sign_out"))

    assert "storage" in response["Clear-Site-Data"]


def test_a_stranger_chooses_a_language_for_this_browser(client, db):
    response = client.post(reverse("public:language"), {"language": "en", "next": "/about/"})

    assert (response.url, response.cookies["kunnig_language"].value) == ("/about/", "en")


def test_a_person_chooses_a_language_for_good(client, amina):
    client.force_login(amina)

    client.post(reverse("public:language"), {"language": "en"})

    amina.refresh_from_db()
    assert amina.language == "en"


def test_a_language_that_is_not_offered_is_not_taken(client, db):
    response = client.post(reverse("public:language"), {"language": "tlh"})

    assert response.status_code == 422
    assert "kunnig_language" not in response.cookies


@pytest.mark.parametrize("debug", [True, False])
def test_the_demo_is_not_open_in_production_nor_over_a_shared_database(
    client, settings, amina, debug
):
    settings.DEBUG = debug
    settings.DEMO = False

    assert client.get(reverse("public:demo")).status_code == 404
    assert client.post(reverse("public:demo"), {"person": amina.pk}).status_code == 404
    assert reverse("public:demo") not in links_of(client.get("/"))


def test_in_a_demo_anyone_may_be_anyone(client, settings, amina, ingrid):
    settings.DEMO = True
    assert reverse("public:demo") in links_of(client.get("/"))

    text = client.get(reverse("public:demo")).content.decode()
    client.post(reverse("public:demo"), {"person": ingrid.pk})

    assert text.index("Amina Haddad") < text.index("Ingrid Sandström")
    assert ": Amina Haddad</span>" in text
    assert "Validator, Vuxenutbildningen" in client.get("/").content.decode()


def test_in_a_demo_whoever_is_protected_is_told_by_role_alone(client, settings, rania):
    settings.DEMO = True

    text = client.get(reverse("public:demo")).content.decode()

    assert "Rania" not in text
    assert "Someone whose data are protected" in text
    assert client.post(reverse("public:demo"), {"person": rania.pk}).status_code == 302


def test_in_a_demo_nobody_is_someone_else(client, settings, db):
    settings.DEMO = True

    response = client.post(reverse("public:demo"), {"person": "nobody"})

    assert response.url == reverse("public:demo")
    assert "k-who" not in client.get("/").content.decode()


def test_the_people_of_a_demo_cost_the_same_however_many(
    client, settings, ingrid, lars, eva, django_assert_num_queries
):
    settings.DEMO = True
    with django_assert_num_queries(4):  # people, assignments, organisations, their parents
        client.get(reverse("public:demo"))


def test_the_contact_of_the_installation_is_shown_where_it_is_set(client, db, settings):
    settings.CONTACT = "kunnig@example.org"

    for name in ("accessibility", "privacy"):
        assert "mailto:kunnig@example.org" in links_of(client.get(reverse(f"public:{name}")))
