"""Closing a case, and opening it again where it was left."""

from __future__ import annotations

import pytest

from kunnig.cases import actions
from kunnig.cases.models import Closing
from kunnig.cases.states import CaseState, Part
from tests.factories import AccessFactory
from tests.people import NOON
from tests.web.validator import faults_of, text_of, url


@pytest.fixture
def closed(case, ingrid):
    actions.close(case_id=case.pk, reason="Flyttade till Umeå", by=ingrid, at=NOON)
    return case


def test_a_case_is_closed_with_a_reason(knock, case):
    client = knock("ingrid")
    assert "Nothing is lost" in text_of(client.get(url("close", case.pk)))

    response = client.post(url("close", case.pk), {"reason": "Flyttade"})

    assert response.url == url("case", case.pk)
    case.refresh_from_db()
    assert case.standing is CaseState.CLOSED
    assert "The case is closed. All in it is kept." in text_of(client.get(response.url))


def test_a_closed_case_is_opened_again_with_a_reason(knock, closed):
    client = knock("karin")
    assert "Flyttade till Umeå" in text_of(client.get(url("reopen", closed.pk)))

    response = client.post(url("reopen", closed.pk), {"reason": "Kom tillbaka"})

    assert response.url == url("case", closed.pk)
    closed.refresh_from_db()
    assert closed.standing is CaseState.REGISTERED
    assert "The case is open again." in text_of(client.get(response.url))


@pytest.mark.parametrize("name", ["close", "reopen"])
def test_a_reason_is_asked_for(knock, case, ingrid, name):
    if name == "reopen":
        actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    response = knock("ingrid").post(url(name, case.pk), {"reason": " "})

    assert faults_of(response) == {"reason": ["Write why"]}


def test_what_is_closed_is_not_closed_twice(knock, closed):
    client = knock("ingrid")

    response = client.post(url("close", closed.pk), {"reason": "Flyttade"})

    assert "The case is closed." in faults_of(response)["__all__"][0]
    assert Closing.objects.get().reason == "Flyttade till Umeå"
    assert "<textarea" not in client.get(url("close", closed.pk)).content.decode()


def test_what_is_open_is_not_opened(knock, case):
    client = knock("ingrid")

    assert "The case is open." in text_of(client.get(url("reopen", case.pk)))
    response = client.post(url("reopen", case.pk), {"reason": "Kom tillbaka"})
    assert faults_of(response) == {"__all__": ["The case is open."]}


@pytest.mark.parametrize("name", ["close", "reopen"])
def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam, name):
    AccessFactory(case=case, person=mirjam, part=Part.INITIAL)

    response = knock("mirjam").post(url(name, case.pk), {"reason": "Flyttade"})

    assert "Only those who work with the whole case" in faults_of(response)["__all__"][0]
