"""The hands of somebody at a device: with a pointer, on a phone, by keyboard, without scripts.

What a page says is looked for by what the person reads or hears there, in their language: a story
gives the texts of the code, which are English, and each hand looks them up in the catalogue.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import expect

from tests import browser

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
TAG = re.compile(r"<[^>]+>")
UNNAMED = re.compile(r"\s*%(\(\w+\))?[sd].*", re.DOTALL)
MOST_STEPS = 250  # presses of a key before somebody gives up
# Where the keyboard is: shown, and not wholly under something else (WCAG 2.4.7, 2.4.11).
IS_SEEN = """it => {
  const ringed = (each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 1;
  };
  const whole = it.closest('label') ?? it;
  const box = it.getBoundingClientRect();
  const across = [.1, .5, .9].map(part => box.left + box.width * part);
  const down = [.1, .5, .9].map(part => box.top + box.height * part);
  const isOn = (x, y) => whole.contains(document.elementFromPoint(x, y));
  return it.matches(':focus-visible') && [it, whole].some(ringed)
    && across.some(x => down.some(y => isOn(x, y)));
}"""
IS_HERE = "here === it"
IS_IN_ITS_GROUP = "here.name === it.name"
# Which key leads nearer to a thing from where the keyboard is.
WHERE = """it => {{
  const here = document.activeElement;
  if ({is_there}) return 'here';
  const isBehind = here !== document.body
    && here.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_PRECEDING;
  return isBehind ? 'Shift+Tab' : 'Tab';
}}"""


def beginning(words):
    """Return what finds a name that begins with `words`, whatever is said after."""
    return re.compile(rf"^\s*{re.escape(words)}(?!\w)")


class Hands:
    """What anybody does on a page, with a pointer. Other hands do the same in other ways."""

    SCREEN = DESKTOP
    HAS_SCRIPTS = True

    def __init__(self, page, server, language):
        self.page, self.server, self.language = page, server, language

    # What is said.

    def say(self, text, **named):
        """Return a text of the house in the person's language, up to what is not named in it."""
        with override(self.language):
            said = gettext(text)
        return TAG.sub("", said % named if named else UNNAMED.sub("", said))

    def say_of(self, count, one, many, **named):
        """Return a text that counts something."""
        with override(self.language):
            return ngettext(one, many, count) % named

    def reads(self, text, **named):
        """See to it that the page says this."""
        self.hears(self.say(text, **named))

    def hears(self, words):
        """See to it that somebody's words stand on the page, as they were said."""
        expect(self.page.locator("body")).to_contain_text(words)

    def is_at(self, heading, **named):
        """See to it that this is the page one has come to."""
        heading = self.say(heading, **named)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.look_around()

    def hears_nothing_of(self, words):
        expect(self.page.locator("main")).not_to_contain_text(words)

    def look_around(self):
        """Notice what a person with these hands notices on every page."""

    # What is done.

    def go(self, name, **where):
        """Type an address, or come by a bookmark."""
        self.page.goto(self.server + reverse(name, kwargs=where))

    def follow(self, text, **named):
        self.press_on(self.named("link", text, **named).first)

    def press(self, text, **named):
        self.press_on(self.named("button", text, **named).first)

    def turn_to(self, part):
        """Go to another part of what is told, by the list beside the page."""
        self.follow(part)

    def unfold(self, text):
        summary = self.page.locator("summary", has_text=self.say(text)).first
        self.press_on(summary)

    def named(self, role, text, *, within=None, **named):
        """Return the one thing of a kind whose name begins so."""
        among = within or self.page.locator("body")
        return among.get_by_role(role, name=beginning(self.say(text, **named)))

    def write(self, label, words, *, whose="", **named):
        """Write in the field that is called so; `whose` tells two sides of one answer apart."""
        called = " ".join(self.say(each, **named) for each in (label, whose) if each)
        fields = self.page.get_by_role("textbox", name=beginning(called))
        secret = self.page.locator("input[type=password]").and_(
            self.page.get_by_label(beginning(called))
        )
        self.write_in(fields.or_(secret).or_(self._search(called)), words)

    def _search(self, called):
        return self.page.get_by_role("searchbox", name=beginning(called))

    def choose(self, question, option):
        """Choose an answer to a question."""
        group = self.page.get_by_role("group", name=beginning(self.say(question)))
        self.mark(self.named("radio", option, within=group))

    def pick(self, label, option):
        """Pick from a list, by what stands there."""
        self.pick_in(self.named("combobox", label), self.say(option))

    def tick(self, label, **named):
        self.mark(self.named("checkbox", label, **named))

    # How it is done.

    def press_on(self, target):
        target.click()

    def write_in(self, field, words):
        field.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def mark(self, box):
        box.click()
        expect(box).to_be_checked()

    def pick_in(self, listed, option):
        listed.select_option(label=option)

    # What a script does, and what is done where there is none.

    def until_saved(self):
        """Wait until the page says that all is saved."""
        expect(self.page.locator("[data-all] [data-state]").last).to_have_attribute(
            "data-state", "saved"
        )

    def pause(self):
        """Stop in the middle, with all that was written saved."""
        self.until_saved()

    def is_asked_to_choose(self, other):
        """See to it that two texts stand beside each other for a person to choose from."""
        self.named("radio", "Your text").wait_for()
        self._text_of(other).wait_for()

    def choose_the_text_of(self, other):
        self.mark(self._text_of(other))
        self.press("Save the choice")
        self.until_saved()

    def _text_of(self, other):
        return self.page.get_by_role("radio", name=re.compile(re.escape(other)))

    def fetch(self, text, **named):
        """Fetch a file, and return its bytes; the page stays."""
        file = self.named("link", text, **named).first
        made = []

        def taken(route):
            made.append(route.fetch().body())
            route.fulfill(status=HTTPStatus.NO_CONTENT)

        self.page.route(f"**{file.get_attribute('href')}", taken)
        with self.page.expect_response(lambda answer: answer.status == HTTPStatus.NO_CONTENT):
            self.press_on(file)
        return made[0]


