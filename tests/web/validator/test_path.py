"""Choosing the way after the initial mapping, and choosing anew."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.translation import override

from kunnig.cases.models import Case, PathDecision
from kunnig.cases.states import CaseState, Part, Path
from tests.factories import AccessFactory
from tests.web.validator import cost_of, faults_of, text_of, url


@pytest.fixture
def mapped(case):
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPED)
    return case


def written(**others):
    return {
        "path": "validation",
        "reason": "Antagen till kursen",
        "decided_on": "2026-11-25",
        "operation": str(uuid4()),
    } | others


def test_every_way_is_offered_and_explained(knock, mapped):
    page = text_of(knock("ingrid").get(url("path", mapped.pk)))

    for path in Path:
        assert str(path.label) in page
    assert "An in-depth mapping follows." in page


def test_the_way_is_decided_and_the_case_shows_it(knock, mapped):
    client = knock("ingrid")

    response = client.post(url("path", mapped.pk), written())

    assert response.url == url("case", mapped.pk)
    page = text_of(client.get(response.url))
    assert "The way is decided." in page
    assert "Antagen till kursen" in page


def test_a_decision_is_replaced_and_kept(knock, mapped):
    client = knock("ingrid")
    client.post(url("path", mapped.pk), written(path="awaiting_admission", reason="Har sökt"))
    client.post(url("path", mapped.pk), written())

    page = text_of(client.get(url("path", mapped.pk)))

    assert page.index("Holds now") < page.index("Antagen till kursen") < page.index("Har sökt")
    assert "Decide anew" in page


def test_a_second_click_decides_once(knock, mapped):
    client, answer = knock("ingrid"), written()

    for _ in range(2):
        assert client.post(url("path", mapped.pk), answer).status_code == 302

    assert PathDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("fault", "beside", "words"),
    [
        ({"path": ""}, "path", "Choose a way"),
        ({"reason": " "}, "reason", "Write why this way was chosen"),
        ({"decided_on": ""}, "decided_on", "Write the day of the decision"),
        (
            {"decided_on": "2009-11-24"},
            "decided_on",
            "The case was opened on 2026-11-25. The decision cannot have been made before.",
        ),
        ({"decided_on": "2026-11-26"}, "decided_on", "The day of the decision lies ahead."),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_lost(knock, mapped, fault, beside, words):
    response = knock("ingrid").post(url("path", mapped.pk), written() | fault)

    assert faults_of(response) == {beside: [words]}
    for value in (written() | fault).values():
        assert value == fault.get(beside) or value in response.content.decode() or "-" in value
    assert not PathDecision.objects.exists()


def test_before_the_mapping_is_locked_the_page_says_what_is_missing(knock, case):
    client = knock("ingrid")

    response = client.get(url("path", case.pk))
    answer = client.post(url("path", case.pk), written())

    words = "The path is decided after the initial mapping is approved and locked."
    assert words in text_of(response)
    assert "<textarea" not in response.content.decode()
    assert faults_of(answer) == {"__all__": [words]}


def test_one_let_in_to_a_part_is_told_why_not(knock, mapped, mirjam):
    AccessFactory(case=mapped, person=mirjam, part=Part.IN_DEPTH)

    answer = knock("mirjam").post(url("path", mapped.pk), written())

    assert "Only those who work with the whole case" in faults_of(answer)["__all__"][0]
    assert not PathDecision.objects.exists()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_often_it_was_decided(knock, mapped, how_many):
    client = knock("ingrid")
    for _ in range(how_many):
        client.post(url("path", mapped.pk), written(), follow=True)

    assert cost_of(client, url("path", mapped.pk)) == 7


def test_the_ways_are_told_in_the_reader_s_language(knock, mapped):
    client = knock("ingrid")
    client.cookies["kunnig_language"] = "sv"

    page = text_of(client.get(url("path", mapped.pk)))

    with override("sv"):
        words = [str(path.label) for path in Path]
    assert [each for each in words if each not in page] == []
    assert "Guidance only" not in page
