"""The pages of those who answer for others, seen by a browser: no barriers, nothing cut off."""

from __future__ import annotations

from datetime import date

import pytest

from kunnig.cases.states import Part
from tests import browser
from tests.factories import AccessFactory, PlanningFigureFactory, QualificationFactory
from tests.stories import told

pytestmark = pytest.mark.django_db(transaction=True)


def pages_of(who, county, lars):
    """Return the address of every page of one of them."""
    colleague, role = lars.pk, lars.assignments.get().pk
    return {
        "maj": [
            "/region/",
            f"/region/municipalities/{county.norsjo.pk}/",
            "/region/qualifications/",
            f"/region/qualifications/{colleague}/",
            f"/region/qualifications/{colleague}/grant/",
            f"/region/qualifications/{colleague}/{lars.qualifications.first().pk}/end/",
            "/region/people/new/",
            f"/region/people/{colleague}/give-role/",
        ],
        "lotta": [
            "/municipality/",
            "/municipality/?words=nobody",
            "/municipality/people/new/",
            f"/municipality/people/{colleague}/sign-in/",
            f"/municipality/roles/{role}/end/",
            f"/municipality/organisations/{county.norsjo_board.pk}/contact/",
        ],
        "eva": ["/municipality/"],
        "asta": [
            "/administration/",
            "/administration/organisations/",
            "/administration/organisations/new/",
        ],
    }[who]


@pytest.mark.parametrize("who", ["maj", "lotta", "eva", "asta"])
def test_pages_of_those_who_answer_for_others_have_no_barriers(
    live_server, page, context, client, county, ingrid, lars, request, who
):
    PlanningFigureFactory(municipality=county.mala)
    QualificationFactory(person=lars, ends_on=date(2026, 12, 24))
    county.norsjo_board.email = "en.mycket.lang.adress@utbildningsnamnden.norsjo.example"
    county.norsjo_board.save(update_fields=["email"])
    pages = pages_of(who, county, lars)
    browser.sign_in(context, live_server, client, request.getfixturevalue(who))
    browser.speak(context, live_server, "en")
    found = {}

    for address in pages:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(live_server.url + address)
        found[address] = (browser.barriers_in(page), browser.cut_off(page))

    assert found == dict.fromkeys(pages, ({}, []))


def test_pages_of_assessors_have_no_barriers(
    live_server, page, context, client, amina, ingrid, mirjam, county
):
    story = told(amina, county.norsjo_board, by=ingrid)
    AccessFactory(case=story.case, person=mirjam, part=Part.IN_DEPTH)
    browser.sign_in(context, live_server, client, mirjam)

    for address in ("/assess/", f"/assess/cases/{story.case.pk}/", "/assess/protected/"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(live_server.url + address)
        assert (browser.barriers_in(page), browser.cut_off(page)) == ({}, [])
