"""Every page of every audience, read from the resolver: no barriers, and nothing is cut off.

Light is looked at by every rule, dark by those of colour: the rest of the page is the same.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kunnig.mapping import actions as mapping
from kunnig.mapping.models import Mapping
from kunnig.people.states import Protection
from kunnig.web.casefile.information import CURRENT
from tests import browser
from tests.addresses import every_address
from tests.factories import IdentifierFactory, PersonFactory
from tests.journeys import scenes
from tests.people import NOON
from tests.standards.test_drafts import whole
from tests.stories import given, practice_target, registered

pytestmark = pytest.mark.django_db(transaction=True)

AUDIENCES = {
    "public",
    "candidate",
    "validator",
    "assessor",
    "coordinator",
    "region",
    "administration",
}
# Looked at by tests/web/test_barriers.py.
ELSEWHERE = {"public:demo"}
# Comes with the other addresses of workplaces; the region's coordinator describes no organisation.
FOR_NOBODY = {"region:describe"}
# Pages that only a form leads to; asked for by address, they send one on.
BY_FORM = {"validator:register_case"}
ASKED = {"history_of_answer": "?path=goal/wish&side=original"}
# The pages of a case that are not the same at another state of it.
AT_STATES = {
    "begun": {"case", "home", "mapping", "interview", "evidence", "papers", "close", "path"},
    "renewed": {"case", "mapping", "interview", "entry", "details", "identifier", "table_code"},
    "decided": {"case", "home", "start_in_depth", "path", "responsible"},
    "shared": {"case", "mapping", "overview", "question", "add_target", "add_evidence"},
    "closed": {"case", "reopen"},
    "hidden": {"case"},
}
# Forms in which nothing must be filled in.
NOTHING_TO_MISS = {
    # How the sitting is held.
    "validator:overview",
    "validator:entry",
    # The machine makes the password.
    "validator:give_password",
    "coordinator:give_password",
    "region:give_password",
    "administration:give_password",
    "coordinator:describe",
    "administration:describe",
}
EMPTIED = """form => {
  for (const it of form.elements) {
    if (it.type === 'radio' || it.type === 'checkbox') it.checked = false;
    else if (it.tagName !== 'BUTTON' && it.type !== 'hidden') it.value = '';
  }
  form.submit();
}"""
PLAIN_FORM = "main form[method=post][novalidate]:not([data-autosave])"


class Reader:
    """Looks at pages as one person after the other, and keeps what stands in somebody's way."""

    def __init__(self, page, server, client):
        self.page, self.server, self.client = page, server, client
        self.opened, self.sent, self.refused, self.found = set(), set(), set(), {}
        browser.speak(page.context, server, "sv")

    def be(self, person):
        self.page.context.clear_cookies(name="sessionid")
        self.client.logout()
        if person is not None:
            browser.sign_in(self.page.context, self.server, self.client, person)

    def open(self, name, url):
        """Look at a page, and at what it answers to its form when nothing is filled in."""
        answer = self.client.get(url)
        if answer.status_code != 200:
            return
        self.opened.add(name)
        if not answer["Content-Type"].startswith("text/html"):
            return
        self.go_to(url)
        self.look(url)
        if name not in self.refused and self.page.locator(PLAIN_FORM).count():
            self.send_empty(name, url)

    def go_to(self, url):
        self.page.set_viewport_size({"width": 1280, "height": 900})
        return self.page.goto(self.server.url + url)

    def send_empty(self, name, url):
        self.sent.add(name)
        with self.page.expect_navigation() as answered:
            self.page.locator(PLAIN_FORM).last.evaluate(EMPTIED)
        if answered.value.status == 422:
            self.refused.add(name)
            self.look(f"{url}, sent empty")

    def look(self, what):
        in_the_way = (
            browser.barriers(self.page),
            browser.colours_in_the_dark(self.page),
            browser.cut_off(self.page),
        )
        if any(in_the_way):
            self.found[what] = in_the_way

    def open_all(self, audience, keys, names=None):
        """Look at every address of an audience that these keys can fill."""
        for address in addresses_of(audience):
            if names is None or address.short in names:
                for url in address.filled(keys):
                    self.open(address.name, url + ASKED.get(address.short, ""))

    def has_seen_all(self, audience, keys):
        """See to it that nothing was in the way, nothing forgotten, and no empty form taken."""
        assert self.found == {}
        never_opened = {
            address.name
            for address in addresses_of(audience)
            if address.name not in self.opened and not self.is_for_posting(address, keys)
        }
        assert never_opened == set()
        assert self.sent - self.refused - NOTHING_TO_MISS == set()

    def is_for_posting(self, address, keys):
        return any(self.client.get(url).status_code == 405 for url in address.filled(keys))


