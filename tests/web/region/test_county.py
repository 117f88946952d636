"""How the county is covered, on a map and in numbers; and one municipality."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kunnig.organisations.models import PlanningFigure
from kunnig.organisations.states import Role
from tests.factories import (
    AssignmentFactory,
    OrganisationFactory,
    PlanningFigureFactory,
    QualificationFactory,
)
from tests.stories import told
from tests.web.validator import cost_of, faults_of, links_of, text_of

HOME = "/region/"
OTHERS = ["amina", "ingrid", "karin", "eva", "lotta", "petra", "asta", "mirjam"]
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def planned(county):
    for place, validators in ((county.norsjo, 2), (county.mala, 2)):
        PlanningFigureFactory(municipality=place, validators=validators)


def page_of(place):
    return reverse("region:municipality", kwargs={"pk": place.pk})


@pytest.mark.parametrize("who", OTHERS)
def test_the_pages_are_for_the_region_s_coordinator(knock, county, who):
    assert knock(who).get(HOME).status_code == 404
    assert knock(who).get(page_of(county.norsjo)).status_code == 404
    assert knock(who).post(page_of(county.norsjo), {"validators": "9"}).status_code == 404


def test_the_heading_is_the_finding(knock, planned, ingrid, lars):
    response = knock("maj").get(HOME)
    text = text_of(response)

    assert "3 validators are missing in 2 municipalities" in text
    assert "The county has 1 validators and plans for 4. Malå kommun has none." in text
    assert text.index("Malå kommun 0 2 2 missing") < text.index("Norsjö kommun 1 2 1 missing")
    assert "The whole county 1 4 3 missing" in text


def test_a_plan_that_is_reached_is_said_so(knock, county, ingrid):
    PlanningFigureFactory(municipality=county.norsjo, validators=1)

    text = text_of(knock("maj").get(HOME))

    assert "All municipalities have the validators they planned" in text


def test_without_plans_the_page_says_so(knock, county):
    assert "No municipality has a planning figure yet" in text_of(knock("maj").get(HOME))


def test_validators_beyond_the_plan_make_up_for_nobody(knock, county, ingrid, planned):
    for _one_more in range(3):
        qualification = QualificationFactory()
        AssignmentFactory(
            person=qualification.person, organisation=county.norsjo_unit, role=Role.VALIDATOR
        )

    text = text_of(knock("maj").get(HOME))

    assert "2 validators are missing in 1 municipality" in text
    assert "Norsjö kommun 4 2 2 over the plan" in text


def test_those_who_must_renew_are_told_in_time(knock, planned, lars):
    QualificationFactory(person=lars, ends_on=date(2026, 12, 24))

    text = text_of(knock("maj").get(HOME))

    assert "1 validator needs to renew within 60 days" in text


def test_of_many_municipalities_only_the_number_is_told(knock, planned, county):
    for _place in range(4):
        PlanningFigureFactory()

    assert "6 municipalities have none." in text_of(knock("maj").get(HOME))


def test_the_map_repeats_the_table(knock, planned, ingrid):
    page = knock("maj").get(HOME).content.decode()

    assert page.count('<path class="zero"') == 1 + 1  # Malå, and the legend
    assert page.count('<path class="few"') == 1 + 1
    assert 'aria-label="3 validators are missing in 2 municipalities. All numbers' in page
    assert page.count('<rect class="gap"') == 3
    assert page.count('<rect class="is"') == 1


def test_the_county_costs_the_same_however_large(knock, planned, ingrid):
    once = cost_of(knock("maj"), HOME)
    for _place in range(3):
        place = OrganisationFactory(municipality=True)
        PlanningFigureFactory(municipality=place)
        qualification = QualificationFactory()
        AssignmentFactory(person=qualification.person, organisation=place, role=Role.VALIDATOR)

    assert cost_of(knock("maj"), HOME) == once <= 8


def test_the_region_reaches_no_case(knock, amina, ingrid, county):
    story = told(amina, county.norsjo_board, by=ingrid)
    client = knock("maj")

    pages = [HOME, page_of(county.norsjo), reverse("region:qualifications")]
    said = "".join(text_of(client.get(page)) for page in pages)

    assert "Haddad" not in said
    assert story.case.number not in said
    for name, mapping in (("overview", story.in_depth), ("mapping", story.initial)):
        for audience in ("validator", "assessor", "candidate"):
            url = reverse(f"{audience}:{name}", kwargs={"pk": mapping.pk})
            assert client.get(url).status_code == 404


# One municipality.


def test_a_municipality_shows_who_works_there_and_whom_one_may_appoint(
    knock, county, lotta, ingrid, lars
):
    response = knock("maj").get(page_of(county.norsjo))
    links, text = links_of(response), text_of(response)

    assert "Lotta Bergdahl Municipal coordinator Utbildningsnämnden, Norsjö kommun" in text
    assert "Lars Burman Validator Vuxenutbildningen, Norsjö kommun Lapsed" in text
    assert "Utbildningsnämnden" in text
    own, others = lotta.assignments.get(), ingrid.assignments.get()
    assert reverse("region:end_role", kwargs={"pk": own.pk}) in links
    assert reverse("region:end_role", kwargs={"pk": others.pk}) not in links
    assert reverse("region:give_role", kwargs={"pk": ingrid.pk}) in links


def test_a_search_finds_a_colleague(knock, county, lotta, ingrid):
    found = knock("maj").get(page_of(county.norsjo), {"words": "sandström"})
    none = knock("maj").get(page_of(county.norsjo), {"words": "nobody"})

    assert [line.colleague.name for line in found.context["lines"]] == ["Ingrid Sandström"]
    assert "Nobody here is called “nobody”." in text_of(none)


def test_the_planning_figure_is_set(knock, county):
    for _sent_twice in range(2):
        response = knock("maj").post(page_of(county.norsjo), {"validators": "3"})

    assert response.url == page_of(county.norsjo)
    assert PlanningFigure.objects.get().validators == 3


@pytest.mark.parametrize("figure", ["", "0", "-1", "two", "1000"])
def test_a_figure_that_is_none_is_said_to_be(knock, county, figure):
    response = knock("maj").post(page_of(county.norsjo), {"validators": figure})

    assert list(faults_of(response)) == ["validators"]
    assert not PlanningFigure.objects.exists()


def test_what_is_no_municipality_has_no_page(knock, county):
    assert knock("maj").get(page_of(county.norsjo_board)).status_code == 404


def test_a_municipality_costs_the_same_however_many_work_there(knock, county, ingrid):
    once = cost_of(knock("maj"), page_of(county.norsjo))
    AssignmentFactory.create_batch(3, organisation=county.norsjo_unit)

    assert cost_of(knock("maj"), page_of(county.norsjo)) == once <= 12
