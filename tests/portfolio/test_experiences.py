"""What a person has done: theirs, taken in from what is locked, by the latest telling."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.mapping import actions as mapping
from kunnig.mapping import interview
from kunnig.mapping.actions import Result
from kunnig.portfolio.models import Experience
from kunnig.portfolio.queries import own
from kunnig.portfolio.states import LifeField
from tests.factories import NOON
from tests.stories import SECRET, WORK, given, registered, settled, told, told_initial

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=30)


@pytest.fixture
def story(amina, ingrid, county):
    """Amina's case with both mappings locked, and one job in her portfolio."""
    return told(amina, county.norsjo_board, by=ingrid)


def newer(story, by, *words):
    """Return a newer initial mapping, locked, in which something else is told."""
    draft = mapping.start_new_version(mapping_id=story.initial.pk, by=by, at=NOON)
    say(draft, by, *words)
    return settled(draft, by=by)


def say(draft, by, *words):
    outcomes = mapping.answer(mapping_id=draft.pk, given=words, by=by, at=NOON)
    return [outcome.result for outcome in outcomes]


def of_the_job(story, code, text, *, by, base=1):
    return given(f"{WORK}/{story.entry}/{code}", text, by=by, base=base)


def without_the_job(story, by):
    return newer(story, by, of_the_job(story, "removed", "yes", by=by, base=0))


def learnt(story, by):
    """Say in a newer in-depth mapping that something was learnt at the job."""
    draft = mapping.start_new_version(mapping_id=story.in_depth.pk, by=by, at=NOON)
    path = interview.path_to(story.question, interview.LEARNT)
    return say(draft, by, given(path, str(story.entry), by=by))


def test_what_is_locked_is_taken_in_with_both_voices(story, amina):
    (job,) = own(amina)

    assert (job.pk, job.field, job.taken_in_at) == (story.entry, LifeField.WORK, NOON)
    assert job.told["usual_day"] == {
        "original": f"عملت {SECRET}",
        "language": "ar",
        "rendering": f"Jag arbetade {SECRET}",
    }


def test_nothing_is_taken_in_before_the_lock(amina, ingrid, county):
    told_initial(registered(amina, county.norsjo_board, by=ingrid), by=ingrid)

    assert not own(amina).exists()


def test_practice_fills_nobodys_portfolio(amina, ingrid, county):
    case = registered(amina, county.norsjo_board, by=ingrid, is_practice=True)

    settled(told_initial(case, by=ingrid)[0], by=ingrid)

    assert not own(amina).exists()


def test_an_entry_told_anew_updates_its_row(story, amina, ingrid):
    newer(story, ingrid, of_the_job(story, interview.TITLE, "خباز", by=ingrid))

    (job,) = own(amina)
    assert (job.pk, job.told[interview.TITLE]["original"]) == (story.entry, "خباز")


def test_what_is_told_no_more_is_kept_and_left_out(story, amina, ingrid):
    without_the_job(story, ingrid)

    kept = Experience.objects.get()
    assert not own(amina).exists()
    assert (kept.pk, kept.taken_away_at) == (story.entry, NOON)
    assert kept.told[interview.TITLE]["original"] == f"عملت {SECRET}"


def test_what_is_put_back_is_told_again(story, amina, ingrid):
    gone = without_the_job(story, ingrid)
    draft = mapping.start_new_version(mapping_id=gone.pk, by=ingrid, at=NOON)
    say(draft, ingrid, of_the_job(story, "removed", "", by=ingrid))
    settled(draft, by=ingrid)

    (job,) = own(amina)
    assert (job.pk, job.taken_away_at) == (story.entry, None)


def test_what_another_case_tells_stays(story, amina, ingrid, county):
    other = registered(amina, county.norsjo_board, by=ingrid)
    draft, entry = told_initial(other, by=ingrid)
    settled(draft, by=ingrid)

    without_the_job(story, ingrid)

    assert [each.pk for each in own(amina)] == [entry]


def test_new_answers_refer_to_what_is_told_and_to_nothing_taken_away(story, ingrid):
    without_the_job(story, ingrid)

    assert learnt(story, ingrid) == [Result.REFUSED]


def test_an_answer_refers_to_what_is_told(story, ingrid):
    assert learnt(story, ingrid) == [Result.SAVED]


def test_nobody_refers_to_what_somebody_else_has_done(story, goran, ingrid, county):
    other = registered(goran, county.norsjo_board, by=ingrid)
    draft, entry = told_initial(other, by=ingrid)
    settled(draft, by=ingrid)

    new = mapping.start_new_version(mapping_id=story.in_depth.pk, by=ingrid, at=LATER)
    path = interview.path_to(story.question, interview.LEARNT)

    assert say(new, ingrid, given(path, str(entry), by=ingrid)) == [Result.REFUSED]
