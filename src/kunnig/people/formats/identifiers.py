"""Reading the numbers a person is known by: Swedish ones are checked, others taken as written.

Personal and coordination numbers follow folkbokföringslagen 18 § and 18 a §: six or eight digits
of birth, three of birth number, one to check. `+` instead of `-` tells that the person turns 100
this year or has done so; a coordination number has 60 added to its day.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from personnummer.personnummer import Personnummer, PersonnummerException

from kunnig.kernel.verdict import Refused
from kunnig.people.states import IdentifierKind

if TYPE_CHECKING:
    from datetime import date

LONGEST_NUMBER = 60
LONGEST_ISSUER = 80

_WRITTEN = re.compile(
    r"(?P<century>\d\d)?(?P<year>\d\d)(?P<rest>\d{4})(?P<sign>[-+]?)(?P<end>\d{4})"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))  # noqa: RUF001 -- what keyboards and papers write


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it is kept and compared, and the birth date that a personal number tells."""

    kind: IdentifierKind
    value: str
    issuer: str = ""
    birth_date: date | None = None


def read(kind: IdentifierKind, written: str, *, on: date, issuer: str = "") -> Number:
    """Read one number of a `kind` as it was written on the day `on`. Raises `Refused`."""
    if kind is IdentifierKind.OTHER:
        return _other(written, issuer)
    number = _swedish(written, on)
    if number.kind is not kind:
        raise Refused(_WRONG_KIND[number.kind]())
    return number


def shown(kind: IdentifierKind, value: str) -> str:
    """Return a kept number as people write it."""
    return value if kind is IdentifierKind.OTHER else f"{value[:8]}-{value[8:]}"


_WRONG_KIND = {
    IdentifierKind.COORDINATION_NUMBER: lambda: _(
        "This is a coordination number. Choose that kind."
    ),
    IdentifierKind.PERSONAL_NUMBER: lambda: _(
        "This is a personal identity number. Choose that kind."
    ),
}


def _other(written: str, issuer: str) -> Number:
    value, issued_by = _tidy(written).upper(), _tidy(issuer)
    if not value:
        raise Refused(_("Write the number."))
    if not issued_by:
        raise Refused(_("Write who issued the number, such as an authority or a country."))
    if len(value) > LONGEST_NUMBER or len(issued_by) > LONGEST_ISSUER:
        raise Refused(_("The number or its issuer is too long."))
    return Number(IdentifierKind.OTHER, value, issued_by)


def _swedish(written: str, on: date) -> Number:
    plain = "".join(_plain_digits(written).translate(_DASHES).split())
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        raise Refused(
            _(
                "Write ten or twelve digits, such as 19881231-1234. "
                "A number with letters is noted as another number."
            )
        )
    century = match["century"] or _century(int(match["year"]), on, is_old=match["sign"] == "+")
    value = f"{century}{match['year']}{match['rest']}{match['end']}"
    try:
        checked = Personnummer(value)
    except PersonnummerException:
        raise Refused(
            _("The number is not right. Compare every digit with the document.")
        ) from None
    birth_date = checked.get_date()
    if birth_date > on:
        raise Refused(_("The number tells a date of birth that lies ahead."))
    if checked.is_coordination_number():
        return Number(IdentifierKind.COORDINATION_NUMBER, value)
    return Number(IdentifierKind.PERSONAL_NUMBER, value, birth_date=birth_date)


def _century(year: int, on: date, *, is_old: bool) -> str:
    """Return the century of a two-digit year: the latest not ahead, or the one before it."""
    latest = on.year - (on.year - year) % 100
    return str((latest - 100 if is_old else latest) // 100)


def _plain_digits(text: str) -> str:
    """Return `text` with every script's digits as 0–9: people type what their keyboard has."""
    return "".join(
        c if (digit := unicodedata.digit(c, None)) is None else str(digit)
        for c in unicodedata.normalize("NFKC", text)
    )


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
