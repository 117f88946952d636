"""Question sets as they are written in files: plain questions in several languages.

A question points at content by number and a word of it ("2 Hygien"), at criteria likewise
("E2 smitta"): the word shows that the number still means the same. No text of a standard is
copied. `generated` makes a set of the same shape for a target that nobody has written one for.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from kunnig.kernel.languages import SIMPLE_SWEDISH
from kunnig.kernel.text import folded
from kunnig.standards.formats import markup
from kunnig.standards.formats.checked import Checked, Unreadable, loaded
from kunnig.standards.models import LONGEST_SHORT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kunnig.standards.formats.syllabus_text import PointText

LANGUAGES = ("sv", "en", "ar")
ALL_LANGUAGES = (*LANGUAGES, SIMPLE_SWEDISH)  # the simple words may be left out
LONGEST_TITLE = 300
LONGEST_WORDS = 600

# What a generated question says before it quotes the standard: plain, and never about a grade.
FRAMING = {
    "sv": "Har du arbetat med det här, eller lärt dig något om det?",
    "en": "Have you worked with this, or learnt something about it?",
    "ar": "هل عملت في هذا، أو تعلّمت شيئًا عنه؟",
    SIMPLE_SWEDISH: "Har du jobbat med det här? Eller vet du något om det?",
}
ALL_OF_IT = {
    "sv": "Det här handlar det om",
    "en": "What this is about",
    "ar": "ما يدور حوله هذا",
    SIMPLE_SWEDISH: "Det här är frågorna",
}

NO_REFERENCE = "is not a number and a word, as in '2 Hygien' or 'E2 smitta'"
_REFERENCE = re.compile(r"([EDCBA]?\d{1,3}) (\S.*)")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question speaks to, and a word that must stand there."""

    key: str
    word: str

    def __str__(self) -> str:
        return f"{self.key} {self.word}"


@dataclass(frozen=True, slots=True)
class Words:
    """A question in one language."""

    text: str
    hint: str
    short: str


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question in every language it has, and what it speaks to.

    Without words of its own it asks what its group asks, about the point it speaks to.
    """

    words: Mapping[str, Words]
    points: tuple[Reference, ...]
    criteria: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """Questions under one title; an empty title means the standard's own heading."""

    code: str
    titles: Mapping[str, str]
    questions: tuple[WrittenQuestion, ...]
    asks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """All that is asked about one target. `content_hash` is empty for a generated set."""

    target_code: str
    groups: tuple[WrittenGroup, ...]
    content_hash: str

    @property
    def is_generated(self) -> bool:
        """Say whether nobody wrote it."""
        return not self.content_hash


def read(written: bytes) -> WrittenSet:
    """Return the question set that a file holds; raises `Unreadable` with every fault."""
    whole = loaded(written)
    groups = tuple(_group(part) for part in whole.parts("groups"))
    if not any(group.questions for group in groups):
        whole.fault("groups", "no questions")
    code = whole.text("target", is_needed=True)
    whole.require()
    return WrittenSet(code, groups, hashlib.sha256(written).hexdigest())


@cache
def shipped() -> Mapping[str, WrittenSet]:
    """Return the question sets that come with the house, by the code of their target."""
    sets: dict[str, WrittenSet] = {}
    for file in sorted(files("kunnig.standards").joinpath("data", "questions").iterdir(), key=str):
        try:
            written = read(file.read_bytes())
        except Unreadable as unreadable:
            raise AssertionError(f"{file.name}: {unreadable}") from unreadable
        sets[written.target_code] = written
    return sets


def generated(code: str, content: Sequence[PointText]) -> WrittenSet:
    """Return a set with one question for each point of content, grouped under its headings."""
    groups = groupby(content, key=lambda point: point.heading)
    return WrittenSet(
        code,
        tuple(
            WrittenGroup(
                code=lettered(number),
                titles=dict.fromkeys(ALL_LANGUAGES, "") if heading else ALL_OF_IT,
                questions=tuple(
                    WrittenQuestion({}, (Reference(str(point.number), ""),), ()) for point in points
                ),
                asks=FRAMING,
            )
            for number, (heading, points) in enumerate(groups)
        ),
        content_hash="",
    )


def misfits(
    written: WrittenSet, points: Mapping[str, str], criteria: Mapping[str, str]
) -> list[str]:
    """Say why a set does not fit a target: what it points at has changed, or it leaves a point out.

    `points` and `criteria` are the target's, as markup, by the keys that references use.
    """
    questions = [question for group in written.groups for question in group.questions]
    lost = [
        f"nothing is at {reference!s}"
        for question in questions
        for references, texts in ((question.points, points), (question.criteria, criteria))
        for reference in references
        if folded(reference.word) not in folded(markup.plain(texts.get(reference.key, "")))
    ]
    covered = {reference.key for question in questions for reference in question.points}
    left_out = [f"no question speaks to point {key}" for key in points if key not in covered]
    return lost + left_out


def shortened(text: str) -> str:
    """Return a name of at most `LONGEST_SHORT` characters, cut between words if it can be."""
    if len(text) <= LONGEST_SHORT:
        return text.rstrip(".")
    cut = text[: LONGEST_SHORT - 1]
    whole_words = cut.rpartition(" ")[0] or cut
    return whole_words.rstrip(" ,;:–-") + "…"


def _group(part: Checked) -> WrittenGroup:
    code = part.text("code", longest=4, is_needed=True)
    questions = tuple(_question(one) for one in part.parts("questions"))
    titles = _by_language(part, "title", LONGEST_TITLE)
    return WrittenGroup(code, titles, questions, dict.fromkeys(titles, ""))


def _question(part: Checked) -> WrittenQuestion:
    texts = _by_language(part, "text", LONGEST_WORDS)
    hints = _by_language(part, "hint", LONGEST_WORDS, is_needed=False)
    shorts = _by_language(part, "short", LONGEST_SHORT)
    points = _references(part, "points")
    if not points:
        part.fault("points", "missing")
    return WrittenQuestion(
        words={
            language: Words(text, hints.get(language, ""), shorts.get(language) or shorts["sv"])
            for language, text in texts.items()
        },
        points=points,
        criteria=_references(part, "criteria"),
    )


def _by_language(
    part: Checked, key: str, longest: int, *, is_needed: bool = True
) -> dict[str, str]:
    texts = part.part(key)
    if texts is None:
        if is_needed:
            part.fault(key, "missing")
        return dict.fromkeys(LANGUAGES, "")
    said = {one: texts.text(one, longest=longest, is_needed=is_needed) for one in LANGUAGES}
    simple = texts.text(SIMPLE_SWEDISH, longest=longest)
    return said | {SIMPLE_SWEDISH: simple} if simple else said


def _references(part: Checked, key: str) -> tuple[Reference, ...]:
    said = part.texts(key)
    found = [_REFERENCE.fullmatch(one) for one in said]
    for one, match in zip(said, found, strict=True):
        if match is None:
            part.fault(key, f"{one!r} {NO_REFERENCE}")
    return tuple(Reference(match[1], match[2]) for match in found if match is not None)


def lettered(number: int) -> str:
    """Return A … Z, then AA, AB … for the groups of one set, counted from nought."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
