"""The numbers a person is known by, as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some
from personnummer.personnummer import Personnummer

from kunnig.kernel.verdict import Refused
from kunnig.people.formats.identifiers import Number, read, shown
from kunnig.people.states import IdentifierKind
from tests.people import TODAY

PERSONAL = IdentifierKind.PERSONAL_NUMBER
COORDINATION = IdentifierKind.COORDINATION_NUMBER
OTHER = IdentifierKind.OTHER


def checked(ten):
    """Return ten digits whose last one checks the nine before it."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return ten + str(-sum(n // 10 + n % 10 for n in doubled) % 10)


birth_dates = some.dates(min_value=date(1900, 1, 1), max_value=TODAY)
birth_numbers = some.integers(min_value=1, max_value=999)


@pytest.mark.parametrize(
    "written",
    [
        "198507099805",
        "19850709-9805",
        "850709-9805",
        "8507099805",
        " 19850709 9805 ",
        "850709–9805",
        "٨٥٠٧٠٩٩٨٠٥",
    ],
)
def test_a_personal_number_is_read_however_it_is_written(written):
    assert read(PERSONAL, written, on=TODAY) == Number(
        PERSONAL, "198507099805", birth_date=date(1985, 7, 9)
    )


def test_a_plus_tells_that_the_person_is_a_hundred_or_more():
    number = read(PERSONAL, "121212+1212", on=TODAY)

    assert (number.value, number.birth_date) == ("191212121212", date(1912, 12, 12))


def test_a_coordination_number_tells_no_certain_birth_date():
    assert read(COORDINATION, "701063-2391", on=TODAY) == Number(COORDINATION, "197010632391")


def test_a_coordination_number_is_not_taken_for_a_personal_one():
    with pytest.raises(Refused, match="This is a coordination number"):
        read(PERSONAL, "701063-2391", on=TODAY)


def test_a_personal_number_is_not_taken_for_a_coordination_one():
    with pytest.raises(Refused, match="This is a personal identity number"):
        read(COORDINATION, "850709-9805", on=TODAY)


@pytest.mark.parametrize("written", ["", "amina", "850709-980", "850709-T123", "8507099805123"])
def test_what_is_no_number_is_refused_with_an_example(written):
    with pytest.raises(Refused, match="ten or twelve digits, such as"):
        read(PERSONAL, written, on=TODAY)


@pytest.mark.parametrize("written", ["850709-9806", "851309-9805", "850732-9803", "850709-0000"])
def test_a_mistyped_number_is_refused(written):
    with pytest.raises(Refused, match="Compare every digit"):
        read(PERSONAL, written, on=TODAY)


def test_nobody_is_born_tomorrow():
    tomorrow = checked("261126" + "001")

    with pytest.raises(Refused, match="lies ahead"):
        read(PERSONAL, tomorrow, on=TODAY)


@given(birth_dates, birth_numbers)
def test_every_right_number_is_read_the_same_from_ten_and_from_twelve_digits(born, number):
    ten = checked(f"{born:%y%m%d}{number:03}")
    sign = "+" if TODAY.year - born.year >= 100 else "-"

    from_ten = read(PERSONAL, f"{ten[:6]}{sign}{ten[6:]}", on=TODAY)
    from_twelve = read(PERSONAL, f"{born.year // 100}{ten}", on=TODAY)

    assert from_ten == from_twelve
    assert from_twelve.birth_date == born
    assert read(PERSONAL, shown(PERSONAL, from_twelve.value), on=TODAY) == from_twelve
    assert Personnummer(from_twelve.value).format(long_format=True) == from_twelve.value


@given(birth_dates, birth_numbers, some.integers(0, 9), some.integers(0, 9))
def test_one_wrong_digit_is_always_noticed(born, number, place, digit):
    ten = checked(f"{born:%y%m%d}{number:03}")
    wrong = ten[:place] + str(digit) + ten[place + 1 :]
    assume(wrong != ten)

    with pytest.raises(Refused):
        read(PERSONAL, f"{born.year // 100}{wrong}", on=TODAY)


@given(some.text(max_size=40))
def test_no_text_breaks_the_reading(written):
    for kind in IdentifierKind:
        with suppress(Refused):
            assert read(kind, written, on=TODAY, issuer="Norway").kind is kind


def test_another_number_is_kept_as_written_with_its_issuer():
    assert read(OTHER, " 50 ab ", on=TODAY, issuer=" The migration  agency ") == Number(
        OTHER, "50 AB", "The migration agency"
    )
    assert shown(OTHER, "50 AB") == "50 AB"


@pytest.mark.parametrize(
    ("written", "issuer", "why"),
    [
        ("  ", "Norway", "Write the number"),
        ("17", " ", "who issued"),
        ("1" * 61, "Norway", "too long"),
        ("17", "N" * 81, "too long"),
    ],
)
def test_another_number_needs_an_issuer_and_fits(written, issuer, why):
    with pytest.raises(Refused, match=why):
        read(OTHER, written, on=TODAY, issuer=issuer)
