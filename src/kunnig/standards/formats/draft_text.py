"""What a part of a draft says: its words in every language, and what a question speaks to.

Two people may write in one part: what both changed in different fields is put together, and what
both changed in the same field is a clash that a person settles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kunnig.kernel.text import folded
from kunnig.standards.formats import markup
from kunnig.standards.formats.question_set import ALL_LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The name of one field of a part: "text_sv", "hint_ar", "points".
FieldName = str
Field = str | tuple[str, ...]
POINTS, CRITERIA = "points", "criteria"
NO_WORDS = Words("", "", "")
# So few words may be the same by chance: they are no sentence that anyone is graded by.
FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class PartText:
    """What a question or a group says. Of a group only the `text` is used: it is the title.

    `points` are numbers of points, `criteria` grade step and number ("E2"), as keys of `Held`.
    """

    words: Mapping[str, Words] = field(default_factory=dict)
    points: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()

    def in_language(self, language: str) -> Words:
        """Return the words in one language; empty ones where there are none."""
        return self.words.get(language, NO_WORDS)

    @property
    def title(self) -> str:
        """The Swedish words, or else those in the first language that has any."""
        texts = (self.in_language(language).text for language in ALL_LANGUAGES)
        return next((text for text in texts if text), "")

    @property
    def name(self) -> str:
        """What it is called in a list: a question that asks nothing yet may have a short name."""
        return self.title or self.in_language(ALL_LANGUAGES[0]).short

    @property
    def said(self) -> Iterator[str]:
        """Every text in it."""
        for words in self.words.values():
            yield from (words.text, words.hint, words.short)


def as_kept(text: PartText) -> dict[str, Any]:
    """Return a text as an entry keeps it."""
    return {
        "words": {
            language: {"text": words.text, "hint": words.hint, "short": words.short}
            for language, words in text.words.items()
        },
        "points": list(text.points),
        "criteria": list(text.criteria),
    }


def of_kept(kept: dict[str, Any]) -> PartText:
    """Return the text that an entry keeps."""
    words = {language: Words(**said) for language, said in kept["words"].items()}
    return PartText(words, tuple(kept["points"]), tuple(kept["criteria"]))


def fields_of(text: PartText) -> dict[FieldName, Field]:
    """Return a text field by field, all of them, by the names that forms use."""
    fields: dict[FieldName, Field] = {}
    for language in ALL_LANGUAGES:
        words = text.in_language(language)
        fields[f"text_{language}"] = words.text
        fields[f"hint_{language}"] = words.hint
        fields[f"short_{language}"] = words.short
    return fields | {POINTS: text.points, CRITERIA: text.criteria}


def of_fields(fields: Mapping[FieldName, Field]) -> PartText:
    """Return the text that some fields make; languages without any words are left out."""

    def said(what: str, language: str) -> str:
        return " ".join(str(fields.get(f"{what}_{language}", "")).split())

    words = {
        language: Words(said("text", language), said("hint", language), said("short", language))
        for language in ALL_LANGUAGES
    }
    return PartText(
        {language: each for language, each in words.items() if each != NO_WORDS},
        tuple(fields.get(POINTS, ())),
        tuple(fields.get(CRITERIA, ())),
    )


def merged(
    base: PartText, mine: PartText, theirs: PartText
) -> tuple[PartText, dict[FieldName, Field]]:
    """Put what two people made of `base` together.

    Returns the text, and what stands there now in each field that both changed differently.
    """
    was, wanted, now = fields_of(base), fields_of(mine), fields_of(theirs)
    mine_alone = {name: said for name, said in wanted.items() if said != was[name]}
    clashes = {
        name: now[name] for name, said in mine_alone.items() if now[name] not in (was[name], said)
    }
    return of_fields(now | mine_alone), clashes


def grading_sentence(text: PartText, sentences: Iterable[str]) -> str:
    """Return the first sentence of a criterion that a text holds word for word, else nothing."""
    said = [_bare(one) for one in text.said]
    for sentence in sentences:
        bare = _bare(markup.plain(sentence))
        if len(bare.split()) >= FEWEST_WORDS and any(bare in one for one in said):
            return markup.plain(sentence)
    return ""


def _bare(text: str) -> str:
    """Return words as they are compared: no capitals, no signs between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in folded(text)).split())
