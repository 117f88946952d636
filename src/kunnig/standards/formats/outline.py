"""A draft as it reads now: groups and questions in order, and what is missing before publishing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kunnig.standards.formats.draft_text import as_kept, grading_sentence
from kunnig.standards.formats.question_set import (
    ALL_LANGUAGES,
    LANGUAGES,
    Reference,
    Words,
    WrittenGroup,
    WrittenQuestion,
    WrittenSet,
    lettered,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kunnig.standards.formats.draft_text import PartText

NEEDED_LANGUAGE = "sv"  # what every other language falls back to


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it reads now. `entry` is the number of the entry that says so."""

    id: UUID
    code: str
    text: PartText
    entry: int
    place: int


@dataclass(frozen=True, slots=True)
class Group(Part):
    """A group with its questions in order."""

    questions: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole draft as it reads now; `taken_away` can be brought back."""

    groups: tuple[Group, ...]
    taken_away: tuple[Part, ...]

    @property
    def questions(self) -> list[Part]:
        """Every question, in the order asked."""
        return [question for group in self.groups for question in group.questions]

    @property
    def parts(self) -> list[Part]:
        """Every group and question that stands."""
        return [*self.groups, *self.questions]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a language does not have yet: groups and questions without words in it."""

    language: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Grading:
    """A part that holds a sentence people are graded by."""

    part: Part
    sentence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands between a draft and its publishing, and what is only worth knowing."""

    has_questions: bool
    points_left_out: tuple[str, ...]
    questions_without_point: tuple[Part, ...]
    empty_groups: tuple[Part, ...]
    lacking: tuple[Lacking, ...]
    grading: tuple[Grading, ...]

    @property
    def lacks_what_is_needed(self) -> bool:
        """Say whether some Swedish words are missing."""
        return any(each.language == NEEDED_LANGUAGE for each in self.lacking)

    @property
    def is_whole(self) -> bool:
        """Say whether nothing stands in the way of publishing."""
        return self.has_questions and not (
            self.points_left_out
            or self.questions_without_point
            or self.lacks_what_is_needed
            or self.grading
        )


def coverage_of(outline: Outline, points: Collection[str], sentences: Sequence[str]) -> Coverage:
    """Return what a draft covers of a target with these numbers of points and grading sentences.

    Simple Swedish is never missing: it is written only where it differs.
    """
    standing = [group for group in outline.groups if group.questions]
    parts = [*standing, *outline.questions]
    spoken_to = {key for question in outline.questions for key in question.text.points}
    lacking = (
        Lacking(language, tuple(one for one in parts if not one.text.in_language(language).text))
        for language in LANGUAGES
    )
    graded = ((one, grading_sentence(one.text, sentences)) for one in outline.parts)
    return Coverage(
        has_questions=bool(outline.questions),
        points_left_out=tuple(key for key in points if key not in spoken_to),
        questions_without_point=tuple(one for one in outline.questions if not one.text.points),
        empty_groups=tuple(group for group in outline.groups if not group.questions),
        lacking=tuple(each for each in lacking if each.parts),
        grading=tuple(Grading(part, sentence) for part, sentence in graded if sentence),
    )


def as_written(outline: Outline, code: str, draft: UUID) -> WrittenSet:
    """Return a draft as a set to publish over the target of this code; empty groups fall away.

    The draft is in the hash: what was asked once may be asked again after another set.
    """
    standing = [group for group in outline.groups if group.questions]
    told = [
        [as_kept(group.text), [as_kept(one.text) for one in group.questions]] for group in standing
    ]
    content = json.dumps([str(draft), told], ensure_ascii=False, sort_keys=True)
    return WrittenSet(
        code,
        tuple(_group(number, group) for number, group in enumerate(standing)),
        hashlib.sha256(content.encode()).hexdigest(),
    )


def _group(number: int, group: Group) -> WrittenGroup:
    titles = {language: said.text for language, said in group.text.words.items() if said.text}
    return WrittenGroup(
        code=lettered(number),
        titles=titles,
        questions=tuple(_question(one.text) for one in group.questions),
        asks=dict.fromkeys(titles, ""),
    )


def _question(text: PartText) -> WrittenQuestion:
    return WrittenQuestion(
        words=asked_words(text),
        points=tuple(Reference(key, "") for key in text.points),
        criteria=tuple(Reference(key, "") for key in text.criteria),
    )


def asked_words(text: PartText) -> Mapping[str, Words]:
    """Return the words of every language that asks something, each with a short name."""
    return {
        language: Words(words.text, words.hint, words.short or shortened(words.text))
        for language in ALL_LANGUAGES
        if (words := text.in_language(language)).text
    }
