"""Answers are append-only: every acknowledged word is kept, once, and nobody writes over others."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from kunnig.audit.models import Entry
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, queries
from kunnig.mapping.actions import Given, Result
from kunnig.mapping.interview import BY_CODE
from kunnig.mapping.models import Answer, Mapping, Sitting
from kunnig.mapping.states import MappingKind, MappingState, Mode, Side
from tests.factories import NOON, AccessFactory, CaseFactory, MappingFactory

pytestmark = pytest.mark.django_db

# A key that names nothing, the same in every process of a run.
SOME = UUID("00000000-0000-4000-8000-000000000000")

WISH = "goal/wish"


@pytest.fixture
def draft(amina, ingrid, county):
    """Amina's initial mapping, with Ingrid let in."""
    case = CaseFactory(person=amina, board=county.norsjo_board)
    AccessFactory(case=case, person=ingrid)
    return MappingFactory(case=case)


def given(text, *, by, path=WISH, base=0, side=Side.ORIGINAL, **changes):
    changes = {"operation": uuid4(), "author": by.pk, "language": "ar"} | changes
    return Given(path=path, side=side, base=base, text=text, **changes)


def give(draft, *answers, by, at=NOON):
    return actions.answer(mapping_id=draft.pk, given=answers, by=by, at=at)


def say(draft, text, *, by, at=NOON, **changes):
    (outcome,) = give(draft, given(text, by=by, **changes), by=by, at=at)
    return outcome


def texts(draft, path=WISH, side=Side.ORIGINAL):
    answers = Answer.objects.filter(mapping=draft, path=path, side=side).order_by("version")
    return [(answer.version, answer.value, answer.by) for answer in answers]


def test_what_is_said_is_kept_with_who_said_it_and_when(draft, amina):
    outcome = say(draft, "I want to work with old people.", by=amina)

    answer = Answer.objects.get()
    assert (outcome.result, outcome.version, outcome.at) == (Result.SAVED, 1, NOON)
    assert (answer.value, answer.by, answer.at, answer.language) == (
        "I want to work with old people.",
        amina,
        NOON,
        "ar",
    )


def test_a_mapper_writes_on_the_qualification_that_held_that_day(draft, ingrid, amina):
    say(draft, "Work with old people", by=ingrid)
    say(draft, "It is calm", by=amina, path="goal/why")

    by_path = {answer.path: answer.qualification for answer in Answer.objects.all()}
    assert by_path == {WISH: ingrid.qualifications.get(), "goal/why": None}


def test_a_change_is_a_new_version_and_the_old_one_stands(draft, amina):
    say(draft, "Cook", by=amina)

    say(draft, "Cook for many", by=amina, base=1)

    assert texts(draft) == [(1, "Cook", amina), (2, "Cook for many", amina)]
    assert queries.sheet_of(draft).text(WISH) == "Cook for many"


def test_the_same_operation_again_is_answered_not_done_again(draft, amina):
    answer = given("Cook", by=amina)
    (first,) = give(draft, answer, by=amina)

    (again,) = give(draft, answer, by=amina, at=NOON + timedelta(minutes=5))

    assert again == first
    assert texts(draft) == [(1, "Cook", amina)]


def test_an_operation_repeated_after_newer_words_does_not_bring_the_old_ones_back(draft, amina):
    answer = given("Cook", by=amina)
    give(draft, answer, by=amina)
    say(draft, "Cook for many", by=amina, base=1)

    (again,) = give(draft, answer, by=amina)

    assert (again.result, again.version) == (Result.SAVED, 1)
    assert queries.sheet_of(draft).text(WISH) == "Cook for many"


def test_other_words_under_a_used_operation_are_refused_not_lost_silently(draft, amina):
    operation = uuid4()
    say(draft, "Cook", by=amina, operation=operation)

    outcome = say(draft, "Bake", by=amina, base=1, operation=operation)

    assert outcome.result is Result.REFUSED
    assert texts(draft) == [(1, "Cook", amina)]


def test_two_who_write_over_the_same_words_get_both_texts_to_choose_from(draft, amina, ingrid):
    say(draft, "Cook", by=ingrid)

    outcome = say(draft, "Bake", by=amina, base=0)

    assert (outcome.result, outcome.theirs, outcome.by_name, outcome.version) == (
        Result.CONFLICT,
        "Cook",
        ingrid.name,
        1,
    )
    assert texts(draft) == [(1, "Cook", ingrid)]


def test_the_choice_is_written_over_what_the_other_wrote(draft, amina, ingrid):
    say(draft, "Cook", by=ingrid)
    conflict = say(draft, "Bake", by=amina)

    say(draft, "Cook and bake", by=amina, base=conflict.version)

    assert texts(draft) == [(1, "Cook", ingrid), (2, "Cook and bake", amina)]


