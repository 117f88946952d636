"""Which purposes of its subject a course covers, as its Swedish description says it.

"Kursen omfattar punkterna 1-3, 5-7 och 10 … med särskild betoning på punkterna 5 och 6."
"""

from __future__ import annotations

import re

from kunnig.standards.formats import markup
from kunnig.standards.formats.syllabus_text import CoveredPurpose

_NUMBER = r"\d+(?!\d|\s*poäng)"
_NUMBERS = rf"(?:punkterna|punkten|punkt)?\s*({_NUMBER}(?:{_NUMBER}|[-\u2013,\s]|och\b|samt\b)*)"
_COVERS = re.compile(rf"\b(?:omfattar|omfatta|bygger på)\s+{_NUMBERS}")
_EMPHASISES = re.compile(rf"\bbetoning på\s[^.]*?{_NUMBERS}")
_COVERS_ALL = re.compile(r"\bomfattar\s+(?:samtliga|alla)\s")
_RANGE = re.compile(r"(\d+)(?:\s*[-\u2013]\s*(\d+))?")
# Left in some texts by whoever converted them ("1**\-**8").
_STRAY_SIGNS = re.compile(r"[*\\]")
_HIGHEST = 99


def covered_purposes(description: str, how_many: int) -> tuple[CoveredPurpose, ...]:
    """Return what a description names; numbers beyond `how_many` are for the caller to judge."""
    words = _STRAY_SIGNS.sub("", markup.plain(description))
    covered = set(range(1, how_many + 1)) if _COVERS_ALL.search(words) else _named(_COVERS, words)
    emphasised = _named(_EMPHASISES, words)
    return tuple(CoveredPurpose(one, one in emphasised) for one in sorted(covered | emphasised))


def _named(pattern: re.Pattern[str], words: str) -> set[int]:
    found = pattern.search(words)
    if found is None:
        return set()
    spans = [(int(first), int(last or first)) for first, last in _RANGE.findall(found.group(1))]
    return {one for first, last in spans for one in range(first, min(last, _HIGHEST) + 1)}
