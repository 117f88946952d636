"""Numbers and codes on papers."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnig.kernel import numbers


def test_a_number_has_the_year_and_five_letters_that_nobody_mistakes():
    number = numbers.drawn(2026, taken=lambda _: False)

    assert re.fullmatch(r"2026-[B-HJ-KMNP-Z2-9]{5}", number)
    assert not set(number[5:]) & set("ILO01")


def test_a_number_that_somebody_has_is_drawn_again():
    asked = []

    number = numbers.drawn(2026, taken=lambda n: asked.append(n) or len(asked) < 3)

    assert (len(asked), number) == (3, asked[-1])


def test_no_number_or_code_spells_a_word():
    assert not set(numbers.ALPHABET) & set("AEIOUY")


def test_a_code_has_far_more_than_eighty_bits():
    assert numbers.CODE_LENGTH * math.log2(len(numbers.ALPHABET)) > 90


def test_a_first_password_is_easy_to_type_and_far_too_long_to_try():
    passwords = {numbers.first_password() for _ in range(1000)}

    assert len(passwords) == 1000
    for each in passwords:
        assert re.fullmatch(r"([b-hj-kmnp-z2-9]{4}-){2}[b-hj-kmnp-z2-9]{4}", each)
    assert numbers.PASSWORD_LENGTH * math.log2(len(numbers.ALPHABET)) > 56


def test_two_codes_are_never_the_same():
    assert len({numbers.unguessable() for _ in range(1000)}) == 1000


def test_a_code_is_shown_in_groups_of_four():
    assert numbers.grouped("KQ7XM4PDB2C3D4F5G6H7") == "KQ7X-M4PD-B2C3-D4F5-G6H7"


@pytest.mark.parametrize(
    "typed",
    [
        "KQ7X-M4PD-B2C3-D4F5-G6H7",
        " kq7x m4pd b2c3 d4f5 g6h7 ",
        "kq7xm4pdb2c3d4f5g6h7\n",
        "KQ7X–M4PD—B2C3‑D4F5·G6H7",  # noqa: RUF001 -- dashes as people paste them
    ],
)
def test_a_code_is_known_however_it_is_typed(typed):
    assert numbers.as_stored(typed) == "KQ7XM4PDB2C3D4F5G6H7"


@given(st.text(alphabet=numbers.ALPHABET, min_size=20, max_size=20))
def test_what_is_printed_is_what_is_stored(code):
    assert numbers.as_stored(numbers.grouped(code)) == code
