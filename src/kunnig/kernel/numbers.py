"""Numbers and codes on papers: read aloud and typed by hand without mistakes, spelling no words."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Without I, L, O, 0 and 1, which are mistaken for each other; without vowels, so that chance
# never writes a word across somebody's paper.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
NUMBER_LENGTH = 5
GROUP_LENGTH = 4
PASSWORD_LENGTH = 3 * GROUP_LENGTH  # 57 bits: enough where ten wrong ones make a name rest
CODE_LENGTH = 5 * GROUP_LENGTH  # 95 bits: nobody guesses one, and no list of them can be tried


def _letters(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def drawn(year: int, *, taken: Callable[[str], bool]) -> str:
    """Draw a number such as `2026-KQ7XM` that nobody has: it tells neither order nor amount."""
    while True:
        number = f"{year}-{_letters(NUMBER_LENGTH)}"
        if not taken(number):
            return number


def unguessable() -> str:
    """Draw a code that only who was given it can know, as it is stored: without dashes."""
    return _letters(CODE_LENGTH)


def first_password() -> str:
    """Draw a password to be read from a paper and typed, until its owner chooses another."""
    return grouped(_letters(PASSWORD_LENGTH)).lower()


def invitation_code() -> str:
    """Draw the code of a printed letter, as it is stored: to be typed once, in any case."""
    return _letters(PASSWORD_LENGTH)


def grouped(code: str) -> str:
    """Return a stored code as people read and type it: `KQ7X-M4PD-…`."""
    return "-".join(code[at : at + GROUP_LENGTH] for at in range(0, len(code), GROUP_LENGTH))


def as_stored(typed: str) -> str:
    """Return what a person typed or pasted as it is stored: capitals, no spaces, no dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
