"""Opening a case for somebody: who it is about, what there may be already, and what it is."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from kunnig.cases.models import Adaptation, Case
from kunnig.cases.states import HomeGround, Origin
from kunnig.people.models import Person
from tests.factories import AssignmentFactory, IdentifierFactory
from tests.web.validator import cost_of, faults_of, links_of, text_of, url

REGISTER = "/work/cases/register/"
CASE = "/work/cases/register/case/"
WHO = {"name": "Dawit Tesfaye", "birth_date": "1990-05-17", "kind": "", "number": "", "issuer": ""}
HERS = WHO | {"name": "Amina Haddad", "birth_date": "1988-03-14"}


def what(county, **others):
    return {
        "board": county.norsjo_board.pk,
        "home_municipality": county.norsjo.pk,
        "home_ground": "registered",
        "origin": "sfi",
        "goal": "Kock",
        "purpose": "Vill ha ett arbete",
        "language": "ti",
        "needs_interpreter": "yes",
        "adaptations": "",
        "information_text": "2026-11",
        "own_reference": "UN 2026/9",
        "operation": str(uuid4()),
        **others,
    }


def hidden(response):
    """Return what a page carries along, as a browser would send it."""
    found = {}
    for field in re.findall(
        r'<input type="hidden"[^>]*>', response.content.decode().partition("<main")[2]
    ):
        name, value = (re.search(rf'{key}="([^"]*)"', field) for key in ("name", "value"))
        if name.group(1) != "csrfmiddlewaretoken":
            found.setdefault(name.group(1), []).append(value.group(1) if value else "")
    return found


# Who it is about.


@pytest.mark.parametrize("who", ["karin", "ingrid", "lars", "lotta"])
def test_those_who_open_cases_are_asked_who_it_is_about(knock, who):
    response = knock(who).get(REGISTER)

    assert 'name="name"' in response.content.decode()


@pytest.mark.parametrize("who", ["eva", "mirjam", "tomas"])
def test_others_are_told_why_they_are_not(knock, who):
    response = knock(who).get(REGISTER)

    assert 'name="name"' not in response.content.decode()
    assert "Only counsellors, validators and coordinators" in text_of(response)


@pytest.mark.parametrize(
    ("written", "beside", "words"),
    [
        ({"name": ""}, "name", "Write the person’s name"),
        ({"name": "W" * 201}, "name", "The name is longer than 200 characters."),
        ({"birth_date": "14/3 88"}, "birth_date", "Write the day as year, month and day"),
        ({"birth_date": "2027-01-01"}, "birth_date", "lies ahead"),
        ({"birth_date": "1801-01-01"}, "birth_date", "too far back"),
        ({"kind": "personal_number"}, "number", "Write the number"),
        ({"number": "19900517-2389"}, "kind", "Choose what kind of number it is"),
        ({"kind": "personal_number", "number": "900517-2389"}, "number", "The number is not right"),
        ({"kind": "personal_number", "number": "abc"}, "number", "ten or twelve digits"),
        ({"kind": "other", "number": "50-1"}, "issuer", "who issued the number"),
        ({"kind": "coordination_number", "number": "19811218-9876"}, "number", "Choose that kind"),
        (
            {"kind": "personal_number", "number": "19811218-9876"},
            "birth_date",
            "not the one in the personal identity number",
        ),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_written_is_lost(
    knock, ingrid, written, beside, words
):
    response = knock("ingrid").post(REGISTER, WHO | written)

    faults = faults_of(response)
    assert list(faults) == [beside]
    assert words in faults[beside][0]
    page = response.content.decode()
    assert f'href="#id_{beside}"' in page
    assert "<title>Error: " in page
    for value in (WHO | written).values():
        assert value in page
    assert not Person.objects.filter(name__startswith="Dawit").exists()


@pytest.mark.parametrize("name", ["Suharto", "W" * 200, "نور"])
def test_one_word_and_very_long_names_are_taken(knock, county, name):
    client = knock("ingrid")

    response = client.post(REGISTER, WHO | {"name": name})
    assert response.status_code == 200

    client.post(CASE, WHO | {"name": name} | what(county))
    assert Case.objects.get().person.name == name


# Is there a case already?


def test_an_open_case_about_the_same_person_is_shown_before_a_new_one(knock, case):
    response = knock("ingrid").post(REGISTER, HERS)

    assert "Perhaps there is a case already" in text_of(response)
    assert case.number in text_of(response)
    assert url("case", case.pk) in links_of(response)


def test_going_on_asks_what_the_case_is_and_loses_nothing(knock, case):
    client = knock("ingrid")
    shown = hidden(client.post(REGISTER, HERS))

    response = client.post(REGISTER, shown)

    assert "New case for Amina Haddad" in text_of(response)
    carried = hidden(response)
    assert {key: carried[key] for key in HERS} == {key: [value] for key, value in HERS.items()}
    assert carried["seen"] == [str(case.pk)]


def test_a_case_opened_meanwhile_is_shown_before_the_new_one_is_made(knock, case, county):
    answer = HERS | what(county)
    client = knock("ingrid")

    response = client.post(CASE, answer)

    assert "Perhaps there is a case already" in text_of(response)
    assert Case.objects.count() == 1
    shown = hidden(response)
    assert {key: shown[key] for key in answer} == {
        key: [str(value)] for key, value in answer.items()
    }
    assert client.post(CASE, shown).status_code == 302
    assert Case.objects.count() == 2


@pytest.mark.parametrize("who", ["lars", "petra"])
def test_what_others_have_is_never_shown(knock, case, who):
    response = knock(who).post(REGISTER, HERS)

    assert "Perhaps there is a case already" not in text_of(response)
    assert case.number not in response.content.decode()


def test_a_protected_person_is_never_shown(knock, rania, ingrid, county):
    IdentifierFactory(person=rania, value="50-1")
    number = {"kind": "other", "number": "50-1", "issuer": "The migration agency"}

    response = knock("ingrid").post(REGISTER, WHO | number)

    assert "New case for Dawit Tesfaye" in text_of(response)
    assert "Rania" not in response.content.decode()


# What it is.


def test_a_case_is_opened_and_shown(knock, county, ingrid):
    response = knock("ingrid").post(CASE, WHO | what(county, adaptations="Stor text"))

    case = Case.objects.get()
    assert response.url == url("case", case.pk)
    assert (case.person.name, case.board, case.home_municipality, case.home_ground) == (
        "Dawit Tesfaye",
        county.norsjo_board,
        county.norsjo,
        HomeGround.REGISTERED,
    )
    assert (case.origin, case.goal, case.purpose, case.language, case.needs_interpreter) == (
        Origin.SFI,
        "Kock",
        "Vill ha ett arbete",
        "ti",
        True,
    )
    assert (case.information_text, case.own_reference, case.is_practice, case.responsible) == (
        "2026-11",
        "UN 2026/9",
        False,
        ingrid,
    )
    assert [each.text for each in Adaptation.objects.all()] == ["Stor text"]
    assert f"The case is open. Its number is {case.number}." in text_of(
        knock("ingrid").get(response.url)
    )


def test_the_same_form_sent_twice_opens_one_case(knock, county):
    client, answer = knock("ingrid"), WHO | what(county)

    answers = [client.post(CASE, answer) for _ in range(2)]

    assert Case.objects.count() == Person.objects.filter(name="Dawit Tesfaye").count() == 1
    assert answers[0].url == url("case", Case.objects.get().pk)


def test_a_second_click_is_answered_with_the_case_of_the_first(knock, county):
    client, answer = knock("ingrid"), WHO | what(county)
    client.post(CASE, answer)

    again = client.post(CASE, answer)

    assert again.url == url("case", Case.objects.get().pk)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("home_municipality", "Choose the home municipality"),
        ("home_ground", "Say why it is the home municipality"),
        ("board", "Choose a board"),
        ("origin", "Choose where the person comes from"),
        ("language", "Choose a language"),
        ("needs_interpreter", "Say whether an interpreter is needed"),
        ("information_text", "Give the person the information, and say which text"),
    ],
)
def test_what_is_missing_is_told_beside_its_field_and_nothing_is_lost(
    knock, county, missing, words
):
    answer = WHO | what(county) | {missing: ""}

    response = knock("ingrid").post(CASE, answer)

    assert faults_of(response) == {missing: [words]}
    page = response.content.decode()
    for kept in ("Dawit Tesfaye", "1990-05-17", "Kock", "Vill ha ett arbete", "UN 2026/9"):
        assert kept in page
    assert answer["operation"] in page
    assert not Case.objects.exists()


def test_a_board_that_is_not_one_s_own_cannot_be_chosen(knock, county):
    response = knock("ingrid").post(CASE, WHO | what(county, board=county.mala_board.pk))

    assert list(faults_of(response)) == ["board"]
    assert not Case.objects.exists()


def test_one_who_works_for_two_boards_chooses(knock, ingrid, county):
    AssignmentFactory(person=ingrid, organisation=county.mala_board, role="counsellor")

    response = knock("ingrid").post(CASE, WHO | what(county, board=county.mala_board.pk))

    assert response.status_code == 302
    assert Case.objects.get().board == county.mala_board


def test_the_only_board_and_its_municipality_are_chosen_beforehand(knock, county):
    response = knock("ingrid").post(REGISTER, WHO)

    page = response.content.decode()
    assert f'<option value="{county.norsjo.pk}" selected>' in page
    assert "Utbildningsnämnden, Norsjö kommun" in page
    assert "Utbildningsnämnden, Malå kommun" not in page


def test_one_s_own_number_is_refused_and_nothing_is_lost(knock, ingrid, county):
    IdentifierFactory(person=ingrid, value="50-1")
    number = {"kind": "other", "number": "50-1", "issuer": "The migration agency"}

    response = knock("ingrid").post(CASE, WHO | number | what(county))

    assert "your own" in faults_of(response)["__all__"][0]
    assert "Kock" in response.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("who", "answer"), [("eva", 422), ("mirjam", 422), ("maj", 404), ("asta", 404), ("amina", 404)]
)
def test_nobody_else_opens_a_case(knock, county, who, answer):
    response = knock(who).post(CASE, WHO | what(county))

    assert response.status_code == answer
    assert not Case.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_comes_without_a_person_begins_with_one(knock, method):
    assert getattr(knock("ingrid"), method)(CASE).url == REGISTER


def test_the_form_is_not_made_of_hundreds_of_renders(knock, ingrid, county, client):
    assert cost_of(knock("ingrid"), REGISTER) == 3


# What the person is told.


def test_the_information_can_be_read_and_printed(knock):
    response = knock("ingrid").get(url("information", "2026-11"))

    assert "it is not a test" in text_of(response)
    assert "Version 2026-11" in text_of(response)
    assert knock("ingrid").get(url("information", "1999-01")).status_code == 404
