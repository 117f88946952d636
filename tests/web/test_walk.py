"""A walk of every address as every role: what is not theirs is not there (house style 3.5)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.states import Part
from kunnig.people.states import Protection
from tests.addresses import every_address
from tests.people import NOON, TODAY
from tests.stories import handed_out, protected, registered, told, told_initial

pytestmark = pytest.mark.django_db

# Those who must see nothing of a case in Norsjö: the neighbour, the region, the administrator,
# a colleague who was not named, another candidate.
STRANGERS = ("petra", "maj", "asta", "mirjam", "goran")
# Those who see it by their role in the board, until the person is protected.
BOARD = ("karin", "eva", "lotta")
# Who opens the pages of a case in each audience, and how many lines of reading each page leaves.
AT_HOME = {"validator": "ingrid", "assessor": "tomas", "candidate": "amina"}
LINES = {"validator": 1, "assessor": 1, "candidate": 0}
# Keys that name no part of a case.
OTHER_KINDS = {
    "standards",
    "municipalities",
    "organisations",
    "roles",
    "qualification",
    "version",
    "secret",  # of an invitation: nothing is looked up by opening it
    "target",
    "draft",
    "part",
}
# What a page needs to be told beside its address.
ASKED = {"history_of_answer": {"path": "goal/wish", "side": "original"}}
NOT_THERE = {404, 405}


def pages_of(told_case):
    """Return every address that names a part of a told case."""
    keys = told_case.keys()
    return [
        (address, url)
        for address in every_address()
        if address.kinds and OTHER_KINDS.isdisjoint(address.kinds)
        for url in address.filled(keys)
    ]


def asked_for(client, address, url):
    return client.get(url, ASKED.get(address.name.partition(":")[2]))


def traces(told_case, secret):
    """Return what must never be read by those who must not know of the person."""
    born = told_case.person.birth_date
    return (
        secret,
        told_case.identifier.value,
        told_case.case.number,
        *told_case.person.name.split(),
        born.isoformat(),
        f"{born.day} {born:%B} {born.year}",
        f"{born:%B} {born.day}, {born.year}",
        f"{born:%Y%m%d}",
        *(paper.number for paper in told_case.papers),
    )


def found_in(response, marks):
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="ignore")
    return [mark for mark in marks if mark in text]


def enter(request, client, who):
    client.logout()
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)


@pytest.fixture
def aminas(amina, ingrid, county):
    """Amina's whole case, with papers."""
    return handed_out(told(amina, county.norsjo_board, by=ingrid), by=ingrid)


@pytest.fixture
def ranias(rania, ingrid, county):
    """Rania's whole case; she came to live under protection when all was told."""
    rania.protection = Protection.NONE
    rania.save(update_fields=["protection"])
    case = handed_out(told(rania, county.norsjo_board, by=ingrid, secret="viskning"), by=ingrid)
    return protected(case, by=ingrid)


@pytest.fixture
def gorans(goran, ingrid, county):
    """A case that the board may read: a crawl that finds nothing at all would prove nothing."""
    case = registered(goran, county.norsjo_board, by=ingrid, secret="timmerbil")
    told_initial(case, by=ingrid, secret="timmerbil")
    return case


@pytest.fixture
def tomas_let_in(aminas, tomas, ingrid):
    """Tomas the teacher, let in to both mappings of Amina's case."""
    for part in (Part.INITIAL, Part.IN_DEPTH):
        cases.let_in(
            case_id=aminas.case.pk,
            person=tomas,
            part=part,
            ground="Betygsätter",
            starts_on=TODAY,
            ends_on=None,
            by=ingrid,
            at=NOON,
        )


def test_every_kind_of_key_is_known_to_the_walk(aminas):
    kinds = {kind for address in every_address() for kind in address.kinds}

    assert kinds - OTHER_KINDS - {*aminas.keys()} == set()


def test_strangers_find_nothing_of_a_case_at_any_address(request, client, aminas):
    opened, marks = {}, traces(aminas, "hemlighetsord")

    for who in STRANGERS:
        enter(request, client, who)
        for address, url in pages_of(aminas):
            response = asked_for(client, address, url)
            found = found_in(response, marks)
            if found or (not address.is_open and response.status_code not in NOT_THERE):
                opened[who, url] = (response.status_code, found)

    assert opened == {}


