"""Dates as people remember them: "spring 1998", "2001-03", "the 90s", "still", "I do not know".

What was said is kept as it was said. This only reads it, for sorting and to show how it was
understood; nothing is ever refused for being unclear.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


class Season(Enum):
    """The four seasons, each with the month it is sorted by."""

    WINTER = 1
    SPRING = 4
    SUMMER = 7
    AUTUMN = 10


class Sort(Enum):
    """What kind of time was told."""

    TIME = "time"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """As much of a date as was told."""

    sort: Sort
    year: int = 0
    month: int = 0
    day: int = 0
    season: Season | None = None
    is_decade: bool = False

    def key(self) -> tuple[int, int, int]:
        """Return what it sorts by, earliest first; unknown before all, what goes on after all."""
        if self.sort is Sort.ONGOING:
            return (9999, 12, 31)
        return (self.year, self.month or (self.season.value if self.season else 0), self.day)

    def surely_before(self, other: PartialDate) -> bool:
        """Say whether it lies before `other` by all that both tell.

        "2004" is not before "May 2004".
        """
        if not self.year or not other.year or self.is_decade or other.is_decade:
            return False
        if self.year != other.year or not (self.month and other.month):
            return self.year < other.year
        if self.month != other.month or not (self.day and other.day):
            return self.month < other.month
        return self.day < other.day

    def words(self) -> str:
        """Return how it was understood, in the reader's language; empty where it was not."""
        if self.sort is Sort.ONGOING:
            return _("still going on")
        if self.sort is Sort.UNKNOWN or not self.year:
            return ""
        if self.is_decade:
            return _("the %(decade)ss") % {"decade": self.year}
        return " ".join(
            part for part in (str(self.day or ""), self._within_the_year(), str(self.year)) if part
        )

    def _within_the_year(self) -> str:
        if self.month:
            return str(MONTHS[self.month])
        return "" if self.season is None else _SEASON_WORDS[self.season]()


_SEASON_WORDS = {
    Season.WINTER: lambda: _("winter"),
    Season.SPRING: lambda: _("spring"),
    Season.SUMMER: lambda: _("summer"),
    Season.AUTUMN: lambda: _("autumn"),
}

UNKNOWN = PartialDate(Sort.UNKNOWN)
ONGOING = PartialDate(Sort.ONGOING)

# Small letters, Swedish, English and Arabic together: the latter by both of its calendars' names,
# a month of two words as one.
_MONTHS = (
    ("januari", "january", "jan", "يناير", "كانون الثاني"),
    ("februari", "february", "feb", "فبراير", "شباط"),
    ("mars", "march", "mar", "مارس", "آذار"),
    ("april", "apr", "أبريل", "إبريل", "ابريل", "نيسان"),
    ("maj", "may", "مايو", "أيار", "ايار"),
    ("juni", "june", "jun", "يونيو", "حزيران"),
    ("juli", "july", "jul", "يوليو", "تموز"),
    ("augusti", "august", "aug", "أغسطس", "اغسطس", "آب"),
    ("september", "sept", "sep", "سبتمبر", "أيلول", "ايلول"),
    ("oktober", "october", "okt", "oct", "أكتوبر", "اكتوبر", "تشرين الأول"),
    ("november", "nov", "نوفمبر", "تشرين الثاني"),
    ("december", "dec", "ديسمبر", "كانون الأول"),
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words}
_SEASON_OF = {
    word: season
    for season, words in {
        Season.WINTER: ("vinter", "vintern", "winter", "شتاء", "الشتاء"),
        Season.SPRING: ("vår", "våren", "vt", "vårterminen", "spring", "ربيع", "الربيع"),
        Season.SUMMER: ("sommar", "sommaren", "summer", "صيف", "الصيف"),
        Season.AUTUMN: ("höst", "hösten", "ht", "höstterminen", "autumn", "fall", "خريف", "الخريف"),
    }.items()
    for word in words
}
_STILL = frozenset(
    (
        *("still", "now", "ongoing", "present", "today"),
        *("fortfarande", "idag", "nu", "pågår", "ännu"),
        *("الآن", "اليوم", "مستمر", "يزال", "زال", "زلت", "أزال"),
    )
)

