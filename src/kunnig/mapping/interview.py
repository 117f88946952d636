"""What an initial mapping asks: sections of life, in plain words, free of assessment criteria.

The questions a title does not answer (a usual day, what was hardest, what you answered for) are
those of municipal forms in use. A path names one answer: `goal/wish`, `work/<entry>/usual_day`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kunnig.mapping.states import Basis, SelfEstimate, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrOrPromise


class Shape(StrEnum):
    """How an answer is given."""

    TEXT = "text"
    LINE = "line"
    WHEN = "when"
    CHOICE = "choice"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, and how it is answered. `by_staff` answers are the mapper's own words."""

    code: str
    question: StrOrPromise
    shape: Shape
    hint: StrOrPromise = ""
    choices: tuple[tuple[str, StrOrPromise], ...] = ()
    by_staff: bool = False

    @property
    def side(self) -> Side:
        """Whose words the answer holds."""
        return Side.NOTE if self.by_staff else Side.ORIGINAL

    @property
    def is_told(self) -> bool:
        """Say whether the answer is told in the person's own language and rendered in Swedish."""
        return self.shape is Shape.TEXT and not self.by_staff


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the interview. With `entry`, the questions are asked of each entry."""

    code: str
    name: StrOrPromise
    asks: tuple[Ask, ...]
    lead: StrOrPromise = ""
    entry: StrOrPromise = ""

    @property
    def has_entries(self) -> bool:
        """Say whether the section holds entries, such as one job each."""
        return bool(self.entry)

    def ask(self, code: str) -> Ask | None:
        """Return the question with this code, if the section has it."""
        return next((ask for ask in self.asks if ask.code == code), None)


# Taking an entry away is an answer too: nothing is ever erased from what was told.
IS_REMOVED = "yes"
REMOVED = Ask("removed", _("Taken away"), Shape.CHOICE, choices=((IS_REMOVED, _("Yes")),))

# What began and ended is asked by these codes, whatever the words.
BEGINNING, END = "from", "to"

_FROM = Ask(
    BEGINNING,
    _("From when?"),
    Shape.WHEN,
    _("A year is enough. “Spring 1998” or “I do not know” is fine."),
)
_TO = Ask(END, _("Until when?"), Shape.WHEN, _("Write “still” if it goes on."))
_COUNTRY = Ask(
    "country",
    _("In which country?"),
    Shape.LINE,
    _("Countries that no longer exist are fine, such as Yugoslavia."),
)
_EXTENT = Ask(
    "extent",
    _("How much?"),
    Shape.CHOICE,
    choices=(
        ("full", _("Full time")),
        ("part", _("Part time")),
        ("season", _("By season")),
        ("sometimes", _("Now and then")),
        ("unknown", _("I do not remember")),
    ),
)
_USUAL_DAY = Ask(
    "usual_day",
    _("What did you do on a usual day?"),
    Shape.TEXT,
    _("From morning to evening. Take one thing at a time."),
)
_HARDEST = Ask(
    "hardest",
    _("What was hardest?"),
    Shape.TEXT,
    _("Tell about one time when it was hard. What did you do?"),
)
_RESPONSIBLE = Ask(
    "responsible",
    _("What did you answer for?"),
    Shape.TEXT,
    _("For example medicines, money, other people, keys, machines."),
)
_TOOLS = Ask("tools", _("Which tools, machines or programs did you use?"), Shape.TEXT)
_WITH_WHOM = Ask(
    "with_whom",
    _("With whom did you do it?"),
    Shape.TEXT,
    _("Alone, in a team, with customers, with children. Write no names."),
)

_SKILL = (
    ("none", _("Not at all")),
    ("some", _("A little")),
    ("well", _("Well")),
    ("fully", _("Very well")),
)
_COMFORT = (
    ("never", _("I have not done it")),
    ("help", _("I do it with help")),
    ("alone", _("I do it on my own")),
    ("teach", _("I can teach others")),
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "goal",
        _("Your goal"),
        (
            Ask(
                "wish",
                _("What do you want to do?"),
                Shape.TEXT,
                _("A job, an education, or something else. It is fine not to know yet."),
            ),
            Ask("why", _("Why do you want it?"), Shape.TEXT),
            Ask(
                "matters",
                _("What matters in your life when you plan this?"),
                Shape.TEXT,
                _("For example travel, children, working hours. Write nothing about illness."),
            ),
        ),
    ),
    Section(
        "education",
        _("School and courses"),
        (
            Ask("what", _("Which school or course?"), Shape.LINE),
            _COUNTRY,
            _FROM,
            _TO,
            Ask(
                "level",
                _("How far did you go?"),
                Shape.CHOICE,
                choices=(
                    ("started", _("I began but did not finish")),
                    ("finished", _("I finished")),
                    ("ongoing", _("I am still there")),
                ),
            ),
            Ask(
                "paper",
                _("Do you have a paper on it?"),
                Shape.CHOICE,
                choices=(
                    ("have", _("Yes, I have it")),
                    ("lost", _("It is lost")),
                    ("never", _("I never got one")),
                ),
            ),
            Ask("learnt", _("What did you learn to do?"), Shape.TEXT),
            Ask("used", _("When have you used it since?"), Shape.TEXT),
        ),
        lead=_("Short courses count too, at work, in the army or on the internet."),
        entry=_("School or course"),
    ),
    Section(
        "work",
        _("Work"),
        (
            Ask("what", _("What was the work?"), Shape.LINE, _("Paid or unpaid.")),
            Ask("where", _("Where?"), Shape.LINE, _("The workplace and the town.")),
            _COUNTRY,
            _FROM,
            _TO,
            _EXTENT,
            _USUAL_DAY,
            _HARDEST,
            _RESPONSIBLE,
            _TOOLS,
            _WITH_WHOM,
        ),
        lead=_("A title does not say what you can. Tell what you did."),
        entry=_("Work"),
    ),
    Section(
        "home",
        _("Home and family"),
        (
            Ask(
                "what",
                _("What have you done at home?"),
                Shape.LINE,
                _("For example cared for somebody, cooked for many, built, grown, handled money."),
            ),
            _COUNTRY,
            _FROM,
            _TO,
            _USUAL_DAY,
            _HARDEST,
            _RESPONSIBLE,
        ),
        lead=_("Write no names, and nothing about anybody's illness. Write what you did."),
        entry=_("Something done at home"),
    ),
    Section(
        "associations",
        _("Associations"),
        (
            Ask(
                "what",
                _("What did you do?"),
                Shape.LINE,
                _("For example trained a team, kept accounts, helped others, interpreted."),
            ),
            _COUNTRY,
            _FROM,
            _TO,
            _USUAL_DAY,
            _RESPONSIBLE,
        ),
        lead=_("You need not say which faith, party or union it was."),
        entry=_("Something done for others"),
    ),
    Section(
        "leisure",
        _("Leisure"),
        (
            Ask("what", _("What do you do in your free time?"), Shape.LINE),
            Ask("doing", _("How do you do it?"), Shape.TEXT, _("What have you had to learn?")),
        ),
        entry=_("Interest"),
    ),
    Section(
        "languages",
        _("Languages"),
        (
            Ask("what", _("Which language?"), Shape.LINE),
            Ask("understand", _("Understand"), Shape.CHOICE, choices=_SKILL),
            Ask("speak", _("Speak"), Shape.CHOICE, choices=_SKILL),
            Ask("read", _("Read"), Shape.CHOICE, choices=_SKILL),
            Ask("write", _("Write"), Shape.CHOICE, choices=_SKILL),
        ),
        entry=_("Language"),
    ),
    Section(
        "licences",
        _("Licences and certificates"),
        (
            Ask(
                "what",
                _("Which licence or certificate?"),
                Shape.LINE,
                _("For example driving licence, truck, hot work, hygiene."),
            ),
            _COUNTRY,
            _FROM,
            Ask(END, _("Valid until when?"), Shape.WHEN),
            Ask(
                "paper",
                _("Do you have a paper on it?"),
                Shape.CHOICE,
                choices=(
                    ("have", _("Yes, I have it")),
                    ("lost", _("It is lost")),
                    ("never", _("I never got one")),
                ),
            ),
        ),
        entry=_("Licence or certificate"),
    ),
    Section(
        "digital",
        _("Computer and phone"),
        (
            Ask("find", _("Look something up on the internet"), Shape.CHOICE, choices=_COMFORT),
            Ask("message", _("Write and send messages and e-mail"), Shape.CHOICE, choices=_COMFORT),
            Ask("forms", _("Fill in a form on the internet"), Shape.CHOICE, choices=_COMFORT),
            Ask("documents", _("Write a text or make a table"), Shape.CHOICE, choices=_COMFORT),
            Ask("other", _("What else do you do with a computer or phone?"), Shape.TEXT),
        ),
    ),
    Section(
        "general",
        _("What you are good at"),
        (
            Ask("together", _("Tell about a time when you worked well with others."), Shape.TEXT),
            Ask("plan", _("Tell about something you planned."), Shape.TEXT),
            Ask("problem", _("Tell about a problem you solved."), Shape.TEXT),
            Ask("learning", _("How do you learn something new?"), Shape.TEXT),
            Ask("proud", _("What are you proud of?"), Shape.TEXT),
        ),
    ),
    Section(
        "next",
        _("What happens next"),
        (
            Ask("own_thoughts", _("What do you think the next step is?"), Shape.TEXT),
            Ask(
                "areas",
                _("What may be worth validating or doing otherwise"),
                Shape.TEXT,
                _("The person reads this."),
                by_staff=True,
            ),
            Ask(
                "alternatives",
                _("Alternatives we talked about"),
                Shape.TEXT,
                _("The person reads this. Write more than one."),
                by_staff=True,
            ),
            Ask(
                "next_step",
                _("The next step we agreed on"),
                Shape.TEXT,
                _("Who does what, and when."),
                by_staff=True,
            ),
        ),
    ),
)

BY_CODE: Mapping[str, Section] = {section.code: section for section in SECTIONS}

KEY_LENGTH = 36  # of an entry's key in a path, as `str(UUID)` writes it

# The first question of an entry names it in lists and on paper.
TITLE = "what"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one answer of an initial mapping belongs."""

    section: Section
    entry: UUID | None
    ask: Ask


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def place_of(path: str) -> Place | None:
    """Return where `path` belongs, or None when the interview has no such place."""
    match path.split("/"):
        case [code, ask_code]:
            entry = None
        case [code, entry_text, ask_code]:
            entry = _as_uuid(entry_text)
            if entry is None or str(entry) != entry_text:
                return None
        case _:
            return None
    section = BY_CODE.get(code)
    if section is None or section.has_entries != (entry is not None):
        return None
    ask = REMOVED if entry is not None and ask_code == REMOVED.code else section.ask(ask_code)
    return Place(section, entry, ask) if ask is not None else None