def test_strangers_change_nothing_at_any_address(request, client, aminas):
    lines, answers = Entry.objects.count(), {}

    for who in STRANGERS:
        enter(request, client, who)
        for address, url in pages_of(aminas):
            response = client.post(url, {})
            if not address.is_open and response.status_code not in NOT_THERE:
                answers[who, url] = response.status_code

    assert answers == {}
    assert Entry.objects.count() == lines


def test_those_signed_out_are_asked_to_sign_in_and_open_pages_hold_nothing(client, aminas):
    answers, marks = {}, traces(aminas, "hemlighetsord")

    for address in every_address():
        for url in address.filled(aminas.keys()):
            response = asked_for(client, address, url)
            found = found_in(response, marks)
            if found or (not address.is_open and response.status_code != 302):
                answers[url] = (response.status_code, found)

    assert answers == {}


def test_a_protected_person_is_found_nowhere_by_those_not_named(request, client, ranias, gorans):
    met, seen, marks = {}, {}, traces(ranias, "viskning")

    for who in [*STRANGERS, *BOARD, "lars", "tomas", "nobody"]:
        enter(request, client, who)
        pages = dict(crawl(client))
        seen[who] = [url for url, answer in pages.items() if b"timmerbil" in answer.content]
        if who in BOARD:
            pages |= {url: asked_for(client, address, url) for address, url in pages_of(ranias)}
        met |= {
            (who, url): found for url, answer in pages.items() if (found := found_in(answer, marks))
        }

    assert met == {}
    # The crawl goes where something could have been found.
    assert {who for who, urls in seen.items() if urls} == {*BOARD, "goran"}


def crawl(client, most=150):
    """Yield every page that links lead to from those without keys, as the one signed in."""
    waiting = [url for address in every_address() for url in address.filled({}) if url]
    seen = set()
    while waiting and len(seen) < most:
        url = waiting.pop()
        if url in seen or not url.startswith("/") or url.startswith(("//", "/static/")):
            continue
        seen.add(url)
        response = client.get(url)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/"):
            yield url, response
            links = re.findall(r'href="([^"#]+)', response.content.decode())
            waiting += [urljoin(url, link.replace("&amp;", "&")) for link in links]


def test_searches_never_find_a_protected_person(client, ranias, gorans, ingrid):
    client.force_login(ingrid)
    listed = {}

    for tab in ("mine", "let-in", "board"):
        for person in (ranias.person, gorans.person):
            words = {"tab": tab, "words": person.name.split()[0]}
            body = client.get(reverse("validator:cases"), words).content.decode()
            listed[tab, person] = ranias.case.number in body or gorans.number in body

    assert not any(listed[tab, ranias.person] for tab in ("mine", "let-in", "board"))
    assert listed["mine", gorans.person]


def test_each_page_opens_to_the_right_one_and_leaves_one_line_of_who_read(
    request, client, aminas, tomas_let_in
):
    wrong, not_opened = {}, set()

    for audience, who in AT_HOME.items():
        enter(request, client, who)
        ours = [
            address
            for address in every_address()
            if address.is_of_a_case and address.audience == audience
        ]
        for address in ours:
            answers = []
            for url in address.filled(aminas.keys()):
                before = Entry.objects.filter(is_reading=True).count()
                answers.append(asked_for(client, address, url).status_code)
                lines = Entry.objects.filter(is_reading=True).count() - before
                least = LINES[audience] if answers[-1] == 200 else 0
                if not least <= lines <= LINES[audience]:
                    wrong[url] = (answers[-1], lines)
            if not {200, 405} & {*answers}:
                not_opened.add((address.name, *answers))

    assert wrong == {}
    assert not_opened == set()


def test_each_named_one_opens_a_protected_case(client, ranias, ingrid):
    client.force_login(ingrid)

    response = client.get(reverse("validator:case", args=[ranias.case.pk]))

    assert response.status_code == 200
    assert "viskning" in response.content.decode()
