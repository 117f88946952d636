"""Who may map in the county: listed, granted, ended."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.people.states import Protection
from kunnig.training.models import Qualification
from kunnig.training.queries import qualification_for
from kunnig.training.states import Reach
from tests.factories import AssignmentFactory, PersonFactory, QualificationFactory
from tests.people import NOON
from tests.web.validator import cost_of, faults_of, links_of, text_of

LIST = "/region/qualifications/"
pytestmark = pytest.mark.usefixtures("noon")


def url(name, *keys):
    return reverse(f"region:{name}", args=keys)


def words(**others):
    return {
        "reach": "full",
        "ground": "Utbildning i Lycksele, november 2026",
        "starts_on": "2026-11-25",
        "ends_on": "2028-11-24",
        **others,
    }


@pytest.mark.parametrize("who", ["amina", "ingrid", "eva", "lotta", "asta"])
def test_the_pages_are_for_the_region_s_coordinator(knock, county, lars, who):
    held = lars.qualifications.get()

    for page in (
        LIST,
        url("learner", lars.pk),
        url("grant", lars.pk),
        url("end", lars.pk, held.pk),
    ):
        assert knock(who).get(page).status_code == 404
    assert knock(who).post(url("grant", lars.pk), words()).status_code == 404
    assert Qualification.objects.count() == Qualification.objects.exclude(person=lars).count() + 1


def test_everybody_who_may_map_is_listed_with_their_standing(knock, ingrid, lars, per_ola, lotta):
    text = text_of(knock("maj").get(LIST))

    assert "Ingrid Sandström Validator , Vuxenutbildningen, Norsjö kommun Qualified" in text
    assert "Lars Burman Validator , Vuxenutbildningen, Norsjö kommun Lapsed" in text
    assert "Per-Ola Nyström Assessor , Vuxenutbildningen, Norsjö kommun Not qualified" in text
    assert "Lotta" not in text


def test_a_protected_colleague_is_in_no_list_and_has_no_page(knock, lars):
    lars.protection = Protection.SECRECY_MARKING
    lars.save(update_fields=["protection"])

    assert "Lars" not in text_of(knock("maj").get(LIST))
    assert knock("maj").get(url("learner", lars.pk)).status_code == 404


def test_a_search_finds_by_name(knock, ingrid, lars):
    response = knock("maj").get(LIST, {"words": "SANDSTRÖM"})

    assert [each.name for each in response.context["learners"]] == ["Ingrid Sandström"]
    assert "Nobody found" in text_of(knock("maj").get(LIST, {"words": "xyz"}))


def test_a_long_list_is_read_page_by_page(knock, county, ingrid):
    for _person in range(26):
        AssignmentFactory(organisation=county.norsjo_unit)

    first = knock("maj").get(LIST, {"words": "person"})
    second = knock("maj").get(LIST, {"words": "person", "page": "2"})

    assert len(first.context["learners"]) == 25
    assert "?words=person&amp;page=2" in links_of(first)
    assert len(second.context["learners"]) == 1


def test_the_list_costs_the_same_however_long(knock, county, ingrid):
    once = cost_of(knock("maj"), LIST)
    AssignmentFactory.create_batch(3, organisation=county.norsjo_unit)

    assert cost_of(knock("maj"), LIST) == once <= 5


def test_an_empty_list_says_what_will_come(knock, maj):
    assert "Nobody to qualify yet" in text_of(knock("maj").get(LIST))


def test_a_colleague_s_qualifications_are_shown_with_who_gave_them(knock, lars):
    text = text_of(knock("maj").get(url("learner", lars.pk)))

    assert "From 1 January 2025 to 31 October 2026" in text
    assert "Given by Maj Wikström on 25 November 2026" in text
    assert "Basic training for validators" in text


def test_a_lapsed_validator_is_qualified_again(knock, lars):
    for _sent_twice in range(2):
        response = knock("maj").post(url("grant", lars.pk), words())

    assert response.url == url("learner", lars.pk)
    assert qualification_for(lars, NOON, in_depth=False) is not None
    assert lars.qualifications.count() == 2
    given = lars.qualifications.get(starts_on=date(2026, 11, 25))
    assert (given.reach, given.ends_on) == (Reach.FULL, date(2028, 11, 24))


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"reach": ""}, "reach"),
        ({"reach": "everything"}, "reach"),
        ({"ground": ""}, "ground"),
        ({"ground": "x" * 301}, "ground"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "2026-02-30"}, "ends_on"),
        ({"ends_on": "2026-11-24"}, "ends_on"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(knock, lars, sent, fault):
    response = knock("maj").post(url("grant", lars.pk), words(**sent))

    assert list(faults_of(response)) == [fault]
    assert lars.qualifications.count() == 1


def test_a_qualification_ends_with_a_reason(knock, ingrid):
    held = ingrid.qualifications.get()

    response = knock("maj").post(url("end", ingrid.pk, held.pk), {"because": "Har bytt arbete"})

    held.refresh_from_db()
    assert response.url == url("learner", ingrid.pk)
    assert held.ended_because == "Har bytt arbete"
    assert qualification_for(ingrid, NOON, in_depth=False) is None
    assert "Har bytt arbete" in text_of(knock("maj").get(url("learner", ingrid.pk)))


def test_a_reason_is_asked_for(knock, ingrid):
    held = ingrid.qualifications.get()

    response = knock("maj").post(url("end", ingrid.pk, held.pk), {"because": " "})

    assert list(faults_of(response)) == ["because"]
    held.refresh_from_db()
    assert held.ended_at is None


def test_what_has_ended_is_not_ended_again(knock, ingrid):
    held = ingrid.qualifications.get()
    page = url("end", ingrid.pk, held.pk)
    knock("maj").post(page, {"because": "Har bytt arbete"})

    assert "has already been ended" in text_of(knock("maj").get(page))
    response = knock("maj").post(page, {"because": "Igen"})
    assert response.status_code == 422
    held.refresh_from_db()
    assert held.ended_because == "Har bytt arbete"


def test_a_qualification_is_found_under_its_own_person_only(knock, ingrid, lars):
    other = lars.qualifications.get()

    assert knock("maj").get(url("end", ingrid.pk, other.pk)).status_code == 404
    assert knock("maj").get(url("learner", uuid4())).status_code == 404


def test_candidates_are_not_qualified(knock, amina, maj):
    assert knock("maj").get(url("grant", amina.pk)).status_code == 404


def test_the_coordinator_does_not_qualify_themselves(knock, maj, county):
    AssignmentFactory(person=maj, organisation=county.norsjo_unit)

    assert knock("maj").get(url("grant", maj.pk)).status_code == 404


def test_the_page_of_one_costs_the_same_however_many_qualifications(knock, lars):
    once = cost_of(knock("maj"), url("learner", lars.pk))
    for _another in range(3):
        QualificationFactory(person=lars, granted_by=PersonFactory())

    assert cost_of(knock("maj"), url("learner", lars.pk)) == once <= 8