_YEAR = r"(?:19|20)\d\d"
_WORD = re.compile(r"(?:كانون|تشرين) ال(?:أول|ثاني)|[^\W\d_]+")
_ISO = re.compile(rf"\b({_YEAR})-(\d{{1,2}})(?:-(\d{{1,2}}))?\b")
_DAY_FIRST = re.compile(rf"\b(?:(\d{{1,2}})[./ ]\s*)?(\d{{1,2}})[./]\s*({_YEAR})\b")
_DECADE = re.compile(r"\b((?:19|20)\d)0(?:-?tal(?:et)?|'?s)\b|\b([2-9])0(?:-tal(?:et)?|s)\b")
_PLAIN = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_DAY_BESIDE = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_MOST_MONTHS = 12
_MOST_DAYS = 31


def understood(said: str) -> PartialDate:
    """Return as much of a date as `said` tells; `UNKNOWN` where it tells nothing we can read."""
    text = unicodedata.normalize("NFC", _with_plain_digits(said)).casefold()
    if (found := _ISO.search(text)) is not None:
        return _dated(found[1], found[2], found[3])
    if (found := _DAY_FIRST.search(text)) is not None:
        return _dated(found[3], found[2], found[1])
    if (found := _DECADE.search(text)) is not None:
        year = int(f"{found[1]}0") if found[1] else 1900 + 10 * int(found[2])
        return PartialDate(Sort.TIME, year, is_decade=True)
    if (found := _PLAIN.search(text)) is not None:
        return _in_words(text, found[1])
    return ONGOING if _STILL & set(_WORD.findall(text)) else UNKNOWN


_NOT_KNOWN = frozenset(
    (
        *("know", "remember", "unknown", "not", "?"),
        *("vet", "minns", "okänt", "oklart", "inte", "ej"),
        *("أعرف", "اعرف", "أعلم", "أتذكر", "اتذكر", "أذكر", "معروف", "لا"),
    )
)


def is_unclear(said: str) -> bool:
    """Say whether something was written that is neither a time nor that it is not known."""
    if understood(said) != UNKNOWN:
        return False
    words = {*_WORD.findall(unicodedata.normalize("NFC", said).casefold())}
    return bool(said.strip(" .?-–")) and not words & _NOT_KNOWN


def period(start: str, end: str) -> str:
    """Return from when to when in the reader's language: each as understood, else as told."""
    times = [understood(said).words() or said for said in (start, end)]
    if not all(times):
        return "".join(times)
    if understood(end).sort is Sort.ONGOING:
        return pgettext("a time that goes on", "%(start)s–%(now)s") % {
            "start": times[0],
            "now": times[1],
        }
    return pgettext("a time", "%(start)s–%(end)s") % {"start": times[0], "end": times[1]}


def _with_plain_digits(said: str) -> str:
    """Write the digits of any script, such as Arabic ones, as 0–9."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in said
    )


def _dated(year: str, month: str, day: str | None) -> PartialDate:
    known = int(month) if 1 <= int(month) <= _MOST_MONTHS else 0
    return PartialDate(Sort.TIME, int(year), known, _day(day) if known else 0)


def _day(text: str | None) -> int:
    return int(text) if text and 1 <= int(text) <= _MOST_DAYS else 0


def _in_words(text: str, year: str) -> PartialDate:
    """Read a year with a month or a season named beside it."""
    words = _WORD.findall(text)
    month = next((_MONTH_OF[word] for word in words if word in _MONTH_OF), 0)
    season = next((_SEASON_OF[word] for word in words if word in _SEASON_OF), None)
    beside = _DAY_BESIDE.search(text) if month else None
    return PartialDate(
        Sort.TIME,
        int(year),
        month,
        _day(beside[1]) if beside else 0,
        None if month else season,
    )
