"""Reading mappings: what is said now, what is missing, and what it covers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from kunnig.cases import queries as cases
from kunnig.cases.states import Part
from kunnig.mapping import interview
from kunnig.mapping.models import Answer, Mapping, MappingTarget, Sitting
from kunnig.mapping.states import WRITABLE, MappingKind, MappingState, Side
from kunnig.standards.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Mapped
    from datetime import datetime

    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person

_SHOWN_WITH_A_MAPPING = (
    "case__person",
    "case__board__parent",
    "case__responsible",
    "started_by",
    "approved_by",
    "locked_by",
)


def own(person: Person) -> QuerySet[Mapping]:
    """Return the mappings that are about `person`."""
    return Mapping.objects.filter(case__person=person).select_related(*_SHOWN_WITH_A_MAPPING)


def visible_to(person: Person, at: datetime) -> QuerySet[Mapping]:
    """Return the mappings `person` may open at work, never of their own case."""
    initial = cases.visible_to(person, at, Part.INITIAL).values("pk")
    in_depth = cases.visible_to(person, at, Part.IN_DEPTH).values("pk")
    return Mapping.objects.filter(
        Q(kind=MappingKind.INITIAL, case__in=initial)
        | Q(kind=MappingKind.IN_DEPTH, case__in=in_depth)
    ).select_related(*_SHOWN_WITH_A_MAPPING)


def of_case(case: Case) -> list[Mapping]:
    """Return all versions of all mappings of `case`, newest first."""
    return list(
        Mapping.objects.filter(case=case)
        .select_related("started_by", "locked_by")
        .order_by("kind", "-version")
    )


def open_in(case: Case, kind: MappingKind) -> Mapping | None:
    """Return the version that is being written, if there is one."""
    return Mapping.objects.filter(case=case, kind=kind, state__in=WRITABLE).first()


def locked_in(case: Case, kind: MappingKind) -> Mapping | None:
    """Return the version that counts: locked and not superseded."""
    return Mapping.objects.filter(case=case, kind=kind, state=MappingState.LOCKED).first()


@dataclass(frozen=True, slots=True)
class Current:
    """What one side of one place says now. `version` is 0 where nothing was ever said."""

    text: str
    version: int
    language: str
    renders: int | None
    by: UUID | None
    by_name: str
    at: datetime | None


NOTHING_SAID = Current("", 0, "", None, None, "", None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a mapping says now, by path and side."""

    said: Mapped[tuple[str, str], Current]

    def get(self, path: str, side: Side = Side.ORIGINAL) -> Current:
        """Return what is said at a place, or `NOTHING_SAID`."""
        return self.said.get((path, side), NOTHING_SAID)

    def text(self, path: str, side: Side = Side.ORIGINAL) -> str:
        """Return the text at a place, or an empty one."""
        return self.get(path, side).text

    def lacks_rendering(self, path: str) -> bool:
        """Say whether the original has words in another language that nobody has rendered yet."""
        original = self.get(path)
        if not original.text or original.language == "sv":
            return False
        rendering = self.get(path, Side.RENDERING)
        return not rendering.text or rendering.renders != original.version

    def entries(self, section: interview.Section) -> list[UUID]:
        """Return the entries of a section that were not taken away, in the order they came."""
        born: dict[UUID, datetime] = {}
        for (path, _side), current in self.said.items():
            place = interview.place_of(path)
            if place is None or place.section is not section or place.entry is None:
                continue
            if current.at is not None:
                born[place.entry] = min(born.get(place.entry, current.at), current.at)
        return sorted(
            (key for key in born if not self.is_removed(section, key)),
            key=lambda key: (born[key], key),
        )

    def is_removed(self, section: interview.Section, entry: UUID) -> bool:
        """Say whether an entry was taken away."""
        removed = self.text(f"{section.code}/{entry}/{interview.REMOVED}")
        return removed == interview.IS_REMOVED

    def title(self, section: interview.Section, entry: UUID) -> str:
        """Return what an entry is called: its rendering in Swedish, else as it was said."""
        path = f"{section.code}/{entry}/{interview.TITLE}"
        return self.text(path, Side.RENDERING) or self.text(path)

    def with_answer(self, answer: Answer, by: Person) -> Sheet:
        """Return the sheet as it is after one more answer."""
        current = Current(
            answer.value,
            answer.version,
            answer.language,
            answer.renders,
            by.pk,
            by.name,
            answer.at,
        )
        return Sheet({**self.said, (answer.path, answer.side): current})

    def last_at(self) -> datetime | None:
        """Return when something was last said."""
        return max((each.at for each in self.said.values() if each.at), default=None)


