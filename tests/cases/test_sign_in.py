"""Letting the person of a case sign in: who may, and for whom nobody in the case may."""

from __future__ import annotations

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions, policies
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.organisations.states import Role
from kunnig.people.models import Person
from kunnig.people.policies import password_mark
from kunnig.people.states import Protection
from tests.factories import AccessFactory, AssignmentFactory, CaseFactory, PersonFactory
from tests.people import NOON
from tests.stories import registered

PASSWORD = "kq7x-m4pd-7rtb"
NOT_HERE = "is not opened here. Ask your municipal coordinator"


@pytest.fixture
def case(amina, ingrid, county):
    amina.username = None
    amina.save(update_fields=["username"])
    return registered(amina, county.norsjo_board, by=ingrid)


@pytest.fixture
def newcomer(county):
    """A colleague in Norsjö who has no way in yet."""
    return AssignmentFactory(
        person=PersonFactory(name="Nils Öberg"), organisation=county.norsjo_unit
    ).person


def open_sign_in(case, by, username="Amina.H", password=PASSWORD):
    return actions.open_sign_in(
        case_id=case.pk, username=username, password=password, by=by, at=NOON
    )


def give_password(case, by, password="7rtb-kq7x-m4pd"):
    mark = password_mark(Person.objects.get(pk=case.person_id))
    return actions.give_password(
        case_id=case.pk, password=password, instead_of=mark, by=by, at=NOON
    )


def told(case):
    """Return what the history of the case tells of the sign-in."""
    lines = Entry.objects.filter(file=f"cases.case:{case.pk}", verb__startswith="sign_in.")
    return [line.verb for line in lines.order_by("pk")]


@pytest.mark.parametrize("who", ["ingrid", "karin", "eva", "lotta"])
def test_those_who_work_with_it_open_it_and_it_is_traced(request, case, who):
    by = request.getfixturevalue(who)

    person = open_sign_in(case, by)

    assert person.username == "amina.h"
    assert person.check_password(PASSWORD)
    assert told(case) == ["sign_in.opened"]
    line = Entry.objects.get(verb="sign_in.opened")
    assert (line.about, line.actor) == (str(person.pk), str(by.pk))


def test_the_same_again_changes_nothing(case, ingrid):
    open_sign_in(case, ingrid)
    mark = password_mark(Person.objects.get(pk=case.person_id))
    give_password(case, ingrid)

    with pytest.raises(Refused, match="made already"):
        actions.give_password(
            case_id=case.pk, password="m4pd-7rtb-kq7x", instead_of=mark, by=ingrid, at=NOON
        )
    open_sign_in(case, ingrid, password="7rtb-kq7x-m4pd")
    assert told(case) == ["sign_in.opened", "sign_in.password_given"]


def test_a_way_in_is_never_opened_over_another(case, ingrid, amina):
    open_sign_in(case, ingrid)

    for username in ("amina.h", "another"):
        with pytest.raises(Refused, match="can sign in already"):
            open_sign_in(case, ingrid, username, "7rtb-kq7x-m4pd")

    amina.refresh_from_db()
    assert amina.username == "amina.h"
    assert amina.check_password(PASSWORD)


def test_a_new_password_takes_the_place_of_the_old_and_the_name_stays(case, ingrid):
    open_sign_in(case, ingrid)

    person = give_password(case, ingrid)

    assert person.username == "amina.h"
    assert not person.check_password(PASSWORD)


def test_there_is_no_new_password_without_a_user_name(case, ingrid):
    with pytest.raises(Refused, match="no user name yet"):
        give_password(case, ingrid)


@pytest.mark.parametrize("give", [open_sign_in, give_password])
@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "asta", "amina"])
def test_nobody_else_does(request, case, who, give):
    with pytest.raises(Refused):
        give(case, request.getfixturevalue(who))

    assert told(case) == []


def test_a_part_of_the_case_is_not_enough(case, mirjam):
    for part in (Part.INITIAL, Part.IN_DEPTH, Part.ADAPTATIONS):
        AccessFactory(case=case, person=mirjam, part=part)

    assert not policies.may_open_sign_in(mirjam, case, NOON)


