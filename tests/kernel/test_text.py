"""Words in a row, as the reader's language writes them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kunnig.kernel.partial_dates import period
from kunnig.kernel.text import folded, isolated, listed


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("sv", "kock, diskare"),
        ("en", "kock, diskare"),
        ("ar", "\u2068kock\u2069، \u2068diskare\u2069"),
    ],
)
def test_words_stand_in_a_row_as_the_language_writes_one(language, row):
    with override(language):
        assert listed(["kock", "", "diskare"]) == row


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("sv", "Norsjö", "Norsjö"),
        ("sv", "طبيب", "\u2068طبيب\u2069"),
        ("sv", "2004", "2004"),
        ("ar", "طبيب", "طبيب"),
        ("ar", "2004", "2004"),
        ("ar", "3 Norsjö", "\u20683 Norsjö\u2069"),
    ],
)
def test_only_words_that_run_the_other_way_are_set_apart(language, text, shown):
    with override(language):
        assert isolated(text) == shown


@pytest.mark.parametrize(
    ("language", "start", "end", "said"),
    [
        ("sv", "2004", "ربيع 2012", "2004–våren 2012"),
        ("en", "hösten 2004", "fortfarande", "autumn 2004–still going on"),
        ("ar", "2004", "våren 2012", "من 2004 إلى ربيع 2012"),
        ("ar", "hösten 2004", "fortfarande", "من خريف 2004 حتى الآن"),
        ("ar", "", "våren 2012", "ربيع 2012"),
        ("sv", "2004", "", "2004"),
        ("sv", "minns inte", "2004", "minns inte–2004"),
        ("sv", "", "", ""),
    ],
)
def test_a_period_is_told_in_the_readers_language(language, start, end, said):
    with override(language):
        assert period(start, end) == said


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Çağr\u0131 I\u015f\u0131k", "cagri isik"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Sørensen", "sörensen"),
    ],
)
def test_a_name_of_other_letters_is_found_by_the_plain_ones(name, asked):
    assert folded(name) == folded(asked)


def test_swedish_letters_are_letters_of_their_own():
    assert folded("mål") != folded("mal")
