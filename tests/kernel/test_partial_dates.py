"""Dates as people remember them are read, never refused."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kunnig.kernel.partial_dates import UNKNOWN, understood


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("1998", "1998"),
        ("spring 1998", "spring 1998"),
        ("våren 1998", "spring 1998"),
        ("hösten -98", ""),
        ("HT 2004", "autumn 2004"),
        ("mars 2001", "March 2001"),
        ("Aug 2015", "August 2015"),
        ("3 maj 2010", "3 May 2010"),
        ("2001-03", "March 2001"),
        ("2001-03-15", "15 March 2001"),
        ("2001-13", "2001"),
        ("03/2001", "March 2001"),
        ("15.3.2001", "15 March 2001"),
        ("about 1999, I think", "1999"),
        ("1990-talet", "the 1990s"),
        ("the 80s", "the 1980s"),
        ("١٩٩٨", "1998"),
        ("ربيع ١٩٩٨", "spring 1998"),
        ("آذار 2001", "March 2001"),
        ("٣ تشرين الأول ٢٠١٠", "3 October 2010"),
        ("حتى الآن", "still going on"),
        ("still", "still going on"),
        ("pågår", "still going on"),
        ("I do not know", ""),
        ("när jag var liten", ""),
        ("", ""),
    ],
)
def test_a_date_is_shown_as_it_was_understood(said, words):
    with override("en"):
        assert understood(said).words() == words


def test_dates_sort_from_the_unknown_over_the_earliest_to_what_goes_on():
    said = ["still", "2001-03", "1990-talet", "who knows", "autumn 2001", "1998"]

    assert sorted(said, key=lambda each: understood(each).key()) == [
        "who knows",
        "1990-talet",
        "1998",
        "2001-03",
        "autumn 2001",
        "still",
    ]


@given(st.text(max_size=60))
def test_nothing_that_can_be_written_is_refused(said):
    assert understood(said).key() >= UNKNOWN.key()
    assert isinstance(understood(said).words(), str)
