"""The lists of cases: one's own, those one is let in to, those of the board."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.cases import actions
from kunnig.cases.models import Case
from kunnig.cases.states import CaseState, Part
from kunnig.people.states import Protection
from tests.factories import AccessFactory, CaseFactory, PersonFactory
from tests.people import NOON
from tests.web.validator import cost_of, links_of, text_of, url

CASES = "/work/cases/"


def names(response):
    return [row.name for row in response.context["rows"]]


def tabs(response):
    return [(str(tab.words), tab.is_current) for tab in response.context["tabs"]]


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("ingrid", [("My cases", True), ("I am let in", False)]),
        ("karin", [("My cases", True), ("I am let in", False), ("All of the board", False)]),
        ("eva", [("All of the board", True), ("My cases", False), ("I am let in", False)]),
        ("lotta", [("All of the board", True), ("My cases", False), ("I am let in", False)]),
    ],
)
def test_everyone_is_offered_the_lists_they_have(knock, who, offered):
    assert tabs(knock(who).get(CASES)) == offered


def test_one_s_own_cases_are_those_one_is_responsible_for(knock, case):
    response = knock("ingrid").get(CASES)

    assert names(response) == ["Amina Haddad"]
    assert url("case", case.pk) in links_of(response)
    assert names(knock("karin").get(CASES)) == []


def test_those_let_in_are_colleagues_cases(knock, case, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    assert names(knock("mirjam").get(CASES, {"tab": "let-in"})) == ["Amina Haddad"]
    assert names(knock("ingrid").get(CASES, {"tab": "let-in"})) == []


@pytest.mark.parametrize("who", ["karin", "eva", "lotta"])
def test_the_board_s_cases_are_listed_for_its_leaders(knock, case, who):
    assert names(knock(who).get(CASES, {"tab": "board"})) == ["Amina Haddad"]


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra"])
@pytest.mark.parametrize("tab", ["mine", "let-in", "board"])
def test_nobody_else_finds_the_case_in_any_list(knock, case, who, tab):
    response = knock(who).get(CASES, {"tab": tab})

    assert names(response) == []
    assert case.number not in text_of(response)


@pytest.mark.parametrize("tab", ["mine", "let-in", "board"])
def test_a_protected_person_is_in_no_list_not_even_of_the_named(knock, case, ingrid, tab):
    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    for who in ("ingrid", "karin"):
        response = knock(who).get(CASES, {"tab": tab, "words": "amina"})
        assert names(response) == []
        assert "Haddad" not in text_of(response)


def test_a_search_keeps_the_list_it_was_made_in(knock, case, county):
    CaseFactory(person=PersonFactory(name="Göran Åström"), board=county.norsjo_board)

    response = knock("karin").get(CASES, {"tab": "board", "words": "åström", "state": ""})

    assert names(response) == ["Göran Åström"]
    assert "?tab=mine&amp;words=%C3%A5str%C3%B6m" in response.content.decode()
    assert names(knock("karin").get(CASES, {"tab": "board", "words": case.number})) == [
        "Amina Haddad"
    ]


def test_a_list_is_narrowed_by_state(knock, case, county):
    mapped = CaseFactory(person=PersonFactory(name="Mikko Niemi"), board=county.norsjo_board)
    Case.objects.filter(pk=mapped.pk).update(state=CaseState.MAPPED)
    client = knock("karin")

    assert names(client.get(CASES, {"tab": "board", "state": "mapped"})) == ["Mikko Niemi"]
    assert len(names(client.get(CASES, {"tab": "board", "state": "nonsense"}))) == 2


def test_a_search_without_a_find_leads_back_to_the_whole_list(knock, case):
    response = knock("ingrid").get(CASES, {"words": "nobody"})

    assert "No case is found" in text_of(response)
    assert "?tab=mine" in links_of(response)


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("mine", "cases that you are responsible for"),
        ("let-in", "When a colleague lets you in"),
        ("board", "The cases of your board"),
    ],
)
def test_an_empty_list_says_what_will_come_there(knock, tab, words):
    assert words in text_of(knock("karin").get(CASES, {"tab": tab}))


def test_a_long_list_is_read_page_by_page(knock, county):
    for number in range(26):
        CaseFactory(board=county.norsjo_board, registered_at=NOON - timedelta(hours=number))
    client = knock("karin")

    first = client.get(CASES, {"tab": "board"})
    second = client.get(CASES, {"tab": "board", "page": "2"})

    assert (len(names(first)), len(names(second))) == (25, 1)
    assert first.context["pages"] == {"previous": "", "following": "?tab=board&page=2"}
    assert second.context["pages"] == {"previous": "?tab=board&page=1", "following": ""}


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("tab", ["mine", "let-in", "board"])
def test_a_list_costs_the_same_however_long(knock, karin, county, tab, how_many):
    for _ in range(how_many):
        CaseFactory(board=county.norsjo_board, responsible=karin)
        AccessFactory(case=CaseFactory(board=county.norsjo_board), person=karin)

    # session, person, assignments, rows, whether one is named in a protected case
    assert cost_of(knock("karin"), f"{CASES}?tab={tab}") == 5


def test_only_the_named_are_told_that_there_is_a_page_of_numbers(knock, case, ingrid):
    assert url("protected") not in links_of(knock("ingrid").get(CASES))

    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    assert url("protected") in links_of(knock("ingrid").get(CASES))
    assert url("protected") not in links_of(knock("karin").get(CASES))
