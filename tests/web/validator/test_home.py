"""To do: what waits for those who work with cases, told by the cases themselves."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kunnig.cases import actions
from kunnig.cases.models import Case
from kunnig.cases.states import CaseState, Path
from kunnig.mapping.states import MappingKind
from kunnig.people.states import Protection
from tests.factories import CaseFactory, MappingFactory, PersonFactory
from tests.people import NOON, TODAY
from tests.stories import registered
from tests.web.validator import cost_of, links_of, text_of, url

HOME = "/work/"


def mine(ingrid, county, name, state=CaseState.REGISTERED, **others):
    case = CaseFactory(
        person=PersonFactory(name=name),
        board=county.norsjo_board,
        responsible=ingrid,
        **others,
    )
    Case.objects.filter(pk=case.pk).update(state=state)
    return case


def things(response):
    """Return who waits for what, in order."""
    return [(each.case.name, each.what) for each in response.context["things"]]


def test_one_without_anything_to_do_is_told_what_will_come_here(knock):
    response = knock("ingrid").get(HOME)

    assert response.status_code == 200
    assert "Nothing waits for you" in text_of(response)
    assert url("cases") in links_of(response)


def test_the_person_is_greeted_by_name_and_with_the_count(knock, ingrid, county):
    mine(ingrid, county, "Dawit Tesfaye")

    assert "Hello, Ingrid One thing waits for you." in text_of(knock("ingrid").get(HOME))


@pytest.mark.parametrize(
    ("hour", "greeting"), [(7, "Good morning"), (10, "Hello"), (17, "Hello"), (18, "Good evening")]
)
def test_the_greeting_follows_the_hour(knock, monkeypatch, hour, greeting):
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON.replace(hour=hour))

    assert f"{greeting}, Ingrid" in text_of(knock("ingrid").get(HOME))


def test_what_holds_up_a_person_most_comes_first(knock, ingrid, county):
    mine(ingrid, county, "New Case")
    mine(ingrid, county, "Way To Choose", CaseState.MAPPED)
    MappingFactory(case=mine(ingrid, county, "Draft Case", CaseState.MAPPING))
    MappingFactory(case=mine(ingrid, county, "Shared Case", CaseState.MAPPING), shared=True)
    MappingFactory(case=mine(ingrid, county, "Approved Case", CaseState.MAPPING), approved=True)

    response = knock("ingrid").get(HOME)

    assert things(response) == [
        ("Approved Case", "Approved initial mapping"),
        ("Way To Choose", "Locked mapping"),
        ("New Case", "New case"),
        ("Draft Case", "Initial mapping under way"),
        ("Shared Case", "Initial mapping to approve"),
    ]
    assert response.context["first"].case.name == "Approved Case"
    assert "5 things wait for you" in text_of(response)


def test_ten_things_are_a_day_and_the_rest_is_asked_for(knock, ingrid, county):
    for number in range(11):
        registered_at = NOON - timedelta(days=number)
        mine(ingrid, county, f"Case {number}", registered_at=registered_at)

    first, every = knock("ingrid").get(HOME), knock("ingrid").get(f"{HOME}?show=all")

    assert len(things(first)) == 10
    assert things(first)[0][0] == "Case 10"
    assert "Show all 11 things that wait" in text_of(first)
    assert len(things(every)) == 11
    assert "Show all" not in text_of(every)


def test_what_lies_with_the_person_is_not_the_first_thing_to_do(knock, ingrid, county):
    MappingFactory(case=mine(ingrid, county, "Shared Case", CaseState.MAPPING), shared=True)

    response = knock("ingrid").get(HOME)

    assert response.context["first"] is None
    assert things(response) == [("Shared Case", "Initial mapping to approve")]


@pytest.mark.parametrize(
    ("path", "waits"),
    [(Path.VALIDATION, True), (Path.OTHER_ROUTE, True), (Path.AWAITING_ADMISSION, False)],
)
def test_an_in_depth_mapping_waits_where_the_way_leads_to_one(knock, ingrid, case, path, waits):
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPED)
    actions.decide_path(
        case_id=case.pk,
        path=path,
        reason="Agreed",
        decided_on=TODAY,
        operation=uuid4(),
        by=ingrid,
        at=NOON,
    )

    found = things(knock("ingrid").get(HOME))

    assert found == ([("Amina Haddad", "Way chosen")] if waits else [])


def test_one_whose_qualification_has_lapsed_is_told_why_in_place_of_what_maps(knock, lars, county):
    reason = "You need a current qualification to map. Ask the region's coordinator."
    mine(lars, county, "New Case")
    mine(lars, county, "Way To Choose", CaseState.MAPPED)
    MappingFactory(case=mine(lars, county, "Draft Case", CaseState.MAPPING))
    MappingFactory(case=mine(lars, county, "Shared Case", CaseState.MAPPING), shared=True)
    MappingFactory(case=mine(lars, county, "Approved Case", CaseState.MAPPING), approved=True)
    in_depth = mine(lars, county, "In-depth Case", CaseState.IN_DEPTH)
    MappingFactory(case=in_depth, kind=MappingKind.IN_DEPTH)

    response = knock("lars").get(HOME)

    assert [
        (each.case.name, bool(each.url), each.reason) for each in response.context["things"]
    ] == [
        ("Approved Case", False, reason),
        ("Way To Choose", True, ""),
        ("New Case", False, reason),
        ("Draft Case", False, reason),
        ("In-depth Case", False, reason),
        ("Shared Case", False, reason),
    ]
    assert response.context["first"].case.name == "Way To Choose"
    assert text_of(response).count(reason) == 5
    assert "Go on" not in text_of(response)


def test_what_cannot_be_done_is_not_the_first_thing_to_do(knock, lars, county):
    mine(lars, county, "New Case")

    response = knock("lars").get(HOME)

    assert response.context["first"] is None
    assert "First of all" not in text_of(response)


def test_the_short_part_goes_on_in_depth_alone(knock, mirjam, county):
    mine(mirjam, county, "New Case")
    in_depth = mine(mirjam, county, "In-depth Case", CaseState.IN_DEPTH)
    MappingFactory(case=in_depth, kind=MappingKind.IN_DEPTH)

    response = knock("mirjam").get(HOME)

    assert [(each.case.name, bool(each.url)) for each in response.context["things"]] == [
        ("New Case", False),
        ("In-depth Case", True),
    ]


@pytest.mark.parametrize("who", ["karin", "eva", "lotta"])
def test_leaders_see_the_cases_nobody_is_responsible_for(knock, goran, county, who):
    case = CaseFactory(person=goran, board=county.norsjo_board)

    response = knock(who).get(HOME)

    assert things(response) == [("Göran Åström", "Nobody is responsible")]
    assert url("responsible", case.pk) in links_of(response)


@pytest.mark.parametrize("who", ["ingrid", "lars", "mirjam", "petra"])
def test_nobody_else_sees_them(knock, goran, county, who):
    CaseFactory(person=goran, board=county.norsjo_board)

    assert things(knock(who).get(HOME)) == []


def test_closed_and_protected_cases_wait_for_nobody(knock, ingrid, case, county, goran):
    closed = registered(goran, county.norsjo_board, by=ingrid)
    actions.close(case_id=closed.pk, reason="Done", by=ingrid, at=NOON)
    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    response = knock("ingrid").get(HOME)

    assert things(response) == []
    assert "Amina" not in text_of(response)


def test_the_kinds_of_things_can_be_shown_one_by_one(knock, ingrid, county):
    mine(ingrid, county, "New Case")
    mine(ingrid, county, "Way To Choose", CaseState.MAPPED)
    client = knock("ingrid")

    assert [(str(tab.words), tab.count) for tab in client.get(HOME).context["tabs"]] == [
        ("All", 2),
        ("Way to choose", 1),
        ("To map", 1),
    ]
    assert things(client.get(HOME, {"show": "2"})) == [("Way To Choose", "Locked mapping")]
    assert len(things(client.get(HOME, {"show": "nonsense"}))) == 2


@pytest.mark.parametrize(("who", "offers"), [("ingrid", True), ("eva", False)])
def test_a_new_case_is_offered_to_those_who_may_open_one(knock, who, offers):
    assert (url("register") in links_of(knock(who).get(HOME))) is offers


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_much_waits(knock, ingrid, karin, county, how_many):
    for number in range(how_many):
        MappingFactory(case=mine(karin, county, f"Draft {number}", CaseState.MAPPING))
        MappingFactory(
            case=mine(karin, county, f"Approved {number}", CaseState.MAPPING), approved=True
        )
        mine(karin, county, f"Way {number}", CaseState.PATH_DECIDED)
        CaseFactory(board=county.norsjo_board)

    # session, person, assignments, own cases, cases of nobody, open mappings, ways, letters that
    # failed, qualification
    assert cost_of(knock("karin"), HOME) == 9


def test_those_signed_out_are_asked_to_sign_in(client):
    assert client.get(HOME).url.startswith("/sign-in/")


@pytest.mark.parametrize("who", ["maj", "asta", "amina"])
@pytest.mark.parametrize("name", ["home", "cases", "protected", "register", "register_case"])
def test_those_who_have_nothing_to_do_with_cases_find_no_page_of_theirs(knock, who, name):
    assert knock(who).get(url(name)).status_code == 404
    assert knock(who).get(url("information", "2026-11")).status_code == 404
