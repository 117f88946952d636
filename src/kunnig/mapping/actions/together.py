"""Answering many questions at once: one experience may speak to a whole task of a trade."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction

from kunnig.kernel.verdict import Refused
from kunnig.mapping import interview, policies, queries
from kunnig.mapping.actions.answering import Given, Outcome, Result, take_in
from kunnig.mapping.actions.changing import locked
from kunnig.mapping.interview import Ask, Shape
from kunnig.mapping.queries import answered_together, operation_together
from kunnig.mapping.states import Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from kunnig.mapping.queries import Sheet
    from kunnig.people.models import Person


class Said(NamedTuple):
    """One answer that holds for many questions."""

    ask: Ask
    side: Side
    text: str
    language: str


@transaction.atomic
def answer_together(
    *,
    mapping_id: UUID,
    seed: UUID,
    questions: Collection[UUID],
    said: Sequence[Said],
    by: Person,
    at: datetime,
) -> int:
    """Let the same answers hold for many questions, and return how many answers stand by it.

    What is told already stays: only where nothing stands is written, and to what is referred to
    more is added. All or nothing: raises `Refused` with what is wrong in one of them. Sent again
    with the same `seed` it is one act still; `take_back_together` undoes it.
    """
    mapping = locked(mapping_id)
    verdict, qualification = policies.right_to_write(by, mapping, at)
    verdict.require()
    policies.may_answer_together(questions, [each.text for each in said]).require()
    sheet = queries.sheet_of(mapping)
    given = [
        Given(
            operation=operation_together(seed, path, each.side, text),
            author=by.pk,
            path=path,
            side=each.side,
            base=sheet.get(path, each.side).version,
            text=text,
            language=each.language,
        )
        for question in questions
        for each, path, text in _new_in(sheet, question, said)
    ]
    _all_of(take_in(mapping, given, qualification, by, at))
    return len(answered_together(mapping, seed))


@transaction.atomic
def take_back_together(*, mapping_id: UUID, seed: UUID, by: Person, at: datetime) -> int:
    """Bring back what stood before many questions were answered at once; return of how many.

    What somebody has changed since stays as they left it. Raises `Refused` when `by` may not
    write in the mapping.
    """
    mapping = locked(mapping_id)
    verdict, qualification = policies.right_to_write(by, mapping, at)
    verdict.require()
    given = [
        Given(
            operation=uuid.uuid5(seed, f"{each.path} {each.side} {each.version} taken back"),
            author=by.pk,
            path=each.path,
            side=each.side,
            base=each.version,
            text=each.before,
            language=each.language,
        )
        for each in answered_together(mapping, seed)
    ]
    _all_of(take_in(mapping, given, qualification, by, at))
    return len(given)


def _new_in(sheet: Sheet, question: UUID, said: Sequence[Said]) -> Iterator[tuple[Said, str, str]]:
    """Yield what of it is new about one question: where nothing stands, or more to refer to."""
    # Words in Swedish belong to the person's words that they render, and to no others.
    has_told = bool(sheet.text(interview.path_to(question, interview.CLAIM)))
    for each in said:
        path = interview.path_to(question, each.ask)
        stands = sheet.text(path, each.side)
        if not each.text or (each.side is Side.RENDERING and has_told):
            continue
        if each.ask.shape is Shape.REFERENCES:
            together = " ".join(dict.fromkeys([*stands.split(), *each.text.split()]))
            if together != stands:
                yield each, path, together
        elif not stands:
            yield each, path, each.text


def _all_of(outcomes: Sequence[Outcome]) -> None:
    fault = next((each for each in outcomes if each.result is not Result.SAVED), None)
    if fault is not None:
        raise Refused(fault.reason)
