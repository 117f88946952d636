"""Letting the person of a case sign in on a device of their own."""

from __future__ import annotations

import re

import pytest

from kunnig.cases.states import Part
from tests.factories import AccessFactory, CaseFactory
from tests.web.casefile.forms import fields_of
from tests.web.validator import cost_of, faults_of, links_of, text_of, url

NOT_HERE = "This person’s sign-in is not opened here."


@pytest.fixture
def new(case, amina):
    """Amina's case, before she has a user name."""
    amina.username = None
    amina.save(update_fields=["username"])
    return case


def shown(response):
    """Return the password that a page hands over; None where it hands over none."""
    found = re.search(r"Password (([a-z2-9]{4}-){2}[a-z2-9]{4}) ", text_of(response))
    return found and found[1]


def filled(client, address, **written):
    """Return what the form of a page would send with what is `written` in it."""
    asked = fields_of(client.get(address), "novalidate")
    return {name: values[0] for name, values in asked.items()} | written


def test_a_user_name_is_chosen_and_the_password_is_made_and_shown_once(knock, new, amina):
    client = knock("ingrid")
    assert url("open_sign_in", new.pk) in links_of(client.get(url("case", new.pk)))

    sent = filled(client, url("open_sign_in", new.pk), username="Amina.H")
    response = client.post(url("open_sign_in", new.pk), sent)

    amina.refresh_from_db()
    assert amina.username == "amina.h"
    password = shown(response)
    assert amina.check_password(password)
    assert "password" not in sent
    assert "/sign-in/" in text_of(response)
    for address in ("case", "history", "open_sign_in", "give_password"):
        assert password not in client.get(url(address, new.pk)).content.decode()
    assert "Let the person sign in" in text_of(client.get(url("history", new.pk)))


def test_the_person_signs_in_with_what_they_were_given(knock, client, new):
    staff = knock("ingrid")
    sent = filled(staff, url("open_sign_in", new.pk), username="amina.h")
    password = shown(staff.post(url("open_sign_in", new.pk), sent))
    client.logout()

    response = client.post("/sign-in/", {"username": "amina.h", "password": password})

    assert response.status_code == 302
    assert client.get(response.url).url == "/my/details/password/"
    assert "Choose a password of your own" in text_of(client.get("/my/details/password/"))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"username": ""}, "Write a user name"),
        ({"username": "two words"}, "A user name is one word without spaces."),
        ({"username": "ingrid"}, "This user name cannot be used here. ingrid"),
    ],
)
def test_a_fault_is_told_beside_its_field(knock, new, amina, written, words):
    client = knock("ingrid")
    sent = filled(client, url("open_sign_in", new.pk), **written)

    response = client.post(url("open_sign_in", new.pk), sent)

    ((field, (said,)),) = faults_of(response).items()
    assert field == "username"
    assert said.startswith(words)
    amina.refresh_from_db()
    assert amina.username is None


def test_a_password_that_the_browser_sends_is_not_taken(knock, new, amina):
    knock("ingrid").post(
        url("open_sign_in", new.pk), {"username": "amina.h", "password": "tre-nya-lingonris"}
    )

    amina.refresh_from_db()
    assert amina.username == "amina.h"
    assert not amina.check_password("tre-nya-lingonris")


@pytest.mark.parametrize("name", ["open_sign_in", "give_password"])
def test_the_same_sent_again_shows_no_password_and_makes_none(knock, new, amina, name):
    if name == "give_password":
        amina.username = "amina.h"
        amina.save(update_fields=["username"])
    client = knock("ingrid")
    address = url(name, new.pk)
    written = {"username": "amina.h"} if name == "open_sign_in" else {}
    sent = filled(client, address, **written)

    first, again = (client.post(address, sent) for _press in range(2))

    assert again.status_code == 422
    assert shown(again) is None
    assert shown(first) not in again.content.decode()
    amina.refresh_from_db()
    assert amina.check_password(shown(first))


def test_for_one_who_signs_in_already_a_new_password_is_made(knock, case, amina):
    client = knock("karin")
    page = client.get(url("open_sign_in", case.pk))
    assert "Amina signs in with the user name amina." in text_of(page)
    assert 'name="username"' not in page.content.decode()
    assert url("give_password", case.pk) in links_of(page)

    for _another_page in range(2):
        sent = filled(client, url("give_password", case.pk))
        password = shown(client.post(url("give_password", case.pk), sent))
        amina.refresh_from_db()
        assert amina.username == "amina"
        assert amina.check_password(password)
    assert "Gave the person a new password" in text_of(client.get(url("history", case.pk)))


def test_without_a_user_name_there_is_no_new_password(knock, new):
    client = knock("ingrid")

    page = text_of(client.get(url("give_password", new.pk)))
    response = client.post(url("give_password", new.pk), {})

    assert "This person has no user name yet. Choose one first." in page
    assert faults_of(response) == {
        "__all__": ["This person has no user name yet. Choose one first."]
    }


@pytest.mark.parametrize("name", ["open_sign_in", "give_password"])
def test_a_case_elsewhere_is_never_told_of_but_nothing_is_opened(knock, case, amina, county, name):
    other = CaseFactory(person=amina, board=county.mala_board)
    client = knock("ingrid")

    page = client.get(url(name, case.pk)).content.decode()
    # The name is somebody's: that is not asked before whether one may.
    response = client.post(url(name, case.pk), {"username": "ingrid"})

    assert NOT_HERE in page
    assert "Malå" not in page
    assert other.number not in page
    assert "<form" not in page.partition("<main")[2]
    assert NOT_HERE in faults_of(response)["__all__"][0]
    amina.refresh_from_db()
    assert amina.username == "amina"


@pytest.mark.parametrize("name", ["open_sign_in", "give_password"])
def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam, name):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)
    client = knock("mirjam")

    page = client.get(url(name, case.pk)).content.decode()
    response = client.post(url(name, case.pk), {"username": "mine"})

    assert "Only those who work with the whole case can do this." in page
    assert "amina" not in page.partition("<main")[2].replace("Amina", "")
    assert "Only those who work with the whole case" in faults_of(response)["__all__"][0]


@pytest.mark.parametrize("name", ["open_sign_in", "give_password"])
def test_the_pages_are_kept_by_no_cache(knock, case, name):
    client = knock("ingrid")

    for response in (
        client.get(url(name, case.pk)),
        client.post(url(name, case.pk), {}),
    ):
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["open_sign_in", "give_password"])
def test_what_it_costs(knock, case, name):
    assert cost_of(knock("ingrid"), url(name, case.pk)) <= 9
