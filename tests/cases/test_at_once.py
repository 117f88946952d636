"""Two at the very same moment: real threads, each with a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.models import Case
from kunnig.cases.states import HomeGround, Origin
from kunnig.credentials import actions as credentials
from kunnig.credentials.models import Paper
from kunnig.mapping import actions as mapping
from kunnig.mapping.actions import Result
from kunnig.mapping.models import Answer
from tests.people import NOON
from tests.stories import VERIFY_AT, given, registered, settled, told_initial

pytestmark = pytest.mark.django_db(transaction=True)
HOW_MANY = 4


def at_once(act, *each):
    """Return what `act` answers to each of some threads that begin together."""
    gate = Barrier(len(each))

    def run(one):
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return act(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(each)) as threads:
        return list(threads.map(run, each))


def operations(kind):
    """Return the operations of one form sent again and again, or of as many tabs."""
    one = uuid4()
    return [one if kind == "one form" else uuid4() for _ in range(HOW_MANY)]


@pytest.mark.parametrize("kind", ["one form", "tabs"])
def test_a_case_of_ones_own_is_opened_once(amina, county, kind):
    def open_case(operation):
        return cases.register(
            person=amina,
            board=county.norsjo_board,
            home_municipality=county.norsjo,
            home_ground=HomeGround.REGISTERED,
            origin=Origin.SELF,
            language="ar",
            information_text="2026-11",
            operation=operation,
            by=amina,
            at=NOON,
        )

    opened = at_once(open_case, *operations(kind))

    assert set(opened) == {Case.objects.get()}
    assert Entry.objects.filter(verb="case.registered").count() == 1


@pytest.mark.parametrize("kind", ["one form", "tabs"])
def test_an_answer_is_kept_once_and_no_other_is_lost(amina, ingrid, county, kind):
    case = registered(amina, county.norsjo_board, by=ingrid)
    draft = mapping.start_initial(case_id=case.pk, by=ingrid, at=NOON)
    words = {
        number: given(
            "goal/wish",
            "Kock" if kind == "one form" else f"Kock {number}",
            by=ingrid,
            operation=operation,
        )
        for number, operation in enumerate(operations(kind))
    }

    def answer(number):
        [outcome] = mapping.answer(mapping_id=draft.pk, given=[words[number]], by=ingrid, at=NOON)
        return outcome

    outcomes = at_once(answer, *words)

    kept = Answer.objects.get(mapping=draft)
    results = sorted(outcome.result for outcome in outcomes)
    if kind == "one form":
        assert results == [Result.SAVED] * HOW_MANY
    else:
        assert results == sorted([Result.SAVED, *[Result.CONFLICT] * (HOW_MANY - 1)])
        told = {each.theirs for each in outcomes if each.result == Result.CONFLICT}
        assert told == {kept.value}


@pytest.mark.parametrize("kind", ["one form", "tabs"])
def test_a_paper_is_made_once(amina, ingrid, county, kind):
    case = registered(amina, county.norsjo_board, by=ingrid)
    locked = settled(told_initial(case, by=ingrid)[0], by=ingrid)

    def issue(operation):
        return credentials.issue(
            mapping_id=locked.pk,
            language="en",
            operation=operation,
            verify_at=VERIFY_AT,
            by=ingrid,
            at=NOON,
        )

    made = at_once(issue, *operations(kind))

    assert set(made) == {Paper.objects.get()}
    assert Entry.objects.filter(verb="paper.issued").count() == 1
