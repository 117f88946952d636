"""The languages that may stand beside Swedish on a paper: those that have all its fixed words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

SWEDISH, USUAL = "sv", "en"
WORDS = Path(__file__).resolve().parent / "v1" / "words.toml"


@cache
def beside_swedish() -> tuple[str, ...]:
    """Return the languages that may be chosen, the usual one first."""
    fixed = tomllib.loads(WORDS.read_text("utf8")).values()
    whole = set.intersection(*(set(words) for words in fixed)) - {SWEDISH, USUAL}
    return (USUAL, *sorted(whole))


def suited_to(spoken: str) -> str:
    """Return the language to offer first to somebody who speaks `spoken`."""
    return spoken if spoken in beside_swedish() else USUAL
