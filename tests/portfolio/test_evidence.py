"""What a person can show: described once, taken into a case, its original seen by another."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.people.states import Protection
from kunnig.portfolio import actions, policies
from kunnig.portfolio.models import CaseEvidence, Evidence
from kunnig.portfolio.queries import evidence_in, own_evidence
from kunnig.portfolio.states import EvidenceKind
from tests.factories import NOON, TODAY, AccessFactory
from tests.stories import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def added(case, *, by, at=NOON, **changes):
    described = {
        "kind": EvidenceKind.CERTIFICATE,
        "title": "Praktikintyg",
        "issuer": "Hemmet",
        "country": "Syrien",
        "issued": "våren 2014",
    }
    operation = changes.pop("operation", None) or uuid4()
    return actions.add_evidence(
        case_id=case.pk,
        described=actions.Described(**described | changes),
        operation=operation,
        by=by,
        at=at,
    )


def seen(case, evidence, *, by, at=NOON):
    return actions.note_original(case_id=case.pk, evidence_id=evidence.pk, by=by, at=at)


def lines(verb):
    return [(line.target, line.actor) for line in Entry.objects.filter(verb=verb)]


# --- Adding ---


@pytest.mark.parametrize("who", ["amina", "ingrid", "karin"])
def test_it_is_the_persons_and_taken_into_the_case(request, case, amina, who):
    by = request.getfixturevalue(who)

    evidence = added(case, by=by)

    assert list(own_evidence(amina)) == list(evidence_in(case)) == [evidence]
    assert (evidence.person, evidence.added_by, evidence.original_seen_by) == (amina, by, None)
    tie = CaseEvidence.objects.get()
    assert (tie.taken_in_by, tie.taken_in_at) == (by, NOON)
    assert lines("evidence.added") == [(f"portfolio.evidence:{evidence.pk}", str(by.pk))]


def test_one_case_does_not_show_what_another_took_in(case, amina, ingrid, county):
    other = registered(amina, county.norsjo_board, by=ingrid)
    evidence = added(other, by=ingrid)

    assert not evidence_in(case).exists()
    assert list(own_evidence(amina)) == [evidence]


def test_the_same_again_is_returned_not_added(case, ingrid, karin):
    operation = uuid4()
    first = added(case, by=ingrid, operation=operation)

    assert added(case, by=ingrid, operation=operation, title="Annat") == first
    assert added(case, by=ingrid) == first
    assert added(case, by=karin) != first
    assert Evidence.objects.count() == 2


def test_the_newest_of_ones_own_comes_first_and_in_a_case_last(case, amina, ingrid):
    older = added(case, by=ingrid)
    newer = added(case, by=ingrid, title="Betyg", at=NOON + timedelta(days=1))

    assert list(own_evidence(amina)) == [newer, older]
    assert list(evidence_in(case)) == [older, newer]


# --- The original ---


def test_an_original_is_noted_with_who_saw_it_and_when(case, amina, ingrid):
    evidence = seen(case, added(case, by=amina), by=ingrid)

    assert (evidence.original_seen_by, evidence.original_seen_on) == (ingrid, TODAY)
    assert lines("evidence.original_seen") == [
        (f"portfolio.evidence:{evidence.pk}", str(ingrid.pk))
    ]


def test_who_saw_it_first_stands(case, ingrid, karin):
    evidence = seen(case, added(case, by=ingrid), by=ingrid)

    again = seen(case, evidence, by=ingrid, at=NOON + timedelta(days=1))
    with pytest.raises(Refused, match="already noted as seen"):
        seen(case, evidence, by=karin)

    assert (again.original_seen_by, again.original_seen_on) == (ingrid, TODAY)
    assert len(lines("evidence.original_seen")) == 1


def test_nobody_sees_the_original_of_their_own(case, amina):
    evidence = added(case, by=amina)

    with pytest.raises(Refused, match="Somebody else must see the original"):
        seen(case, evidence, by=amina)


def test_an_original_is_seen_through_a_case_that_holds_it(case, amina, ingrid, county):
    other = registered(amina, county.norsjo_board, by=ingrid)
    evidence = added(other, by=ingrid)

    with pytest.raises(Evidence.DoesNotExist):
        seen(case, evidence, by=ingrid)


# --- Who may ---


def may(person, case, at=NOON):
    case.refresh_from_db()
    return (
        bool(policies.may_add_evidence(person, case, at)),
        bool(policies.may_note_original(person, case, at)),
    )


@pytest.mark.parametrize("who", ["mirjam", "tomas", "per_ola"])
def test_who_is_let_in_to_the_in_depth_part_works_with_evidence(request, case, who):
    person = request.getfixturevalue(who)
    assert may(person, case) == (False, False)

    AccessFactory(case=case, person=person, part=Part.IN_DEPTH)

    assert may(person, case) == (True, True)
    assert seen(case, added(case, by=person), by=person).original_seen_by == person


@pytest.mark.parametrize("part", [Part.INITIAL, Part.ADAPTATIONS])
def test_another_part_does_not_let_in_to_evidence(case, mirjam, part):
    AccessFactory(case=case, person=mirjam, part=part)

    assert may(mirjam, case) == (False, False)


def test_an_access_that_has_ended_lets_nobody_in(case, mirjam):
    yesterday = TODAY - timedelta(days=1)
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH, ends_on=yesterday)

    assert may(mirjam, case) == (False, False)


@pytest.mark.parametrize("who", ["goran", "petra", "maj", "asta", "lars", "tomas", "eva"])
def test_others_do_not(request, case, who):
    person = request.getfixturevalue(who)
    is_leader = who == "eva"

    assert may(person, case) == (is_leader, is_leader)


def test_a_protected_persons_evidence_is_for_those_named(case, ingrid, karin, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)
    cases.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    assert (may(karin, case), may(mirjam, case)) == ((False, False), (True, True))


@pytest.mark.parametrize("who", ["amina", "ingrid", "mirjam"])
def test_in_a_closed_case_nothing_is_added(request, case, ingrid, who):
    person = request.getfixturevalue(who)
    if who == "mirjam":
        AccessFactory(case=case, person=person, part=Part.IN_DEPTH)
    cases.close(case_id=case.pk, reason="Flyttade", by=ingrid, at=NOON)

    with pytest.raises(Refused, match="The case is closed"):
        added(case, by=person)
    assert may(person, case) == (False, False)


# --- What must never be false ---


def refuses(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_knows_the_kinds_and_asks_for_a_title(case, ingrid):
    evidence = Evidence.objects.filter(pk=added(case, by=ingrid).pk)

    refuses(lambda: evidence.update(kind="rumour"))
    refuses(lambda: evidence.update(title=""))


def test_the_database_lets_no_original_be_seen_by_nobody_or_never(case, ingrid):
    evidence = Evidence.objects.filter(pk=added(case, by=ingrid).pk)

    refuses(lambda: evidence.update(original_seen_by=ingrid))
    refuses(lambda: evidence.update(original_seen_on=TODAY))


def test_the_database_takes_a_piece_into_a_case_once(case, ingrid):
    evidence = added(case, by=ingrid)

    refuses(
        lambda: CaseEvidence.objects.create(
            case=case, evidence=evidence, taken_in_by=ingrid, taken_in_at=NOON
        )
    )
