"""The pages of those who work with cases, seen by a browser: no barriers, nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kunnig.cases import actions
from kunnig.cases.models import Case
from kunnig.cases.states import CaseState, Part
from kunnig.people.states import Protection
from tests import browser
from tests.factories import AccessFactory, CaseFactory, IdentifierFactory, MappingFactory
from tests.people import NOON
from tests.stories import registered
from tests.web.validator import url

pytestmark = pytest.mark.django_db(transaction=True)
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff Adolph Blaine Charles David Earl Frederick"


@pytest.fixture
def ingrids(live_server, page, context, client, ingrid):
    """A browser in which Ingrid is signed in."""
    browser.sign_in(context, live_server, client, ingrid)
    browser.speak(context, live_server, "en")
    return page


def seen(page):
    """Return what stands in anybody's way on the page as it is."""
    return browser.barriers_in(page), browser.cut_off(page)


def opened(page, live_server, address):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + address)
    return seen(page)


@pytest.fixture
def full(case, mirjam):
    """Amina's case with something of everything in it."""
    IdentifierFactory(person=case.person, value="50-123456")
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)
    MappingFactory(case=case, locked=True)
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPED)
    return case


def test_lists_have_no_barriers(live_server, ingrids, full, goran, ingrid, county):
    goran.name = LONG_NAME
    goran.save()
    registered(goran, county.norsjo_board, by=ingrid)
    rania = registered(CaseFactory().person, county.norsjo_board, by=ingrid)
    actions.protect(case_id=rania.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)
    found = {
        address: opened(ingrids, live_server, address)
        for address in (
            url("home"),
            url("cases"),
            f"{url('cases')}?tab=let-in",
            f"{url('cases')}?words=nobody",
            url("protected"),
            url("information", "2026-11"),
        )
    }

    assert found == dict.fromkeys(found, ({}, []))


def test_pages_of_a_case_have_no_barriers(live_server, ingrids, full):
    names = (
        "case history details adaptations path close reopen let_in responsible protect "
        "correct_person table_code open_sign_in invite give_password identifier"
    )

    found = {name: opened(ingrids, live_server, url(name, full.pk)) for name in names.split()}

    assert found == dict.fromkeys(found, ({}, []))


def test_a_case_that_is_closed_or_protected_has_no_barriers(live_server, ingrids, full, ingrid):
    actions.close(case_id=full.pk, reason="Flyttade", by=ingrid, at=NOON)
    actions.protect(case_id=full.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    found = {name: opened(ingrids, live_server, url(name, full.pk)) for name in ("case", "reopen")}

    assert found == dict.fromkeys(found, ({}, []))


def test_a_number_is_shown_without_barriers(live_server, ingrids, full):
    ingrids.goto(live_server.url + url("case", full.pk))

    ingrids.get_by_role("button", name="Show the whole number").click()

    expect(ingrids.get_by_text("50-123456")).to_be_visible()
    assert seen(ingrids) == ({}, [])


def test_a_way_in_is_opened_without_barriers(live_server, ingrids, full, amina):
    amina.username = None
    amina.save()
    ingrids.goto(live_server.url + url("open_sign_in", full.pk))
    assert seen(ingrids) == ({}, [])

    ingrids.get_by_role("button", name="Open the way in").click()
    expect(ingrids.locator(".ds-error-summary")).to_be_focused()
    assert seen(ingrids) == ({}, [])

    ingrids.get_by_label("User name").fill("amina.haddad")
    ingrids.get_by_role("button", name="Open the way in").click()
    expect(ingrids.get_by_role("heading", level=1)).to_have_text("Sign-in for Amina Haddad")
    expect(ingrids.get_by_text("amina.haddad")).to_be_visible()
    assert seen(ingrids) == ({}, [])


def test_a_case_is_opened_by_keyboard_past_faults_and_a_likely_duplicate(
    live_server, ingrids, full
):
    page = ingrids
    page.goto(live_server.url + url("register"))

    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    assert seen(page) == ({}, [])
    page.get_by_role("link", name="Write the person’s name").press("Enter")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()

    page.keyboard.type("Amina Haddad")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Perhaps there is a case already")
    assert seen(page) == ({}, [])

    page.get_by_role("button", name="Go on with a new case").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("New case for Amina Haddad")
    assert seen(page) == ({}, [])

    page.get_by_role("button", name="Open the case").press("Enter")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    assert seen(page) == ({}, [])

    page.get_by_role("radio", name="Registered there").press(" ")
    page.get_by_label("Where does the person come from?").select_option("sfi")
    page.get_by_label("Language", exact=True).select_option("ar")
    page.get_by_role("radio", name="Yes").press(" ")
    page.get_by_role("radio", name="Version 2026-11").press(" ")
    page.get_by_role("button", name="Open the case").press("Enter")

    expect(page.get_by_text("The case is open. Its number is")).to_be_visible()
    assert Case.objects.filter(person__name="Amina Haddad").count() == 2


def test_the_same_without_scripts(live_server, new_context, client, ingrid):
    context = new_context(java_script_enabled=False)
    browser.sign_in(context, live_server, client, ingrid)
    browser.speak(context, live_server, "en")
    page = context.new_page()
    page.goto(live_server.url + url("register"))

    page.get_by_label("Name", exact=True).fill("Suharto")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("radio", name="Staying there").check()
    page.get_by_label("Where does the person come from?").select_option("employer")
    page.get_by_label("Language", exact=True).select_option("und")
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("radio", name="Version 2026-11").check()
    page.get_by_role("button", name="Open the case").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Suharto")
