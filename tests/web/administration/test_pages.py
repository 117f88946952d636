"""The county's organisations, and who answers for it as a whole."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kunnig.letters import actions as letters
from kunnig.letters.models import Letter
from kunnig.letters.queries import LATE
from kunnig.letters.states import LetterKind
from kunnig.organisations.models import Organisation
from kunnig.organisations.states import OrganisationKind
from tests.factories import CaseFactory, OrganisationFactory
from tests.people import NOON
from tests.post import FACTS
from tests.stories import told
from tests.web.validator import cost_of, faults_of, links_of, text_of

HOME = "/administration/"
ORGANISATIONS = "/administration/organisations/"
MAKE = "/administration/organisations/new/"
pytestmark = pytest.mark.usefixtures("noon")


def words(county, **others):
    return {
        "kind": "school_unit",
        "name": "Lärcentrum",
        "board": county.norsjo_board.pk,
        "telephone": "",
        "email": "",
        "address": "",
        **others,
    }


@pytest.mark.parametrize("who", ["amina", "ingrid", "eva", "lotta", "petra", "maj"])
def test_the_pages_are_for_administrators(knock, county, who):
    for page in (HOME, ORGANISATIONS, MAKE):
        assert knock(who).get(page).status_code == 404
    assert knock(who).post(MAKE, words(county)).status_code == 404


def test_those_who_answer_for_the_county_are_listed(knock, maj, ingrid):
    response = knock("asta").get(HOME)
    text = text_of(response)

    assert "Maj Wikström Regional coordinator Region Västerbotten" in text
    assert "Ingrid" not in text
    assert reverse("administration:end_role", args=[maj.assignments.get().pk]) in links_of(response)


def test_administrators_reach_no_case(knock, amina, ingrid, county):
    story = told(amina, county.norsjo_board, by=ingrid)
    client = knock("asta")

    said = "".join(text_of(client.get(page)) for page in (HOME, ORGANISATIONS, MAKE))

    assert "Haddad" not in said
    assert story.case.number not in said
    for audience in ("validator", "assessor", "candidate"):
        url = reverse(f"{audience}:mapping", kwargs={"pk": story.initial.pk})
        assert client.get(url).status_code == 404


def test_the_post_is_counted_without_names(knock, amina, ingrid, county):
    case = CaseFactory(person=amina, board=county.norsjo_board)
    letters.write(
        to=amina,
        address="amina@example.com",
        language="sv",
        kind=LetterKind.INVITATION,
        facts=FACTS,
        file=case,
        by=ingrid,
        at=NOON,
    )
    quiet = text_of(knock("asta").get(HOME))
    Letter.objects.update(written_at=NOON - LATE)
    late = text_of(knock("asta").get(HOME))

    assert "Waiting 1 Sent in 30 days 0 Failed in 30 days 0" in quiet
    assert "amina" not in quiet.casefold()
    assert ["Letters do not go out" in said for said in (quiet, late)] == [False, True]


def test_schools_that_share_a_name_are_told_apart(knock, county):
    text = text_of(knock("asta").get(ORGANISATIONS))

    assert "Vuxenutbildningen, Norsjö kommun School unit" in text
    assert "Vuxenutbildningen, Malå kommun School unit" in text


def test_a_search_knows_swedish_letters(knock, county):
    response = knock("asta").get(ORGANISATIONS, {"words": "NORSJÖ skola"})
    found = knock("asta").get(ORGANISATIONS, {"words": "norsjö vuxen"})

    assert "No organisation is called “NORSJÖ skola”." in text_of(response)
    assert found.context["organisations"] == [county.norsjo_unit]


def test_the_list_is_read_page_by_page_at_the_same_cost(knock, county):
    once = cost_of(knock("asta"), ORGANISATIONS)
    OrganisationFactory.create_batch(25, provider=True)

    assert cost_of(knock("asta"), ORGANISATIONS) == once <= 5
    assert "?page=2" in links_of(knock("asta").get(ORGANISATIONS))


def test_a_school_is_added_under_its_board(knock, county):
    for _sent_twice in range(2):
        response = knock("asta").post(MAKE, words(county))

    made = Organisation.objects.get(name="Lärcentrum")
    assert response.url == ORGANISATIONS
    assert (made.kind, made.parent, made.board) == (
        OrganisationKind.SCHOOL_UNIT,
        county.norsjo,
        county.norsjo_board,
    )


def test_a_provider_is_added_without_a_board(knock, county):
    knock("asta").post(MAKE, words(county, kind="provider", name="Folkhögskolan", board=""))

    made = Organisation.objects.get(name="Folkhögskolan")
    assert (made.parent, made.board) == (None, None)


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "region"}, "kind"),
        ({"name": ""}, "name"),
        ({"board": ""}, "board"),
        ({"board": "0"}, "board"),
        ({"email": "not an address"}, "email"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(knock, county, sent, fault):
    response = knock("asta").post(MAKE, words(county, **sent))

    assert list(faults_of(response)) == [fault]
    assert not Organisation.objects.filter(name="Lärcentrum").exists()
