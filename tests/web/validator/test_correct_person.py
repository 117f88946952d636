"""Correcting the name or the date of birth of the person whom a case is about."""

from __future__ import annotations

from datetime import date

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions
from kunnig.cases.states import Part
from kunnig.people.states import IdentifierKind, Protection
from tests.factories import AccessFactory, CaseFactory, IdentifierFactory
from tests.people import NOON
from tests.web.validator import cost_of, faults_of, links_of, text_of, url

NAME = "correct_person"
WRITTEN = {"name": "Amina  Al-Haddad", "birth_date": "1988-03-15"}


def verbs():
    return [line.verb for line in Entry.objects.filter(is_reading=False).order_by("pk")]


def test_the_form_holds_what_is_noted_now(knock, case):
    page = knock("ingrid").get(url(NAME, case.pk)).content.decode()

    assert 'value="Amina Haddad"' in page
    assert 'value="1988-03-14"' in page


@pytest.mark.parametrize("who", ["ingrid", "karin", "eva", "lotta"])
def test_it_is_corrected_by_those_who_answer_for_the_case(knock, case, amina, who):
    client = knock(who)
    assert url(NAME, case.pk) in links_of(client.get(url("case", case.pk)))

    response = client.post(url(NAME, case.pk), WRITTEN)

    assert response.url == url("case", case.pk)
    amina.refresh_from_db()
    assert (amina.name, amina.birth_date) == ("Amina Al-Haddad", date(1988, 3, 15))
    page = text_of(client.get(response.url))
    assert "The name and the date of birth are corrected." in page
    assert "Corrected the person’s name or date of birth" in page
    assert verbs()[-2:] == ["person.corrected", "case.person_corrected"]


def test_a_date_that_is_not_known_is_taken_away(knock, case, amina):
    knock("ingrid").post(url(NAME, case.pk), {"name": "Amina", "birth_date": ""})

    amina.refresh_from_db()
    assert (amina.name, amina.birth_date) == ("Amina", None)


def test_the_same_again_changes_nothing(knock, case):
    before = verbs()

    knock("ingrid").post(url(NAME, case.pk), {"name": "Amina Haddad", "birth_date": "1988-03-14"})

    assert verbs() == before


@pytest.mark.parametrize(
    ("fault", "beside", "words"),
    [
        ({"name": " "}, "name", "Write the person’s name"),
        ({"name": "A" * 201}, "name", "The name is longer than 200 characters."),
        ({"name": "Amina\x07"}, "name", "The name has a character that cannot be shown."),
        ({"birth_date": "14 mars"}, "birth_date", "Write the day as year, month and day"),
        ({"birth_date": "2027-01-01"}, "birth_date", "The date of birth lies ahead."),
        ({"birth_date": "1888-03-14"}, "birth_date", "The date of birth lies too far back."),
        (
            {"birth_date": "1988-03-15"},
            "birth_date",
            "The date of birth is not the one in the personal identity number.",
        ),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_lost(
    knock, case, amina, fault, beside, words
):
    IdentifierFactory(
        person=amina, kind=IdentifierKind.PERSONAL_NUMBER, issuer="", value="198803149809"
    )
    written = {"name": "Amina Al-Haddad", "birth_date": "1988-03-14"} | fault

    response = knock("ingrid").post(url(NAME, case.pk), written)

    faults = faults_of(response)
    assert [*faults] == [beside]
    assert words in faults[beside][0]
    other = {"name": "birth_date", "birth_date": "name"}[beside]
    assert written[other] in response.content.decode()
    amina.refresh_from_db()
    assert amina.name == "Amina Haddad"


def test_one_who_works_with_it_but_does_not_answer_for_it_is_told_why_not(knock, case, lars):
    AccessFactory(case=case, person=lars)
    client = knock("lars")

    page = text_of(client.get(url(NAME, case.pk)))
    answer = client.post(url(NAME, case.pk), WRITTEN)

    reason = "Only the one responsible and the board's leaders correct a name or a date of birth."
    assert reason in page
    assert "<input" not in page
    assert faults_of(answer) == {"__all__": [reason]}
    assert url(NAME, case.pk) not in links_of(client.get(url("case", case.pk)))


def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam, amina):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)
    client = knock("mirjam")

    page = client.get(url(NAME, case.pk)).content.decode()
    answer = client.post(url(NAME, case.pk), WRITTEN)

    assert "1988" not in page
    assert "Only those who work with the whole case" in faults_of(answer)["__all__"][0]
    amina.refresh_from_db()
    assert amina.name == "Amina Haddad"


def test_the_named_correct_a_protected_person(knock, case, ingrid, lars, amina):
    AccessFactory(case=case, person=lars)
    actions.protect(case_id=case.pk, level=Protection.ASSUMED_IDENTITY, by=ingrid, at=NOON)

    assert knock("karin").post(url(NAME, case.pk), WRITTEN).status_code == 404
    assert knock("lars").post(url(NAME, case.pk), WRITTEN).status_code == 302
    amina.refresh_from_db()
    assert amina.name == "Amina Al-Haddad"


def test_nothing_is_corrected_in_a_closed_case(knock, case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    response = knock("ingrid").post(url(NAME, case.pk), WRITTEN)

    assert "The case is closed. Open it again first." in faults_of(response)["__all__"]


def test_what_it_costs(knock, case):
    assert cost_of(knock("ingrid"), url(NAME, case.pk)) <= 6


def test_a_name_that_holds_in_a_case_elsewhere_is_not_corrected_here(knock, case, amina, county):
    CaseFactory(person=amina, board=county.mala_board)

    response = knock("ingrid").post(url(NAME, case.pk), WRITTEN)

    assert response.status_code == 422
    assert "not corrected here" in response.content.decode()
    amina.refresh_from_db()
    assert amina.name == "Amina Haddad"