class Finger(Hands):
    """A finger on a phone, on whose screen nothing may be cut off."""

    SCREEN = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

    def look_around(self):
        assert self.page.evaluate(browser.CUT_OFF) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 390

    def turn_to(self, part):
        self.press_on(self.page.locator("details.k-only-narrow > summary"))
        self.follow(part)

    def press_on(self, target):
        target.tap()

    def write_in(self, field, words):
        field.tap()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def mark(self, box):
        box.tap()
        expect(box).to_be_checked()


class Keys(Hands):
    """Keys alone. Wherever they lead, one sees where one is."""

    def reach(self, target, is_there=IS_HERE):
        """Step on to a target, or back to it."""
        target.wait_for()
        found = target.element_handle()  # looked up by its name once, not at every step
        for _ in range(MOST_STEPS):
            match found.evaluate(WHERE.format(is_there=is_there)):
                case "here":
                    here = self.page.locator(":focus")
                    assert here.evaluate(IS_SEEN), here.evaluate("it => it.outerHTML")
                    return
                case way:
                    self.page.keyboard.press(way)
        raise AssertionError(f"The keyboard does not reach {target}")

    def press_on(self, target):
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write_in(self, field, words):
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def mark(self, box):
        if box.get_attribute("type") == "checkbox":
            self.reach(box)
            self.page.keyboard.press("Space")
        else:
            self._choose(box)
        expect(box).to_be_checked()

    def _choose(self, box):
        """Come into the group, then go along it by arrows."""
        self.reach(box, IS_IN_ITS_GROUP)
        for _ in range(MOST_STEPS):
            if box.evaluate("it => it === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def pick_in(self, listed, option):
        self.reach(listed)
        self.page.keyboard.press("Home")
        for _ in range(MOST_STEPS):
            if listed.evaluate("it => it.selectedOptions[0].label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The list has no {option}")


class NoScripts(Hands):
    """A browser that runs no scripts: every page is saved by its button."""

    SCREEN = {**DESKTOP, "java_script_enabled": False}
    HAS_SCRIPTS = False

    def until_saved(self):
        """Leave it to the button that comes next."""

    def pause(self):
        self.press("Save and pause")
        self.reads("Everything is saved. Go on whenever you like.")

    def choose_the_text_of(self, other):
        self.mark(self._text_of(other))
        self.press("Save and continue")


WAYS = {"pointer": Hands, "keyboard": Keys, "no scripts": NoScripts, "phone": Finger}
