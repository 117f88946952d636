"""Which mappings there are, who may see them, and what belongs to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from kunnig.cases import queries as cases
from kunnig.mapping.models import Answer, Mapping, MappingTarget, Sitting
from kunnig.mapping.states import WRITABLE, MappingKind, MappingState
from kunnig.standards.models import Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person

_SHOWN_WITH_A_MAPPING = ("case__person",)


def own(person: Person) -> QuerySet[Mapping]:
    """Return the mappings that are about `person`."""
    return Mapping.objects.filter(case__person=person).select_related(*_SHOWN_WITH_A_MAPPING)


def visible_to(person: Person, at: datetime) -> QuerySet[Mapping]:
    """Return the mappings `person` may open at work, never of their own case.

    The part of a case that opens a mapping is called as its kind (a test keeps it so).
    """
    opened = cases.opens_to(person, at, part=F("kind"), through="case__")
    return Mapping.objects.filter(opened, ~Q(case__person=person)).select_related(
        *_SHOWN_WITH_A_MAPPING
    )


def of_case(case: Case) -> list[Mapping]:
    """Return all versions of all mappings of `case`, newest first."""
    return list(
        Mapping.objects.filter(case=case)
        .select_related("started_by", "locked_by")
        .defer("beside")
        .order_by("kind", "-version")
    )


def open_in(case: Case, kind: MappingKind) -> Mapping | None:
    """Return the version that is being written, if there is one."""
    return Mapping.objects.filter(case=case, kind=kind, state__in=WRITABLE).first()


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """A version that is being written, as a list of what waits shows it."""

    id: UUID
    kind: MappingKind
    state: MappingState
    started_at: datetime


def open_in_each(cases: Sequence[UUID]) -> dict[UUID, list[OpenVersion]]:
    """Return what is being written in each of `cases` where something is, in one query."""
    found: dict[UUID, list[OpenVersion]] = {}
    rows = (
        Mapping.objects.filter(case__in=cases, state__in=WRITABLE)
        .order_by("started_at", "id")
        .values_list("case", "id", "kind", "state", "started_at")
    )
    for case, key, kind, state, started_at in rows:
        version = OpenVersion(key, MappingKind(kind), MappingState(state), started_at)
        found.setdefault(case, []).append(version)
    return found


def locked_in(case: Case, kind: MappingKind) -> Mapping | None:
    """Return the version that counts: locked and not superseded."""
    return Mapping.objects.filter(case=case, kind=kind, state=MappingState.LOCKED).first()


def approved_in(case: Case) -> QuerySet[Mapping]:
    """Return the mappings of a case that are approved and not locked yet."""
    return Mapping.objects.filter(case=case, state=MappingState.APPROVED).order_by("kind")


def sittings_of(mapping: Mapping) -> QuerySet[Sitting]:
    """Return the stretches of work on a mapping, newest first."""
    return (
        Sitting.objects.filter(mapping=mapping).select_related("by").order_by("-started_at", "id")
    )


def targets_of(mapping: Mapping) -> list[MappingTarget]:
    """Return the targets of an in-depth mapping with their syllabuses, long texts left out."""
    return list(
        MappingTarget.objects.filter(mapping=mapping)
        .select_related("target__syllabus")
        .defer("target__description", "target__syllabus__description", "target__syllabus__purpose")
        .order_by("pk")
    )


def question_keys(mapping: Mapping) -> frozenset[UUID]:
    """Return the keys of the questions an in-depth mapping asks."""
    return frozenset(asked_in(mapping).values_list("pk", flat=True))


def asked_in(mapping: Mapping) -> QuerySet[Question]:
    """Return the questions that an in-depth mapping asks."""
    sets = MappingTarget.objects.filter(mapping=mapping).values("question_set")
    return Question.objects.filter(group__question_set__in=sets)


def last_written(mapping: Mapping) -> datetime | None:
    """Return when something was last said in a mapping."""
    newest = Answer.objects.filter(mapping=mapping).order_by("-at", "-pk")
    return newest.values_list("at", flat=True).first()
