"""Reading the trail: who opened what of a person, and what happened to a case.

Lines hold keys, not names. The page asks `people` for the names it may show, and shows everybody
else as a colleague in their capacity: staff may be protected, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max
from django.db.models.functions import TruncHour

from kunnig.audit.models import Entry, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person opened of one kind within one hour, and how many times."""

    hour: datetime
    actor: str
    verb: str
    file: str
    times: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a case's history: what happened to which record, by whom and when."""

    at: datetime
    actor: str
    verb: str
    target: str
    is_reading: bool
    capacity: str


def latest(verb: str, *, about: Model) -> Happening | None:
    """Return the latest line with `verb` about a person; None if there is none."""
    lines = Entry.objects.filter(about=str(about.pk), verb=verb).order_by("-happened_at", "-pk")
    line = lines.first()
    return None if line is None else _told(line)


def _told(line: Entry) -> Happening:
    return Happening(
        line.happened_at, line.actor, line.verb, line.target, line.is_reading, line.capacity
    )


def happened_among(
    files: Iterable[Model], *, without: Model, page: int = 1
) -> tuple[list[Happening], bool]:
    """Return what others than `without` did in `files`, the latest first, and if more follow."""
    lines = Entry.objects.filter(file__in=[label_of(each) for each in files], is_reading=False)
    lines = lines.exclude(actor=str(without.pk)).order_by("-happened_at", "-pk")
    start = (page - 1) * PAGE_LENGTH
    rows = [_told(each) for each in lines[start : start + PAGE_LENGTH + 1]]
    return rows[:PAGE_LENGTH], len(rows) > PAGE_LENGTH


def readings_about(person: Model, *, page: int = 1) -> tuple[list[Reading], bool]:
    """Return who opened what about `person`, folded by hour, the latest first, and if more follow.

    One line for each reader, kind and case in an hour: enough to see who, not a flood.
    """
    folded = (
        Entry.objects.filter(about=str(person.pk), is_reading=True)
        .annotate(hour=TruncHour("happened_at"))
        .values("hour", "actor", "verb", "file")
        .annotate(times=Count("pk"), latest=Max("happened_at"))
        .order_by("-latest", "actor", "verb", "file")
    )
    start = (page - 1) * PAGE_LENGTH
    rows = [
        Reading(each["hour"], each["actor"], each["verb"], each["file"], each["times"])
        for each in folded[start : start + PAGE_LENGTH + 1]
    ]
    return rows[:PAGE_LENGTH], len(rows) > PAGE_LENGTH


def last_reading_about(person: Model) -> Happening | None:
    """Return who was the last to open something about `person`, and when."""
    last = Entry.objects.filter(about=str(person.pk), is_reading=True).order_by(
        "-happened_at", "-pk"
    )
    line = last.first()
    return None if line is None else _told(line)


def history_of(
    case: Model, *, page: int = 1, length: int = PAGE_LENGTH, with_readings: bool = False
) -> tuple[list[Happening], bool]:
    """Return what happened to `case` and what belongs to it, latest first, and if more follow."""
    lines = Entry.objects.filter(file=label_of(case))
    if not with_readings:
        lines = lines.filter(is_reading=False)
    start = (page - 1) * length
    ordered = lines.order_by("-happened_at", "-pk")
    rows = [_told(each) for each in ordered[start : start + length + 1]]
    return rows[:length], len(rows) > length
