"""Marking a person as protected, and lifting it."""

from __future__ import annotations

import pytest

from kunnig.cases import actions
from kunnig.cases.states import Part
from kunnig.people.states import Protection
from tests.factories import AccessFactory
from tests.people import NOON
from tests.web.validator import faults_of, text_of, url

LEVELS = [level for level in Protection if level is not Protection.NONE]


def test_what_follows_is_told_before_it_is_done(knock, case):
    page = text_of(knock("ingrid").get(url("protect", case.pk)))

    assert "You are named in the case" in page
    assert "is shut out at once" in page
    assert "leave every list, search and count" in page


@pytest.mark.parametrize("level", LEVELS)
def test_marking_shuts_colleagues_out_and_keeps_the_one_who_marks(knock, case, level):
    client = knock("karin")

    response = client.post(url("protect", case.pk), {"level": level.value})

    assert response.url == url("case", case.pk)
    assert "The protection is noted." in text_of(client.get(response.url))
    for who, status in (("karin", 200), ("ingrid", 200), ("eva", 404), ("lotta", 404)):
        assert knock(who).get(url("case", case.pk)).status_code == status


@pytest.mark.parametrize("level", LEVELS)
def test_how_somebody_is_protected_is_never_shown(knock, case, ingrid, level):
    actions.protect(case_id=case.pk, level=level, by=ingrid, at=NOON)

    page = knock("ingrid").get(url("protect", case.pk)).content.decode()

    assert "How they are protected is not shown." in page
    assert " checked" not in page.partition("<main")[2]


def test_lifting_lets_the_board_in_again(knock, case, ingrid):
    actions.protect(case_id=case.pk, level=LEVELS[0], by=ingrid, at=NOON)

    knock("ingrid").post(url("protect", case.pk), {"level": "none"})

    assert knock("eva").get(url("case", case.pk)).status_code == 200


def test_the_history_tells_who_noted_it_and_never_how(knock, case):
    client = knock("ingrid")
    client.post(url("protect", case.pk), {"level": Protection.ASSUMED_IDENTITY.value})
    client.post(url("protect", case.pk), {"level": "none"})

    response = knock("karin").get(url("history", case.pk))

    assert [(str(line.what), line.who) for line in response.context["lines"]][:2] == [
        ("Noted that the person’s data are no longer protected", "Ingrid Sandström"),
        ("Noted that the person’s data are protected", "Ingrid Sandström"),
    ]
    assert "Assumed identity" not in text_of(response)


def test_an_answer_is_asked_for(knock, case):
    response = knock("ingrid").post(url("protect", case.pk), {})

    assert faults_of(response) == {"level": ["Choose how the person is protected"]}


def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam, amina):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    response = knock("mirjam").post(url("protect", case.pk), {"level": LEVELS[0].value})

    assert "Only those who work with the whole case" in faults_of(response)["__all__"][0]
    amina.refresh_from_db()
    assert not amina.is_protected