def test_different_fields_are_merged(draft, amina, ingrid):
    say(draft, "Cook", by=ingrid)

    outcome = say(draft, "It is calm", by=amina, path="goal/why")

    assert outcome.result is Result.SAVED


def test_the_very_same_words_are_no_conflict(draft, amina, ingrid):
    say(draft, "Cook", by=ingrid)

    outcome = say(draft, "Cook", by=amina, base=0)

    assert (outcome.result, outcome.version) == (Result.SAVED, 1)
    assert texts(draft) == [(1, "Cook", ingrid)]


def test_the_same_words_marked_with_another_language_are_kept(draft, amina):
    say(draft, "کار", by=amina, language="ar")

    say(draft, "کار", by=amina, base=1, language="fa")

    assert queries.sheet_of(draft).get(WISH).language == "fa"


def test_many_answers_of_one_form_are_taken_each_on_its_own(draft, amina, ingrid):
    say(draft, "Cook", by=ingrid)

    outcomes = give(
        draft,
        given("Bake", by=amina),
        given("It is calm", by=amina, path="goal/why"),
        given("?", by=amina, path="goal/nothing"),
        by=amina,
    )

    assert [outcome.result for outcome in outcomes] == [
        Result.CONFLICT,
        Result.SAVED,
        Result.REFUSED,
    ]


@pytest.mark.parametrize(
    ("path", "side", "text"),
    [
        ("goal/nothing", Side.ORIGINAL, "?"),
        ("nowhere/wish", Side.ORIGINAL, "?"),
        ("work/what", Side.ORIGINAL, "an entry needs its key"),
        ("work/not-a-key/what", Side.ORIGINAL, "?"),
        (f"goal/{SOME}/wish", Side.ORIGINAL, "goals have no entries"),
        (WISH, Side.NOTE, "the person's words are no note"),
        ("next/areas", Side.ORIGINAL, "a note is not the person's words"),
        ("digital/find", Side.ORIGINAL, "no such choice"),
        (WISH, Side.ORIGINAL, "x" * (actions.LONGEST_ANSWER + 1)),
        (f"work/{SOME}/what", Side.ORIGINAL, "x" * (actions.LONGEST_LINE + 1)),
        (f"q/{SOME}/claim", Side.ORIGINAL, "of another mapping"),
    ],
)
def test_what_was_not_asked_is_refused_with_a_reason(draft, ingrid, path, side, text):
    outcome = say(draft, text, by=ingrid, path=path, side=side)

    assert (outcome.result, bool(outcome.reason)) == (Result.REFUSED, True)
    assert not Answer.objects.exists()


def test_words_of_somebody_who_is_not_signed_in_stay_on_the_device(draft, amina, ingrid):
    outcome = say(draft, "Cook", by=amina, author=ingrid.pk)

    assert outcome.result is Result.REFUSED
    assert not Answer.objects.exists()


def test_the_person_does_not_write_the_mappers_note(draft, amina, ingrid):
    note = {"path": "next/areas", "side": Side.NOTE}

    assert say(draft, "Care", by=amina, **note).result is Result.REFUSED
    assert say(draft, "Care", by=ingrid, **note).result is Result.SAVED


def test_nobody_without_a_qualification_writes(draft, lars, per_ola, petra):
    for colleague in (lars, per_ola, petra):
        AccessFactory(case=draft.case, person=colleague)

        with pytest.raises(Refused):
            say(draft, "Cook", by=colleague)

    assert not Answer.objects.exists()


# --- The words in Swedish ---


def test_a_rendering_names_what_it_renders_and_newer_words_open_the_gap_again(draft, ingrid):
    say(draft, "أطبخ", by=ingrid)
    assert list(queries.gaps_of(queries.sheet_of(draft))) == [WISH]

    say(draft, "Jag lagar mat", by=ingrid, side=Side.RENDERING, language="sv")
    assert list(queries.gaps_of(queries.sheet_of(draft))) == []

    say(draft, "أطبخ كثيرا", by=ingrid, base=1)
    assert list(queries.gaps_of(queries.sheet_of(draft))) == [WISH]

    # It still says the same: the same words are kept once more, over the newer original.
    say(draft, "Jag lagar mat", by=ingrid, base=1, side=Side.RENDERING, language="sv")
    assert list(queries.gaps_of(queries.sheet_of(draft))) == []


def test_what_is_told_in_swedish_needs_no_rendering(draft, ingrid):
    say(draft, "Jag lagar mat", by=ingrid, language="sv")

    assert list(queries.gaps_of(queries.sheet_of(draft))) == []


# --- Entries ---


