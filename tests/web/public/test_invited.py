"""Using an invitation: a code or a link, then a password of one's own, then one's own pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kunnig.cases import actions
from kunnig.cases.models import Invitation
from kunnig.cases.states import InvitationState, InvitedBy
from kunnig.kernel import numbers
from kunnig.people.models import Person
from tests.people import NOON
from tests.stories import registered

INVITED = "/invited/"
PASSWORD = "tjugo kilo lingon"


@pytest.fixture
def invite(amina, ingrid, county, noon):
    """Invite Amina, who has no way in yet; return what she types, or the link's secret."""
    Person.objects.filter(pk=amina.pk).update(username=None)
    case = registered(Person.objects.get(pk=amina.pk), county.norsjo_board, by=ingrid)

    def invited(way):
        made = actions.invite(
            case_id=case.pk,
            way=way,
            username="amina.h",
            email="amina@example.com",
            check=None,
            instead_of="",
            page_at="https://kunnig.example/invited/",
            by=ingrid,
            at=NOON,
        )
        return numbers.grouped(made.code) or made.invitation.letter.secret

    return invited


def test_a_code_leads_to_a_password_and_to_ones_own_pages(client, invite):
    code = invite(InvitedBy.LETTER)

    asked = client.post(INVITED, {"secret": f" {code.lower()} "})
    weak = client.post(INVITED, {"secret": code, "password": "kort"})
    done = client.post(INVITED, {"secret": code, "password": PASSWORD})

    assert b'value="amina.h"' in asked.content
    assert weak.status_code == 422
    assert weak.context["form"].errors["password"]
    assert done.url == reverse("candidate:home")
    # Nothing is left on a computer that others use after her.
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.cookies["sessionid"]["expires"] == ""
    assert "no-store" in asked["Cache-Control"]
    home = client.get(done.url)
    assert "Your user name is amina.h." in home.content.decode()
    client.logout()
    again = client.post(INVITED, {"secret": code})
    assert again.context["form"].errors["secret"] == [
        "This invitation has been used. Sign in with your user name."
    ]
    signed = client.post("/sign-in/", {"username": "amina.h", "password": PASSWORD})
    assert signed.status_code == 302


def test_opening_a_link_uses_nothing_and_speaks_its_language(client, invite):
    secret = invite(InvitedBy.EMAIL)
    where = reverse("public:invited_by_link", args=[secret])

    spoken = client.get(f"{where}?language=ar")
    page = client.get(spoken.url)
    nobodys = client.get(reverse("public:invited_by_link", args=["0" * 32]))

    assert spoken.url == where
    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert nobodys.status_code == page.status_code == 200
    assert Invitation.objects.get().standing is InvitationState.OPEN
    assert client.post(INVITED, {"secret": secret, "password": PASSWORD}).status_code == 302


def test_wrong_codes_are_refused_and_counted(client, invite, monkeypatch):
    monkeypatch.setattr("kunnig.people.policies.FAILURES_FROM_ONE_ADDRESS", 3)
    code = invite(InvitedBy.LETTER)

    for _each in range(3):
        wrong = client.post(INVITED, {"secret": "KQ7X-M4PD-7RTB", "password": PASSWORD})
    resting = client.post(INVITED, {"secret": code, "password": PASSWORD})

    assert wrong.context["form"].errors["secret"] == [
        "The code is wrong. Compare it with your letter."
    ]
    assert "Too many attempts" in resting.context["form"].errors["secret"][0]
    assert client.post(INVITED, {}).context["form"].errors["secret"] == [
        "Write the code that stands in your letter"
    ]


def test_whoever_was_signed_in_before_is_signed_out(client, invite, ingrid):
    code = invite(InvitedBy.LETTER)
    client.force_login(ingrid)

    client.post(INVITED, {"secret": code, "password": PASSWORD})

    assert client.get("/my/details/").context["request"].user.username == "amina.h"
