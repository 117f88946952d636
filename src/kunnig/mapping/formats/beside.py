"""What a paper prints of a mapping beside its answers: approved with them, kept at the lock."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Met:
    """One sitting: the day, how, and whether somebody interpreted.

    `mapper` is the name of who held it, empty where the person wrote alone.
    """

    on: date
    mapper: str
    mode: str
    is_interpreted: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence as it was described, and who saw its original when."""

    id: UUID
    kind: str
    title: str
    issuer: str
    country: str
    issued: str
    description: str
    original_seen_by: str
    original_seen_on: date | None


@dataclass(frozen=True, slots=True)
class Learnt:
    """One experience that an answer refers to, as it was called."""

    id: UUID
    title: str
    language: str
    rendering: str


@dataclass(frozen=True, slots=True)
class Beside:
    """All that lies beside the answers of a mapping."""

    sittings: tuple[Met, ...] = ()
    evidence: tuple[Shown, ...] = ()
    learnt: tuple[Learnt, ...] = ()

    def as_kept(self) -> dict[str, Any]:
        """Return it as it is stored, and as it is hashed."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return kept


def read(kept: dict[str, Any]) -> Beside:
    """Return what was stored."""
    return Beside(
        sittings=tuple(
            Met(**each | {"on": date.fromisoformat(each["on"])}) for each in kept["sittings"]
        ),
        evidence=tuple(
            Shown(
                **each
                | {"id": UUID(each["id"]), "original_seen_on": _day(each["original_seen_on"])}
            )
            for each in kept["evidence"]
        ),
        learnt=tuple(Learnt(**each | {"id": UUID(each["id"])}) for each in kept["learnt"]),
    )


def _day(kept: str | None) -> date | None:
    return None if kept is None else date.fromisoformat(kept)