def test_not_in_a_closed_case(case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    with pytest.raises(Refused, match="closed"):
        open_sign_in(case, ingrid)


@pytest.mark.parametrize("give", [open_sign_in, give_password])
def test_never_for_one_who_has_or_had_a_role(case, ingrid, amina, county, give):
    over = NOON.date().replace(year=2025)
    AssignmentFactory(person=amina, organisation=county.mala_unit, role=Role.TEACHER, ends_on=over)

    with pytest.raises(Refused, match=NOT_HERE):
        give(case, ingrid)


@pytest.mark.parametrize("give", [open_sign_in, give_password])
def test_never_for_one_who_has_a_case_that_they_do_not_work_with(
    case, ingrid, karin, amina, county, give
):
    CaseFactory(person=amina, board=county.mala_board)

    for by in (ingrid, karin):
        with pytest.raises(Refused, match=NOT_HERE):
            give(case, by)


def test_another_case_that_they_work_with_is_no_hindrance(case, ingrid, karin, amina, county):
    other = CaseFactory(person=amina, board=county.norsjo_board)

    assert policies.may_open_sign_in(karin, case, NOON)
    assert not policies.may_open_sign_in(ingrid, case, NOON)

    AccessFactory(case=other, person=ingrid)
    assert policies.may_open_sign_in(ingrid, case, NOON)


def test_for_a_protected_person_only_the_named_do(case, ingrid, karin):
    case = actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    with pytest.raises(Refused):
        open_sign_in(case, karin)
    assert open_sign_in(case, ingrid).username == "amina.h"


def test_one_with_a_role_is_helped_in_their_case_by_who_answers_for_the_role(
    case, amina, county, karin, lotta
):
    AssignmentFactory(person=amina, organisation=county.norsjo_unit, role=Role.TEACHER)

    with pytest.raises(Refused, match=NOT_HERE):
        open_sign_in(case, karin)
    assert open_sign_in(case, lotta).username == "amina.h"


# Colleagues.


def open_colleagues(person, by, username="nils", password=PASSWORD):
    return actions.open_colleagues_sign_in(
        person_id=person.pk, username=username, password=password, by=by, at=NOON
    )


def give_colleague(person, by, password="7rtb-kq7x-m4pd"):
    mark = password_mark(Person.objects.get(pk=person.pk))
    return actions.give_colleague_password(
        person_id=person.pk, password=password, instead_of=mark, by=by, at=NOON
    )


def test_who_answers_for_a_colleagues_roles_opens_their_sign_in(newcomer, lotta):
    assert open_colleagues(newcomer, lotta).check_password(PASSWORD)
    assert newcomer.must_choose_password is False
    newcomer.refresh_from_db()
    assert newcomer.must_choose_password is True


def test_a_first_password_is_given_once(newcomer, lotta):
    open_colleagues(newcomer, lotta)
    open_colleagues(newcomer, lotta)

    for username in ("nils", "another"):
        with pytest.raises(Refused, match="can sign in already"):
            open_colleagues(newcomer, lotta, username, "7rtb-kq7x-m4pd")
    assert Entry.objects.filter(verb="person.sign_in_opened").count() == 1


def test_one_who_has_forgotten_is_given_another_and_it_is_told(newcomer, lotta):
    open_colleagues(newcomer, lotta)

    given = give_colleague(newcomer, lotta)

    assert given.must_choose_password
    assert not given.check_password(PASSWORD)
    line = Entry.objects.get(verb="person.password_given")
    assert (line.about, line.actor, line.capacity) == (
        str(newcomer.pk),
        str(lotta.pk),
        "municipal_coordinator",
    )


@pytest.mark.parametrize("give", [open_colleagues, give_colleague])
def test_a_password_is_no_way_into_anothers_roles(
    newcomer, county, lotta, petra, asta, maj, karin, give
):
    AssignmentFactory(person=newcomer, organisation=county.mala_unit)

    for by in (lotta, petra, asta, maj, karin, newcomer):
        with pytest.raises(Refused, match="all the person's roles"):
            give(newcomer, by)


@pytest.mark.parametrize("give", [open_colleagues, give_colleague])
def test_a_password_is_no_way_into_a_colleagues_own_case(newcomer, county, lotta, give):
    CaseFactory(person=newcomer, board=county.mala_board)

    with pytest.raises(Refused, match="they are helped there"):
        give(newcomer, lotta)


@pytest.mark.parametrize("give", [open_colleagues, give_colleague])
def test_a_candidates_sign_in_is_not_opened_by_role(amina, lotta, asta, give):
    for by in (lotta, asta):
        with pytest.raises(Refused, match="all the person's roles"):
            give(amina, by)