def test_an_entry_is_taken_away_and_put_back_with_all_that_was_told(draft, amina):
    work, key = BY_CODE["work"], uuid4()
    path = f"work/{key}"
    say(draft, "Care of my grandmother", by=amina, path=f"{path}/what")
    say(draft, "غسلتها", by=amina, path=f"{path}/usual_day")

    say(draft, "yes", by=amina, path=f"{path}/removed")
    gone = queries.sheet_of(draft)
    assert (gone.entries(work), gone.removed_entries(work)) == ([], [key])
    assert list(queries.gaps_of(gone)) == []

    say(draft, "", by=amina, path=f"{path}/removed", base=1)
    back = queries.sheet_of(draft)
    assert (back.entries(work), back.title(work, key)) == ([key], "Care of my grandmother")


@pytest.fixture
def jobs(draft, amina):
    """Three jobs, told of one after another; the keys are in another order."""
    keys = sorted((uuid4() for _job in range(3)), reverse=True)
    for minute, key in enumerate(keys):
        at = NOON + timedelta(minutes=minute)
        say(draft, "Baker", by=amina, path=f"work/{key}/what", at=at)
    return keys


def entries(mapping):
    return queries.sheet_of(mapping).entries(BY_CODE["work"])


def test_entries_stand_in_the_order_they_came(draft, jobs):
    assert entries(draft) == jobs


def test_an_entry_that_is_corrected_keeps_its_place(draft, jobs, amina, ingrid):
    later = NOON + timedelta(days=1)
    say(draft, "Carer", by=amina, path=f"work/{jobs[0]}/what", base=1, at=later)
    assert entries(draft) == jobs

    approved(draft, amina)
    actions.lock(mapping_id=draft.pk, by=ingrid, at=later)
    new = actions.start_new_version(mapping_id=draft.pk, by=ingrid, at=later)

    assert entries(new) == jobs
    say(new, "Nurse", by=ingrid, path=f"work/{jobs[1]}/what", base=1, at=later)
    assert entries(new) == jobs
    assert queries.told_in(draft.case).entries(BY_CODE["work"]) == jobs


# --- Settled ---


def approved(draft, by):
    actions.share(mapping_id=draft.pk, by=by, at=NOON)
    shown = queries.fingerprint(draft)
    return actions.approve(mapping_id=draft.pk, shown_hash=shown, by=by, at=NOON)


def test_a_change_after_the_approval_voids_it(draft, amina, ingrid):
    say(draft, "Cook", by=amina)
    approved(draft, amina)

    say(draft, "Bake", by=ingrid, base=1)

    draft.refresh_from_db()
    assert (draft.standing, draft.approved_by, draft.approved_hash) == (
        MappingState.SHARED,
        None,
        "",
    )
    assert Entry.objects.filter(verb="mapping.approval_voided", actor=str(ingrid.pk)).count() == 1


def test_what_changes_nothing_lets_the_approval_stand(draft, amina, ingrid):
    answer = given("Cook", by=amina)
    give(draft, answer, by=amina)
    approved(draft, amina)

    give(draft, answer, by=amina)
    say(draft, "Cook", by=ingrid, base=1)
    say(draft, "Bake", by=ingrid, base=0)

    draft.refresh_from_db()
    assert draft.standing is MappingState.APPROVED


def test_nobody_approves_other_words_than_those_shown(draft, amina):
    say(draft, "Cook", by=amina)
    actions.share(mapping_id=draft.pk, by=amina, at=NOON)
    shown = queries.fingerprint(draft)
    say(draft, "Bake", by=amina, base=1)

    with pytest.raises(Refused, match="has changed since this was shown"):
        actions.approve(mapping_id=draft.pk, shown_hash=shown, by=amina, at=NOON)


def test_what_is_shown_is_what_is_approved_in_whatever_order_it_was_said(draft, amina):
    say(draft, "It is calm", by=amina, path="goal/why")
    shown = queries.sheet_of(draft).with_answer(
        Answer(path=WISH, side=Side.ORIGINAL, version=1, value="Cook", language="ar", at=NOON),
        amina,
    )
    say(draft, "Cook", by=amina)

    assert queries.fingerprint(draft, shown) == queries.fingerprint(draft)


@pytest.fixture
def locked(draft, amina, ingrid):
    say(draft, "Cook", by=amina)
    approved(draft, amina)
    return actions.lock(mapping_id=draft.pk, by=ingrid, at=NOON)


def test_nothing_is_written_in_what_is_locked(locked, amina, ingrid):
    for person in (amina, ingrid):
        with pytest.raises(Refused, match="is locked"):
            say(locked, "Bake", by=person, base=1)

    assert texts(locked) == [(1, "Cook", amina)]


def test_a_new_version_begins_with_every_word_and_whose_it_is(locked, amina, ingrid):
    later = NOON + timedelta(days=90)

    new = actions.start_new_version(mapping_id=locked.pk, by=ingrid, at=later)

    said = queries.sheet_of(new).get(WISH)
    assert (said.text, said.by, said.at, said.version) == ("Cook", amina.pk, NOON, 1)
    say(new, "Bake", by=ingrid, base=1, at=later)
    assert queries.sheet_of(locked).text(WISH) == "Cook"


