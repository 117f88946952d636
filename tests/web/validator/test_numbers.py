"""The numbers a person is known by: noted, shown masked, shown in full when asked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kunnig.audit.models import Entry
from kunnig.cases.states import Part
from kunnig.people.models import Identifier
from tests.factories import AccessFactory, IdentifierFactory
from tests.web.validator import faults_of, links_of, text_of, url

WRITTEN = {"kind": "other", "number": "50-123456", "issuer": "Migrationsverket"}


@pytest.fixture
def number(case):
    return IdentifierFactory(person=case.person, value="50-123456")


# Noting.


def test_a_number_is_noted_and_shown_masked(knock, case, amina):
    client = knock("ingrid")

    response = client.post(url("identifier", case.pk), WRITTEN)

    assert response.url == url("case", case.pk)
    page = text_of(client.get(response.url))
    assert "The number is noted." in page
    assert "Migrationsverket ••••" in page
    assert "50-123456" not in page


def test_a_second_click_notes_it_once(knock, case):
    client = knock("ingrid")

    for _ in range(2):
        client.post(url("identifier", case.pk), WRITTEN)

    assert Identifier.objects.count() == 1


@pytest.mark.parametrize(
    ("fault", "beside"),
    [({"kind": ""}, "kind"), ({"number": ""}, "number"), ({"issuer": ""}, "issuer")],
)
def test_a_fault_is_told_beside_its_field(knock, case, fault, beside):
    response = knock("ingrid").post(url("identifier", case.pk), WRITTEN | fault)

    assert list(faults_of(response)) == [beside]


def test_a_number_that_is_taken_is_refused_without_saying_by_whom(knock, case, goran):
    IdentifierFactory(
        person=goran, issuer="Migrationsverket", value="50-123456", authority=case.board_id
    )

    response = knock("ingrid").post(url("identifier", case.pk), WRITTEN)

    assert "cannot be noted here" in faults_of(response)["number"][0]
    assert "Göran" not in response.content.decode()


def test_one_let_in_to_a_part_notes_nothing(knock, case, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.INITIAL)

    assert knock("mirjam").post(url("identifier", case.pk), WRITTEN).status_code == 422
    assert not Identifier.objects.exists()


# Showing in full.


def test_a_number_is_shown_in_full_once_and_that_is_noted(knock, case, number):
    client = knock("ingrid")
    assert url("reveal", case.pk, number.pk) in links_of(client.get(url("case", case.pk)))

    response = client.post(url("reveal", case.pk, number.pk))

    assert "50-123456" in text_of(response)
    assert "no-store" in response["Cache-Control"]
    assert Entry.objects.filter(verb="identifier.read", about=str(case.person_id)).count() == 1
    assert "50-123456" not in text_of(client.get(url("case", case.pk)))


def test_asking_alone_shows_nothing(knock, case, number):
    assert knock("ingrid").get(url("reveal", case.pk, number.pk)).status_code == 405


def test_one_let_in_to_a_part_is_sent_back_with_the_reason(knock, case, number, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    response = knock("mirjam").post(url("reveal", case.pk, number.pk), follow=True)

    assert "Only those who work with the whole case" in text_of(response)
    assert "50-123456" not in response.content.decode()


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "asta", "amina"])
def test_strangers_see_nothing(knock, case, number, who):
    assert knock(who).post(url("reveal", case.pk, number.pk)).status_code == 404
    assert not Entry.objects.filter(verb="identifier.read").exists()


def test_somebody_else_s_number_is_not_there(knock, case, goran):
    other = IdentifierFactory(person=goran)
    client = knock("ingrid")

    assert client.post(url("reveal", case.pk, other.pk)).status_code == 404
    assert client.post(url("reveal", case.pk, uuid4())).status_code == 404
