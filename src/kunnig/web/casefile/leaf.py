"""One page of a mapping: what is asked on it, what stands there, and the fields to write in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kunnig.kernel.languages import BY_LETTERS, OTHER_LETTERS, direction_of, written_in
from kunnig.kernel.partial_dates import is_unclear, understood
from kunnig.kernel.text import listed
from kunnig.mapping import interview
from kunnig.mapping.actions import Result
from kunnig.mapping.interview import Ask, Shape
from kunnig.mapping.states import Side
from kunnig.web.components.parts import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from kunnig.mapping.actions import Outcome
    from kunnig.mapping.models import Mapping as MappingRecord
    from kunnig.mapping.queries import Current, Sheet
    from kunnig.people.models import Person

SWEDISH = "sv"
WRITTEN = frozenset({Shape.TEXT, Shape.LINE, Shape.WHEN})
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `second` is the same in the page's other language.

    What a person has done is named as they did, with `when` it was as the page says it.
    """

    value: str
    words: str
    second: str = ""
    when: str = ""

    @property
    def full(self) -> str:
        """The words with the time, where they stand in a text."""
        return listed((self.words, self.when))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was written in a field and is not saved: a conflict, or a fault with its reason."""

    text: str
    language: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One place on a page where somebody writes or chooses."""

    ask: Ask
    path: str
    side: Side
    current: Current
    language: str
    languages: tuple[str, ...] = ()  # to choose among, where the words may be in several
    options: tuple[Option, ...] = ()
    typed: Typed | None = None

    @property
    def key(self) -> str:
        """The name of the field in its form."""
        return key_of(self.ask, self.side)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.current.text if self.typed is None else self.typed.text

    @property
    def chosen(self) -> frozenset[str]:
        """The values that are chosen, of a field to choose in."""
        return frozenset(self.text.split())

    @property
    def is_written(self) -> bool:
        """Say whether the field is for writing, not for choosing."""
        return self.ask.shape in WRITTEN

    @property
    def is_spoken(self) -> bool:
        """Say whether it is known in which language the words are."""
        is_known = self.language != BY_LETTERS
        return (bool(self.languages) and is_known) or self.side != Side.ORIGINAL

    @property
    def is_conflict(self) -> bool:
        """Say whether someone else changed it meanwhile, and a person must choose."""
        outcome = None if self.typed is None else self.typed.outcome
        return outcome is not None and outcome.result is Result.CONFLICT

    @property
    def fault(self) -> str:
        """Why what was written was not taken."""
        outcome = None if self.typed is None else self.typed.outcome
        return "" if outcome is None else outcome.reason

    @property
    def mine(self) -> str:
        """One's own text in a conflict, as a person reads it."""
        return self.words(self.text)

    @property
    def theirs(self) -> str:
        """The other text in a conflict, as a person reads it."""
        return self.words(self.current.text)

    def words(self, text: str) -> str:
        """Return an answer as a person reads it: of a choice, the words of what was chosen."""
        if self.is_written:
            return text
        chosen = text.split()
        return listed(each.full for each in self.options if each.value in chosen)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a page: its words, what is said, and the fields to write in, if any."""

    ask: Ask
    path: str
    question: str
    hint: str
    second_question: str
    second_hint: str
    said: Current
    shown: str
    rendered: Current
    lacks_rendering: bool
    field: Field | None
    rendering: Field | None
    begins: str = ""  # of an end, when it began, as it was told

    @property
    def doubt(self) -> str:
        """What may be wrong with a time as it was told; it is kept all the same."""
        if self.ask.shape is not Shape.WHEN or not self.said.text.strip():
            return ""
        if is_unclear(self.said.text):
            return _("We cannot read this as a time. It is kept as it is written.")
        if understood(self.said.text).surely_before(understood(self.begins)):
            return _("The end comes before the beginning. Look at both.")
        return ""

    @property
    def is_long(self) -> bool:
        """Say whether the answer is told at length, or is a fact in a list."""
        return self.ask.shape is Shape.TEXT

    @property
    def understood(self) -> str:
        """How a partial date was read, where it was."""
        return understood(self.said.text).words() if self.ask.shape is Shape.WHEN else ""

    @property
    def fields(self) -> Iterator[Field]:
        """The fields to write in, the person's own words first."""
        return (each for each in (self.field, self.rendering) if each is not None)


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes in a mapping, and in which languages. `may_write` decides whether fields show."""

    mapping: MappingRecord
    by: Person
    may_write: bool

    @property
    def is_own(self) -> bool:
        """Say whether the person writes of themselves."""
        return self.by == self.mapping.case.person

    @property
    def reads(self) -> str:
        """What the page is read in: a language, or a simpler way to write one."""
        return get_language() or SWEDISH

    @property
    def language(self) -> str:
        """The language that the page is read in."""
        return written_in(self.reads)

    @property
    def told_in(self) -> str:
        """The language that the person tells in, as the case notes it."""
        return self.mapping.case.language

    @property
    def second(self) -> str:
        """The language that questions are shown in beside the page's own, if there is one."""
        offered = self.told_in in dict(settings.LANGUAGES)
        return self.told_in if offered and self.told_in != self.language else ""

    @property
    def second_direction(self) -> str:
        """Which way that language is written."""
        return direction_of(self.second)

    def languages(self, said: Current) -> tuple[str, ...]:
        """Return the languages that words may be told in; none to choose if all is in Swedish."""
        known = dict.fromkeys([self.told_in, said.language or self.told_in, SWEDISH])
        if len(known) == 1:
            return ()
        guessed = [BY_LETTERS] if self.guesses(said) else []
        return (*guessed, *dict.fromkeys([*known, "en"]))

    def guesses(self, said: Current) -> bool:
        """Say whether the letters of new words are to tell their language: where they can."""
        return not self.is_own and not said.language and self.told_in in OTHER_LETTERS