def test_a_gap_is_a_gap_in_the_new_version_too(draft, amina, ingrid):
    say(draft, "أطبخ", by=amina)
    say(draft, "Jag lagar mat", by=ingrid, side=Side.RENDERING, language="sv")
    say(draft, "أطبخ كثيرا", by=amina, base=1)
    approved(draft, amina)
    actions.lock(mapping_id=draft.pk, by=ingrid, at=NOON)

    new = actions.start_new_version(mapping_id=draft.pk, by=ingrid, at=NOON)

    assert list(queries.gaps_of(queries.sheet_of(new))) == [WISH]


def refuses(change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_database_lets_no_answer_change(draft, amina):
    say(draft, "Cook", by=amina)

    refuses(lambda: Answer.objects.update(value="Bake"))

    assert texts(draft) == [(1, "Cook", amina)]


def test_the_database_lets_nothing_into_what_is_locked_and_keeps_it_locked(locked, amina):
    extra = Answer(
        mapping=locked, path="goal/why", side=Side.ORIGINAL, version=1, language="sv",
        by=amina, at=NOON, operation=uuid4(),
    )  # fmt: skip

    refuses(extra.save)
    refuses(lambda: Mapping.objects.filter(pk=locked.pk).update(state=MappingState.SHARED))
    refuses(lambda: Mapping.objects.filter(pk=locked.pk).update(content_hash="f" * 64))


# --- Sittings ---


def test_a_sitting_leaves_one_line_however_much_is_said_in_it(draft, ingrid):
    for minute in range(3):
        at = NOON + timedelta(minutes=minute)
        say(draft, f"Cook {minute}", by=ingrid, base=minute, at=at)

    sitting = Sitting.objects.get()
    assert (sitting.started_at, sitting.last_at) == (NOON, NOON + timedelta(minutes=2))
    assert Entry.objects.filter(verb="sitting.began").count() == 1


def lines_of(draft):
    lines = Entry.objects.filter(verb__startswith="sitting.").order_by("happened_at", "pk")
    return [(line.verb, line.actor) for line in lines]


def note(draft, by, *, minute, mode=Mode.TELEPHONE, interpreter=""):
    return actions.note_sitting(
        mapping_id=draft.pk,
        mode=mode,
        interpreter=interpreter,
        by=by,
        at=NOON + timedelta(minutes=minute),
    )


def test_how_a_sitting_is_held_is_noted_in_the_line_that_begins_it(draft, ingrid):
    sitting = note(draft, ingrid, minute=0)
    note(draft, ingrid, minute=1)

    assert (sitting.mode, Sitting.objects.count()) == (Mode.TELEPHONE, 1)
    assert lines_of(draft) == [("sitting.began", str(ingrid.pk))]


def test_what_is_noted_otherwise_of_a_sitting_leaves_a_line_of_its_own(draft, ingrid):
    say(draft, "Cook", by=ingrid)
    note(draft, ingrid, minute=1)
    note(draft, ingrid, minute=2, interpreter="Tolk 9")
    note(draft, ingrid, minute=3, interpreter="Tolk 9")

    verbs = [verb for verb, _by in lines_of(draft)]
    assert verbs == ["sitting.began", "sitting.noted", "sitting.noted"]


def test_work_that_goes_on_after_a_long_break_is_a_sitting_of_its_own(draft, ingrid, amina):
    say(draft, "Cook", by=ingrid)
    say(draft, "Bake", by=ingrid, base=1, at=NOON + actions.LONGEST_BREAK)
    say(draft, "It is calm", by=amina, path="goal/why")

    assert [sitting.by for sitting in Sitting.objects.order_by("started_at", "by__name")] == [
        amina,
        ingrid,
        ingrid,
    ]


# --- References ---


def test_where_something_was_learnt_is_named_among_what_was_told_in_the_case(locked, ingrid):
    practice = CaseFactory(person=locked.case.person, board=locked.case.board, is_practice=True)
    AccessFactory(case=practice, person=ingrid)
    entry = uuid4()
    draft = MappingFactory(case=practice)
    say(draft, "Baker", by=ingrid, path=f"work/{entry}/what")
    approved(draft, draft.case.person)
    actions.lock(mapping_id=draft.pk, by=ingrid, at=NOON)

    assert queries.entries_told_in(practice) == {entry}
    assert queries.entries_told_in(locked.case) == frozenset()
    assert queries.locked_in(practice, MappingKind.INITIAL).pk == draft.pk


def test_the_part_of_a_case_that_opens_a_mapping_is_called_as_its_kind():
    assert {Part.INITIAL.value, Part.IN_DEPTH.value} == set(MappingKind.values)
