"""The part of a case that assessors and teachers were let in to, and nothing more."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.states import Part
from kunnig.people.states import Protection
from kunnig.portfolio.models import Evidence
from tests.factories import AccessFactory, CaseFactory
from tests.people import NOON
from tests.stories import told
from tests.web.casefile.forms import fields_of
from tests.web.validator import cost_of, links_of, text_of

HOME = "/assess/"
PROTECTED = "/assess/protected/"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def aminas(amina, ingrid, county):
    return told(amina, county.norsjo_board, by=ingrid)


def let_in(aminas, person, part=Part.IN_DEPTH):
    return AccessFactory(case=aminas.case, person=person, part=part, ground="Ser på det gjorda")


def page_of(case):
    return reverse("assessor:case", kwargs={"pk": case.pk})


@pytest.mark.parametrize("who", ["mirjam", "tomas"])
def test_cases_one_is_let_in_to_are_listed(knock, request, aminas, who):
    let_in(aminas, request.getfixturevalue(who))

    response = knock(who).get(HOME)

    assert [row.number for row in response.context["rows"]] == [aminas.case.number]
    assert page_of(aminas.case) in links_of(response)


def test_others_cases_are_not(knock, aminas, mirjam, per_ola):
    let_in(aminas, mirjam)

    assert "No cases here yet" in text_of(knock("per_ola").get(HOME))


@pytest.mark.parametrize("who", ["amina", "ingrid", "eva", "lotta", "petra", "maj", "asta"])
def test_the_list_is_for_assessors_and_teachers(knock, county, who):
    assert knock(who).get(HOME).status_code == 404
    assert knock(who).get(PROTECTED).status_code == 404


def test_a_search_finds_by_name_and_number(knock, aminas, mirjam):
    let_in(aminas, mirjam)

    for words, found in (("amina", 1), (aminas.case.number, 1), ("göran", 0)):
        response = knock("mirjam").get(HOME, {"words": words})
        assert len(response.context["rows"]) == found
    assert "No case is found" in text_of(response)


def test_the_list_costs_the_same_however_long(knock, aminas, mirjam, county):
    let_in(aminas, mirjam)
    once = cost_of(knock("mirjam"), HOME)
    for case in CaseFactory.create_batch(2, board=county.norsjo_board):
        AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    assert cost_of(knock("mirjam"), HOME) == once <= 5


def test_only_the_part_let_in_to_is_shown(knock, aminas, mirjam):
    let_in(aminas, mirjam)

    response = knock("mirjam").get(page_of(aminas.case))

    links = links_of(response)
    assert reverse("assessor:overview", kwargs={"pk": aminas.in_depth.pk}) in links
    assert reverse("assessor:mapping", kwargs={"pk": aminas.initial.pk}) not in links
    assert "The in-depth mapping: Ser på det gjorda" in text_of(response)
    assert "Behöver stor text" not in text_of(response)
    assert cost_of(knock("mirjam"), page_of(aminas.case)) <= 15


def test_what_is_let_in_to_opens_and_the_rest_does_not(knock, aminas, mirjam):
    let_in(aminas, mirjam)
    client = knock("mirjam")

    for name, mapping, status in (
        ("overview", aminas.in_depth, 200),
        ("mapping", aminas.in_depth, 200),
        ("mapping", aminas.initial, 404),
    ):
        url = reverse(f"assessor:{name}", kwargs={"pk": mapping.pk})
        assert client.get(url).status_code == status


@pytest.mark.parametrize("who", ["mirjam", "tomas"])
def test_who_maps_in_depth_adds_evidence_and_sees_originals(knock, request, aminas, who):
    person = request.getfixturevalue(who)
    let_in(aminas, person)
    client, key = knock(who), {"pk": aminas.case.pk}
    page, add = (reverse(f"assessor:{name}", kwargs=key) for name in ("evidence", "add_evidence"))
    assert page in links_of(client.get(page_of(aminas.case)))
    assert add in links_of(client.get(page))

    sent = fields_of(client.get(add), "novalidate") | {"kind": "photo", "title": "Tårtan"}
    added = client.post(add, sent)
    seen = client.post(
        reverse("assessor:note_original", kwargs=key | {"evidence": aminas.evidence.pk})
    )

    assert (added["Location"], seen["Location"]) == (page, page)
    assert Evidence.objects.get(title="Tårtan").added_by == person
    aminas.evidence.refresh_from_db()
    assert aminas.evidence.original_seen_by == person


@pytest.mark.parametrize("part", [Part.INITIAL, Part.ADAPTATIONS])
def test_evidence_is_not_shown_with_another_part(knock, aminas, mirjam, part):
    let_in(aminas, mirjam, part)
    url = reverse("assessor:evidence", kwargs={"pk": aminas.case.pk})

    assert url not in links_of(knock("mirjam").get(page_of(aminas.case)))
    assert knock("mirjam").get(url).status_code == 404


def test_adaptations_are_shown_to_those_let_in_to_them(knock, aminas, mirjam):
    let_in(aminas, mirjam, Part.ADAPTATIONS)

    assert "Behöver stor text" in text_of(knock("mirjam").get(page_of(aminas.case)))


def test_opening_is_noted_where_the_candidate_reads(knock, aminas, mirjam):
    let_in(aminas, mirjam)

    knock("mirjam").get(page_of(aminas.case))

    readings = Entry.objects.filter(is_reading=True, actor=str(mirjam.pk))
    assert [(each.verb, each.about) for each in readings] == [("case.read", str(aminas.person.pk))]


def test_strangers_and_those_whose_time_is_over_find_nothing(knock, aminas, mirjam, per_ola):
    AccessFactory(case=aminas.case, person=mirjam, part=Part.WHOLE, ends_on=date(2026, 11, 24))

    for who in ("mirjam", "per_ola", "maj", "asta", "petra", "goran"):
        assert knock(who).get(page_of(aminas.case)).status_code == 404


def test_a_protected_case_is_listed_by_number_alone(knock, aminas, mirjam, ingrid):
    let_in(aminas, mirjam)
    cases.protect(case_id=aminas.case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    home, numbers = knock("mirjam").get(HOME), knock("mirjam").get(PROTECTED)

    assert PROTECTED in links_of(home)
    assert aminas.case.number not in text_of(home)
    assert aminas.case.number in text_of(numbers)
    assert "Haddad" not in text_of(home) + text_of(numbers)
    assert "Protected data" in text_of(knock("mirjam").get(page_of(aminas.case)))
