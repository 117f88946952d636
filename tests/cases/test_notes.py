"""What is noted of a case: details, adaptations, the way, closing and opening again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions, policies, queries
from kunnig.cases.models import Case, Closing, PathDecision
from kunnig.cases.states import PATHS_TO_IN_DEPTH, CaseState, Part, Path
from kunnig.kernel.verdict import Refused
from tests.factories import AccessFactory
from tests.people import NOON, TODAY
from tests.stories import registered

LATER = NOON + timedelta(hours=1)
# Those who work with the whole case, and those who do not.
INSIDE = ["ingrid", "karin", "eva", "lotta"]
OUTSIDE = ["lars", "mirjam", "tomas", "petra", "maj", "asta", "amina", "goran"]
DETAILS = {
    "goal": "Kock",
    "purpose": "Vill byta arbete",
    "own_reference": "UN 2026/9",
    "language": "so",
    "needs_interpreter": True,
}


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def stands(case, state):
    """Put the case where a mapping would have brought it."""
    Case.objects.filter(pk=case.pk).update(state=state)
    return case


def decide(case, by, path=Path.VALIDATION, **others):
    details = {"reason": "Admitted", "decided_on": TODAY, "operation": uuid4(), "at": NOON} | others
    return actions.decide_path(case_id=case.pk, path=path, by=by, **details)


def close(case, by, reason="Moved to Umeå"):
    return actions.close(case_id=case.pk, reason=reason, by=by, at=NOON)


def reopen(case, by, reason="Moved back"):
    return actions.reopen(case_id=case.pk, reason=reason, by=by, at=LATER)


def last_verb():
    return Entry.objects.order_by("pk").last().verb


# Details.


@pytest.mark.parametrize("who", INSIDE)
def test_those_who_work_with_a_case_change_its_details(request, case, who):
    by = request.getfixturevalue(who)

    actions.change_details(case_id=case.pk, by=by, at=NOON, **DETAILS)

    case.refresh_from_db()
    assert {name: getattr(case, name) for name in DETAILS} == DETAILS
    assert last_verb() == "case.changed"


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_changes_the_details(request, case, who):
    with pytest.raises(Refused):
        actions.change_details(case_id=case.pk, by=request.getfixturevalue(who), at=NOON, **DETAILS)

    case.refresh_from_db()
    assert case.goal != "Kock"


def test_a_closed_case_is_not_changed(case, ingrid):
    close(case, ingrid)

    with pytest.raises(Refused, match="closed"):
        actions.change_details(case_id=case.pk, by=ingrid, at=NOON, **DETAILS)


# Adaptations.


def note(case, by, text="Large print", at=LATER):
    return actions.note_adaptation(case_id=case.pk, text=text, by=by, at=at)


def test_a_later_adaptation_holds_and_the_earlier_is_kept(case, ingrid):
    earlier = queries.adaptation_of(case)

    later = note(case, ingrid)

    assert queries.adaptation_of(case) == later
    assert list(queries.adaptations_of(case)) == [later, earlier]
    assert last_verb() == "adaptation.noted"


def test_the_same_adaptation_sent_twice_is_noted_once(case, ingrid):
    assert note(case, ingrid) == note(case, ingrid)


def test_an_adaptation_says_something(case, ingrid):
    with pytest.raises(Refused, match="Write what the person needs"):
        note(case, ingrid, "  ")


@pytest.mark.parametrize("who", ["karin", "eva", "lotta", "lars", "mirjam", "petra", "maj", "asta"])
def test_a_role_does_not_open_the_adaptations(request, case, who):
    person = request.getfixturevalue(who)

    assert not policies.may_see_adaptations(person, case, NOON)
    with pytest.raises(Refused, match="only to those let in"):
        note(case, person)


def test_the_person_and_those_let_in_to_them_see_the_adaptations(case, amina, ingrid, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.ADAPTATIONS)

    for person in (amina, ingrid, mirjam):
        assert policies.may_see_adaptations(person, case, NOON)
    assert note(case, mirjam)
    assert note(case, amina, "Breaks")


def test_no_adaptation_is_noted_in_a_closed_case(case, ingrid):
    close(case, ingrid)

    with pytest.raises(Refused, match="closed"):
        note(case, ingrid)


# The way.


@pytest.mark.parametrize("path", Path)
def test_the_way_is_decided_with_reason_day_and_name(case, ingrid, path):
    stands(case, CaseState.MAPPED)

    decision = decide(case, ingrid, path)

    case.refresh_from_db()
    assert case.standing is CaseState.PATH_DECIDED
    assert (decision.path, decision.reason, decision.decided_by, decision.decided_on) == (
        path,
        "Admitted",
        ingrid,
        TODAY,
    )
    assert last_verb() == "path.decided"
    assert bool(policies.path_leads_to_in_depth(case)) is (path in PATHS_TO_IN_DEPTH)


def test_only_validation_and_another_route_lead_to_an_in_depth_mapping():
    assert {Path.VALIDATION, Path.OTHER_ROUTE} == PATHS_TO_IN_DEPTH


def test_the_way_is_decided_anew_and_the_earlier_decision_is_kept(case, ingrid):
    stands(case, CaseState.MAPPED)
    waiting = decide(case, ingrid, Path.AWAITING_ADMISSION)

    admitted = decide(case, ingrid, Path.VALIDATION, at=LATER)

    assert queries.path_of(case) == admitted
    assert list(queries.paths_of(case)) == [admitted, waiting]
    assert queries.latest_paths([case.pk]) == {case.pk: Path.VALIDATION}


def test_of_several_at_one_moment_the_last_one_holds(case, ingrid):
    stands(case, CaseState.MAPPED)
    ways = [*Path, *Path]

    decided = [decide(case, ingrid, path) for path in ways]
    noted = [
        actions.note_adaptation(case_id=case.pk, text=f"Paus {n}", by=ingrid, at=NOON)
        for n in range(9)
    ]

    assert list(queries.paths_of(case)) == decided[::-1]
    assert queries.path_of(case) == decided[-1]
    assert queries.latest_paths([case.pk]) == {case.pk: ways[-1]}
    assert list(queries.adaptations_of(case))[:9] == noted[::-1]
    assert queries.adaptation_of(case) == noted[-1]


def test_the_same_form_sent_twice_decides_once(case, ingrid):
    stands(case, CaseState.MAPPED)
    operation = uuid4()

    assert decide(case, ingrid, operation=operation) == decide(case, ingrid, operation=operation)
    assert PathDecision.objects.count() == 1


@pytest.mark.parametrize(
    "state", [each for each in CaseState if each not in {CaseState.MAPPED, CaseState.PATH_DECIDED}]
)
def test_the_way_is_decided_between_the_two_mappings_and_at_no_other_time(case, ingrid, state):
    stands(case, state)

    with pytest.raises(Refused, match=r"approved and locked|closed"):
        decide(case, ingrid)

    case.refresh_from_db()
    assert case.standing is state


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_decides_the_way(request, case, who):
    stands(case, CaseState.MAPPED)

    with pytest.raises(Refused):
        decide(case, request.getfixturevalue(who))


def test_a_decision_has_a_reason_and_a_day_that_has_come(case, ingrid):
    stands(case, CaseState.MAPPED)

    with pytest.raises(Refused, match="Say why"):
        decide(case, ingrid, reason=" ")
    with pytest.raises(Refused, match="lies ahead"):
        decide(case, ingrid, decided_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="The case was opened on"):
        decide(case, ingrid, decided_on=TODAY - timedelta(days=1))


def test_without_a_decision_no_in_depth_mapping_follows(case):
    assert "Decide the path first" in str(policies.path_leads_to_in_depth(case).reason)


# Closing and opening again.


@pytest.mark.parametrize("state", [each for each in CaseState if each is not CaseState.CLOSED])
def test_a_case_is_closed_and_opened_again_where_it_was_left(case, ingrid, state):
    stands(case, state)

    closing = close(case, ingrid)
    case.refresh_from_db()
    assert (case.standing, closing.reason, closing.closed_by) == (
        CaseState.CLOSED,
        "Moved to Umeå",
        ingrid,
    )
    assert queries.closing_of(case) == closing
    assert last_verb() == "case.closed"

    reopen(case, ingrid)
    case.refresh_from_db()
    closing.refresh_from_db()
    assert case.standing is state
    assert (closing.reopened_by, closing.reopened_at, closing.reopened_because) == (
        ingrid,
        LATER,
        "Moved back",
    )
    assert queries.closing_of(case) is None
    assert last_verb() == "case.reopened"


def test_a_case_is_closed_once_and_opened_once(case, ingrid):
    close(case, ingrid)
    with pytest.raises(Refused, match="closed"):
        close(case, ingrid, reason="Has died")

    reopen(case, ingrid)
    with pytest.raises(Refused, match="is open"):
        reopen(case, ingrid, reason="Has come back")

    assert Closing.objects.count() == 1


def test_the_same_closing_and_opening_again_is_answered_as_the_first(case, ingrid):
    assert close(case, ingrid) == close(case, ingrid)
    assert reopen(case, ingrid) == reopen(case, ingrid)

    assert Closing.objects.count() == 1


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_closes_or_opens_a_case(request, case, ingrid, who):
    person = request.getfixturevalue(who)

    with pytest.raises(Refused):
        close(case, person)
    close(case, ingrid)
    with pytest.raises(Refused):
        reopen(case, person)


def test_closing_and_opening_are_explained(case, ingrid):
    with pytest.raises(Refused, match="Say why"):
        close(case, ingrid, " ")
    close(case, ingrid)
    with pytest.raises(Refused, match="Say why"):
        reopen(case, ingrid, "")
