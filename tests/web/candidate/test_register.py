"""Opening one's own case."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.cases.models import Case
from kunnig.cases.states import HomeGround, Origin
from tests.stories import registered
from tests.web.validator import cost_of, faults_of, text_of

REGISTER = "/my/register/"
pytestmark = pytest.mark.usefixtures("noon")


def words(county, **others):
    return {
        "home_municipality": county.norsjo.pk,
        "home_ground": "registered",
        "origin": "self",
        "goal": "Köra lastbil",
        "purpose": "",
        "language": "sv",
        "needs_interpreter": "no",
        "operation": str(uuid4()),
        **others,
    }


def test_a_person_opens_a_case_with_their_own_municipality(knock, goran, county):
    response = knock("goran").post(REGISTER, words(county))

    case = Case.objects.get()
    assert response.url == reverse("candidate:home")
    assert (case.person, case.board, case.home_municipality) == (
        goran,
        county.norsjo_board,
        county.norsjo,
    )
    assert (case.home_ground, case.origin) == (HomeGround.REGISTERED, Origin.SELF)
    assert (case.goal, case.language, case.needs_interpreter) == ("Köra lastbil", "sv", False)
    assert (case.information_text, case.responsible) == ("2026-11", None)


def test_a_form_sent_twice_opens_one_case(knock, goran, county):
    sent = words(county)

    for _once_more in range(2):
        assert knock("goran").post(REGISTER, sent).status_code == 302

    assert Case.objects.count() == 1


def test_the_information_is_read_before_anything_is_noted(knock, goran, county):
    text = text_of(knock("goran").get(REGISTER))

    assert "nothing is locked before you have approved it" in text


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(knock, goran, county):
    sent = words(county, home_municipality="", home_ground="", needs_interpreter="")

    response = knock("goran").post(REGISTER, sent)

    assert faults_of(response) == {
        "home_municipality": ["Choose your municipality"],
        "home_ground": ["Say whether you are registered there"],
        "needs_interpreter": ["Say whether you want an interpreter"],
    }
    assert 'value="Köra lastbil"' in response.content.decode()
    assert sent["operation"] in response.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("home_municipality", "0"), ("language", "xx"), ("origin", "moon"), ("operation", "no")],
)
def test_what_cannot_be_chosen_is_not_taken(knock, goran, county, field, value):
    response = knock("goran").post(REGISTER, words(county, **{field: value}))

    assert list(faults_of(response)) == [field]
    assert not Case.objects.exists()


def test_an_open_case_is_warned_of(knock, amina, ingrid, county):
    case = registered(amina, county.norsjo_board, by=ingrid)

    text = text_of(knock("amina").get(REGISTER))

    assert f"Case {case.number} with Utbildningsnämnden, Norsjö kommun is open." in text


def test_a_protected_person_is_told_to_call_and_opens_nothing(knock, rania, county):
    response = knock("rania").get(REGISTER)
    refused = knock("rania").post(REGISTER, words(county))

    assert "Call your municipality. They open the case." in text_of(response)
    assert 'name="home_municipality"' not in response.content.decode()
    assert refused.status_code == 422
    assert not Case.objects.exists()


def test_staff_open_their_own_case_like_anybody(knock, ingrid, county):
    knock("ingrid").post(REGISTER, words(county))

    assert Case.objects.get().person == ingrid


def test_the_page_costs_little(knock, goran, county):
    assert cost_of(knock("goran"), REGISTER) <= 6
