"""Changing who is responsible for a case."""

from __future__ import annotations

import pytest

from kunnig.cases.states import Part
from tests.factories import AccessFactory, CaseFactory
from tests.web.validator import faults_of, text_of, url


def test_those_who_work_with_cases_in_the_board_are_offered(
    knock, case, karin, lars, lotta, eva, mirjam, petra
):
    page = knock("ingrid").get(url("responsible", case.pk)).content.decode()

    for person in (karin, lars, lotta):
        assert f'<option value="{person.pk}"' in page
    for person in (eva, mirjam, petra):
        assert f'<option value="{person.pk}"' not in page


def test_a_colleague_takes_over(knock, case, karin):
    client = knock("ingrid")

    response = client.post(url("responsible", case.pk), {"person": str(karin.pk)})

    assert response.url == url("case", case.pk)
    case.refresh_from_db()
    assert case.responsible == karin
    assert "Karin Lundmark is responsible for the case." in text_of(client.get(response.url))


def test_a_leader_finds_somebody_for_a_case_that_has_nobody(knock, goran, ingrid, county):
    case = CaseFactory(person=goran, board=county.norsjo_board)

    knock("eva").post(url("responsible", case.pk), {"person": str(ingrid.pk)})

    assert knock("ingrid").get(url("case", case.pk)).status_code == 200


@pytest.mark.parametrize("who", ["", "petra", "eva"])
def test_nobody_else_can_be_chosen(knock, request, case, ingrid, who):
    key = str(request.getfixturevalue(who).pk) if who else ""

    response = knock("ingrid").post(url("responsible", case.pk), {"person": key})

    assert list(faults_of(response)) == ["person"]
    case.refresh_from_db()
    assert case.responsible == ingrid


@pytest.mark.parametrize(
    ("part", "reason"), [(Part.WHOLE, "Only the one"), (Part.INITIAL, "whole")]
)
def test_those_who_may_not_are_told_why(knock, case, lars, part, reason):
    AccessFactory(case=case, person=lars, part=part)
    client = knock("lars")

    response = client.get(url("responsible", case.pk))

    assert reason in text_of(response)
    assert "<select" not in response.content.decode().partition("<main")[2]
    assert client.post(url("responsible", case.pk), {"person": str(lars.pk)}).status_code == 422
