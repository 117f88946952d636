"""What a paper says, frozen when it was handed out: all that its PDF needs, and how it is stored.

The stored form is numbered. What was stored in an older form is read as the newest, so that a paper
of any age can be printed again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

FORM = 2
FIRST_FORM = 1  # held every word in Swedish and English, and no other language


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in Swedish and in the other language of the paper."""

    sv: str
    other: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they were said, in a language, and the same in Swedish where that is another."""

    text: str
    language: str
    language_name: Both
    rendering: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A question, and what was said."""

    asked: Both
    said: Said


@dataclass(frozen=True, slots=True)
class Fact:
    """A short question, and what was chosen or written: chosen words are in both languages."""

    asked: Both
    chosen: Both | None = None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing somebody has done."""

    title: Said
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeField:
    """One field of life: its entries, or what was said of it as a whole."""

    name: Both
    entries: tuple[Entry, ...] = ()
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Issuer:
    """The board that answers for the paper, as it looked that day."""

    organisation: str
    board: str
    contact: str = ""
    logo_svg: str = ""

    @property
    def full_name(self) -> str:
        """The board with the municipality it lies in: many boards share a name."""
        return f"{self.board}, {self.organisation}"


@dataclass(frozen=True, slots=True)
class Holder:
    """The person the paper is about. Their municipality is left out where data are protected."""

    name: str
    birth_date: date | None
    home_municipality: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting: when, how, and whether somebody interpreted."""

    held_on: date
    how: Both | None
    interpreted: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """That the person approved just this, when and how."""

    by: str
    approved_at: datetime
    how: Both


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a paper comes from: the case, the mapping it sums up, and who stands for it."""

    case_number: str
    version: int
    mapping_hash: str
    mappers: tuple[str, ...]
    sittings: tuple[Sitting, ...]
    locked_on: date
    approval: Approval


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that shows what the person can, as described; seen by somebody or not."""

    kind: Both
    title: str
    issuer: str = ""
    country: str = ""
    issued: str = ""
    description: str = ""
    original_seen_by: str = ""
    original_seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What every paper says, whatever it is about; `verify_at` is where it can be checked.

    `language` is the one that stands beside Swedish.
    """

    language: str
    issuer: Issuer
    holder: Holder
    origin: Origin
    law: Both
    verify_at: str


@dataclass(frozen=True, slots=True)
class InitialSnapshot:
    """All that a summary of an initial mapping says; the conclusions are the mapper's."""

    frame: Frame
    goal: tuple[Told, ...]
    life: tuple[LifeField, ...]
    evidence: tuple[Evidence, ...]
    own_thoughts: tuple[Told, ...]
    conclusions: tuple[Told, ...]
    form: int = FORM


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What one question of an in-depth mapping was answered with.

    `evidence` counts from 1 in the list of the paper; `estimate` and `basis` are codes. `quote` is
    what a generated question asks about: the standard's own words.
    """

    code: str
    asked: Both
    estimate: str
    estimate_words: Both | None
    basis: str
    basis_words: Both | None
    quote: str = ""
    claim: Said | None = None
    learnt: tuple[Said, ...] = ()
    evidence: tuple[int, ...] = ()
    note: Said | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong to one task of the trade."""

    code: str
    title: Both
    questions: tuple[AskedOf, ...]


@dataclass(frozen=True, slots=True)
class MappedTarget:
    """One version of a target, and what was told about each question on it."""

    code: str
    name: str
    english_name: str
    subject: str
    version: int
    valid_from: date
    owner: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class InDepthSnapshot:
    """All that a summary of an in-depth mapping says; nothing in it is assessed."""

    frame: Frame
    targets: tuple[MappedTarget, ...]
    evidence: tuple[Evidence, ...]
    form: int = FORM


Snapshot = InitialSnapshot | InDepthSnapshot
Shape = TypeVar("Shape")


def as_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as it is stored."""
    stored: dict[str, Any] = json.loads(json.dumps(asdict(snapshot), default=_moment))
    return stored


def _moment(day: date) -> str:
    """Return a day, or a moment of one, as it is stored."""
    return day.isoformat()


def hashed(stored: dict[str, Any]) -> str:
    """Return the hash of what is stored, whatever order its keys come in."""
    canonical = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read(shape: type[Shape], stored: Any) -> Shape:
    """Return what was stored as the `shape` it has. Raises `TypeError` for any other."""
    value = _as(shape, newest(stored))
    if not isinstance(value, shape):
        raise TypeError(f"{stored!r} is not {shape.__name__}")
    return value


def newest(stored: Any) -> Any:
    """Return what was stored in any form as the newest form would have stored it."""
    if not isinstance(stored, dict) or stored.get("form") != FIRST_FORM:
        return stored
    renamed = _with_english_as_the_other(stored)
    return {**renamed, "form": FORM, "frame": {**renamed["frame"], "language": "en"}}


def _with_english_as_the_other(stored: Any) -> Any:
    if isinstance(stored, list):
        return [_with_english_as_the_other(each) for each in stored]
    if not isinstance(stored, dict):
        return stored
    if stored.keys() == {"sv", "en"}:
        return {"sv": stored["sv"], "other": stored["en"]}
    return {name: _with_english_as_the_other(each) for name, each in stored.items()}


def _as(shape: Any, stored: Any) -> Any:
    """Return `stored` as `shape`, which is a class of this module or what its fields hold."""
    if get_origin(shape) is UnionType:
        return None if stored is None else _as(_other_than_none(shape), stored)
    if get_origin(shape) is tuple:
        return tuple(_as(get_args(shape)[0], each) for each in stored)
    if is_dataclass(shape) and isinstance(shape, type):
        return _as_record(shape, stored)
    if shape in (date, datetime):
        return shape.fromisoformat(stored)
    if not isinstance(stored, shape):
        raise TypeError(f"{stored!r} is not {shape.__name__}")
    return stored


def _other_than_none(union: Any) -> Any:
    return next(each for each in get_args(union) if each is not NoneType)


def _as_record(shape: type, stored: Any) -> Any:
    hints = _fields_of(shape)
    if not isinstance(stored, dict) or stored.keys() != hints.keys():
        raise TypeError(f"{stored!r} is not {shape.__name__}")
    return shape(**{name: _as(hint, stored[name]) for name, hint in hints.items()})


@cache
def _fields_of(shape: type) -> dict[str, Any]:
    """Return what each field of a class of this module holds."""
    return get_type_hints(shape)
