"""Our municipality: what the coordinator sees to, and the principal reads."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kunnig.organisations.states import Role
from kunnig.people.states import Protection
from tests.factories import AssignmentFactory, PlanningFigureFactory, QualificationFactory
from tests.stories import registered
from tests.web.validator import cost_of, links_of, text_of

HOME = "/municipality/"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.parametrize("who", ["amina", "ingrid", "karin", "mirjam", "maj", "asta"])
def test_the_page_is_for_coordinators_and_principals(knock, county, who):
    assert knock(who).get(HOME).status_code == 404


def test_the_heading_is_the_finding(knock, county, ingrid):
    PlanningFigureFactory(municipality=county.norsjo, validators=2)

    text = text_of(knock("lotta").get(HOME))

    assert "1 validator is missing in Norsjö kommun" in text
    assert "1 qualified validators, 2 planned." in text


def test_a_plan_that_is_reached_is_said_so(knock, county, ingrid, lars):
    PlanningFigureFactory(municipality=county.norsjo, validators=2)
    QualificationFactory(person=lars, ends_on=date(2026, 12, 24))

    text = text_of(knock("lotta").get(HOME))

    assert "Norsjö kommun has the validators it needs" in text
    assert "1 needs to renew within 60 days." in text


def test_colleagues_are_listed_with_role_place_and_standing(knock, ingrid, lars, eva):
    response = knock("lotta").get(HOME)
    text = text_of(response)

    assert "Ingrid Sandström Validator Vuxenutbildningen, Norsjö kommun Qualified" in text
    assert "Lars Burman Validator Vuxenutbildningen, Norsjö kommun Lapsed" in text
    assert "Eva Marklund Principal Vuxenutbildningen, Norsjö kommun Not needed" in text
    assert reverse("coordinator:end_role", args=[ingrid.assignments.get().pk]) in links_of(response)


def test_neighbours_are_not_listed(knock, ingrid, petra):
    text = text_of(knock("petra").get(HOME))

    assert "Petra Norberg" in text
    assert "Ingrid" not in text


def test_a_protected_colleague_is_in_no_list(knock, lotta, ingrid):
    ingrid.protection = Protection.SECRECY_MARKING
    ingrid.save(update_fields=["protection"])

    assert "Ingrid" not in text_of(knock("lotta").get(HOME))


def test_the_principal_reads_and_changes_nothing(knock, ingrid):
    response = knock("eva").get(HOME)

    assert "Ingrid Sandström" in text_of(response)
    changes = [link for link in links_of(response) if link.startswith("/municipality/")]
    assert changes == [HOME]
    assert knock("eva").get(reverse("coordinator:employ")).status_code == 404


def test_whoever_counsels_elsewhere_sees_only_where_they_lead(knock, eva, county, petra):
    AssignmentFactory(person=eva, organisation=county.mala_unit, role=Role.COUNSELLOR)

    assert "Petra" not in text_of(knock("eva").get(HOME))


def test_the_page_tells_nothing_of_cases(knock, amina, ingrid, county):
    case = registered(amina, county.norsjo_board, by=ingrid)

    text = text_of(knock("lotta").get(HOME))

    assert "Haddad" not in text
    assert case.number not in text


def test_a_search_finds_a_colleague(knock, lotta, ingrid, lars):
    response = knock("lotta").get(HOME, {"words": "BURMAN"})

    assert [line.colleague.name for line in response.context["lines"]] == ["Lars Burman"]
    assert "Nobody here is called “xyz”." in text_of(knock("lotta").get(HOME, {"words": "xyz"}))


def test_the_page_costs_the_same_however_many_work_there(knock, county, ingrid):
    once = cost_of(knock("lotta"), HOME)
    AssignmentFactory.create_batch(3, organisation=county.norsjo_unit)

    assert cost_of(knock("lotta"), HOME) == once <= 15