# --- The in-depth mapping: the same few things are asked of every question of a target. ---

ESTIMATE = Ask(
    "estimate", _("How well do you know this?"), Shape.CHOICE, choices=tuple(SelfEstimate.choices)
)
CLAIM = Ask("claim", _("Tell what you have done"), Shape.TEXT)
LEARNT = Ask("learnt", _("Where and when did you learn it?"), Shape.REFERENCES)
EVIDENCE = Ask("evidence", _("What shows it?"), Shape.REFERENCES)
NOTE = Ask("note", _("The mapper's note"), Shape.TEXT, by_staff=True)
BASIS = Ask(
    "basis",
    _("Is there enough to assess?"),
    Shape.CHOICE,
    choices=tuple(Basis.choices),
    by_staff=True,
)

IN_DEPTH: Mapping[str, Ask] = {
    ask.code: ask for ask in (ESTIMATE, CLAIM, LEARNT, EVIDENCE, NOTE, BASIS)
}


def sides_of(ask: Ask) -> tuple[Side, ...]:
    """Return whose words are kept about one question: what is told is rendered in Swedish too."""
    return (ask.side, Side.RENDERING) if ask.is_told else (ask.side,)


def conclusion(basis: str, claim: str) -> Basis | None:
    """Return what the mapper concluded, if it stands: what nothing is told of is not assessed."""
    if not basis or (basis == Basis.ASSESSABLE and not claim.strip()):
        return None
    return Basis(basis)


