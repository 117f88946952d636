"""A syllabus as it is written: what every outside format is read into before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kunnig.standards.formats.checked import Fault
    from kunnig.standards.states import GradeStep, Mandate, SyllabusKind


@dataclass(frozen=True, slots=True)
class PurposeText:
    """One numbered point of what a subject is for; `text` is markup."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class CoveredPurpose:
    """A course covers the purpose of this number, perhaps with particular emphasis."""

    number: int
    is_emphasised: bool


@dataclass(frozen=True, slots=True)
class PointText:
    """One point of central content under its heading; `text` is markup."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class CriterionText:
    """One sentence of one grade step; `text` is markup."""

    grade_step: GradeStep
    paragraph: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class TargetText:
    """One course, level or practice target; `description` is markup."""

    code: str
    name: str
    english_name: str
    points: int | None
    sort_order: int
    description: str
    purposes: tuple[CoveredPurpose, ...]
    content: tuple[PointText, ...]
    criteria: tuple[CriterionText, ...]


@dataclass(frozen=True, slots=True)
class SyllabusText:
    """One subject with all its targets; `description` and `purpose` are markup.

    `content_hash` tells one version from another: it is taken of what was written, so a better
    reader does not make a new version of an unchanged text. `remarks` say what was taken as it
    stood though it looks odd.
    """

    code: str
    name: str
    english_name: str
    kind: SyllabusKind
    owner: str
    mandate: Mandate
    school_forms: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    description: str
    purpose: str
    purposes: tuple[PurposeText, ...]
    targets: tuple[TargetText, ...]
    criteria: tuple[CriterionText, ...]
    content_hash: str
    remarks: tuple[Fault, ...] = ()
