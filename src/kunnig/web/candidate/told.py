"""What a person has told about their life, as they read it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnig.kernel.languages import direction_of
from kunnig.kernel.partial_dates import understood
from kunnig.mapping import interview
from kunnig.portfolio.states import LifeField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from kunnig.portfolio.models import Experience


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, in the words and the language it was given in."""

    question: StrOrPromise
    text: str
    language: str

    @property
    def direction(self) -> str:
        """Which way the answer is written."""
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class Entry:
    """One experience: what it is called, its short answers, and what was told at length."""

    title: Line
    facts: tuple[Line, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The experiences of one field of life."""

    name: StrOrPromise
    entries: tuple[Entry, ...]


def parts_of(experiences: Sequence[Experience]) -> list[Part]:
    """Gather experiences by field of life, in the order that the interview asks about them."""
    gathered: dict[str, list[Entry]] = {code: [] for code in interview.BY_CODE}
    for each in experiences:
        gathered[each.field].append(entry_of(each))
    return [
        Part(LifeField(field).label, tuple(entries))
        for field, entries in gathered.items()
        if entries
    ]


def entry_of(experience: Experience) -> Entry:
    """Return one experience as the person told it, in their own language."""
    section = interview.BY_CODE[experience.field]
    asked = [
        (ask, experience.told[ask.code]) for ask in section.asks if ask.code in experience.told
    ]
    others = [(ask, answer) for ask, answer in asked if ask.code != interview.TITLE]
    titles = (_line(ask, answer) for ask, answer in asked if ask.code == interview.TITLE)
    return Entry(
        title=next(titles, Line("", experience.title, "sv")),
        facts=tuple(_line(ask, answer) for ask, answer in others if not ask.is_told),
        lines=tuple(_line(ask, answer) for ask, answer in others if ask.is_told),
    )


def _line(ask: interview.Ask, answer: Mapping[str, str]) -> Line:
    """Return an answer as it is read: the words of what was chosen, a date in the reader's own."""
    text = answer["original"]
    if ask.shape is interview.Shape.WHEN:
        text = understood(text).words() or text
    return Line(ask.question, str(dict(ask.choices).get(text, text)), answer["language"])
