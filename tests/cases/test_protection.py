"""A protected person's case: open to the named, and to nobody else at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.audit.models import Entry, label_of
from kunnig.cases import actions, policies, queries
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.people.states import Protection
from tests.factories import AccessFactory, CaseFactory
from tests.people import NOON
from tests.stories import registered

REGISTRATION = Protection.PROTECTED_REGISTRATION


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def protect(case, by, level=REGISTRATION):
    return actions.protect(case_id=case.pk, level=level, by=by, at=NOON)


def seen_by(case, *people):
    return {
        person.username
        for person in people
        if queries.visible_to(person, NOON).filter(pk=case.pk).exists()
    }


def listed_for(person, case):
    return any(
        each.filter(pk=case.pk).exists()
        for each in (
            queries.of_boards(person, NOON),
            queries.let_in(person, NOON),
            queries.responsible_for(person, NOON),
            queries.without_responsible(person, NOON),
        )
    )


@pytest.mark.parametrize("level", [each for each in Protection if each is not Protection.NONE])
def test_marking_shuts_out_all_but_the_named(case, ingrid, karin, eva, lotta, level):
    assert seen_by(case, ingrid, karin, eva, lotta) == {"ingrid", "karin", "eva", "lotta"}

    protect(case, ingrid, level)

    assert seen_by(case, ingrid, karin, eva, lotta) == {"ingrid"}
    assert Entry.objects.order_by("pk").last().verb == "person.protected"


def test_whoever_marks_it_is_named_first(case, karin, ingrid):
    protect(case, karin)

    assert seen_by(case, karin, ingrid) == {"karin", "ingrid"}
    assert policies.works_with(karin, case, NOON)


def test_marking_and_lifting_is_no_way_to_the_adaptations(case, karin):
    protect(case, karin)
    protect(case, karin, Protection.NONE)

    assert not policies.may_see_adaptations(karin, case, NOON)


def test_whoever_marks_it_stays_named_whatever_ran_before(case, karin):
    yesterday = NOON.date() - timedelta(days=1)
    AccessFactory(case=case, person=karin, part=Part.WHOLE, ends_on=yesterday)

    protect(case, karin)

    assert seen_by(case, karin) == {"karin"}


def test_no_other_case_of_the_person_is_left_without_anybody(case, amina, county, karin):
    other = CaseFactory(person=amina, board=county.norsjo_board)

    protect(case, karin)

    assert seen_by(other, karin) == {"karin"}


def test_a_case_with_the_neighbour_is_not_opened_by_marking(case, amina, county, ingrid, petra):
    theirs = CaseFactory(person=amina, board=county.mala_board, responsible=petra)
    AccessFactory(case=theirs, person=petra)

    protect(case, ingrid)

    assert seen_by(theirs, ingrid, petra) == {"petra"}


def test_a_protected_case_is_in_no_list_and_no_search_not_even_of_the_named(
    case, ingrid, karin, amina
):
    assert listed_for(ingrid, case)
    assert listed_for(karin, case)

    protect(case, ingrid)

    assert not listed_for(ingrid, case)
    assert not listed_for(karin, case)
    same = queries.likely_same(
        ingrid, NOON, name=amina.name, birth_date=amina.birth_date, identifiers=[]
    )
    assert same == []


def test_the_named_find_its_number_and_nobody_else_does(case, ingrid, karin, petra, maj):
    protect(case, ingrid)

    assert list(queries.named_in_protected(ingrid, NOON)) == [case]
    for person in (karin, petra, maj):
        assert not queries.named_in_protected(person, NOON).exists()


def test_the_named_let_others_in_one_by_one(case, ingrid, karin, eva):
    protect(case, ingrid)

    for person in (karin, eva):
        actions.let_in(
            case_id=case.pk,
            person=person,
            part=Part.WHOLE,
            ground="Deputy",
            starts_on=NOON.date(),
            ends_on=None,
            by=ingrid,
            at=NOON,
        )

    assert seen_by(case, karin, eva) == {"karin", "eva"}


def test_a_leader_who_is_not_named_does_nothing_with_it(case, ingrid, karin):
    case = protect(case, ingrid)

    asked = (
        policies.works_with,
        policies.may_change,
        policies.may_let_in,
        policies.may_close,
        policies.may_see_adaptations,
    )
    assert [bool(may(karin, case, NOON)) for may in asked] == [False] * len(asked)
    with pytest.raises(Refused):
        protect(case, karin, Protection.NONE)


def told_in(case):
    """Return what the history of a case tells of its protection, and by whom."""
    lines = Entry.objects.filter(file=label_of(case), verb__startswith="protection.")
    return [(line.verb, line.actor, line.happened_at) for line in lines.order_by("pk")]


def test_the_case_tells_who_changed_the_protection_and_when(case, ingrid):
    protect(case, ingrid)
    protect(case, ingrid)
    protect(case, ingrid, Protection.ASSUMED_IDENTITY)
    protect(case, ingrid, Protection.NONE)

    by = str(ingrid.pk)
    assert told_in(case) == [
        ("protection.noted", by, NOON),
        ("protection.noted", by, NOON),
        ("protection.lifted", by, NOON),
    ]


def test_saying_that_there_is_no_protection_changes_nothing(case, ingrid):
    protect(case, ingrid, Protection.NONE)

    assert told_in(case) == []


def test_only_the_cases_that_they_open_tell_who_changed_it(case, amina, county, karin, petra):
    other = CaseFactory(person=amina, board=county.norsjo_board)
    elsewhere = CaseFactory(person=amina, board=county.mala_board, responsible=petra)
    AccessFactory(case=elsewhere, person=petra)

    protect(case, karin)
    protect(case, karin, Protection.NONE)

    assert told_in(other) == told_in(case) != []
    assert told_in(elsewhere) == []


def test_lifting_opens_it_to_the_board_again(case, ingrid, karin):
    protect(case, ingrid)

    protect(case, ingrid, Protection.NONE)

    assert seen_by(case, karin) == {"karin"}
    assert Entry.objects.order_by("pk").last().verb == "person.protection_lifted"


def test_saying_that_there_is_no_protection_names_nobody(case, karin):
    protect(case, karin, Protection.NONE)

    assert not case.accesses.filter(person=karin).exists()


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "asta", "amina"])
def test_nobody_else_marks_or_lifts_it(request, case, who, amina):
    with pytest.raises(Refused):
        protect(case, request.getfixturevalue(who))

    amina.refresh_from_db()
    assert not amina.is_protected


def test_a_closed_case_can_still_be_protected(case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    protect(case, ingrid)

    assert seen_by(case, ingrid) == {"ingrid"}