def sheet_of(mapping: Mapping, *, under: str = "") -> Sheet:
    """Return what a mapping says now, in one query; only paths that start with `under`."""
    later = Answer.objects.filter(
        mapping=OuterRef("mapping"),
        path=OuterRef("path"),
        side=OuterRef("side"),
        version__gt=OuterRef("version"),
    )
    rows = (
        Answer.objects.filter(~Exists(later), mapping=mapping, path__startswith=under)
        .order_by("path", "side")
        .values_list(
            "path", "side", "value", "version", "language", "renders", "by", "by__name", "at"
        )
    )
    return Sheet({(path, side): Current(*rest) for path, side, *rest in rows})


def fingerprint(mapping: Mapping) -> str:
    """Return the SHA-256 of what a mapping says now: what is approved, locked and shown."""
    said = [
        [path, side, current.text, current.language]
        for (path, side), current in sheet_of(mapping).said.items()
    ]
    sets = sorted(
        str(key)
        for key in MappingTarget.objects.filter(mapping=mapping).values_list(
            "question_set_id", flat=True
        )
    )
    canonical = json.dumps([said, sets], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one section has come."""

    section: interview.Section
    entries: int
    answered: int

    @property
    def has_begun(self) -> bool:
        """Say whether anything is written in the section."""
        return bool(self.entries or self.answered)


def progress_of(sheet: Sheet) -> list[Progress]:
    """Return how far each section has come, in the order they are asked."""
    answered = dict.fromkeys(interview.BY_CODE, 0)
    for (path, _side), current in sheet.said.items():
        code = path.partition("/")[0]
        if code in answered and current.text:
            answered[code] += 1
    return [
        Progress(
            section,
            len(sheet.entries(section)) if section.has_entries else 0,
            0 if section.has_entries else answered[section.code],
        )
        for section in interview.SECTIONS
    ]


def history_of(mapping: Mapping, path: str, side: Side) -> QuerySet[Answer]:
    """Return every version of one answer, newest first."""
    return (
        Answer.objects.filter(mapping=mapping, path=path, side=side)
        .select_related("by")
        .order_by("-version")
    )


def sittings_of(mapping: Mapping) -> QuerySet[Sitting]:
    """Return the stretches of work on a mapping, newest first."""
    return (
        Sitting.objects.filter(mapping=mapping).select_related("by").order_by("-started_at", "id")
    )


def targets_of(mapping: Mapping) -> list[MappingTarget]:
    """Return the targets of an in-depth mapping with their question sets."""
    return list(
        MappingTarget.objects.filter(mapping=mapping)
        .select_related("target__syllabus", "question_set")
        .order_by("pk")
    )


def question_keys(mapping: Mapping) -> frozenset[UUID]:
    """Return the keys of the questions an in-depth mapping asks."""
    return frozenset(
        Question.objects.filter(
            group__question_set__in=MappingTarget.objects.filter(mapping=mapping).values(
                "question_set"
            )
        ).values_list("pk", flat=True)
    )


def gaps_of(sheet: Sheet) -> Iterator[str]:
    """Yield the paths whose original nobody has rendered in Swedish."""
    return (
        path
        for (path, side) in sheet.said
        if side == Side.ORIGINAL and _is_told(path) and sheet.lacks_rendering(path)
    )


def _is_told(path: str) -> bool:
    asked = interview.asked_in_depth(path)
    if asked is not None:
        return asked[1].is_told
    place = interview.place_of(path)
    return place is not None and place.ask is not None and place.ask.is_told
