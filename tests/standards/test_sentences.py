import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnig.standards.formats.markup import Run, blocks, plain, written
from kunnig.standards.formats.sentences import sentences


def taken_apart(source):
    return [sentence for block in blocks(source) for sentence in sentences(block.runs)]


def test_a_paragraph_becomes_its_sentences_with_their_emphasis():
    source = "<p>Eleven kan <strong>mycket. Dessutom</strong> mer. Varför? Därför!</p>"

    assert taken_apart(source) == [
        "Eleven kan <strong>mycket.</strong>",
        "<strong>Dessutom</strong> mer.",
        "Varför?",
        "Därför!",
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "Verktyg, t.ex. Excel och Word, används.",
        "Enligt 20 kap. 8 § skollagen.",
        "Version 1.5 används.",
        "Slutar utan punkt",
    ],
)
def test_not_every_full_stop_ends_a_sentence(whole):
    assert taken_apart(f"<p>{whole}</p>") == [whole]


RUNS = st.lists(st.builds(Run, st.text("aÅ. !?", max_size=9), st.booleans()), max_size=9)


@given(RUNS)
def test_sentences_together_say_what_the_paragraph_said(runs):
    assert " ".join(map(plain, sentences(runs))).split() == plain(written(runs)).split()
