"""No path from inactivity to loss: nothing lapses by itself, and no verb erases what was.

Cases are led at random, by anybody, through the verbs of the cases and the mappings; what is
refused is refused. Whatever happened, all that was there before is there after.
"""

from __future__ import annotations

import contextlib
import inspect
import re
from datetime import timedelta
from pathlib import Path as File
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kunnig.cases
import kunnig.mapping
import kunnig.portfolio
from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases import policies, queries
from kunnig.cases.models import Access, Adaptation, Case, Closing, PathDecision
from kunnig.cases.states import CaseState, Part, Path
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions as mapping
from kunnig.mapping import queries as mappings
from kunnig.mapping.models import Answer, Mapping, Sitting
from kunnig.mapping.states import MappingKind
from kunnig.people.states import Protection
from kunnig.portfolio.models import Experience
from tests.factories import PersonFactory
from tests.people import NOON
from tests.stories import given as told
from tests.stories import practice_target, registered

# What of each table may never change once it is written. All of a row, unless columns are named.
WRITTEN_ONCE = {
    Access: ("case", "person", "part", "ground", "starts_on", "granted_by", "granted_at"),
    Adaptation: (),
    Answer: (),
    Case: ("number", "person", "board", "registered_by", "registered_at"),
    Closing: ("case", "left_state", "reason", "closed_by", "closed_at"),
    Entry: (),
    Experience: ("person", "field"),
    Mapping: ("case", "kind", "version", "started_by", "started_at", "supersedes"),
    PathDecision: (),
    Sitting: ("mapping", "by", "started_at"),
}
WORDS = ("Stor text", "Pauser", "Tolk")


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


class Stage:
    """One case, and everything that anybody may try to do with it."""

    def __init__(self, case, cast, target):
        self.case, self.cast, self.target = case, cast, target
        self.at = NOON

    def open_mapping(self):
        versions = mappings.of_case(self.case)
        return next((each for each in versions if each in self.writable(versions)), None)

    @staticmethod
    def writable(versions):
        return [each for each in versions if each.locked_at is None]

    def of_case(self, by):
        return {"case_id": self.case.pk, "by": by, "at": self.at}

    def of_mapping(self, by):
        current = self.open_mapping()
        if current is None:
            raise Refused
        return {"mapping_id": current.pk, "by": by, "at": self.at}

    # One method for each verb; what is refused is refused.

    def change(self, by):
        cases.change_details(
            goal="Kock",
            purpose="",
            own_reference="",
            language="so",
            needs_interpreter=False,
            **self.of_case(by),
        )

    def adapt(self, by):
        cases.note_adaptation(text=WORDS[self.at.day % 3], **self.of_case(by))

    def let_in(self, by):
        today = self.at.date()
        cases.let_in(
            person=self.cast["mirjam"],
            part=Part.WHOLE,
            ground="Bedömer",
            starts_on=today,
            ends_on=today + timedelta(days=7),
            **self.of_case(by),
        )

    def end_access(self, by):
        for access in self.case.accesses.filter(ended_at=None):
            cases.end_access(access_id=access.pk, by=by, at=self.at)

    def hand_on(self, by):
        cases.change_responsible(person=self.cast["karin"], **self.of_case(by))

    def begin(self, by):
        mapping.start_initial(**self.of_case(by))

    def tell(self, by):
        where = self.of_mapping(by)
        words = told("goal/wish", f"Det var {self.at:%Y-%m-%d %H}", by=by, language="sv")
        mapping.answer(given=[words], **where)

    def tell_of_work(self, by):
        where, entry = self.of_mapping(by), uuid4()
        mapping.answer(given=[told(f"work/{entry}/what", "Kock", by=by, language="sv")], **where)
        mapping.answer(given=[told(f"work/{entry}/removed", "yes", by=by)], **where)

    def share(self, by):
        mapping.share(**self.of_mapping(by))

    def approve(self, by):
        where = self.of_mapping(by)
        mapping.approve(shown_hash=mappings.fingerprint(self.open_mapping()), **where)

    def lock(self, by):
        mapping.lock(**self.of_mapping(by))

    def anew(self, by):
        locked = mappings.locked_in(self.case, MappingKind.INITIAL)
        if locked is not None:
            mapping.start_new_version(mapping_id=locked.pk, by=by, at=self.at)

    def decide(self, by):
        cases.decide_path(
            path=Path.VALIDATION,
            reason="Antagen",
            decided_on=self.at.date(),
            operation=uuid4(),
            **self.of_case(by),
        )

    def begin_in_depth(self, by):
        mapping.start_in_depth(targets=[self.target], **self.of_case(by))

    def close(self, by):
        cases.close(reason="Flyttade", **self.of_case(by))

    def reopen(self, by):
        cases.reopen(reason="Kom tillbaka", **self.of_case(by))

    def protect(self, by):
        cases.protect(level=Protection.SECRECY_MARKING, **self.of_case(by))

    def lift(self, by):
        cases.protect(level=Protection.NONE, **self.of_case(by))


