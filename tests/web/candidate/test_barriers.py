"""One's own pages, seen by a browser: no barriers, nothing cut off, errors that lead somewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.factories import PaperFactory
from tests.stories import registered, told

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/my/",
    "/my/experiences/",
    "/my/papers/",
    "/my/readings/",
    "/my/details/",
    "/my/details/password/",
    "/my/details/table-code/",
    "/my/register/",
]


def test_one_s_own_pages_have_no_barriers(
    live_server, page, context, client, amina, ingrid, county
):
    story = told(amina, county.norsjo_board, by=ingrid)
    PaperFactory(mapping=story.initial)
    browser.sign_in(context, live_server, client, amina)
    browser.speak(context, live_server, "en")
    found = {}

    for address in PAGES:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(live_server.url + address)
        found[address] = (browser.barriers_in(page), browser.cut_off(page))

    assert found == dict.fromkeys(PAGES, ({}, []))


def test_the_menu_takes_two_lines_of_a_phone(live_server, page, context, client, goran, county):
    browser.sign_in(context, live_server, client, goran)
    browser.speak(context, live_server, "sv")
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(f"{live_server.url}/my/")

    entries = page.locator(".k-nav a").all()
    assert len(entries) == 5
    assert len({entry.bounding_box()["y"] for entry in entries}) == 2


@pytest.mark.parametrize("who", ["goran", "rania"])
def test_a_first_visit_has_no_barriers(live_server, page, context, client, county, request, who):
    browser.sign_in(context, live_server, client, request.getfixturevalue(who))

    for address in ("/my/", "/my/register/", "/my/papers/", "/my/experiences/", "/my/readings/"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(live_server.url + address)
        assert (browser.barriers_in(page), browser.cut_off(page)) == ({}, [])


def test_what_is_missing_is_found_from_the_list_of_faults(
    live_server, page, context, client, goran, county
):
    browser.sign_in(context, live_server, client, goran)
    browser.speak(context, live_server, "en")
    page.goto(f"{live_server.url}/my/register/")

    page.get_by_role("button", name="Open the case").click()

    expect(page.locator(".ds-error-summary")).to_be_focused()
    assert browser.barriers_in(page) == {}
    assert browser.cut_off(page) == []
    page.get_by_role("link", name="Choose your municipality").click()
    expect(page.get_by_label("Your home municipality")).to_be_focused()


def test_the_list_of_faults_stands_under_the_heading_in_the_head_of_a_case_too(
    live_server, page, context, client, goran, ingrid, county
):
    case = registered(goran, county.norsjo_board, by=ingrid)
    browser.sign_in(context, live_server, client, goran)
    browser.speak(context, live_server, "en")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/my/cases/{case.pk}/evidence/add/")

    page.locator("main form button[type=submit]").click()

    heading = page.get_by_role("heading", level=1).bounding_box()
    faults = page.locator(".ds-error-summary").bounding_box()
    assert faults["y"] >= heading["y"] + heading["height"]
    assert faults["x"] == heading["x"]
    assert (browser.barriers_in(page), browser.cut_off(page)) == ({}, [])


def test_a_case_is_opened_by_keyboard_and_without_scripts(
    live_server, new_context, client, goran, county
):
    context = new_context(java_script_enabled=False)
    browser.sign_in(context, live_server, client, goran)
    browser.speak(context, live_server, "en")
    page = context.new_page()
    page.goto(f"{live_server.url}/my/")

    page.get_by_role("link", name="Open a case").press("Enter")
    page.get_by_label("Your home municipality").select_option("Norsjö kommun")
    page.get_by_label("I am registered there", exact=True).press("Space")
    page.get_by_label("No", exact=True).press("Space")
    page.get_by_role("button", name="Open the case").press("Enter")

    expect(page.get_by_role("heading", name="Begin to tell what you have done")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Your case is open.")
