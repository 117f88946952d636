"""Reading cases: two doors, one for the person it is about and one for those who work with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from kunnig.cases.models import Access, Adaptation, Case, Closing, Invitation, PathDecision
from kunnig.cases.named import IsNamed
from kunnig.cases.states import CASE_WORKERS, CaseState, InvitationState, Part, Path
from kunnig.kernel.text import folded
from kunnig.letters.states import LetterState
from kunnig.organisations.queries import (
    boards_of,
    boards_open_to,
    boards_served_by,
    colleagues,
    running,
)
from kunnig.organisations.states import BOARD_ROLES, Role
from kunnig.people.models import TOLD_BY_THEMSELVES, Identifier
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kunnig.organisations.models import Organisation
    from kunnig.people.formats.identifiers import Number
    from kunnig.people.models import Person

PAGE_LENGTH = 25

_SHOWN_WITH_A_CASE = ("person", "board__parent", "home_municipality", "responsible")
_SHOWN_IN_A_ROW = (
    "id",
    "number",
    "person__name",
    "goal",
    "state",
    "responsible__name",
    "registered_at",
    "board",
)
_SHOWN_OF_AN_ACCESS = (
    "case",
    "person__name",
    "part",
    "ground",
    "starts_on",
    "ends_on",
    "granted_at",
    "ended_at",
    "ended_by__name",
)


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
    board_key: int


def own(person: Person) -> QuerySet[Case]:
    """Return the cases that are about `person`, newest first."""
    return (
        Case.objects.filter(person=person)
        .select_related(*_SHOWN_WITH_A_CASE)
        .order_by("-registered_at", "id")
    )


def accesses_running(at: datetime, *parts: Part) -> QuerySet[Access]:
    """Return the accesses that hold at `at`; to any part, or to one of `parts`."""
    running = Access.objects.filter(Access.running_on(timezone.localdate(at)))
    return running.filter(part__in=parts) if parts else running


def _parts_that_open(part: Part | F | None) -> tuple[Part | F, ...]:
    """Return the parts that open `part`; the whole case opens all but the adaptations."""
    if part is None:
        return ()
    return (part,) if part is Part.ADAPTATIONS else (Part.WHOLE, part)


def visible_to(person: Person, at: datetime, part: Part | None = None) -> QuerySet[Case]:
    """Return the cases `person` may open at work (one `part` of, if given), never their own.

    For one record: a list asks `of_boards` or `let_in`, one index each.
    """
    opened = opens_to(person, at, part=part)
    return Case.objects.filter(opened, ~Q(person=person)).select_related(*_SHOWN_WITH_A_CASE)


def opens_to(person: Person, at: datetime, *, part: Part | F | None = None, through: str = "") -> Q:
    """Return what lets `person` open a case at work, or a record that leads to one by `through`.

    A role in the board opens its cases but for protected persons and for adaptations; those
    open only to who is named, while they work for the board.
    """
    parts = _parts_that_open(part)
    named = Q(
        IsNamed(F(f"{through}pk"), person, timezone.localdate(at), parts),
        **{f"{through}board__in": boards_served_by(person, at)},
    )
    by_role = Q(
        **{
            f"{through}board__in": boards_open_to(person, at),
            f"{through}person__protection": Protection.NONE,
        }
    )
    return named if part is Part.ADAPTATIONS else named | by_role


def with_those_let_in(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return the same cases with their accesses fetched: every policy then asks those."""
    accesses = (
        Access.objects.select_related("person", "ended_by")
        .only(*_SHOWN_OF_AN_ACCESS)
        .order_by("-granted_at", "id")
    )
    return cases.prefetch_related(Prefetch("accesses", accesses))


def _without_protected(cases: QuerySet[Case], person: Person) -> QuerySet[Case]:
    return cases.filter(person__protection=Protection.NONE).exclude(person=person)