def path_to(question: UUID, ask: Ask) -> str:
    """Return the path of one answer about one question of a target."""
    return paths_to(question)[ask.code]


@lru_cache(maxsize=2_000)
def paths_to(question: UUID) -> Mapping[str, str]:
    """Return the paths of all answers about one question of a target, by the code of the ask.

    Kept, because every overview asks for those of every question.
    """
    return {code: f"q/{question}/{code}" for code in IN_DEPTH}


def asked_in_depth(path: str) -> tuple[UUID, Ask] | None:
    """Return the question and the ask that `path` names, or None when there is no such place."""
    match path.split("/"):
        case ["q", question, code] if (ask := IN_DEPTH.get(code)) is not None:
            key = _as_uuid(question)
            return (key, ask) if key is not None and str(key) == question else None
    return None


def claims_beside(paths: Iterable[str]) -> set[str]:
    """Return where the claims stand that conclusions at `paths` rest on."""
    asked = (asked_in_depth(path) for path in paths)
    return {path_to(each[0], CLAIM) for each in asked if each is not None and each[1] is BASIS}


def ask_at(path: str) -> Ask | None:
    """Return what is asked at a path of either mapping, or None when there is no such place."""
    asked = asked_in_depth(path)
    if asked is not None:
        return asked[1]
    place = place_of(path)
    return None if place is None else place.ask


def references_in(value: str) -> list[UUID]:
    """Return the keys that an answer by references names; raises `ValueError` on anything else."""
    return [UUID(word) for word in value.split()]
