"""A protected person's case: open to the named, and to nobody else at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.audit.models import Entry, label_of
from kunnig.cases import actions, policies, queries
from kunnig.cases.models import Access
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.organisations.models import Assignment
from kunnig.organisations.states import Role
from kunnig.people.states import Protection
from tests.factories import AccessFactory, AssignmentFactory, CaseFactory, PersonFactory
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


def own_case(amina, county):
    """A case that Amina has opened herself next door; nobody is named in it."""
    return CaseFactory(person=amina, board=county.mala_board)


def test_a_case_next_door_where_nobody_is_named_is_left_to_its_coordinator(
    case, amina, county, ingrid, petra
):
    theirs = own_case(amina, county)

    protect(case, ingrid)

    assert seen_by(theirs, ingrid, petra) == {"petra"}
    assert seen_by(case, ingrid, petra) == {"ingrid"}
    assert policies.may_see_adaptations(petra, theirs, NOON)
    assert list(queries.named_in_protected(petra, NOON)) == [theirs]


def test_the_one_responsible_next_door_comes_before_the_coordinator(
    case, amina, county, ingrid, petra
):
    theirs = own_case(amina, county)
    theirs.responsible = AssignmentFactory(
        person=PersonFactory(username="olof"), organisation=county.mala_unit
    ).person
    theirs.save()

    protect(case, ingrid)

    assert seen_by(theirs, theirs.responsible, petra) == {"olof"}


@pytest.mark.parametrize("why", ["left", "will end"])
def test_one_named_next_door_who_does_not_stay_is_not_enough(
    case, amina, county, ingrid, petra, why
):
    theirs = own_case(amina, county)
    yesterday, tomorrow = (NOON.date() + timedelta(days=days) for days in (-1, 1))
    job = AssignmentFactory(
        organisation=county.mala_unit, ends_on=yesterday if why == "left" else None
    )
    AccessFactory(case=theirs, person=job.person, ends_on=tomorrow if why == "will end" else None)

    protect(case, ingrid)

    # Not before nobody else is there: the named are few.
    assert seen_by(theirs, petra) == ({"petra"} if why == "left" else set())
    later = NOON + timedelta(days=2)
    assert queries.visible_to(petra, later).filter(pk=theirs.pk).exists()


def test_where_there_is_no_coordinator_another_leader_is_named(case, amina, county, ingrid):
    theirs = own_case(amina, county)
    olof = AssignmentFactory(
        person=PersonFactory(username="olof"),
        organisation=county.mala_unit,
        role=Role.PRINCIPAL,
    ).person

    protect(case, ingrid)

    assert seen_by(theirs, olof) == {"olof"}


YESTERDAY = NOON.date() - timedelta(days=1)


def end_role(person, by, ends_on=YESTERDAY):
    return actions.end_role(
        assignment_id=person.assignments.get().pk, ends_on=ends_on, by=by, at=NOON
    )


@pytest.mark.parametrize("last_day", [-1, 0, 30])
def test_the_last_one_named_leaves_the_case_to_the_coordinator(
    case, ingrid, lotta, karin, last_day
):
    protect(case, ingrid)

    end_role(ingrid, lotta, NOON.date() + timedelta(days=last_day))

    assert Entry.objects.filter(file=label_of(case), verb="access.granted").exists()
    later = NOON + timedelta(days=60)
    assert not queries.visible_to(ingrid, later).filter(pk=case.pk).exists()
    assert queries.visible_to(lotta, later, Part.WHOLE).filter(pk=case.pk).exists()
    assert not queries.visible_to(karin, later).filter(pk=case.pk).exists()


@pytest.mark.parametrize("which", ["role", "access"])
def test_one_whose_last_day_is_set_already_leaves_it_to_the_coordinator_from_the_day_after(
    case, ingrid, lotta, lars, which
):
    last_day = NOON.date() + timedelta(days=30)
    by = ingrid if which == "role" else lars
    if by == ingrid:
        Assignment.objects.filter(person=ingrid).update(ends_on=last_day)
    else:
        AccessFactory(case=case, person=lars, ends_on=last_day)

    protect(case, ingrid)
    if by == lars:
        end_role(ingrid, lotta)

    assert seen_by(case, ingrid, lars, lotta) == {by.username}
    at = NOON + timedelta(days=31)
    assert queries.visible_to(lotta, at, Part.WHOLE).filter(pk=case.pk).exists()
    assert not queries.visible_to(by, at).filter(pk=case.pk).exists()
    theirs = Access.objects.filter(case=case, person=lotta, part=Part.WHOLE)
    assert [each.starts_on for each in theirs] == [last_day + timedelta(days=1)]


def test_whoever_is_named_is_told_of_in_a_line_of_its_own(case, ingrid, karin, lars):
    def granted():
        lines = Entry.objects.filter(file=label_of(case), verb="access.granted")
        return lines.count()

    assert granted() == 1  # registered it

    protect(case, ingrid)
    assert granted() == 1  # named already

    actions.change_responsible(case_id=case.pk, person=lars, by=ingrid, at=NOON)
    assert granted() == 2


def test_nobody_more_is_named_while_another_stays(case, ingrid, lotta, lars):
    protect(case, ingrid)
    AccessFactory(case=case, person=lars)

    end_role(ingrid, lotta)

    assert seen_by(case, ingrid, lars, lotta) == {"lars"}


def test_nobody_is_named_for_an_end_in_a_case_that_is_open_to_the_board(case, ingrid, lotta):
    end_role(ingrid, lotta)

    assert not case.accesses.exclude(person=ingrid).exists()


def test_one_who_works_there_as_something_else_still_leaves_nothing(case, ingrid, lotta, county):
    protect(case, ingrid)
    AssignmentFactory(person=ingrid, organisation=county.norsjo_unit, role=Role.TEACHER)
    first = ingrid.assignments.get(role=Role.VALIDATOR)

    actions.end_role(
        assignment_id=first.pk, ends_on=NOON.date() - timedelta(days=1), by=lotta, at=NOON
    )

    assert seen_by(case, ingrid, lotta) == {"ingrid"}


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

    assert told_in(other) == told_in(case) != []
    assert told_in(elsewhere) == []


def test_an_authority_does_not_lift_what_holds_for_a_case_with_another(
    case, amina, county, ingrid, petra
):
    protect(case, ingrid)
    elsewhere = CaseFactory(person=amina, board=county.mala_board, responsible=petra)
    AccessFactory(case=elsewhere, person=petra)

    for each, who in ((elsewhere, petra), (case, ingrid)):
        with pytest.raises(Refused, match="not lifted here"):
            protect(each, who, Protection.NONE)

    amina.refresh_from_db()
    assert amina.is_protected
    assert protect(elsewhere, petra, REGISTRATION).person.is_protected


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