def addresses_of(audience):
    left_out = ELSEWHERE | FOR_NOBODY | BY_FORM
    return [
        each for each in every_address() if each.audience == audience and each.name not in left_out
    ]


@pytest.fixture
def reader(page, live_server, client, clock):
    return Reader(page, live_server, client)


@pytest.fixture
def told(county, amina, goran, rania, ingrid, tomas):
    """One case at each state."""
    board = county.norsjo_board
    rania.protection = Protection.NONE
    rania.save(update_fields=["protection"])
    return {
        "whole": scenes.whole(amina, board, ingrid, tomas),
        "begun": scenes.begun(board, ingrid),
        "renewed": scenes.renewed(goran, board, ingrid),
        "decided": scenes.decided(board, ingrid),
        "shared": scenes.shared(board, ingrid),
        "closed": scenes.closed(board, ingrid),
        "hidden": scenes.hidden(rania, board, ingrid),
    }


def test_every_audience_is_looked_at_below():
    assert {each.audience for each in every_address()} == AUDIENCES | {"components"}


def test_pages_for_anyone(reader, county, amina, ingrid, tomas):
    story = scenes.whole(amina, county.norsjo_board, ingrid, tomas)
    target = practice_target()
    code = [*story.keys["code"][:1], "BCDF"]
    keys = {"standards": [target.pk], "code": code, "secret": ["0" * 32]}

    reader.be(None)
    reader.open_all("public", keys)
    reader.be(tomas)
    reader.open("public:target", reverse("public:target", args=[target.pk]))

    reader.has_seen_all("public", keys)


def test_pages_of_candidates(reader, told):
    reader.be(told["whole"].person)
    reader.open_all("candidate", told["whole"].keys)
    for state, names in AT_STATES.items():
        reader.be(told[state].person)
        # Who has one case begins at its page.
        reader.open_all("candidate", told[state].keys, names - {"case"} | {"home"})
    reader.be(PersonFactory(name="Noor"))
    reader.open_all("candidate", {})

    reader.be(told["whole"].person)
    reader.has_seen_all("candidate", told["whole"].keys)


def test_pages_of_those_who_work_with_cases(reader, told, ingrid):
    reader.be(ingrid)
    keys = told["whole"].keys | {"version": [CURRENT]}

    reader.open_all("validator", keys)
    for state, names in AT_STATES.items():
        reader.open_all("validator", told[state].keys, names - {"home"})
    for asked in ("?tab=let-in", "?tab=board", "?words=nobody"):
        reader.open("validator:cases", reverse("validator:cases") + asked)
    for asked in ("?by=point", "?show=missing", "?show=tests"):
        (url,) = (
            each
            for address in addresses_of("validator")
            if address.short == "overview"
            for each in address.filled(told["shared"].keys)
        )
        reader.open("validator:overview", url + asked)

    reader.has_seen_all("validator", keys)


def test_pages_of_those_who_have_no_case_yet(reader, lars, per_ola):
    reader.be(lars)
    for name in ("home", "cases", "protected"):
        reader.open(name, reverse(f"validator:{name}"))
    reader.be(per_ola)
    for name in ("home", "protected"):
        reader.open(name, reverse(f"assessor:{name}"))

    assert reader.found == {}


