"""What a table holds about people: declared beside it, so that nothing of a person is forgotten.

Each room's `holdings.py` has `HOLDINGS`, by the names of its tables, and `IMPERSONAL`, the names of
those that hold nothing about anybody. Export, erasure and disposal start from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kept(Enum):
    """How long rows are kept; the years are those of each authority's records schedule."""

    WHILE_KNOWN = "as long as the person has a file or a task here"
    WITH_THE_FILE = "as long as the file it belongs to"
    BRIEFLY = "for minutes, to slow down who tries without end"
    AS_A_TRAIL = "as long as anybody may ask who did or read what"
    FOR_EVER = "never disposed of"


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds: every column stands in `personal` or in `impersonal`.

    `about` leads from a row to the person it is about (`file__person`); empty where the row knows
    them by key only. A column that names somebody at work (`noted_by`) is personal too.
    """

    about: str
    kept: Kept
    personal: frozenset[str]
    impersonal: frozenset[str]


def holding(*, about: str, kept: Kept, personal: str, impersonal: str) -> Holding:
    """Declare a table, with the names of its columns as words."""
    return Holding(about, kept, frozenset(personal.split()), frozenset(impersonal.split()))
