"""Reading cases: two doors, one for the person it is about and one for those who work with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kunnig.cases.models import Access, Adaptation, Case, PathDecision
from kunnig.cases.states import CaseState, Part
from kunnig.organisations.queries import boards_open_to
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kunnig.people.models import Person

PAGE_LENGTH = 25

_SHOWN_WITH_A_CASE = ("person", "board__parent", "home_municipality", "responsible")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a list shows it."""

    id: UUID
    number: str
    name: str
    goal: str
    state: CaseState
    responsible: str
    registered_at: datetime


def own(person: Person) -> QuerySet[Case]:
    """Return the cases that are about `person`, newest first."""
    return (
        Case.objects.filter(person=person)
        .select_related(*_SHOWN_WITH_A_CASE)
        .order_by("-registered_at", "id")
    )


def accesses_running(at: datetime, *parts: Part) -> QuerySet[Access]:
    """Return the accesses that hold at `at`; to any part, or to one of `parts`."""
    day = timezone.localdate(at)
    running = Access.objects.filter(ended_at__isnull=True, starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    return running.filter(part__in=parts) if parts else running


def _parts_that_open(part: Part | None) -> tuple[Part, ...]:
    """Return the parts that open `part`; the whole case opens all but the adaptations."""
    if part is None:
        return ()
    return (part,) if part is Part.ADAPTATIONS else (Part.WHOLE, part)


def visible_to(person: Person, at: datetime, part: Part | None = None) -> QuerySet[Case]:
    """Return the cases `person` may open at work (one `part` of, if given), never their own.

    A role in the board opens its cases but for protected persons and for adaptations; those
    open only to who is named. For one record: a list asks `of_boards` or `let_in`, one index each.
    """
    named = Q(
        Exists(
            accesses_running(at, *_parts_that_open(part)).filter(case=OuterRef("pk"), person=person)
        )
    )
    by_role = Q(board__in=boards_open_to(person, at), person__protection=Protection.NONE)
    opened = named if part is Part.ADAPTATIONS else named | by_role
    return Case.objects.filter(opened).exclude(person=person).select_related(*_SHOWN_WITH_A_CASE)


def _without_protected(cases: QuerySet[Case], person: Person) -> QuerySet[Case]:
    return cases.filter(person__protection=Protection.NONE).exclude(person=person)


def of_boards(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases that `person` may list by role in their board, the protected left out."""
    return _without_protected(
        Case.objects.filter(board__in=list(boards_open_to(person, at))), person
    )


def let_in(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases that `person` was let in to by name, the protected left out."""
    keys = accesses_running(at).filter(person=person).values("case")
    return _without_protected(Case.objects.filter(pk__in=keys), person)


def responsible_for(person: Person) -> QuerySet[Case]:
    """Return the cases that `person` is responsible for, the protected left out."""
    return _without_protected(Case.objects.filter(responsible=person), person)


def named_in_protected(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the protected cases that `person` is named in: for a page of numbers, no names."""
    keys = accesses_running(at).filter(person=person).values("case")
    return (
        Case.objects.filter(pk__in=keys)
        .exclude(person__protection=Protection.NONE)
        .exclude(person=person)
        .order_by("-registered_at", "id")
    )


def found(cases: QuerySet[Case], *, words: str = "", state: str = "") -> QuerySet[Case]:
    """Narrow a list to those whose name or number has all of `words`, and to one `state`."""
    for word in words.split():
        cases = cases.filter(Q(person__name__icontains=word) | Q(number__icontains=word))
    return cases.filter(state=state) if state else cases


def rows(cases: QuerySet[Case], *, page: int = 1) -> tuple[list[CaseRow], bool]:
    """Return one page of a list, newest first, and whether another follows."""
    start = (page - 1) * PAGE_LENGTH
    values = cases.order_by("-registered_at", "id").values_list(
        "id", "number", "person__name", "goal", "state", "responsible__name", "registered_at"
    )[start : start + PAGE_LENGTH + 1]
    found_rows = [
        CaseRow(key, number, name, goal, CaseState(state), responsible or "", registered_at)
        for key, number, name, goal, state, responsible, registered_at in values
    ]
    return found_rows[:PAGE_LENGTH], len(found_rows) > PAGE_LENGTH


def likely_same(by: Person, at: datetime, *, name: str, birth_date: date | None) -> list[CaseRow]:
    """Return open cases, among those `by` may list, that may be about the same person."""
    alike = Q(person__name__iexact=name)
    if birth_date is not None:
        alike |= Q(person__birth_date=birth_date)
    among = of_boards(by, at).filter(alike).exclude(state=CaseState.CLOSED)
    among_let_in = let_in(by, at).filter(alike).exclude(state=CaseState.CLOSED)
    both = {row.id: row for cases in (among, among_let_in) for row in rows(cases)[0]}
    return list(both.values())


def accesses_of(case: Case) -> QuerySet[Access]:
    """Return who is or was let in to `case`, the running first, then the newest."""
    return (
        Access.objects.filter(case=case)
        .select_related("person", "granted_by", "ended_by")
        .order_by("ended_at", "-granted_at", "id")
    )


def is_let_in(person: Person, case: Case, at: datetime, *parts: Part) -> bool:
    """Say whether `person` is let in to `case` by name; to any part, or to one of `parts`."""
    return accesses_running(at, *parts).filter(case=case, person=person).exists()


def path_of(case: Case) -> PathDecision | None:
    """Return the path that counts: the latest decided."""
    return (
        PathDecision.objects.filter(case=case)
        .select_related("decided_by")
        .order_by("-decided_at", "id")
        .first()
    )


def adaptation_of(case: Case) -> Adaptation | None:
    """Return the adaptations that hold: the latest noted."""
    return Adaptation.objects.filter(case=case).order_by("-noted_at", "id").first()