def of_boards(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases that `person` may list by role in their board, the protected left out."""
    return _without_protected(
        Case.objects.filter(board__in=list(boards_open_to(person, at))), person
    )


def _named(person: Person, at: datetime) -> QuerySet[Case]:
    keys = accesses_running(at).filter(person=person).values("case")
    return Case.objects.filter(pk__in=keys, board__in=list(boards_served_by(person, at)))


def let_in(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases that `person` was let in to by name, the protected left out."""
    return _without_protected(_named(person, at), person)


def responsible_for(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases that `person` is responsible for, the protected left out."""
    return _without_protected(
        Case.objects.filter(responsible=person, board__in=list(boards_served_by(person, at))),
        person,
    )


def without_responsible(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases of the boards of `person` that nobody is responsible for."""
    return of_boards(person, at).filter(responsible__isnull=True)


def going_on(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Narrow a list to the cases that are not closed."""
    return cases.exclude(state=CaseState.CLOSED)


def named_in_protected(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the protected cases that `person` is named in: for a page of numbers, no names."""
    return (
        _named(person, at)
        .exclude(person__protection=Protection.NONE)
        .exclude(person=person)
        .order_by("-registered_at", "id")
    )


def protected_naming(person: Person, board_key: int | None) -> QuerySet[Case]:
    """Return the protected cases of a board in which `person` has been named, by their keys.

    For the act that ends somebody's work there; a page asks `named_in_protected`.
    """
    named = Access.objects.filter(person=person, part=Part.WHOLE, ended_at=None).values("case")
    return (
        Case.objects.filter(pk__in=named, board=board_key)
        .exclude(person__protection=Protection.NONE)
        .select_related("person", "board", "responsible")
        .order_by("id")
    )


def found(cases: QuerySet[Case], *, words: str = "", state: str = "") -> QuerySet[Case]:
    """Narrow a list to those whose name or number has all of `words`, and to one `state`."""
    for word in words.split():
        cases = cases.filter(
            Q(person__search_key__contains=folded(word)) | Q(number__icontains=word)
        )
    return cases.filter(state=state) if state else cases


def rows(
    cases: QuerySet[Case], *, page: int = 1, length: int = PAGE_LENGTH
) -> tuple[list[CaseRow], bool]:
    """Return one page of a list, newest first, and whether another follows."""
    start = (page - 1) * length
    found_rows = _rows_of(cases, slice(start, start + length + 1))
    return found_rows[:length], len(found_rows) > length


def _rows_of(cases: QuerySet[Case], part: slice | None = None) -> list[CaseRow]:
    values = cases.order_by("-registered_at", "id").values_list(*_SHOWN_IN_A_ROW)
    return [
        CaseRow(key, number, name, goal, CaseState(state), responsible or "", registered_at, board)
        for key, number, name, goal, state, responsible, registered_at, board in (
            values if part is None else values[part]
        )
    ]


def likely_same(
    by: Person,
    at: datetime,
    *,
    name: str,
    birth_date: date | None,
    identifiers: Sequence[Number] = (),
) -> list[CaseRow]:
    """Return open cases, among those `by` may list, that may be about the same person.

    First all who are known by the very same number, then the latest of the others: those of the
    same name, and those born the same day who share a part of it.
    """
    doors = [going_on(cases) for cases in (of_boards(by, at), let_in(by, at))]
    found = [row for cases in doors for row in _rows_of(_known_by(cases, identifiers))]
    found += [row for cases in doors for row in rows(_called_alike(cases, name, birth_date))[0]]
    return list(dict.fromkeys(found))


def _known_by(cases: QuerySet[Case], identifiers: Sequence[Number]) -> QuerySet[Case]:
    exactly = Q(pk__in=())
    for number in identifiers:
        exactly |= Q(kind=number.kind, issuer=number.issuer, value=number.value)
    # What another authority has noted tells nothing here, also of a person whom one works with.
    here = Q(authority=OuterRef("board")) | Q(authority=TOLD_BY_THEMSELVES)
    known = Identifier.objects.filter(exactly, here, person=OuterRef("person"))
    return cases.filter(Exists(known))


def _called_alike(cases: QuerySet[Case], name: str, birth_date: date | None) -> QuerySet[Case]:
    alike = Q(person__search_key=folded(name))
    if birth_date is not None:
        shares = Q(pk__in=())
        for part in folded(name).split():
            shares |= Q(parts__contains=f" {part} ")
        alike |= Q(person__birth_date=birth_date) & shares
    parts = Concat(Value(" "), "person__search_key", Value(" "), output_field=CharField())
    return cases.alias(parts=parts).filter(alike)


def is_registered(by: Person, operation: UUID) -> bool:
    """Say whether `by` has opened a case with this form already."""
    return Case.objects.filter(operation=operation, registered_by=by).exists()


def boards_to_register_with(person: Person, at: datetime) -> QuerySet[Organisation]:
    """Return the boards with which `person` opens cases for others, with their municipalities."""
    return boards_of(
        key
        for each in running(person, at)
        if each.role in CASE_WORKERS and (key := each.organisation.board_key) is not None
    )


def may_be_named(case: Case, at: datetime) -> QuerySet[Person]:
    """Return the colleagues who can be let in to `case`: those of its board, but not the person."""
    return _with_roles(colleagues(case.board, at), case)


def may_answer_for(case: Case, at: datetime) -> QuerySet[Person]:
    """Return the colleagues who can be responsible for `case`."""
    return _with_roles(colleagues(case.board, at, *CASE_WORKERS), case)


def who_answers_for(case: Case, at: datetime) -> list[Person]:
    """Return who is named in a protected case where nobody is.

    The one responsible; else the board's coordinators, else its other leaders, else who works
    with its cases. Nobody, only where nobody works.
    """
    responsible = case.responsible
    if responsible is not None and case.board_id in boards_served_by(responsible, at):
        return [responsible]
    for roles in ((Role.MUNICIPAL_COORDINATOR,), BOARD_ROLES, CASE_WORKERS):
        leading = colleagues(case.board, at, *roles).exclude(pk=case.person_id)
        if found := list(leading):
            return found
    return []


def _with_roles(people: QuerySet[Person], case: Case) -> QuerySet[Person]:
    return people.exclude(pk=case.person_id).prefetch_related("assignments__organisation")


def is_let_in(person: Person, case: Case, at: datetime, *parts: Part) -> bool:
    """Say whether `person` is let in to `case` by name; to any part, or to one of `parts`."""
    return (
        case.board_id in boards_served_by(person, at)
        and accesses_running(at, *parts).filter(case=case, person=person).exists()
    )


def path_of(case: Case) -> PathDecision | None:
    """Return the path that counts: the latest decided."""
    return paths_of(case).first()


def paths_of(case: Case) -> QuerySet[PathDecision]:
    """Return every path decided in `case`, the one that counts first."""
    return PathDecision.objects.filter(case=case).select_related("decided_by").order_by("-number")


def latest_paths(cases: Sequence[UUID]) -> dict[UUID, Path]:
    """Return the path that counts in each of `cases` that has one."""
    decided = PathDecision.objects.filter(case__in=cases).order_by("number")
    return {case: Path(path) for case, path in decided.values_list("case", "path")}


def closing_of(case: Case) -> Closing | None:
    """Return why a closed case was closed, by whom and when; None while it is open."""
    return Closing.objects.filter(case=case, reopened_at=None).select_related("closed_by").first()


def adaptations_of(case: Case) -> QuerySet[Adaptation]:
    """Return every adaptation noted in `case`, the one that holds first."""
    return Adaptation.objects.filter(case=case).select_related("noted_by").order_by("-number")


def adaptation_of(case: Case) -> Adaptation | None:
    """Return the adaptations that hold: the latest noted."""
    return adaptations_of(case).first()


def invitations_of(case: Case) -> QuerySet[Invitation]:
    """Return every invitation of the person in `case`, the one that holds first."""
    found = Invitation.objects.filter(case=case).select_related("letter", "invited_by")
    return found.order_by("-number")


def invitation_of(case: Case) -> Invitation | None:
    """Return the invitation that holds: the latest."""
    return invitations_of(case).first()


def by_secret(secret: str) -> Invitation | None:
    """Return the invitation that a link or a code belongs to."""
    found = Invitation.objects.filter(secret_hash=Invitation.hash_of(secret))
    return found.select_related("case__person").first()


def whose_letter_failed(cases: Sequence[UUID]) -> set[UUID]:
    """Return those of `cases` whose person was invited by a letter that could not be sent."""
    failed = Invitation.objects.filter(
        case__in=cases, state=InvitationState.OPEN, letter__state=LetterState.FAILED
    )
    return set(failed.values_list("case", flat=True))
