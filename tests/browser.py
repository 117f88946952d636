"""What a browser test asks of every page: no barrier that a machine can find, nothing cut off."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations
  .map(rule => [rule.id, rule.nodes.map(node => node.target)])"""
SCHEMES = ("light", "dark")
NARROWEST = 320  # CSS pixels, WCAG 1.4.10
# Everything that a reader would see cut off at either side; what is clipped on purpose is not.
CUT_OFF = """() => [...document.querySelectorAll('body *')]
  .filter(it => {
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    return box.width > 1 && style.visibility !== 'hidden' && !it.closest('svg, .k-scroll')
      && !it.closest('.ds-sr-only, .ds-skip-link')
      && (box.left < -1 || box.right > innerWidth + 1);
  })
  .map(it => it.outerHTML.slice(0, 120))"""


def barriers(page, rules=RULES):
    """Return what axe finds on the page as it stands: rule and places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [(rule, places) for rule, places in page.evaluate(VIOLATIONS, rules)]


def barriers_in(page, schemes=SCHEMES):
    """Return what axe finds in light and in dark."""
    found = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = barriers(page)
    return {scheme: rules for scheme, rules in found.items() if rules}


def colours_in_the_dark(page):
    """Return what axe finds in dark that is not there in light: what is too pale to read."""
    page.emulate_media(color_scheme="dark")
    found = barriers(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def cut_off(page, width=NARROWEST):
    """Return what sticks out of a screen that is `width` pixels wide."""
    page.set_viewport_size({"width": width, "height": 800})
    sideways = page.evaluate("document.documentElement.scrollWidth") > width
    return page.evaluate(CUT_OFF) or (["the page scrolls sideways"] if sideways else [])


def watched(page):
    """Return a list that fills with missing assets, script errors and what the policy refused."""
    faults = []

    def on_response(response):
        is_asset = response.request.resource_type not in {"document", "fetch", "xhr"}
        if is_asset and response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def on_console(message):
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def speak(context, live_server, language):
    """Let the browser ask for pages in `language`."""
    context.add_cookies([{"name": "kunnig_language", "value": language, "url": live_server.url}])


def sign_in(context, live_server, client, person):
    """Let the browser be `person`, without passing the door."""
    client.force_login(person)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
