"""Inviting the person of a case, by e-mail or on paper, and seeing how it went."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kunnig.cases import actions
from kunnig.cases.models import Invitation
from kunnig.cases.states import Part
from kunnig.letters.duties import send_one
from kunnig.letters.models import Letter
from kunnig.people.states import Protection
from tests.factories import AccessFactory
from tests.people import NOON
from tests.web.casefile.forms import fields_of
from tests.web.validator import cost_of, faults_of, links_of, text_of, url

LATER = NOON + timedelta(minutes=1)
ADDRESS = "amina@example.com"
CODE = re.compile(r"\b(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}\b")


@pytest.fixture
def new(case, amina):
    """Amina's case, before she has a user name."""
    amina.username = None
    amina.save(update_fields=["username"])
    return case


def filled(client, case, **written):
    asked = fields_of(client.get(url("invite", case.pk)), "novalidate")
    return {name: values[0] for name, values in asked.items()} | written


def test_a_link_goes_out_by_e_mail_and_its_fate_is_seen(knock, new, office):
    client = knock("ingrid")
    assert url("invite", new.pk) in links_of(client.get(url("open_sign_in", new.pk)))
    sent = filled(client, new, way="email", email=ADDRESS, username="amina.h")

    response = client.post(url("invite", new.pk), sent)
    again = client.post(url("invite", new.pk), sent | {"check": "met"})

    assert response.url == url("open_sign_in", new.pk)
    assert faults_of(again)["__all__"][0].startswith("The person has just been invited.")
    assert (Invitation.objects.count(), Letter.objects.count()) == (1, 1)
    waiting = text_of(client.get(response.url))
    assert "Waiting to be sent" in waiting
    assert ADDRESS in waiting
    assert "Not used yet. Works until 25 December 2026" in waiting
    assert send_one(LATER)
    assert "Sent 25 November 2026, 12:01" in text_of(client.get(response.url))
    assert "Invited the person by e-mail" in text_of(client.get(url("history", new.pk)))


def test_a_letter_that_did_not_go_is_told(knock, new, office):
    office.answers = {ADDRESS: "550 Nobody here"}
    client = knock("ingrid")
    client.post(
        url("invite", new.pk),
        filled(client, new, way="email", email=ADDRESS, username="amina.h"),
    )
    assert send_one(LATER)

    page = text_of(client.get(url("open_sign_in", new.pk)))
    (first,) = [
        each for each in client.get(url("home")).context["things"] if "invitation" in each.what
    ]

    assert (first.case.number, first.url) == (new.number, url("open_sign_in", new.pk))
    assert "The letter did not arrive" in page
    assert "Could not be sent. The address does not take letters" in page


def test_a_letter_to_print_is_shown_once_in_both_languages(knock, new, amina):
    client = knock("ingrid")

    response = client.post(
        url("invite", new.pk), filled(client, new, way="letter", username="amina.h")
    )

    page = response.content.decode()
    (code,) = set(CODE.findall(page))
    assert page.count(code) == 2
    assert [f'lang="{each}"' in page for each in ("ar", "sv")] == [True, True]
    assert "Norsjö kommun bjuder in dig till Kunnig" in page
    assert "amina.h" in page
    letter = page.partition("k-letter")[2]
    assert new.number not in letter
    assert "no-store" in response["Cache-Control"]
    for name in ("case", "history", "open_sign_in", "invite"):
        assert code not in client.get(url(name, new.pk)).content.decode()
    # Another one, for who has lost it, takes a check and no user name.
    asked = filled(client, new, way="letter")
    assert "username" not in asked
    assert faults_of(client.post(url("invite", new.pk), asked)) == {
        "check": ["Say how you made sure who it is."]
    }
    assert CODE.search(
        client.post(url("invite", new.pk), asked | {"check": "called"}).content.decode()
    )
    history = text_of(client.get(url("history", new.pk)))
    assert "Called a known number before the new invitation" in history


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"way": ""}, "way"),
        ({"way": "email", "email": ""}, "email"),
        ({"way": "email", "email": "amina"}, "email"),
        ({"way": "letter", "username": "ingrid"}, "username"),
    ],
)
def test_a_fault_is_told_beside_its_field(knock, new, written, field):
    client = knock("ingrid")

    sent = filled(client, new, username="amina.h") | written

    assert [*faults_of(client.post(url("invite", new.pk), sent))] == [field]


def test_a_protected_person_is_given_it_in_person(knock, new, ingrid):
    actions.protect(case_id=new.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)
    client = knock("ingrid")

    for name in ("open_sign_in", "invite"):
        assert "no letter is written. Hand it over in person." in text_of(
            client.get(url(name, new.pk))
        )
    response = client.post(
        url("invite", new.pk), {"way": "email", "email": ADDRESS, "username": "amina.h"}
    )

    assert "Hand it over in person" in faults_of(response)["__all__"][0]
    assert not Letter.objects.exists()
    assert b'name="username"' in client.get(url("open_sign_in", new.pk)).content


def test_one_let_in_to_a_part_is_told_why_not_and_strangers_find_nothing(
    knock, case, mirjam, petra
):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    assert "Only those who work with the whole case" in text_of(
        knock("mirjam").get(url("invite", case.pk))
    )
    assert knock("petra").get(url("invite", case.pk)).status_code == 404


def test_what_it_costs(knock, case):
    assert cost_of(knock("ingrid"), url("invite", case.pk)) <= 10