VERBS = [
    name
    for name, it in vars(Stage).items()
    if inspect.isfunction(it) and "by" in str(inspect.signature(it)) and not name.startswith("of_")
]
# The way of a case is tried far more often than chance alone would find it.
FORWARD = ["begin", "tell", "share", "approve", "lock", "decide", "begin_in_depth"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(FORWARD) | st.sampled_from(VERBS),
        st.sampled_from(["candidate", "ingrid", "ingrid", "karin", "mirjam", "petra"]),
        st.timedeltas(timedelta(0), timedelta(days=20)),
    ),
    min_size=4,
    max_size=16,
)
HERE = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@pytest.fixture
def cast(request):
    return {name: request.getfixturevalue(name) for name in ("ingrid", "karin", "mirjam", "petra")}


@pytest.fixture
def target(db):
    return practice_target()


def staged(cast, target, county, steps, after_each=lambda _stage: None):
    """Return a new case led through `steps`."""
    person = PersonFactory()
    case = registered(person, county.norsjo_board, by=cast["ingrid"])
    stage = Stage(case, {**cast, "candidate": person}, target)
    after_each(stage)
    for verb, who, later in steps:
        stage.at += later
        with contextlib.suppress(Refused):
            getattr(stage, verb)(stage.cast[who])
        after_each(stage)
    case.refresh_from_db()
    case.person.refresh_from_db()
    return stage


@HERE
@given(steps=STEPS)
def test_no_verb_of_anybody_takes_anything_away(cast, target, county, steps):
    before = set()

    def nothing_is_gone(_stage):
        now = kept()
        assert before <= now
        before.update(now)

    staged(cast, target, county, steps, nothing_is_gone)


@HERE
@given(steps=STEPS, years=st.integers(1, 30))
def test_time_alone_changes_nothing_and_shuts_nobody_out_of_their_own(
    cast, target, county, steps, years
):
    stage = staged(cast, target, county, steps)
    case, person = stage.case, stage.case.person
    facts, state = kept(), case.standing

    later = stage.at + timedelta(days=365 * years)

    assert kept() == facts
    assert queries.own(person).get().standing is state
    for mapped in mappings.of_case(case):
        assert mappings.own(person).filter(pk=mapped.pk).exists()
    # Somebody at work still opens it, and can take the next step.
    at_work = [
        each
        for each in (cast["ingrid"], cast["karin"])
        if queries.visible_to(each, later, Part.WHOLE).filter(pk=case.pk).exists()
    ]
    assert at_work
    goes_on = policies.may_reopen if state is CaseState.CLOSED else policies.may_change
    assert any(goes_on(each, case, later) for each in at_work)


def test_the_steps_reach_every_state(cast, target, county):
    """Without this, the two above could be true of cases that never left the door."""
    way = [
        ("begin", "ingrid"),
        ("tell", "candidate"),
        ("share", "ingrid"),
        ("approve", "candidate"),
        ("lock", "ingrid"),
        ("decide", "ingrid"),
        ("begin_in_depth", "ingrid"),
        ("share", "ingrid"),
        ("approve", "candidate"),
        ("lock", "ingrid"),
        ("close", "ingrid"),
    ]
    met = []

    staged(
        cast,
        target,
        county,
        [(verb, who, timedelta(hours=1)) for verb, who in way],
        lambda stage: met.append(Case.objects.get(pk=stage.case.pk).standing),
    )

    assert set(met) == set(CaseState)


@pytest.mark.parametrize("room", [kunnig.cases, kunnig.mapping, kunnig.portfolio], ids=str)
def test_no_room_of_a_case_knows_how_to_erase(room):
    files = File(room.__file__).parent.rglob("*.py")

    assert [
        file.name
        for file in files
        if "migrations" not in file.parts
        and re.search(r"\.(delete|_raw_delete)\(", file.read_text())
    ] == []
