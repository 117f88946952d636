"""The pages for anyone and every component, seen by a browser: no barriers, nothing cut off.

In English: tests/journeys/test_every_page.py looks at every page in Swedish and in Arabic.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import browser
from tests.web.public.test_pages import OPEN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("county")
def test_pages_for_anyone_have_no_barriers(live_server, page, context):
    browser.speak(context, live_server, "en")
    found = {}

    for name in OPEN:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(live_server.url + reverse(f"public:{name}"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        found[name] = (browser.barriers_in(page), browser.cut_off(page))

    assert found == dict.fromkeys(OPEN, ({}, []))


def test_barriers_that_were_put_there_are_found(live_server, page):
    page.goto(live_server.url + reverse("public:about"))

    page.evaluate("""() => {
      document.querySelector('main').innerHTML = '<img src="/static/kunnig/icon.svg">'
        + '<input><p id="wide">wide</p>';
      document.querySelector('#wide').style.marginInlineStart = '-3rem';
    }""")

    assert {rule for rule, _ in browser.barriers(page)} >= {"image-alt", "label"}
    assert browser.cut_off(page) == ['<p id="wide" style="margin-inline-start: -3rem;">wide</p>']


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_components_have_no_barriers(live_server, page, settings, direction):
    settings.DEBUG = True

    page.goto(f"{live_server.url}{reverse('components:gallery')}?dir={direction}")

    assert browser.barriers_in(page) == {}
    assert browser.cut_off(page, 390) == []
    assert browser.barriers_in(page, ["light"]) == {}
    assert browser.cut_off(page) == []


ARROWS = """() => [...document.querySelectorAll('.k-pages a')].map(it => {
  const arrow = getComputedStyle(it, '::before');
  const box = it.getBoundingClientRect(), whole = it.closest('ul').getBoundingClientRect();
  const right = Math.abs(box.right - whole.right) < 2 ? 'right' : 'left';
  return [it.rel, right, arrow.rotate, arrow.order];
})"""


@pytest.mark.parametrize(
    ("direction", "back", "onward"),
    [
        ("ltr", ["prev", "left", "180deg", "0"], ["next", "right", "0deg", "1"]),
        ("rtl", ["prev", "right", "0deg", "0"], ["next", "left", "180deg", "1"]),
    ],
)
def test_the_arrows_of_a_list_point_where_they_lead_alone_and_together(
    live_server, page, settings, direction, back, onward
):
    """The arrow is drawn pointing right; at the end of the line it comes after its word."""
    settings.DEBUG = True

    page.goto(f"{live_server.url}{reverse('components:gallery')}?dir={direction}")

    assert page.evaluate(ARROWS) == [back, onward, onward, back]


@pytest.mark.usefixtures("ingrid", "rania", "maj")
def test_the_people_of_a_demo_have_no_barriers(live_server, page, settings):
    settings.DEMO = True

    page.goto(live_server.url + reverse("public:demo"))

    assert browser.barriers_in(page) == {}
    assert browser.cut_off(page) == []


def test_nothing_is_cut_off_by_large_and_loosely_set_text(live_server, page, settings):
    """WCAG 1.4.4 and 1.4.12; 1280 pixels at 200 % are 640."""
    settings.DEBUG = True
    page.set_viewport_size({"width": 640, "height": 900})

    page.goto(live_server.url + reverse("components:gallery"))
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }
        html { font-size: 200% }`);
      document.adoptedStyleSheets = [sheet];
    }""")

    assert browser.cut_off(page, 640) == []


def test_the_keyboard_gets_past_the_header(live_server, page):
    page.goto(live_server.url)

    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_faults_take_the_focus_and_lead_into_their_field(live_server, page, context):
    browser.speak(context, live_server, "en")
    page.goto(live_server.url + reverse("public:sign_in"))

    page.locator("main").get_by_role("button", name="Sign in").click()

    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.get_by_role("link", name="Write your user name").click()
    field = page.get_by_role("textbox", name="User name")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Error: Write your user name")
    assert browser.barriers_in(page) == {}


def test_the_menu_of_languages_opens_and_closes_by_keyboard(live_server, page, context):
    browser.speak(context, live_server, "sv")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url)

    page.locator(".k-lang summary").press("Enter")
    expect(page.get_by_role("button", name="English")).to_be_visible()
    assert browser.barriers_in(page) == {}
    assert browser.cut_off(page, 390) == []
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="English")).to_be_hidden()
    expect(page.locator(".k-lang summary")).to_be_focused()


def test_the_language_changes_without_scripts(live_server, new_context):
    context = new_context(java_script_enabled=False)
    browser.speak(context, live_server, "sv")
    page = context.new_page()
    page.goto(live_server.url + reverse("public:about"))

    page.locator(".k-lang summary").click()
    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(reverse("public:about"))


def test_those_signed_in_have_a_header_without_barriers(live_server, page, context, client, ingrid):
    browser.sign_in(context, live_server, client, ingrid)

    page.goto(live_server.url)

    expect(page.locator(".k-who")).to_contain_text("Ingrid Sandström")
    assert browser.barriers_in(page) == {}
    assert browser.cut_off(page) == []
