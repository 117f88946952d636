"""The law by which words heard are noted, by version: a paragraph that moves must not move here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FILE = Path(__file__).resolve().parents[1] / "data" / "law.toml"


@dataclass(frozen=True, slots=True)
class Law:
    """What the law is called from one day on, in each language."""

    name: str
    holds_from: date
    words: Mapping[str, str]


@cache
def versions() -> tuple[Law, ...]:
    """Return every version, the oldest first."""
    rows = tomllib.loads(FILE.read_text("utf8"))["version"]
    laws = [Law(row["name"], row["holds_from"], row["noted"]) for row in rows]
    return tuple(sorted(laws, key=lambda law: law.holds_from))


def on(day: date) -> Law:
    """Return the law that holds on `day`; before the oldest we know, the oldest."""
    held = [law for law in versions() if law.holds_from <= day]
    return held[-1] if held else versions()[0]


def called(name: str, language: str) -> str:
    """Return what the law of a version is called in a language: in Swedish if not in that one."""
    (law,) = (each for each in versions() if each.name == name)
    return law.words.get(language, law.words["sv"])
