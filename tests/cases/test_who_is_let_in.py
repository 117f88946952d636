"""Letting colleagues in, ending it, and who is responsible."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions, policies, queries
from kunnig.cases.models import Access
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.organisations.models import Assignment
from kunnig.people.states import Protection
from tests.factories import AccessFactory, CaseFactory
from tests.people import NOON, TODAY
from tests.stories import registered

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def let_in(case, person, by, part=Part.IN_DEPTH, **others):
    details = {"ground": "Will assess", "starts_on": TODAY, "ends_on": None} | others
    return actions.let_in(case_id=case.pk, person=person, part=part, by=by, at=NOON, **details)


def end(access, by):
    return actions.end_access(access_id=access.pk, by=by, at=NOON)


def protect(case, by):
    return actions.protect(case_id=case.pk, level=Protection.PROTECTED_REGISTRATION, by=by, at=NOON)


def last_verb():
    return Entry.objects.order_by("pk").last().verb


def sees(person, case, at=NOON, part=None):
    return queries.visible_to(person, at, part).filter(pk=case.pk).exists()


# Letting in.


def test_a_colleague_is_let_in_to_a_part_on_a_ground_for_a_period(case, ingrid, mirjam):
    access = let_in(case, mirjam, ingrid, ends_on=TOMORROW)

    assert (access.part, access.ground, access.granted_by, access.granted_at) == (
        Part.IN_DEPTH,
        "Will assess",
        ingrid,
        NOON,
    )
    assert last_verb() == "access.granted"
    assert sees(mirjam, case, part=Part.IN_DEPTH)
    assert not sees(mirjam, case, part=Part.INITIAL)


@pytest.mark.parametrize("who", ["ingrid", "karin", "eva", "lotta"])
def test_the_one_responsible_and_the_leaders_let_others_in(request, case, mirjam, who):
    assert let_in(case, mirjam, request.getfixturevalue(who)).person == mirjam


@pytest.mark.parametrize("who", ["lars", "tomas", "petra", "maj", "asta", "amina", "goran"])
def test_nobody_else_lets_others_in(request, case, mirjam, who):
    with pytest.raises(Refused):
        let_in(case, mirjam, request.getfixturevalue(who))

    assert not Access.objects.filter(person=mirjam).exists()


def test_one_who_works_with_the_case_without_being_responsible_lets_nobody_in(
    case, ingrid, lars, mirjam
):
    let_in(case, lars, ingrid, Part.WHOLE)

    with pytest.raises(Refused, match="Only the one responsible"):
        let_in(case, mirjam, lars)


@pytest.mark.parametrize("who", ["petra", "maj", "asta", "goran"])
def test_only_colleagues_of_the_board_are_let_in(request, case, ingrid, who):
    with pytest.raises(Refused, match="does not work for the board"):
        let_in(case, request.getfixturevalue(who), ingrid)


def test_the_person_is_not_let_in_to_their_own_case(case, ingrid, amina):
    with pytest.raises(Refused, match="about this person"):
        let_in(case, amina, ingrid)


def test_only_those_who_see_the_adaptations_let_others_in_to_them(case, karin, ingrid, tomas):
    with pytest.raises(Refused, match="only to those let in to them"):
        let_in(case, tomas, karin, Part.ADAPTATIONS)

    assert let_in(case, tomas, ingrid, Part.ADAPTATIONS)


def test_who_sees_the_adaptations_lets_others_in_to_them_though_not_responsible(
    case, karin, ingrid, lars
):
    actions.change_responsible(case_id=case.pk, person=lars, by=karin, at=NOON)

    assert not policies.may_see_adaptations(lars, case, NOON)
    assert let_in(case, lars, ingrid, Part.ADAPTATIONS)
    assert policies.may_see_adaptations(lars, case, NOON)


def test_nobody_is_let_in_to_a_closed_case(case, ingrid, mirjam):
    actions.close(case_id=case.pk, reason="Moved", by=ingrid, at=NOON)

    with pytest.raises(Refused, match="closed"):
        let_in(case, mirjam, ingrid)


def test_a_ground_is_asked_for(case, ingrid, mirjam):
    with pytest.raises(Refused, match="Say why"):
        let_in(case, mirjam, ingrid, ground="  ")


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(TOMORROW, TODAY), (YESTERDAY - timedelta(days=1), YESTERDAY)]
)
def test_a_period_has_a_day_left(case, ingrid, mirjam, starts_on, ends_on):
    with pytest.raises(Refused, match="last day"):
        let_in(case, mirjam, ingrid, starts_on=starts_on, ends_on=ends_on)


def test_the_same_again_is_the_same_access(case, ingrid, mirjam):
    assert let_in(case, mirjam, ingrid) == let_in(case, mirjam, ingrid)


def test_a_second_access_to_the_same_part_is_refused_while_the_first_runs(case, ingrid, mirjam):
    let_in(case, mirjam, ingrid)

    with pytest.raises(Refused, match="already let in"):
        let_in(case, mirjam, ingrid, ends_on=TOMORROW)


def test_an_access_that_has_run_out_gives_way_to_a_new_one(case, ingrid, mirjam):
    old = AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH, ends_on=YESTERDAY)
    assert not sees(mirjam, case)

    let_in(case, mirjam, ingrid)

    old.refresh_from_db()
    assert (old.ended_by, old.ended_at) == (ingrid, NOON)
    assert sees(mirjam, case)


def test_an_access_holds_from_its_first_day_through_its_last(case, ingrid, mirjam):
    let_in(case, mirjam, ingrid, starts_on=TOMORROW, ends_on=TOMORROW)

    days = [NOON + timedelta(days=days) for days in range(3)]
    assert [sees(mirjam, case, at) for at in days] == [False, True, False]


def test_whoever_leaves_the_board_sees_the_case_no_more(case, ingrid):
    assert sees(ingrid, case)
    assert policies.works_with(ingrid, case, NOON)

    Assignment.objects.filter(person=ingrid).update(ends_on=YESTERDAY)

    assert not sees(ingrid, case)
    assert not policies.works_with(ingrid, case, NOON)
    assert not policies.may_see_adaptations(ingrid, case, NOON)
    assert not queries.is_let_in(ingrid, case, NOON)
    assert not queries.let_in(ingrid, NOON).exists()
    assert not queries.responsible_for(ingrid, NOON).exists()


# Ending.


def test_an_access_is_ended_and_kept(case, ingrid, mirjam):
    access = let_in(case, mirjam, ingrid)

    ended = end(access, ingrid)

    assert (ended.ended_by, ended.ended_at) == (ingrid, NOON)
    assert last_verb() == "access.ended"
    assert not sees(mirjam, case)


def test_ending_twice_changes_nothing_more(case, ingrid, karin, mirjam):
    access = let_in(case, mirjam, ingrid)
    end(access, ingrid)
    lines = Entry.objects.count()

    assert end(access, karin).ended_by == ingrid
    assert Entry.objects.count() == lines


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "amina"])
def test_nobody_else_ends_an_access(request, case, ingrid, mirjam, who):
    access = let_in(case, mirjam, ingrid)

    with pytest.raises(Refused):
        end(access, request.getfixturevalue(who))

    access.refresh_from_db()
    assert access.ended_at is None


def test_the_one_responsible_stays_let_in(case, karin, ingrid):
    access = case.accesses.get(person=ingrid, part=Part.WHOLE)

    with pytest.raises(Refused, match="Change who is responsible first"):
        end(access, karin)


def test_somebody_always_stays_named_in_a_protected_case(case, ingrid, karin, lars):
    protect(case, ingrid)
    let_in(case, lars, ingrid, Part.WHOLE, ends_on=TOMORROW)
    actions.change_responsible(case_id=case.pk, person=karin, by=ingrid, at=NOON)
    end(case.accesses.get(person=ingrid, part=Part.WHOLE), karin)
    case.responsible = None
    case.save(update_fields=["responsible"])

    # Karin is the last without an end: Lars's access runs out by itself.
    with pytest.raises(Refused, match="must be named"):
        end(case.accesses.get(person=karin, part=Part.WHOLE, ended_at=None), karin)


def test_somebody_always_stays_let_in_to_the_adaptations(case, ingrid, karin, tomas):
    own = case.accesses.get(person=ingrid, part=Part.ADAPTATIONS)
    let_in(case, tomas, ingrid, Part.ADAPTATIONS, ends_on=TOMORROW)

    # Tomas's access runs out by itself: ending hers would leave them to whoever is named next.
    for by in (karin, ingrid):
        with pytest.raises(Refused, match="must be let in to the adaptations"):
            end(own, by)

    end(case.accesses.get(person=tomas), karin)
    let_in(case, tomas, ingrid, Part.ADAPTATIONS)
    assert end(own, ingrid).ended_by == ingrid


# Who is responsible.


@pytest.mark.parametrize(("by", "sees"), [("karin", False), ("lotta", False), ("ingrid", True)])
def test_the_adaptations_come_with_it_only_from_one_who_sees_them(request, case, karin, by, sees):
    by = request.getfixturevalue(by)

    actions.change_responsible(case_id=case.pk, person=karin, by=by, at=NOON)

    assert bool(policies.may_see_adaptations(karin, case, NOON)) is sees


@pytest.mark.parametrize("how", ["left", "ran out"])
def test_the_adaptations_come_with_it_when_nobody_is_let_in_to_them_any_more(
    case, karin, ingrid, how
):
    if how == "left":
        Assignment.objects.filter(person=ingrid).update(ends_on=YESTERDAY)
    else:
        case.accesses.filter(person=ingrid, part=Part.ADAPTATIONS).update(
            starts_on=YESTERDAY, ends_on=YESTERDAY
        )

    actions.change_responsible(case_id=case.pk, person=karin, by=karin, at=NOON)

    assert policies.may_see_adaptations(karin, case, NOON)


@pytest.mark.parametrize("who", ["karin", "ingrid", "lars", "lotta"])
def test_one_who_works_with_cases_becomes_responsible_and_is_let_in(request, amina, county, who):
    person, karin = request.getfixturevalue(who), request.getfixturevalue("karin")
    case = CaseFactory(person=amina, board=county.norsjo_board)

    actions.change_responsible(case_id=case.pk, person=person, by=karin, at=NOON)

    case.refresh_from_db()
    assert case.responsible == person
    assert {each.part for each in case.accesses.filter(person=person, ends_on=None)} == {
        Part.WHOLE,
        Part.ADAPTATIONS,
    }
    assert last_verb() == "case.responsible_changed"


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("mirjam", "Only counsellors"),
        ("eva", "Only counsellors"),
        ("petra", "does not work for the board"),
        ("amina", "about this person"),
    ],
)
def test_nobody_else_becomes_responsible(request, case, ingrid, who, reason):
    with pytest.raises(Refused, match=reason):
        actions.change_responsible(
            case_id=case.pk, person=request.getfixturevalue(who), by=ingrid, at=NOON
        )


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "amina"])
def test_nobody_else_changes_who_is_responsible(request, case, karin, who):
    with pytest.raises(Refused):
        actions.change_responsible(
            case_id=case.pk, person=karin, by=request.getfixturevalue(who), at=NOON
        )


@pytest.mark.parametrize(
    "period",
    [
        {"ends_on": TOMORROW},
        {"ends_on": YESTERDAY},
        {"starts_on": TOMORROW},
    ],
)
def test_one_responsible_is_let_in_without_an_end_whatever_ran_before(case, karin, lars, period):
    AccessFactory(case=case, person=lars, part=Part.WHOLE, **period)

    actions.change_responsible(case_id=case.pk, person=lars, by=karin, at=NOON)

    assert sees(lars, case)
    assert sees(lars, case, NOON + timedelta(days=400))


def test_whoever_was_responsible_stays_let_in_until_it_is_ended(case, ingrid, karin):
    actions.change_responsible(case_id=case.pk, person=karin, by=ingrid, at=NOON)

    assert sees(ingrid, case)
    end(case.accesses.get(person=ingrid, part=Part.WHOLE), karin)
    assert not sees(ingrid, case, part=Part.WHOLE)


PERIODS = [
    (starts_on, ends_on)
    for starts_on in (YESTERDAY, TODAY, TOMORROW)
    for ends_on in (None, YESTERDAY, TODAY, TOMORROW)
    if ends_on is None or starts_on <= ends_on
]


@pytest.mark.parametrize("ended_at", [None, NOON])
@pytest.mark.parametrize(("starts_on", "ends_on"), PERIODS)
def test_an_access_and_the_database_agree_on_whether_it_runs(
    case, lars, starts_on, ends_on, ended_at
):
    access = AccessFactory(
        case=case,
        person=lars,
        starts_on=starts_on,
        ends_on=ends_on,
        ended_at=ended_at,
        ended_by=lars if ended_at else None,
    )

    assert access.runs_on(TODAY) is queries.accesses_running(NOON).filter(pk=access.pk).exists()
    assert not (access.runs_on(TODAY) and access.is_over_on(TODAY))
