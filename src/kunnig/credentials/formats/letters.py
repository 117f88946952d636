"""The letters papers are set in, and what to do with a character that none of the fonts has.

A tagged PDF may hold no character without a glyph, and a person may write any. What cannot be
printed is shown as `�`; the words themselves stay whole in the mapping.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "typst-fonts"
FIRST_FAMILIES = ("Hanken Grotesk", "Vazirmatn")  # named by the templates themselves
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
SOFT_BREAK = "\N{ZERO WIDTH SPACE}"
LONGEST_WORD = 40  # of a longer one, each part may stand on a line of its own
LONGEST_PART = 20

_CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
_INVISIBLE = frozenset("\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\ufe0e\ufe0f\ufeff")
# One letter with the marks and joiners that hang on it is printed by one font.
_CLUSTERS = re.compile(r".[\u0300-\u036f\u064b-\u065f\u200d\ufe0e\ufe0f]*", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
_LONG_WORDS = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_PARTS = re.compile(rf"\S{{{LONGEST_PART}}}(?=\S)")
_LOST_STRETCHES = re.compile(rf"{UNPRINTABLE}+")
_UNICODE_TABLES = frozenset({(0, 3), (0, 4), (3, 1), (3, 10)})


@cache
def fonts() -> typst.Fonts:
    """Return our own fonts and no others: a paper looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )


@cache
def families() -> dict[str, frozenset[str]]:
    """Return what each family can print in every one of its weights; controls are no letters."""
    files: dict[str, list[frozenset[str]]] = {}
    for font in fonts().fonts():
        if font.path is not None:
            files.setdefault(font.family, []).append(glyphs_of(Path(font.path).read_bytes()))
    common = {family: reduce(frozenset.intersection, each) for family, each in files.items()}
    return {family: common[family] - _CONTROLS for family in common}


def other_families(words: str) -> list[str]:
    """Return the families that `words` need beside the first ones, in an order that stays."""
    known = families()
    rest = set(words).difference(*(known[family] for family in FIRST_FAMILIES))
    return [family for family in sorted(set(known) - set(FIRST_FAMILIES)) if known[family] & rest]


@cache
def _whole_letters() -> frozenset[str]:
    """Return the letters of the first family, which almost every text is made of."""
    whole = families()[FIRST_FAMILIES[0]]
    return frozenset(letter for letter in whole if not unicodedata.combining(letter)) | {"\n"}


def printable(words: Any) -> Any:
    """Return texts, also those in lists and dicts, with only what can be printed."""
    if isinstance(words, str):
        return _printable_text(words)
    if isinstance(words, dict):
        return {name: printable(each) for name, each in words.items()}
    if isinstance(words, list | tuple):
        return [printable(each) for each in words]
    return words


def _printable_text(text: str) -> str:
    text = _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not _whole_letters().issuperset(text):
        text = "".join(
            cluster if _is_printable(cluster) else UNPRINTABLE
            for cluster in _CLUSTERS.findall(text)
        )
        text = _LOST_STRETCHES.sub(UNPRINTABLE, text)
    return _LONG_WORDS.sub(_breakable, text)


def _breakable(word: re.Match[str]) -> str:
    return _PARTS.sub(rf"\g<0>{SOFT_BREAK}", word[0])


@lru_cache(maxsize=4096)
def _is_printable(cluster: str) -> bool:
    visible = frozenset(cluster) - _INVISIBLE
    return any(visible <= letters for letters in families().values())


def glyphs_of(font: bytes) -> frozenset[str]:
    """Return the characters that a TrueType font has a glyph for (OpenType, `cmap`)."""
    at = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, at + 2)
    found: set[str] = set()
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, at + 4 + 8 * number)
        if (platform, encoding) in _UNICODE_TABLES:
            found.update(map(chr, _mapped(font, at + offset)))
    return frozenset(found)


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name!r}")


def _mapped(font: bytes, at: int) -> Iterator[int]:
    """Yield the code points of one subtable: format 4 is for 16 bits, format 12 for all."""
    (form,) = struct.unpack_from(">H", font, at)
    if form == 4:  # noqa: PLR2004 -- the format's own name
        yield from _mapped_by_segments(font, at)
    elif form == 12:  # noqa: PLR2004 -- the format's own name
        (count,) = struct.unpack_from(">I", font, at + 12)
        for number in range(count):
            first, last, _glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
            yield from range(first, last + 1)


def _mapped_by_segments(font: bytes, at: int) -> Iterator[int]:
    (double_count,) = struct.unpack_from(">H", font, at + 6)
    ends, starts = at + 14, at + 16 + double_count
    deltas, ranges = starts + double_count, starts + 2 * double_count
    for place in range(0, double_count, 2):
        (last,) = struct.unpack_from(">H", font, ends + place)
        (first,) = struct.unpack_from(">H", font, starts + place)
        (delta,) = struct.unpack_from(">H", font, deltas + place)
        (offset,) = struct.unpack_from(">H", font, ranges + place)
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                where = ranges + place + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, where)
            if glyph:
                yield code
