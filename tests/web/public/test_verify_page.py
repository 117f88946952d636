"""The page where anyone checks a paper by its code."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.credentials import actions
from kunnig.kernel import numbers
from kunnig.people.states import Protection
from tests.factories import NOON, CaseFactory, PaperFactory, newer_version

UNCHANGED = "Unchanged. Not an assessment."
REPLACED = "Replaced by a newer one"
UNKNOWN = "We know no paper with this code"


@pytest.fixture
def paper(amina):
    return PaperFactory(mapping__case=CaseFactory(person=amina))


def ask(client, code, **more):
    return client.post(reverse("public:verify"), {"code": code}, **more)


def point_at(client, code, **more):
    return client.get(reverse("public:verify_code", args=[code]), **more)


def words(response):
    return " ".join(response.content.decode().split())


def test_anyone_may_ask(client, db):
    response = client.get(reverse("public:verify"))

    assert response.status_code == 200
    assert "It stands beside the square" in words(response)


@pytest.mark.parametrize("way", [ask, point_at])
def test_a_stranger_is_told_what_it_is_and_that_nobody_has_assessed_it(client, paper, way):
    response = way(client, paper.code)

    told = words(response)
    assert response.status_code == 200
    for word in (
        UNCHANGED,
        "Nobody has assessed it.",
        "Summary of initial mapping",
        "25 November 2026",
        "Utbildningsnämnden, Norsjö kommun",
        paper.code_shown,
    ):
        assert word in told


@pytest.mark.parametrize("way", [ask, point_at])
def test_no_more_is_shown_than_the_person_chose(client, paper, amina, way):
    said = words(way(client, paper.code))

    assert "The person has not chosen to show it here." in said
    for secret in (amina.name, "1984", "undersköterska", paper.number, paper.case.number):
        assert secret not in said


def test_the_name_is_shown_when_the_person_chose_so(client, paper, amina):
    actions.choose(paper_id=paper.pk, shows_name=True, by=amina, at=NOON)

    assert amina.name in words(ask(client, paper.code))


@pytest.mark.parametrize("way", [ask, point_at])
def test_a_replaced_paper_says_so(client, paper, way):
    newer_version(paper.mapping)

    response = way(client, paper.code)

    assert REPLACED in words(response)
    assert UNCHANGED not in words(response)


@pytest.mark.parametrize("way", [ask, point_at])
def test_the_result_stands_first_in_the_title(client, paper, way):
    assert f"<title>{UNCHANGED} – Check a paper" in words(way(client, paper.code))


@pytest.mark.parametrize("way", [ask, point_at])
def test_an_unknown_code_shows_nothing(client, paper, way):
    said = words(way(client, numbers.unguessable()))

    assert UNKNOWN in said
    assert "Norsjö" not in said


@pytest.mark.parametrize("way", [ask, point_at])
def test_a_protected_persons_paper_gives_the_very_same_page_as_an_unknown_code(
    client, paper, amina, way
):
    amina.protection = Protection.SECRECY_MARKING
    amina.save()
    unknown = numbers.unguessable()

    theirs, nobodys = way(client, paper.code), way(client, unknown)

    def without_codes(response, code):
        told = words(response).replace(code, "").replace(numbers.grouped(code), "")
        return told.replace(str(response.context["csrf_token"]), "")

    assert theirs.status_code == nobodys.status_code
    assert without_codes(theirs, paper.code) == without_codes(nobodys, unknown)
    # A second may pass between the two.
    own = {"Content-Length", "Expires"}
    assert {name: value for name, value in theirs.items() if name not in own} == {
        name: value for name, value in nobodys.items() if name not in own
    }
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Write the code that stands beside the square."),
        ("   ", "Write the code that stands beside the square."),
        ("KQ7X-M4PD", "A code has 20 letters and digits; this has 8."),
        ("2026-XKQ7M", "The number of the paper is something else."),
        ("x" * 121, "Ensure this value has at most 120 characters"),
    ],
)
def test_what_is_no_code_is_said_beside_the_field_and_kept(client, db, typed, message):
    response = ask(client, typed)

    assert response.status_code == 422
    assert message in words(response)
    assert f'value="{typed.strip()}"' in words(response) or not typed.strip()


def test_a_code_in_small_letters_with_spaces_is_understood(client, paper):
    assert UNCHANGED in words(ask(client, paper.code_shown.lower().replace("-", " ")))


@pytest.mark.parametrize("code", ["x", "2026-XKQ7M", "%E2%98%83" * 20, "a" * 2000, "<b>"])
def test_an_address_that_holds_no_code_is_answered_like_an_unknown_one(client, db, code):
    response = client.get(f"/verify/{code}/")

    assert response.status_code == 200
    assert UNKNOWN in words(response)
    assert "<b>" not in words(response).split("<main", 1)[1]


@pytest.mark.parametrize("way", [ask, point_at])
def test_an_answer_is_kept_nowhere_and_told_to_no_other_site(client, paper, way):
    response = way(client, paper.code)

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"


def ask_without_end(client, **more):
    for _ in range(actions.MOST_ATTEMPTS):
        assert point_at(client, numbers.unguessable(), **more).status_code == 200


@pytest.mark.parametrize("way", [ask, point_at])
def test_who_asks_without_end_is_asked_to_wait_and_keeps_the_code(client, paper, way):
    ask_without_end(client)

    response = way(client, paper.code)

    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "Wait ten minutes." in words(response)
    assert f'value="{paper.code_shown}"' in words(response)
    assert UNCHANGED not in words(response)


def test_another_address_need_not_wait(client, paper):
    ask_without_end(client)

    response = ask(client, paper.code, REMOTE_ADDR="192.0.2.99")

    assert response.status_code == 200


def test_one_house_has_many_addresses_of_the_newer_kind(client, paper):
    for number in range(actions.MOST_ATTEMPTS):
        point_at(client, numbers.unguessable(), REMOTE_ADDR=f"2001:db8:1:2::{number:x}")

    assert ask(client, paper.code, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert ask(client, paper.code, REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_behind_a_proxy_the_proxy_says_who_asks(client, paper, settings):
    settings.BEHIND_TLS = True
    asker = {"headers": {"x-forwarded-for": "203.0.113.1, 192.0.2.5"}}
    ask_without_end(client, **asker)

    # What the asker itself wrote before the proxy's word changes nothing.
    forged = {"headers": {"x-forwarded-for": "203.0.113.77, 192.0.2.5"}}
    other = {"headers": {"x-forwarded-for": "203.0.113.1, 192.0.2.6"}}
    assert point_at(client, paper.code, **forged).status_code == 429
    assert point_at(client, paper.code, **other).status_code == 200


def test_the_person_who_checks_their_own_paper_leaves_no_line(client, paper, amina):
    client.force_login(amina)

    assert UNCHANGED in words(ask(client, paper.code))
    assert not Entry.objects.exists()


def test_a_stranger_leaves_a_line_that_the_person_reads(client, paper, amina):
    point_at(client, paper.code)

    client.force_login(amina)
    said = words(client.get(reverse("candidate:readings")))
    assert "One of your papers, checked by its code" in said
    assert "Somebody who has the code" in said
