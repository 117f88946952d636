"""No path from inactivity to loss: nothing lapses by itself, and no verb erases what was.

Cases that have come different ways are led on at random, by anybody, through the verbs of every
room that works with them; what is refused is refused. Whatever happened, all that was there before
is there after. Each run counts what it has reached: what never happened, it has not proved.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path as File

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kunnig.cases
import kunnig.mapping
import kunnig.portfolio
from kunnig.audit.models import Entry
from kunnig.cases import policies, queries
from kunnig.cases.models import Access, Adaptation, Case, Closing, PathDecision
from kunnig.cases.states import CaseState, Part
from kunnig.credentials.models import Paper
from kunnig.credentials.queries import papers
from kunnig.mapping import queries as mappings
from kunnig.mapping.models import Answer, Mapping, MappingTarget, Sitting
from kunnig.portfolio.models import CaseEvidence, Evidence, Experience
from tests.cases.stage import AT_WORK, BEGINNINGS, VERBS, WAY, Stage
from tests.client import PageClient
from tests.factories import CaseFactory, PersonFactory
from tests.stories import practice_target, registered

# What of each table may never change once it is written. All of a row, unless columns are named.
WRITTEN_ONCE = {
    Access: ("case", "person", "part", "ground", "starts_on", "granted_by", "granted_at"),
    Adaptation: (),
    Answer: (),
    Case: ("number", "person", "board", "registered_by", "registered_at"),
    CaseEvidence: (),
    Closing: ("case", "left_state", "reason", "closed_by", "closed_at"),
    Entry: (),
    Evidence: ("person", "kind", "title", "issuer", "description", "added_by", "added_at"),
    Experience: ("person", "field"),
    Mapping: ("case", "kind", "version", "started_by", "started_at", "supersedes"),
    MappingTarget: (),
    Paper: ("case", "mapping", "number", "code", "content_hash", "issued_by", "issued_at"),
    PathDecision: (),
    Sitting: ("mapping", "by", "started_at"),
}


def kept():
    """Return all that must never change, as a set of facts."""
    return {
        (model.__name__, *row)
        for model, columns in WRITTEN_ONCE.items()
        for row in model.objects.values_list("pk", *columns)
    } | {
        ("locked", *row)
        for row in Mapping.objects.exclude(locked_at=None).values_list(
            "pk", "content_hash", "locked_by", "locked_at"
        )
    }


# What a run must have done again and again, or it has proved little.
REACHED = ("approve", "lock", "anew")
AGAIN_AND_AGAIN = 3
EXAMPLES = 30
# To lead a case takes a while: an example is told as it was found, not made smaller for minutes.
HERE = settings(max_examples=EXAMPLES, phases=set(Phase) - {Phase.shrink, Phase.explain})
NAMES = st.sampled_from(list(BEGINNINGS))
# The next step of the case is tried far more often than chance alone would find it.
STEPS = st.lists(
    st.tuples(
        st.just("go_on") | st.sampled_from(VERBS),
        st.sampled_from(["candidate", "ingrid", "ingrid", "karin", "lotta", "mirjam", "petra"]),
        st.timedeltas(timedelta(0), timedelta(days=20)),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture
def begun(request, county):
    """Return a maker of cases that have come `steps` of the way."""
    names = ("ingrid", "karin", "lotta", "mirjam", "petra")
    cast = {name: request.getfixturevalue(name) for name in names}
    target = practice_target()

    def come(steps):
        case = registered(PersonFactory(), county.norsjo_board, by=cast["ingrid"])
        CaseFactory(person=case.person, board=county.mala_board)  # theirs, next door
        stage = Stage(case, cast, target)
        for verb, who in WAY[:steps]:
            stage.at += timedelta(hours=1)
            assert stage.take(verb, who) == verb
        return stage

    return come


@pytest.fixture
def beginnings(begun):
    return {name: begun(steps) for name, steps in BEGINNINGS.items()}


@contextlib.contextmanager
def forgotten():
    """Take back all that one example does: the next begins where this one did."""
    example = transaction.atomic()
    # As the transaction of a test itself: what must be kept for good may be kept within it.
    example._from_testcase = True  # noqa: SLF001
    with example:
        yield
        transaction.set_rollback(True)


def test_no_verb_of_anybody_takes_anything_away(beginnings):
    reached = Counter()

    @HERE
    @given(beginning=NAMES, steps=STEPS)
    def lead(beginning, steps):
        with forgotten():
            stage, before = beginnings[beginning].again(), kept()
            for verb, who, later in steps:
                stage.at += later
                reached[stage.take(verb, who)] += 1
                now = kept()
                assert before <= now
                before = now

    lead()
    assert [verb for verb in REACHED if reached[verb] < AGAIN_AND_AGAIN] == []


def test_time_alone_changes_nothing_and_shuts_nobody_out_of_their_own(beginnings):
    reached = Counter()

    @HERE
    @given(beginning=NAMES, steps=STEPS, years=st.integers(1, 30))
    def lead_and_wait(beginning, steps, years):
        with forgotten():
            stage = beginnings[beginning].again()
            for verb, who, later in steps:
                stage.at += later
                reached[stage.take(verb, who)] += 1
            before = stage.seen()

            stage.at += timedelta(days=365 * years)

            assert stage.seen() == before
            assert somebody_goes_on(stage)

    lead_and_wait()
    assert [verb for verb in REACHED if reached[verb] < AGAIN_AND_AGAIN] == []


def somebody_goes_on(stage):
    """Say whether somebody at work still opens each case and may take the next step."""
    return all(
        any(may_go_on(stage.cast[name], case, stage.at) for name in AT_WORK)
        for case in queries.own(stage.case.person)
    )


def may_go_on(by, case, at):
    goes_on = policies.may_reopen if case.standing is CaseState.CLOSED else policies.may_change
    opened = queries.visible_to(by, at, Part.WHOLE).filter(pk=case.pk)
    return opened.exists() and goes_on(by, case, at)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_after_thirty_years_the_pages_of_a_person_say_what_they_said(beginning, begun, monkeypatch):
    stage = begun(BEGINNINGS[beginning])
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: stage.at)
    stage.at += timedelta(days=1)  # what happened today is told without its date
    before = pages_of(stage.again().case.person)

    stage.at += timedelta(days=365 * 30)

    assert pages_of(stage.again().case.person) == before


def pages_of(person):
    """Return the words of every page that the person is shown of their own."""
    client = PageClient()
    client.force_login(person)
    addresses = [
        *(reverse(f"candidate:{page}") for page in ("home", "experiences", "papers", "readings")),
        *(reverse("candidate:case", args=[each.pk]) for each in queries.own(person)),
        *(reverse("candidate:mapping", args=[each.pk]) for each in mappings.own(person)),
        *(reverse("candidate:paper", args=[each.pk]) for each in papers.own(person)),
    ]
    answers = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {address: words_of(answer) for address, answer in answers.items()}


def words_of(answer):
    """Return what a page says, whatever it is made of; of a paper, only that it is there."""
    if not answer["Content-Type"].startswith("text/html"):
        return answer["Content-Type"]
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    return re.sub(r"<[^>]*>", " ", found[0]).split()


def test_the_way_of_a_case_reaches_every_state(begun):
    """Without this, all of it could be true of cases that never left the door."""
    met = [begun(steps).again().case.standing for steps in BEGINNINGS.values()]
    closed = begun(0)

    closed.take("close", "ingrid")

    assert {*met, closed.again().case.standing} == set(CaseState)


@pytest.mark.parametrize("room", [kunnig.cases, kunnig.mapping, kunnig.portfolio], ids=str)
def test_no_room_of_a_case_knows_how_to_erase(room):
    files = File(room.__file__).parent.rglob("*.py")

    assert [
        file.name
        for file in files
        if "migrations" not in file.parts
        and re.search(r"\.(delete|_raw_delete)\(", file.read_text())
    ] == []
