"""Changing what the board has noted of a case."""

from __future__ import annotations

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions
from kunnig.cases.states import Part
from tests.factories import AccessFactory
from tests.people import NOON
from tests.stories import SECRET
from tests.web.validator import cost_of, faults_of, text_of, url

WRITTEN = {
    "goal": "Kock",
    "purpose": "Vill byta arbete",
    "own_reference": "UN 2026/9",
    "language": "so",
    "needs_interpreter": "yes",
}


def test_the_form_holds_what_is_noted_now(knock, case):
    page = knock("ingrid").get(url("details", case.pk)).content.decode()

    assert f'value="Arbeta inom vården {SECRET}"' in page
    assert f"Vill läsa {SECRET}</textarea>" in page
    assert '<option value="ar" selected>' in page


def test_details_are_changed_and_the_case_is_shown(knock, case):
    client = knock("karin")

    response = client.post(url("details", case.pk), WRITTEN)

    assert response.url == url("case", case.pk)
    case.refresh_from_db()
    assert (case.goal, case.language, case.needs_interpreter) == ("Kock", "so", True)
    assert "The details are changed." in text_of(client.get(response.url))


@pytest.mark.parametrize(
    ("written", "beside"),
    [
        ({"language": ""}, "language"),
        ({"language": "xx"}, "language"),
        ({"needs_interpreter": ""}, "needs_interpreter"),
        ({"goal": "K" * 201}, "goal"),
        ({"own_reference": "1" * 61}, "own_reference"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_lost(knock, case, written, beside):
    response = knock("ingrid").post(url("details", case.pk), WRITTEN | written)

    assert list(faults_of(response)) == [beside]
    assert "Vill byta arbete" in response.content.decode()
    assert not Entry.objects.filter(verb="case.changed").exists()


def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)
    client = knock("mirjam")

    page = text_of(client.get(url("details", case.pk)))
    answer = client.post(url("details", case.pk), WRITTEN)

    assert "Only those who work with the whole case can do this." in page
    assert SECRET not in page
    assert "Only those who work" in faults_of(answer)["__all__"][0]


def test_a_closed_case_says_that_it_is_closed(knock, case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    response = knock("ingrid").get(url("details", case.pk))

    assert "The case is closed. Open it again first." in text_of(response)
    assert "<textarea" not in response.content.decode()


def test_what_it_costs(knock, case):
    assert cost_of(knock("ingrid"), url("details", case.pk)) <= 6
