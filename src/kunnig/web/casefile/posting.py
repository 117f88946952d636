"""Reading what was written on a page of a mapping, by the plain form or by autosave.

The plain form sends for each field its text and the version it was written over (`<key>-base`).
A field that was not touched is not sent on: two people who write in different fields of one page
are merged without noticing each other. Each page has one seed; an operation is made of it and of
the words, so that the same words sent twice are one act and other words are another.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from kunnig.kernel.languages import BY_LETTERS, SPOKEN
from kunnig.mapping import actions, queries
from kunnig.mapping.actions import Given, Result
from kunnig.mapping.interview import Shape
from kunnig.mapping.states import Side
from kunnig.web.casefile import approval
from kunnig.web.casefile.leaf import THEIRS, Typed, leaf_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import QueryDict

    from kunnig.web.casefile.leaf import Field, Leaf, Pen, Place
    from kunnig.web.http import PersonRequest

_VERSION = re.compile(r"[0-9]{1,9}")  # what the column holds


def as_kept(text: str) -> str:
    """Return a text as it is kept: with line ends of one kind, whatever sent it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def key_in(post: QueryDict, name: str) -> UUID:
    """Return a key that the page was given, or a new one where it came back maimed."""
    try:
        return uuid.UUID(post.get(name, ""))
    except ValueError:
        return uuid.uuid4()


def operation_of(seed: UUID, *words: str) -> UUID:
    """Return the operation that sends these words from the page with this seed."""
    return uuid.uuid5(seed, " ".join(words))


def number_in(post: QueryDict, name: str) -> int:
    """Return a version that the page was given; 0 where it came back maimed."""
    sent = post.get(name, "")
    return int(sent) if _VERSION.fullmatch(sent) else 0


def line_in(post: QueryDict, name: str) -> str:
    """Return one line of text."""
    return " ".join(as_kept(post.get(name, "")).split())


def language_in(post: QueryDict, otherwise: str) -> str:
    """Return the language that words were marked with."""
    sent = post.get("language", otherwise)
    return sent if sent in SPOKEN or sent == BY_LETTERS else otherwise


def base_of(field: Field, post: QueryDict) -> int:
    """Return the version that a field was written over."""
    return number_in(post, f"{field.key}-base")


def written_in(field: Field, post: QueryDict) -> Typed | None:
    """Return what a form says in one field; None where it says nothing new."""
    if f"{field.key}-base" not in post:
        return None
    text = _text_of(field, post)
    if text is None:
        return None
    language = post.get(f"{field.key}-language", field.language)
    return Typed(text, language if language in field.languages else field.language)


def _text_of(field: Field, post: QueryDict) -> str | None:
    """Return the text of a field, None where nothing is said in it."""
    if post.get("clear") == field.key:
        return ""
    if f"{field.key}-mine" in post:
        return _settled(field, post)
    if field.ask.shape is Shape.REFERENCES:
        return " ".join(post.getlist(field.key))
    sent = post.get(field.key)
    return None if sent is None else as_kept(sent)


def _settled(field: Field, post: QueryDict) -> str | None:
    """Return the text chosen in a conflict, or written of both; None to let theirs stand."""
    if together := as_kept(post.get(field.key, "")):
        return together
    is_theirs = post.get(f"{field.key}-choice") == THEIRS
    return None if is_theirs else as_kept(post.get(f"{field.key}-mine", ""))


def touched(leaf: Leaf, post: QueryDict) -> dict[str, Typed]:
    """Return what was written on a page, by field; what stands as it was shown is left out."""
    written = [
        (field, said) for field in leaf.fields if (said := written_in(field, post)) is not None
    ]
    over = {field.key: (field.path, field.side, base_of(field, post)) for field, _said in written}
    stale = [over[f.key] for f, _said in written if base_of(f, post) != f.current.version]
    shown = queries.texts_at(leaf.pen.mapping, stale)
    return {
        field.key: said
        for field, said in written
        if _is_news(field, said, post, shown.get(over[field.key]))
    }


def _is_news(field: Field, said: Typed, post: QueryDict, shown: str | None) -> bool:
    """Say whether a field holds other words than the page showed when it was asked for."""
    before = field.current.text if shown is None else shown
    if said.text != before or f"{field.key}-confirm" in post:
        return True
    spoken = field.current.language or said.language
    return bool(said.text) and shown is None and said.language != spoken


def given_of(leaf: Leaf, typed: Mapping[str, Typed], post: QueryDict) -> list[Given]:
    """Return what was written as the answers that `mapping` takes."""
    seed = key_in(post, "operation")
    return [
        Given(
            operation=operation_of(seed, field.path, field.side, said.language, said.text),
            author=key_in(post, "author") if "author" in post else leaf.pen.by.pk,
            path=field.path,
            side=Side(field.side),
            base=base_of(field, post),
            text=said.text,
            language=said.language,
        )
        for field in leaf.fields
        if (said := typed.get(field.key)) is not None
    ]


def saved(request: PersonRequest, pen: Pen, places: Sequence[Place]) -> Leaf:
    """Save what a plain form says; the page comes back with what could not be, if anything.

    Raises `Refused` when the mapping may not be written in at all.
    """
    leaf = leaf_of(pen, queries.sheet_of(pen.mapping, paths=_paths(places)), places)
    typed = touched(leaf, request.POST)
    if not typed:
        return leaf
    given = given_of(leaf, typed, request.POST)
    outcomes = actions.answer(
        mapping_id=pen.mapping.pk, given=given, by=request.user, at=request.at
    )
    approval.tell_if_taken_back(request, pen.mapping)
    unsaved = {
        (outcome.path, outcome.side): outcome
        for outcome in outcomes
        if outcome.result is not Result.SAVED
    }
    left = {
        field.key: Typed(typed[field.key].text, typed[field.key].language, outcome)
        for field in leaf.fields
        if (outcome := unsaved.get((field.path, field.side))) is not None
    }
    fresh = queries.sheet_of(pen.mapping, paths=_paths(places))
    return leaf_of(pen, fresh, places, typed=left)


def refused(request: PersonRequest, pen: Pen, places: Sequence[Place], reason: str) -> Leaf:
    """Return the page with everything that was typed still on it, and why it was not taken."""
    sheet = queries.sheet_of(pen.mapping, paths=_paths(places))
    typed = touched(leaf_of(pen, sheet, places), request.POST)
    return leaf_of(pen, sheet, places, typed=typed, refusal=reason)


def _paths(places: Sequence[Place]) -> set[str]:
    return {place.path for place in places}
