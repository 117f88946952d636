"""What a paper says, as it is stored and read again."""

from dataclasses import replace
from datetime import date

import pytest

from kunnig.credentials.formats import snapshot
from kunnig.credentials.formats.snapshot import InDepthSnapshot, InitialSnapshot
from kunnig.credentials.states import PaperKind
from kunnig.mapping.states import Basis, SelfEstimate
from tests.credentials import samples
from tests.credentials.pdfs import printed


@pytest.mark.parametrize(
    ("shape", "whole"),
    [(InitialSnapshot, samples.initial()), (InDepthSnapshot, samples.in_depth())],
)
def test_what_is_stored_is_what_is_read(shape, whole):
    assert snapshot.read(shape, snapshot.as_json(whole)) == whole


def test_what_nobody_knows_stays_unknown():
    nobody_knows = replace(samples.AMINA, birth_date=None)
    whole = samples.initial(frame=samples.frame(PaperKind.INITIAL, holder=nobody_knows))

    assert snapshot.read(InitialSnapshot, snapshot.as_json(whole)) == whole


def test_days_are_stored_as_days():
    stored = snapshot.as_json(samples.initial())

    assert stored["frame"]["holder"]["birth_date"] == "1984-05-17"
    assert stored["frame"]["origin"]["approval"]["approved_at"] == "2026-11-25T12:00:00+01:00"


def test_the_stored_form_is_numbered():
    assert snapshot.as_json(samples.initial())["form"] == snapshot.FORM


def in_the_first_form(stored):
    """Return a paper as it was stored when English alone stood beside the Swedish."""
    if isinstance(stored, list):
        return [in_the_first_form(each) for each in stored]
    if not isinstance(stored, dict):
        return stored
    if stored.keys() == {"sv", "other"}:
        return {"sv": stored["sv"], "en": stored["other"]}
    older = {name: in_the_first_form(each) for name, each in stored.items() if name != "language"}
    if "holder" in older:
        return older
    kept = {"language": stored["language"]} if "language" in stored else {}
    return {**older, **kept, **({"form": 1} if "form" in stored else {})}


@pytest.mark.parametrize(
    ("shape", "whole"),
    [(InitialSnapshot, samples.initial()), (InDepthSnapshot, samples.in_depth())],
)
def test_a_paper_of_the_first_form_is_read_and_printed_as_ever(shape, whole):
    older = in_the_first_form(snapshot.as_json(whole))

    assert older["frame"]["law"].keys() == {"sv", "en"}
    assert snapshot.read(shape, older) == whole
    assert printed(whole, snapshot=older) == printed(whole)


def without(stored, name):
    return {key: value for key, value in stored.items() if key != name}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: without(stored, "goal"),
        lambda stored: {**stored, "grade": "A"},
        lambda stored: {**stored, "form": "one"},
        lambda stored: {**stored, "frame": None},
        lambda stored: {**stored, "goal": [{"asked": "What?"}]},
    ],
)
def test_what_is_not_a_paper_is_not_read_as_one(spoil):
    with pytest.raises(TypeError):
        snapshot.read(InitialSnapshot, spoil(snapshot.as_json(samples.initial())))


def test_the_hash_is_of_the_words_and_not_of_their_order():
    stored = snapshot.as_json(samples.initial())
    backwards = dict(reversed(list(stored.items())))

    assert snapshot.hashed(backwards) == snapshot.hashed(stored)


def test_another_word_gives_another_hash():
    one, other = samples.initial(), samples.initial(goal=())

    assert snapshot.hashed(snapshot.as_json(one)) != snapshot.hashed(snapshot.as_json(other))


def test_the_samples_speak_the_words_of_the_mapping():
    assert list(samples.ESTIMATES) == SelfEstimate.values
    assert list(samples.BASES) == Basis.values


def test_a_board_is_told_with_its_municipality():
    assert samples.ISSUER.full_name == "Utbildningsnämnden, Norsjö kommun"


def test_a_sitting_is_on_a_day():
    assert samples.ORIGIN.sittings[0].held_on == date(2026, 11, 3)
