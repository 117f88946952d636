"""What the person needs: noted, replaced and kept, for those let in to it."""

from __future__ import annotations

import pytest

from kunnig.cases import actions, queries
from kunnig.cases.models import Adaptation
from kunnig.cases.states import Part
from tests.factories import AccessFactory
from tests.people import NOON
from tests.web.validator import cost_of, faults_of, text_of, url


def test_what_is_noted_now_stands_before_what_was_noted_earlier(knock, case):
    client = knock("ingrid")

    response = client.post(url("adaptations", case.pk), {"text": "Pauser var tjugonde minut"})

    assert response.url == url("adaptations", case.pk)
    page = text_of(client.get(response.url))
    assert "The adaptations are noted." in page
    assert page.index("Noted now") < page.index("Pauser var tjugonde minut")
    assert page.index("Pauser var tjugonde minut") < page.index("Noted earlier")
    assert page.index("Noted earlier") < page.index("Behöver stor text")


def test_a_second_click_notes_it_once(knock, case):
    client = knock("ingrid")

    for _ in range(2):
        client.post(url("adaptations", case.pk), {"text": "Pauser"})

    assert Adaptation.objects.filter(text="Pauser").count() == 1


def test_nothing_is_not_noted(knock, case):
    response = knock("ingrid").post(url("adaptations", case.pk), {"text": "  "})

    assert faults_of(response) == {"text": ["Write what the person needs"]}


@pytest.mark.parametrize("who", ["karin", "eva", "lotta"])
def test_a_role_neither_shows_nor_notes_them(knock, case, who):
    client = knock(who)

    page = text_of(client.get(url("adaptations", case.pk)))
    answer = client.post(url("adaptations", case.pk), {"text": "Pauser"})

    assert "Adaptations are shown only to those let in to them." in page
    assert "Behöver stor text" not in page
    assert answer.status_code == 422
    assert "Behöver stor text" not in text_of(answer)
    assert queries.adaptations_of(case).count() == 1


def test_one_let_in_to_them_and_nothing_else_notes_them(knock, case, tomas):
    AccessFactory(case=case, person=tomas, part=Part.ADAPTATIONS)

    assert knock("tomas").post(url("adaptations", case.pk), {"text": "Pauser"}).status_code == 302


def test_in_a_closed_case_they_are_read_but_not_written(knock, case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    page = text_of(knock("ingrid").get(url("adaptations", case.pk)))

    assert "The case is closed." in page
    assert "Behöver stor text" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_much_was_noted(knock, case, ingrid, how_many):
    for number in range(how_many):
        actions.note_adaptation(case_id=case.pk, text=f"Behov {number}", by=ingrid, at=NOON)

    assert cost_of(knock("ingrid"), url("adaptations", case.pk)) == 7
