"""The page that checks papers, as people meet it: by keyboard, without scripts, on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kunnig.credentials import actions
from kunnig.kernel import numbers
from tests import browser
from tests.factories import CaseFactory, PaperFactory, newer_version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(amina):
    return PaperFactory(mapping__case=CaseFactory(person=amina))


def result(page):
    return page.get_by_role("heading", level=2).first


def test_a_stranger_checks_a_paper_with_the_keyboard_alone(live_server, page, context, paper):
    browser.speak(context, live_server, "en")
    page.goto(live_server.url + reverse("public:verify"))

    field = page.get_by_label("Code")
    while not field.evaluate("it => it === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type(paper.code_shown.lower())
    page.keyboard.press("Enter")

    expect(result(page)).to_have_text("Unchanged. Not an assessment.")
    expect(page.get_by_text("Summary of initial mapping")).to_be_visible()


def test_a_camera_leads_to_the_answer_without_scripts(live_server, new_context, paper):
    context = new_context(java_script_enabled=False)
    browser.speak(context, live_server, "en")
    page = context.new_page()

    page.goto(live_server.url + reverse("public:verify_code", args=[paper.code]))

    expect(result(page)).to_have_text("Unchanged. Not an assessment.")


def states(page, paper, address):
    """Bring the page into each of its states, and yield what the state is called."""
    verify = address + reverse("public:verify")
    page.goto(verify)
    yield "asked for a code"
    page.get_by_role("button", name="Check the paper").click()
    yield "without a code"
    page.goto(f"{verify}{paper.code}/")
    yield "unchanged"
    page.goto(f"{verify}{numbers.unguessable()}/")
    yield "unknown"
    newer_version(paper.mapping)
    page.goto(f"{verify}{paper.code}/")
    yield "replaced"
    for _ in range(actions.MOST_ATTEMPTS):
        page.request.get(f"{verify}{numbers.unguessable()}/")
    page.goto(f"{verify}{paper.code}/")
    yield "asked too often"


def test_no_state_of_the_page_has_barriers(live_server, page, context, paper):
    browser.speak(context, live_server, "en")
    found, titles = {}, {}

    for state in states(page, paper, live_server.url):
        page.set_viewport_size({"width": 1280, "height": 800})
        titles[state] = page.title().partition(" – ")[0]
        found[state] = (browser.barriers_in(page), browser.cut_off(page))

    assert found == dict.fromkeys(found, ({}, []))
    assert list(titles.values())[2:5] == [
        "Unchanged. Not an assessment.",
        "We know no paper with this code",
        "Replaced by a newer one",
    ]
