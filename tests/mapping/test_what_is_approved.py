"""All that a paper prints of a mapping is approved, and stays as it was when it was locked."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from kunnig.audit.models import Entry
from kunnig.credentials import actions as credentials
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, interview, queries
from kunnig.mapping.formats.beside import read
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import ApprovedHow, MappingState, Mode, Side
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio.models import Evidence
from kunnig.portfolio.states import EvidenceKind
from tests.factories import NOON, AccessFactory, CaseFactory, MappingFactory
from tests.stories import VERIFY_AT, WORK, given, settled, told

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=30)


@pytest.fixture
def draft(amina, ingrid, county):
    """Amina's initial mapping, with Ingrid let in and one thing told."""
    case = CaseFactory(person=amina, board=county.norsjo_board)
    AccessFactory(case=case, person=ingrid)
    draft = MappingFactory(case=case)
    actions.answer(
        mapping_id=draft.pk, given=[given("goal/wish", "Kock", by=ingrid)], by=ingrid, at=NOON
    )
    return draft


@pytest.fixture
def story(amina, ingrid, county):
    """Amina's case with both mappings locked."""
    return told(amina, county.norsjo_board, by=ingrid)


def added(case, *, by, at=NOON, title="Intyg", via=actions):
    return via.add_evidence(
        case_id=case.pk,
        described=portfolio.Described(
            EvidenceKind.CERTIFICATE,
            title,
            issuer="Hemmet",
            country="Syrien",
            issued="2014",
            description="Från praktiken",
        ),
        operation=uuid4(),
        by=by,
        at=at,
    )


def shared(draft, by):
    actions.share(mapping_id=draft.pk, by=by, at=NOON)
    return queries.fingerprint(draft)


def approved(draft):
    by = draft.case.person
    return actions.approve(mapping_id=draft.pk, shown_hash=shared(draft, by), by=by, at=NOON)


def standing(draft):
    draft.refresh_from_db()
    return draft.standing


def paper_of(mapping, by, at=LATER):
    return credentials.issue(
        mapping_id=mapping.pk, language="en", operation=uuid4(), verify_at=VERIFY_AT, by=by, at=at
    ).snapshot


def add(draft, by):
    added(draft.case, by=by)


def see_the_original(draft, by):
    evidence = Evidence.objects.get()
    actions.note_original(case_id=draft.case.pk, evidence_id=evidence.pk, by=by, at=NOON)


def meet_otherwise(draft, by):
    actions.note_sitting(
        mapping_id=draft.pk, mode=Mode.TELEPHONE, interpreter="Tolk 9", by=by, at=NOON
    )


CHANGES = {"evidence": add, "an original": see_the_original, "a sitting": meet_otherwise}


@pytest.fixture(params=CHANGES)
def change(request, draft, ingrid):
    """One change of what stands beside the answers, which somebody then makes."""
    if request.param == "an original":
        added(draft.case, by=ingrid)
    return CHANGES[request.param]


def test_what_changed_beside_the_answers_is_not_approved_unseen(draft, amina, ingrid, change):
    shown = shared(draft, ingrid)
    change(draft, ingrid)

    with pytest.raises(Refused, match="has changed since this was shown"):
        actions.approve(mapping_id=draft.pk, shown_hash=shown, by=amina, at=NOON)


def test_a_change_beside_the_answers_takes_the_approval_back(draft, ingrid, change):
    approved(draft)
    change(draft, ingrid)

    assert standing(draft) is MappingState.SHARED
    assert (draft.approved_by, draft.approved_hash) == (None, "")
    assert Entry.objects.filter(verb="mapping.approval_voided", actor=str(ingrid.pk)).count() == 1


def test_what_a_paper_does_not_print_lets_the_approval_stand(draft, ingrid, goran, county):
    meet_otherwise(draft, ingrid)
    approved(draft)
    elsewhere = CaseFactory(person=goran, board=county.norsjo_board)
    AccessFactory(case=elsewhere, person=ingrid)

    added(elsewhere, by=ingrid)
    actions.note_sitting(
        mapping_id=draft.pk, mode=Mode.TELEPHONE, interpreter="Tolk 12", by=ingrid, at=NOON
    )

    assert standing(draft) is MappingState.APPROVED


def test_evidence_changes_what_was_approved_in_both_mappings(story, ingrid):
    for each in (story.initial, story.in_depth):
        approved(actions.start_new_version(mapping_id=each.pk, by=ingrid, at=NOON))

    added(story.case, by=ingrid)

    states = Mapping.objects.filter(version=2).values_list("state", flat=True)
    assert set(states) == {MappingState.SHARED}


