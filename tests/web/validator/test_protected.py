"""The cases of protected people: numbers without names, for the named."""

from __future__ import annotations

import pytest

from kunnig.cases import actions
from kunnig.people.states import Protection
from tests.factories import AccessFactory, CaseFactory, PersonFactory
from tests.people import NOON
from tests.web.validator import cost_of, links_of, text_of, url

PROTECTED = "/work/cases/protected/"


@pytest.fixture
def protected_case(case, ingrid):
    return actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)


def test_the_named_find_the_number_and_no_name(knock, protected_case):
    response = knock("ingrid").get(PROTECTED)

    assert protected_case.number in text_of(response)
    assert url("case", protected_case.pk) in links_of(response)
    assert "Amina" not in response.content.decode()
    assert "hemlighetsord" not in response.content.decode()


@pytest.mark.parametrize("who", ["karin", "eva", "lotta", "lars", "petra"])
def test_nobody_else_finds_anything(knock, protected_case, who):
    response = knock(who).get(PROTECTED)

    assert protected_case.number not in text_of(response)
    assert "You are not named in any protected case" in text_of(response)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_many(knock, ingrid, county, how_many):
    for _ in range(how_many):
        person = PersonFactory(protection=Protection.SECRECY_MARKING)
        AccessFactory(case=CaseFactory(person=person, board=county.norsjo_board), person=ingrid)

    assert cost_of(knock("ingrid"), PROTECTED) == 4