def test_pages_of_assessors(reader, county, amina, ingrid, tomas):
    story = scenes.whole(amina, county.norsjo_board, ingrid, tomas)
    target = practice_target()
    draft, *parts = whole(target, by=tomas)
    keys = story.keys | {"target": [target.pk], "draft": [draft.pk]}
    keys["part"] = [part.pk for part in parts]
    reader.be(tomas)

    reader.open_all("assessor", keys)

    reader.has_seen_all("assessor", keys)


@pytest.mark.parametrize(
    ("audience", "who"), [("coordinator", "lotta"), ("region", "maj"), ("administration", "asta")]
)
def test_pages_of_those_who_answer_for_others(request, reader, county, lars, maj, audience, who):
    person = request.getfixturevalue(who)
    # Each answers for colleagues of their own: the region for coordinators, others for staff.
    colleague = {"lotta": lars, "maj": request.getfixturevalue("lotta"), "asta": maj}[who]
    keys = {
        "people": [colleague.pk, lars.pk],
        "roles": [colleague.assignments.get().pk],
        "organisations": [county.norsjo_board.pk, county.region.pk],
        "municipalities": [county.norsjo.pk],
        "qualification": [lars.qualifications.get().pk],
    }
    reader.be(person)

    reader.open_all(audience, keys)

    reader.has_seen_all(audience, keys)


def test_opening_a_case_step_by_step(reader, county, amina, ingrid):
    registered(amina, county.norsjo_board, by=ingrid)
    reader.be(ingrid)

    for name, born in (("Dawit Tesfaye", "1990-05-17"), ("Amina Haddad", "1988-03-14")):
        reader.go_to(reverse("validator:register"))
        reader.page.locator("#id_name").fill(name)
        reader.page.locator("#id_birth_date").fill(born)
        with reader.page.expect_navigation():
            reader.page.locator(PLAIN_FORM).evaluate("form => form.submit()")
        reader.look(f"a new case for {name}")
        if name == "Dawit Tesfaye":
            reader.send_empty("validator:register_case", "the case, all else")

    assert reader.found == {}
    assert reader.refused == {"validator:register_case"}
    expect(reader.page.locator("h1#same")).to_be_visible()


def test_a_number_in_full(reader, county, amina, ingrid):
    case = registered(amina, county.norsjo_board, by=ingrid)
    IdentifierFactory(person=amina)
    reader.be(ingrid)
    reader.go_to(reverse("validator:case", args=[case.pk]))

    reader.page.locator("form[action$='/reveal/'] button").click()

    expect(reader.page.locator(".k-dl .k-strong")).to_be_visible()
    reader.look("a number in full")
    assert reader.found == {}


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without"])
def test_two_who_changed_the_same(reader, county, amina, ingrid, has_scripts):
    draft = scenes.begun(county.norsjo_board, ingrid).keys["mappings"][0]
    reader.be(ingrid)
    reader.go_to(reverse("validator:interview", kwargs={"pk": draft, "section": "goal"}))
    by = Mapping.objects.get(pk=draft).case.person
    words = given("goal/why", "لأنني أحب ذلك", by=by)
    mapping.answer(mapping_id=draft, given=[words], by=by, at=NOON)

    field = reader.page.locator("#why-original")
    if has_scripts:
        field.fill("Hon vill hjälpa")
    else:
        with reader.page.expect_navigation():
            field.evaluate("it => { it.value = 'Hon vill hjälpa'; it.form.submit(); }")

    expect(reader.page.get_by_role("radio", name="Yosef")).to_be_visible()
    reader.look("a conflict")
    assert reader.found == {}


def test_what_is_not_there_and_what_has_lain_too_long(reader, ingrid):
    for person in (None, ingrid):
        reader.be(person)
        assert reader.go_to("/work/nothing-here/").status == 404
        reader.look("not there")
    reader.page.context.clear_cookies(name="csrftoken")
    reader.go_to(reverse("validator:register"))
    reader.page.context.clear_cookies(name="csrftoken")
    with reader.page.expect_navigation() as answered:
        reader.page.locator(PLAIN_FORM).evaluate("form => form.submit()")
    assert answered.value.status == 403
    reader.look("lain too long")

    assert reader.found == {}
