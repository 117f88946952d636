"""What was answered about many questions at once, told by what the operations are made of."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from kunnig.mapping.models import Answer
from kunnig.mapping.queries.sheets import IS_NEWEST, texts_at
from kunnig.mapping.states import Side

if TYPE_CHECKING:
    from kunnig.mapping.models import Mapping


class Standing(NamedTuple):
    """One answer given together with others that nobody has changed since, and what was before."""

    path: str
    side: Side
    version: int
    language: str
    before: str

    @property
    def about(self) -> str:
        """Where the question lies that it is about."""
        return self.path.rpartition("/")[0]


def operation_together(seed: UUID, path: str, side: Side, text: str) -> UUID:
    """Return the operation by which one answer is given together with others.

    It is made of the words too: the same form sent twice is one act, other words are another.
    """
    return uuid.uuid5(seed, f"{path} {side} {text}")


def answered_together(mapping: Mapping, seed: UUID) -> list[Standing]:
    """Return the answers that were given together and still stand, the last given first."""
    rows = (
        # No word of it comes from outside.
        Answer.objects.filter(mapping=mapping)
        .extra(where=[IS_NEWEST])  # noqa: S610
        .order_by("-pk")
        .values_list("path", "side", "version", "language", "value", "operation")
    )
    ours = [
        (path, Side(side), version, language)
        for path, side, version, language, text, operation in rows
        if operation == operation_together(seed, path, Side(side), text)
    ]
    before = texts_at(mapping, [(path, side, version - 1) for path, side, version, _ in ours])
    return [
        Standing(path, side, version, language, before[path, side, version - 1])
        for path, side, version, language in ours
    ]
