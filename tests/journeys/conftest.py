"""A server, its clock, and the devices at which people sit."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kunnig.people import actions as people
from kunnig.people.formats import identifiers
from kunnig.people.states import IdentifierKind
from tests import browser
from tests.journeys.hands import WAYS
from tests.people import NOON
from tests.syllabuses import a_course_to_map

PATIENCE = 30_000  # milliseconds: a busy machine is slow, not wrong
HER_NUMBER = "19880314-2382"
PASSWORD = "tre lugna älgar"


class Clock:
    """The time at the edge: it runs as time does, from noon on, until a day is let go by."""

    def __init__(self):
        self.began, self.away = time.monotonic(), timedelta(0)

    def now(self):
        return NOON + self.away + timedelta(seconds=time.monotonic() - self.began)

    def go_on(self, **some):
        self.away += timedelta(**some)


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr("kunnig.web.http.timezone.now", found.now)
    return found


@pytest.fixture
def sit_down(request, live_server, new_context, clock):
    """Let somebody sit down at a device of their own, as one kind of hands acts on it."""
    expect.set_options(timeout=PATIENCE)
    faults = []

    def at(way, *, language):
        kind = WAYS[way]
        context = new_context(**kind.SCREEN)
        context.set_default_timeout(PATIENCE)
        browser.speak(context, live_server, language)
        page = context.new_page()
        faults.append(browser.watched(page))
        return kind(page, live_server.url, language)

    yield at
    assert [fault for each in faults for fault in each] == []
    expect.set_options(timeout=5_000)


@pytest.fixture
def amina_signs_in(amina):
    """Amina was met once: she has a number, a user name and a password."""
    number = identifiers.read(IdentifierKind.PERSONAL_NUMBER, HER_NUMBER, on=NOON.date(), issuer="")
    people.add_identifier(person_id=amina.pk, number=number, by=amina, at=NOON)
    return with_password(amina)


@pytest.fixture
def ingrid_signs_in(ingrid):
    return with_password(ingrid)


def with_password(person):
    return people.set_password(person_id=person.pk, password=PASSWORD, by=person, at=NOON)


@pytest.fixture
def course(db):
    """The agency's first course in care, or an example of ours where it was not fetched."""
    return a_course_to_map()
