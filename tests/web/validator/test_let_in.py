"""Letting colleagues in to a case, and ending it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions, policies
from kunnig.cases.models import Access
from kunnig.cases.states import Part
from kunnig.people.states import Protection
from tests.factories import AccessFactory, CaseFactory
from tests.people import NOON, TODAY
from tests.web.validator import cost_of, faults_of, links_of, text_of, url


def written(person, **others):
    return {
        "person": str(person.pk),
        "part": "in_depth",
        "ground": "Ska bedöma",
        "starts_on": "2026-11-25",
        "ends_on": "",
    } | others


def test_colleagues_of_the_board_are_offered_with_what_they_do(
    knock, case, mirjam, tomas, karin, petra, maj
):
    page = knock("ingrid").get(url("let_in", case.pk)).content.decode()

    for words in (
        "Mirjam Okafor, Assessor",
        "Tomas Lindgren, Teacher",
        "Karin Lundmark, Counsellor",
    ):
        assert f">{words}</option>" in page
    assert "Petra" not in page
    assert "Maj Wikström" not in page
    assert f'value="{case.person_id}"' not in page


def test_a_colleague_is_let_in_and_listed(knock, case, mirjam):
    client = knock("ingrid")

    response = client.post(url("let_in", case.pk), written(mirjam, ends_on="2027-01-31"))

    assert response.url == url("let_in", case.pk)
    page = text_of(client.get(response.url))
    assert "Mirjam Okafor is let in." in page
    assert "The in-depth mapping Ska bedöma 25 November 2026 31 January 2027" in page


def test_a_second_click_lets_in_once(knock, case, mirjam):
    client = knock("ingrid")

    for _ in range(2):
        assert client.post(url("let_in", case.pk), written(mirjam)).status_code == 302

    assert Access.objects.filter(person=mirjam).count() == 1


@pytest.mark.parametrize(
    ("fault", "beside", "words"),
    [
        ({"person": ""}, "person", "Choose a colleague"),
        ({"part": ""}, "part", "Choose what to let the colleague in to"),
        ({"ground": " "}, "ground", "Write why the colleague needs it"),
        ({"starts_on": ""}, "starts_on", "Write from which day"),
        ({"ends_on": "2026-11-24"}, "ends_on", "The last day comes before the first."),
        (
            {"starts_on": "2026-10-01", "ends_on": "2026-10-31"},
            "ends_on",
            "The last day has already passed.",
        ),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_lost(
    knock, case, mirjam, fault, beside, words
):
    response = knock("ingrid").post(url("let_in", case.pk), written(mirjam) | fault)

    assert faults_of(response) == {beside: [words]}
    kept = "Ska bedöma" if beside != "ground" else str(mirjam.pk)
    assert kept in response.content.decode()
    assert not Access.objects.filter(person=mirjam).exists()


def test_somebody_of_another_board_cannot_be_chosen(knock, case, petra):
    response = knock("ingrid").post(url("let_in", case.pk), written(petra))

    assert list(faults_of(response)) == ["person"]
    assert not Access.objects.filter(person=petra).exists()


def test_one_who_is_let_in_already_is_let_in_once(knock, case, ingrid):
    response = knock("karin").post(url("let_in", case.pk), written(ingrid, part="whole"))

    assert "already let in" in faults_of(response)["__all__"][0]


def test_one_who_works_with_it_without_being_responsible_sees_who_is_let_in(knock, case, lars):
    AccessFactory(case=case, person=lars)

    response = knock("lars").get(url("let_in", case.pk))

    page = text_of(response)
    assert "Only the one responsible and the board's leaders let others in to a case." in page
    assert "Registered the case" in page
    assert not [link for link in links_of(response) if link.endswith("/end/")]
    assert "Choose" not in page


def test_one_let_in_to_a_part_sees_only_why_not(knock, case, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH, ground="Hemlig grund")

    page = text_of(knock("mirjam").get(url("let_in", case.pk)))

    assert "Only those who work with the whole case can do this." in page
    assert "Hemlig grund" not in page


# Ending.


def test_an_access_is_ended_and_kept_in_sight(knock, case, mirjam):
    access = AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)
    client = knock("ingrid")

    response = client.post(url("end_access", case.pk, access.pk))

    assert response.url == url("let_in", case.pk)
    page = text_of(client.get(response.url))
    assert "The access is ended." in page
    assert page.index("Let in earlier") < page.index("Mirjam Okafor, The in-depth mapping")
    access.refresh_from_db()
    assert access.ended_at is not None


def test_the_one_responsible_has_no_button_but_a_reason(knock, case, ingrid):
    access = case.accesses.get(person=ingrid, part=Part.WHOLE)
    client = knock("karin")

    page = client.get(url("let_in", case.pk))
    answer = client.post(url("end_access", case.pk, access.pk), follow=True)

    assert url("end_access", case.pk, access.pk) not in links_of(page)
    assert "The one responsible is always let in." in text_of(page)
    assert "The one responsible is always let in." in text_of(answer)
    access.refresh_from_db()
    assert access.ended_at is None


def test_who_sees_the_adaptations_lets_others_in_to_them_when_no_longer_responsible(
    knock, case, karin, lars
):
    actions.change_responsible(case_id=case.pk, person=lars, by=karin, at=NOON)
    client = knock("ingrid")
    sent = {"person": lars.pk, "ground": "Takes over", "starts_on": f"{TODAY:%Y-%m-%d}"}

    assert "Let the colleague in" in text_of(client.get(url("let_in", case.pk)))
    refused = client.post(url("let_in", case.pk), sent | {"part": "in_depth"})
    client.post(url("let_in", case.pk), sent | {"part": "adaptations"})

    assert "Only the one responsible" in faults_of(refused)["__all__"][0]
    assert policies.may_see_adaptations(lars, case, NOON)


def test_whoever_ends_their_own_access_is_led_out(knock, case, ingrid, lars):
    actions.change_responsible(case_id=case.pk, person=lars, by=ingrid, at=NOON)
    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=lars, at=NOON)
    for access in case.accesses.filter(person=ingrid, part=Part.ADAPTATIONS):
        actions.end_access(access_id=access.pk, by=ingrid, at=NOON)
    access = case.accesses.get(person=ingrid, part=Part.WHOLE)
    client = knock("ingrid")

    response = client.post(url("end_access", case.pk, access.pk))

    assert response.url == url("cases")
    assert "You are no longer let in to the case." in text_of(client.get(response.url))
    assert client.get(url("case", case.pk)).status_code == 404


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "asta", "amina"])
def test_strangers_end_nothing(knock, case, ingrid, who):
    access = case.accesses.get(person=ingrid, part=Part.ADAPTATIONS)

    assert knock(who).post(url("end_access", case.pk, access.pk)).status_code == 404
    access.refresh_from_db()
    assert access.ended_at is None
    assert not Entry.objects.filter(verb="access.ended").exists()


def test_an_access_to_another_case_is_not_ended_through_this_one(knock, case, county, mirjam):
    other = AccessFactory(case=CaseFactory(board=county.norsjo_board), person=mirjam)
    client = knock("ingrid")

    assert client.post(url("end_access", case.pk, other.pk)).status_code == 404
    assert client.post(url("end_access", case.pk, uuid4())).status_code == 404
    assert client.get(url("end_access", case.pk, other.pk)).status_code == 405
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_many_are_let_in(
    knock, case, mirjam, tomas, lars, how_many
):
    for person in (mirjam, tomas, lars)[:how_many]:
        AccessFactory(case=case, person=person, part=Part.IN_DEPTH)
        AccessFactory(case=case, person=person, part=Part.ADAPTATIONS)

    # session, person, assignments, case, accesses, reading, colleagues with their assignments (3),
    # where those let in work (2)
    assert cost_of(knock("ingrid"), url("let_in", case.pk)) == 11