def test_nothing_is_locked_that_changed_past_the_approval(draft, ingrid):
    approved(draft)
    added(draft.case, by=ingrid, via=portfolio)

    with pytest.raises(Refused, match="has changed since this was shown"):
        actions.lock(mapping_id=draft.pk, by=ingrid, at=NOON)

    assert standing(draft) is MappingState.SHARED
    actions.approve(
        mapping_id=draft.pk, shown_hash=queries.fingerprint(draft), by=draft.case.person, at=NOON
    )
    actions.lock(mapping_id=draft.pk, by=ingrid, at=NOON)
    assert standing(draft) is MappingState.LOCKED


# --- After the lock ---


@pytest.mark.parametrize("which", ["initial", "in_depth"])
def test_a_paper_prints_what_stood_at_the_lock_whenever_it_is_made(story, ingrid, which):
    mapping = getattr(story, which)
    before = paper_of(mapping, ingrid)

    added(story.case, by=ingrid, title="EFTERHAND")
    actions.note_original(case_id=story.case.pk, evidence_id=story.evidence.pk, by=ingrid, at=LATER)

    assert paper_of(mapping, ingrid) == before


def test_the_initial_paper_holds_no_evidence_that_came_after_its_lock(story, ingrid):
    assert paper_of(story.initial, ingrid)["evidence"] == []
    assert len(paper_of(story.in_depth, ingrid)["evidence"]) == 1


def test_what_is_locked_has_the_very_hash_that_was_approved(story, ingrid):
    added(story.case, by=ingrid)

    for mapping in Mapping.objects.filter(case=story.case):
        assert queries.fingerprint(mapping) == mapping.content_hash == mapping.approved_hash


def rename_the_job(story, by):
    """Lock a newer initial mapping in which the job is called something else."""
    new = actions.start_new_version(mapping_id=story.initial.pk, by=by, at=NOON)
    path = f"{WORK}/{story.entry}/{interview.TITLE}"
    actions.answer(mapping_id=new.pk, given=[given(path, "أعمال", by=by, base=1)], by=by, at=NOON)
    settled(new, by=by)


def learnt_at_the_job(story, by):
    """Begin a newer in-depth mapping that says where something was learnt."""
    new = actions.start_new_version(mapping_id=story.in_depth.pk, by=by, at=NOON)
    path = interview.path_to(story.question, interview.LEARNT)
    words = [given(path, str(story.entry), by=by)]
    actions.answer(mapping_id=new.pk, given=words, by=by, at=NOON)
    return new


def test_where_something_was_learnt_is_printed_as_it_was_called(story, ingrid):
    locked = settled(learnt_at_the_job(story, ingrid), by=ingrid)
    before = paper_of(locked, ingrid)

    rename_the_job(story, ingrid)

    assert paper_of(locked, ingrid) == before
    assert [each.id for each in queries.beside(locked).learnt] == [story.entry]


def test_a_newer_name_takes_back_what_was_approved_with_the_older(story, ingrid):
    waiting = learnt_at_the_job(story, ingrid)
    approved(waiting)

    rename_the_job(story, ingrid)

    assert standing(waiting) is MappingState.SHARED


def test_what_is_kept_is_read_as_it_lay(story, ingrid):
    actions.note_original(case_id=story.case.pk, evidence_id=story.evidence.pk, by=ingrid, at=NOON)
    lies = queries.beside(learnt_at_the_job(story, ingrid))

    assert (len(lies.sittings), len(lies.evidence), len(lies.learnt)) == (1, 1, 1)
    assert read(lies.as_kept()) == lies


# --- What was locked before any of it was kept ---


@pytest.fixture
def of_old(draft, ingrid):
    """A mapping approved by its answers alone, locked a month before the evidence came."""
    meet_otherwise(draft, ingrid)
    said = [["goal/wish", Side.ORIGINAL, "Kock", "ar"]]
    canonical = json.dumps([said, []], ensure_ascii=False, separators=(",", ":"))
    by_answers = hashlib.sha256(canonical.encode()).hexdigest()
    Mapping.objects.filter(pk=draft.pk).update(
        state=MappingState.LOCKED,
        approved_by=draft.case.person,
        approved_at=NOON,
        approved_how=ApprovedHow.OWN_DEVICE,
        approved_hash=by_answers,
        locked_by=ingrid,
        locked_at=NOON,
        content_hash=by_answers,
    )
    return Mapping.objects.get(pk=draft.pk)


def test_an_older_lock_keeps_the_hash_of_its_answers(of_old):
    assert queries.fingerprint(of_old) == of_old.content_hash


def test_of_an_older_lock_a_paper_prints_what_is_dated_before_it(of_old, ingrid):
    early = added(of_old.case, by=ingrid)
    added(of_old.case, by=ingrid, at=LATER, title="EFTERHAND")
    actions.note_original(case_id=of_old.case.pk, evidence_id=early.pk, by=ingrid, at=LATER)

    lies = queries.beside(of_old)

    assert [(each.id, each.original_seen_by) for each in lies.evidence] == [(early.pk, "")]
    assert [each.is_interpreted for each in lies.sittings] == [True]
