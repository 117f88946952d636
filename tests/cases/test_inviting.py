"""Inviting the person: by e-mail or on paper, once, and never one who is protected."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry, label_of
from kunnig.cases import actions, queries
from kunnig.cases.models import Invitation
from kunnig.cases.policies.inviting import key_of
from kunnig.cases.states import INVITATION_RUNS, InvitationState, InvitedBy, Part, SpokenCheck
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.letters.models import Letter
from kunnig.letters.states import LetterState
from kunnig.organisations.states import Role
from kunnig.people.models import Person
from kunnig.people.policies import password_mark
from kunnig.people.states import Protection
from tests.factories import AccessFactory, AssignmentFactory, CaseFactory
from tests.people import NOON
from tests.stories import registered

HOME, OTHER_HOME = "192.0.2.7", "192.0.2.8"
FEW = 3  # wrong ones, instead of sixty
PASSWORD = "tjugo kilo lingon"
PAGE_AT = "https://kunnig.example/invited/"
EMAIL, LETTER = InvitedBy.EMAIL, InvitedBy.LETTER


@pytest.fixture
def case(amina, ingrid, county):
    Person.objects.filter(pk=amina.pk).update(username=None)
    amina.refresh_from_db()
    return registered(amina, county.norsjo_board, by=ingrid)


def invite(case, by, way=LETTER, *, at=NOON, **more):
    asked = {
        "username": "amina.h",
        "email": "amina@example.com",
        "check": None,
        "instead_of": key_of(queries.invitation_of(case)),
        **more,
    }
    return actions.invite(case_id=case.pk, way=way, page_at=PAGE_AT, by=by, at=at, **asked)


def accept(secret, *, password=PASSWORD, address=HOME, at=NOON):
    return actions.accept(secret=secret, password=password, address=address, at=at)


def told(case):
    """Return what the history of the case tells of it."""
    verbs = ("invitation.", "letter.", "identity.")
    lines = Entry.objects.filter(file=label_of(case)).order_by("pk")
    return [line.verb for line in lines if line.verb.startswith(verbs)]


@pytest.mark.parametrize("who", ["ingrid", "karin", "eva", "lotta"])
def test_a_code_opens_the_door_once_however_it_is_typed(request, case, who):
    invited = invite(case, request.getfixturevalue(who))
    person = Person.objects.get(pk=case.person_id)
    assert (person.username, person.has_usable_password()) == ("amina.h", False)
    assert set(invited.code) <= set(numbers.ALPHABET)
    assert set("ILO01") & set(numbers.ALPHABET) == set()
    assert invited.code not in str(Invitation.objects.values())

    person = accept(f" {numbers.grouped(invited.code).lower()}\n")

    assert person.check_password(PASSWORD)
    assert not person.must_choose_password
    assert queries.invitation_of(case).standing is InvitationState.USED
    assert told(case) == ["invitation.letter", "invitation.used"]
    with pytest.raises(Refused, match="has been used"):
        accept(invited.code, password="nio gula kaniner")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_link_goes_out_by_the_outbox_with_nothing_of_the_case(case, ingrid):
    invited = invite(case, ingrid, EMAIL)

    assert invited.code == ""
    letter = Letter.objects.get()
    assert invited.invitation.letter == letter
    assert (letter.address, letter.language) == ("amina@example.com", case.language)
    assert letter.facts == {
        "page": PAGE_AT,
        "municipality": "Norsjö kommun",
        "telephone": case.board.telephone,
        "until": "2026-12-25",
    }
    assert accept(letter.secret) == case.person
    assert told(case) == ["letter.written", "invitation.email", "invitation.used"]


def test_a_new_one_takes_the_place_of_the_old_after_a_spoken_check(case, ingrid, karin):
    first = invite(case, ingrid, EMAIL)
    with pytest.raises(Refused, match="Say how you made sure"):
        invite(case, karin)

    second = invite(case, karin, check=SpokenCheck.CALLED)

    assert Letter.objects.get().standing is LetterState.WITHDRAWN
    with pytest.raises(Refused, match="works no longer"):
        accept(first.invitation.letter.secret)
    assert accept(second.code).username == "amina.h"
    assert told(case)[2:] == [
        "letter.withdrawn",
        "invitation.withdrawn",
        "invitation.letter",
        "identity.called",
        "invitation.used",
    ]
    # One who has a password of their own is asked for, too; it works until the new one is chosen.
    with pytest.raises(Refused, match="Say how you made sure"):
        invite(case, karin)
    invite(case, karin, check=SpokenCheck.MET)
    assert Person.objects.get(pk=case.person_id).check_password(PASSWORD)


def test_the_same_form_again_makes_nothing(case, ingrid):
    asked = {"instead_of": ""}
    invite(case, ingrid, **asked)

    for way in (EMAIL, LETTER):
        with pytest.raises(Refused, match="has just been invited"):
            invite(case, ingrid, way, check=SpokenCheck.MET, **asked)

    assert Invitation.objects.count() == 1
    assert Letter.objects.count() == 0


def test_an_old_one_opens_nothing(case, ingrid):
    code = invite(case, ingrid).code
    over = NOON + INVITATION_RUNS

    with pytest.raises(Refused, match="too old"):
        accept(code, at=over)

    assert accept(code, at=over - timedelta(minutes=1)) == case.person


def test_wrong_codes_are_counted_where_they_come_from(case, ingrid, monkeypatch):
    monkeypatch.setattr("kunnig.people.policies.FAILURES_FROM_ONE_ADDRESS", FEW)
    code = invite(case, ingrid).code
    for _each in range(FEW):
        with pytest.raises(Refused, match="The code is wrong"):
            accept("KQ7X-M4PD-7RTB")

    with pytest.raises(Refused, match="Too many attempts"):
        accept(code)

    assert accept(code, address=OTHER_HOME) == case.person


def test_a_newer_way_in_takes_the_place_of_every_other(case, ingrid, county):
    again = registered(case.person, county.norsjo_board, by=ingrid)
    codes = [invite(each, ingrid).code for each in (case, again)]
    accept(codes[0])

    with pytest.raises(Refused, match="works no longer"):
        accept(codes[1])

    person = Person.objects.get(pk=case.person_id)
    code = invite(case, ingrid, check=SpokenCheck.MET).code
    actions.give_password(
        case_id=again.pk,
        password="7rtb-kq7x-m4pd",
        instead_of=password_mark(person),
        by=ingrid,
        at=NOON,
    )
    with pytest.raises(Refused, match="works no longer"):
        accept(code)
    assert told(case)[-1] == told(again)[-1] == "invitation.withdrawn"


@pytest.mark.parametrize("since", ["a case elsewhere", "a role"])
def test_a_code_is_no_way_into_what_came_since(case, amina, ingrid, petra, county, since):
    code = invite(case, ingrid).code
    if since == "a role":
        AssignmentFactory(person=amina, organisation=county.mala_board, role=Role.COUNSELLOR)
    else:
        registered(amina, county.mala_board, by=petra)

    with pytest.raises(Refused, match="This invitation works no longer"):
        accept(code)

    assert not Person.objects.get(pk=amina.pk).has_usable_password()


def test_a_weak_password_is_refused_and_the_code_is_kept(case, ingrid):
    code = invite(case, ingrid).code

    with pytest.raises(Refused, match="too short"):
        accept(code, password="kort")

    assert accept(code) == case.person


@pytest.mark.parametrize("way", InvitedBy)
def test_nobody_protected_is_invited(case, ingrid, way):
    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    with pytest.raises(Refused, match="Hand it over in person"):
        invite(case, ingrid, way)

    assert Letter.objects.count() == 0
    person = actions.open_sign_in(
        case_id=case.pk, username="amina.h", password="kq7x-m4pd-7rtb", by=ingrid, at=NOON
    )
    assert person.must_choose_password


def test_marking_the_protection_sweeps_what_was_sent(case, ingrid, karin, county):
    first = invite(case, karin, EMAIL)
    elsewhere = CaseFactory(person=case.person, board=county.mala_board)

    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    assert Letter.objects.get().standing is LetterState.WITHDRAWN
    with pytest.raises(Refused, match="works no longer"):
        accept(first.invitation.letter.secret)
    assert told(case)[2:] == ["letter.withdrawn", "invitation.withdrawn"]
    assert not told(elsewhere)


def test_the_sweep_in_another_board_tells_nobody_whose_act_it_was(amina, ingrid, petra, county):
    Person.objects.filter(pk=amina.pk).update(username=None)
    amina.refresh_from_db()
    elsewhere = registered(amina, county.mala_board, by=petra)
    invite(elsewhere, petra, EMAIL)
    case = registered(amina, county.norsjo_board, by=ingrid)

    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    assert queries.invitation_of(elsewhere).standing is InvitationState.WITHDRAWN
    assert Letter.objects.get().standing is LetterState.WITHDRAWN
    lines = Entry.objects.filter(file=label_of(elsewhere), verb__endswith=".withdrawn")
    assert [line.actor for line in lines] == [str(petra.pk)] * 2


@pytest.mark.parametrize("who", ["lars", "mirjam", "petra", "maj", "asta", "amina"])
def test_nobody_else_invites(request, case, who):
    with pytest.raises(Refused):
        invite(case, request.getfixturevalue(who))


def test_a_part_a_closed_case_a_role_or_a_case_elsewhere_is_not_enough(
    case, ingrid, mirjam, amina, county
):
    AccessFactory(case=case, person=mirjam, part=Part.INITIAL)
    with pytest.raises(Refused):
        invite(case, mirjam)
    role = AssignmentFactory(person=amina, organisation=county.mala_unit, role=Role.TEACHER)
    with pytest.raises(Refused, match="not opened here"):
        invite(case, ingrid)
    role.delete()
    other = CaseFactory(person=amina, board=county.mala_board)
    with pytest.raises(Refused, match="not opened here"):
        invite(case, ingrid)
    other.delete()
    actions.close(case_id=case.pk, reason="Flyttade", by=ingrid, at=NOON)
    with pytest.raises(Refused, match="closed"):
        invite(case, ingrid)


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("invitation_state_is_known", {"state": "lost", "settled_at": NOON}),
        ("invitation_settled_means_when", {"state": "used"}),
        ("invitation_settled_means_when", {"settled_at": NOON}),
        ("invitation_by_email_has_its_letter", {"way": "email"}),
        ("invitation_by_email_has_its_letter", {"way": "pigeon"}),
        ("invitation_ends_after_it_begins", {"expires_at": NOON}),
    ],
)
def test_what_must_never_be_false_is_refused_by_the_database(case, ingrid, rule, broken):
    invitation = invite(case, ingrid).invitation

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**broken)


def test_one_invitation_at_a_time_is_open(case, ingrid):
    one = invite(case, ingrid).invitation

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            case=case,
            number=2,
            way=LETTER,
            secret_hash="0" * 64,
            invited_by=ingrid,
            invited_at=NOON,
            expires_at=one.expires_at,
        )
