"""The law that papers name, by version: a paragraph that moves must not move on old papers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kunnig.credentials.states import PaperKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FILE = Path(__file__).resolve().parents[1] / "data" / "law.toml"


@dataclass(frozen=True, slots=True)
class Law:
    """What the law is called from one day on, for each kind of paper, in each language."""

    name: str
    holds_from: date
    words: Mapping[PaperKind, Mapping[str, str]]


@cache
def versions() -> tuple[Law, ...]:
    """Return every version, the oldest first."""
    rows = tomllib.loads(FILE.read_text("utf8"))["version"]
    laws = [
        Law(row["name"], row["holds_from"], {kind: row[kind.value] for kind in PaperKind})
        for row in rows
    ]
    return tuple(sorted(laws, key=lambda law: law.holds_from))


def on(day: date) -> Law:
    """Return the law that holds on `day`; before the oldest we know, the oldest."""
    held = [law for law in versions() if law.holds_from <= day]
    return held[-1] if held else versions()[0]