def key_of(ask: Ask, side: Side) -> str:
    """Return the name of a field in its form."""
    return f"{ask.code}-{side}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """The questions of one page, with its pen. What was typed and not saved is kept in `typed`."""

    pen: Pen
    asked: tuple[Asked, ...]
    operation: UUID = field(default_factory=uuid.uuid4)
    refusal: str = ""

    @property
    def fields(self) -> list[Field]:
        """Every field to write in."""
        return [each for asked in self.asked for each in asked.fields]

    @property
    def faults(self) -> list[Fault]:
        """What is to be settled before all is saved, in the order of the page."""
        whole = [Fault(self.refusal)] if self.refusal else []
        return whole + [
            Fault(_fault_words(asked, each), each.key)
            for asked in self.asked
            for each in asked.fields
            if each.is_conflict or each.fault
        ]

    @property
    def errors(self) -> list[Fault]:
        """The same, by the name that a page asks its form for."""
        return self.faults

    @property
    def last_at(self) -> datetime | None:
        """When something on the page was last saved."""
        moments = (each.current.at for each in self.fields)
        return max((at for at in moments if at is not None), default=None)


def _fault_words(asked: Asked, of: Field) -> str:
    said = _("Someone else changed this") if of.is_conflict else of.fault
    return f"{asked.question} {said}"


@dataclass(frozen=True, slots=True)
class Place:
    """One question on its way to a page: with its own words where the ask's are not enough."""

    ask: Ask
    path: str
    options: tuple[Option, ...] = ()


def leaf_of(
    pen: Pen,
    sheet: Sheet,
    places: Sequence[Place],
    *,
    typed: Mapping[str, Typed] | None = None,
    refusal: str = "",
) -> Leaf:
    """Return a page of questions with what the sheet says, and over it what was typed."""
    maker = _Maker(pen, sheet, typed or {})
    return Leaf(pen, tuple(maker.asked(place) for place in places), refusal=refusal)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the questions of one page, from what is said and what was typed over it."""

    pen: Pen
    sheet: Sheet
    typed: Mapping[str, Typed]

    def asked(self, place: Place) -> Asked:
        """Return one question with its fields."""
        ask, path = place.ask, place.path
        said = self.sheet.get(path, ask.side)
        options = place.options or _options_of(ask, self.pen.second)
        main = Field(
            ask,
            path,
            ask.side,
            said,
            self._spoken(ask, said),
            languages=self.pen.languages(said) if is_two_sided(ask) else (),
            options=options,
            typed=self.typed.get(key_of(ask, ask.side)),
        )
        # A hint is for who writes: what the mapper writes, the person only reads.
        is_others = ask.by_staff and self.pen.is_own
        hint = "" if is_others else ask.hint
        second_question, second_hint = _in_language(self.pen.second, ask.question, hint)
        is_writable = self.pen.may_write and not is_others
        return Asked(
            ask=ask,
            path=path,
            question=str(ask.question),
            hint=str(hint),
            second_question=second_question,
            second_hint=second_hint,
            said=said,
            shown=main.words(said.text),
            rendered=self.sheet.get(path, Side.RENDERING),
            lacks_rendering=ask.is_told and self.sheet.lacks_rendering(path),
            field=main if is_writable else None,
            rendering=self._rendering(place, main),
            begins=self._begins(ask, path),
        )

    def _begins(self, ask: Ask, path: str) -> str:
        """Return when what ends here began, as it was told."""
        if ask.shape is not Shape.WHEN or ask.code != interview.END:
            return ""
        return self.sheet.text(f"{path.removesuffix(interview.END)}{interview.BEGINNING}")

    def _spoken(self, ask: Ask, said: Current) -> str:
        """Return the language that new words are taken to be in."""
        unsaved = self.typed.get(key_of(ask, ask.side))
        if unsaved is not None:
            return unsaved.language
        if ask.by_staff:
            return SWEDISH
        if is_two_sided(ask) and self.pen.guesses(said):
            return BY_LETTERS
        return said.language or self.pen.told_in

    def _rendering(self, place: Place, main: Field) -> Field | None:
        """Return the field in Swedish: for staff, of what may be told in another language."""
        if not self.pen.may_write or self.pen.is_own or not main.languages:
            return None
        current = self.sheet.get(place.path, Side.RENDERING)
        unsaved = self.typed.get(key_of(place.ask, Side.RENDERING))
        return Field(place.ask, place.path, Side.RENDERING, current, SWEDISH, typed=unsaved)


def is_two_sided(ask: Ask) -> bool:
    """Say whether an answer has a side in Swedish: what is told, and what names an entry."""
    is_title = ask.code == interview.TITLE and ask.shape is Shape.LINE
    return ask.is_told or is_title


def _options_of(ask: Ask, second: str) -> tuple[Option, ...]:
    words = [str(words) for _value, words in ask.choices]
    seconds = _in_language(second, *(words for _value, words in ask.choices))
    values = (value for value, _words in ask.choices)
    return tuple(map(Option, values, words, seconds))


def _in_language(code: str, *texts: StrOrPromise) -> tuple[str, ...]:
    """Return texts of the house in another language, empty where there is none to show."""
    if not code:
        return ("",) * len(texts)
    with override(code):
        return tuple(str(text) for text in texts)
