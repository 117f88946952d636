"""Reading organisations and who works in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Collate
from django.utils import timezone

from kunnig.kernel.text import folded
from kunnig.organisations.models import Assignment, Organisation, held_by
from kunnig.organisations.states import BOARD_ROLES, GIVEN_BY, OrganisationKind, Role
from kunnig.people.models import Person
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

PAGE_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line of a staff list: who does what, where, until when."""

    assignment_id: int
    person_id: UUID
    name: str
    role: Role
    organisation: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """In what capacity somebody acts: a role, and where."""

    role: Role
    organisation: str


def running(person: Person, at: datetime) -> Iterator[Assignment]:
    """Yield the assignments of `person` that hold at `at`, without asking the database."""
    return held_by(person, at)


def roles_of(person: Person, at: datetime) -> frozenset[str]:
    """Return every role `person` holds anywhere at `at`."""
    return frozenset(assignment.role for assignment in running(person, at))


def holds_role_under(person: Person, role: Role, board_key: int, at: datetime) -> bool:
    """Say whether `person` has `role` in the board or in any organisation under it."""
    return any(
        each.role == role and each.organisation.board_key == board_key
        for each in running(person, at)
    )


def boards_open_to(person: Person, at: datetime) -> frozenset[int]:
    """Return the keys of the boards whose cases `person` may open by role alone.

    Keys, not a subquery: the index that starts with the board then serves every list.
    """
    return frozenset(
        key
        for each in running(person, at)
        if each.role in BOARD_ROLES and (key := each.organisation.board_key) is not None
    )


def boards_served_by(person: Person, at: datetime) -> frozenset[int]:
    """Return the keys of the boards that `person` works for, whatever the role."""
    return frozenset(
        key for each in running(person, at) if (key := each.organisation.board_key) is not None
    )


def assignments_running(at: datetime) -> QuerySet[Assignment]:
    """Return every assignment that holds at `at`, with its organisation and what that lies in."""
    day = timezone.localdate(at)
    return Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    ).select_related("organisation__parent")


def region() -> Organisation | None:
    """Return the region that this house serves, once there is one."""
    return Organisation.objects.filter(kind=OrganisationKind.REGION).order_by("id").first()


def municipalities() -> QuerySet[Organisation]:
    """Return the municipalities, in the order of the Swedish alphabet."""
    return Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).order_by(
        Collate("name", "swedish"), "id"
    )


def boards() -> QuerySet[Organisation]:
    """Return the boards with their municipalities, in the order of the latter."""
    return (
        Organisation.objects.filter(kind=OrganisationKind.BOARD)
        .select_related("parent")
        .order_by(Collate("parent__name", "swedish"), Collate("name", "swedish"), "id")
    )


def boards_of(keys: Iterable[int]) -> QuerySet[Organisation]:
    """Return the boards with these keys, in the order of their municipalities."""
    return boards().filter(pk__in=keys)


def school_units_of(board: Organisation) -> QuerySet[Organisation]:
    """Return the school units that work with the cases of `board`."""
    return (
        Organisation.objects.filter(kind=OrganisationKind.SCHOOL_UNIT, board=board)
        .select_related("parent")
        .order_by(Collate("name", "swedish"), "id")
    )


def workplaces_of(board_keys: Iterable[int]) -> QuerySet[Organisation]:
    """Return the boards with these keys and every organisation that works with their cases."""
    keys = list(board_keys)
    return (
        Organisation.objects.filter(Q(kind=OrganisationKind.BOARD, pk__in=keys) | Q(board__in=keys))
        .select_related("parent")
        .order_by(Collate("parent__name", "swedish"), Collate("name", "swedish"), "id")
    )


def boards_coordinated_by(person: Person, at: datetime) -> frozenset[int]:
    """Return the keys of the boards under which `person` gives roles."""
    return frozenset(
        key
        for each in running(person, at)
        if each.role == Role.MUNICIPAL_COORDINATOR
        and (key := each.organisation.board_key) is not None
    )


def answered_for_by(person: Person, at: datetime) -> QuerySet[Assignment]:
    """Return the assignments that `person` may end: those of roles they give, never their own.

    Protected colleagues are left out, as from every list.
    """
    held = roles_of(person, at)
    county_wide = [
        role
        for role, giver in GIVEN_BY.items()
        if giver in held and giver != Role.MUNICIPAL_COORDINATOR
    ]
    local = [role for role, giver in GIVEN_BY.items() if giver == Role.MUNICIPAL_COORDINATOR]
    boards = list(boards_coordinated_by(person, at))
    here = Q(organisation__board__in=boards) | Q(
        organisation__in=boards, organisation__kind=OrganisationKind.BOARD
    )
    return (
        Assignment.objects.filter(Q(role__in=county_wide) | Q(role__in=local) & here)
        .exclude(person=person)
        .filter(person__protection=Protection.NONE)
        .select_related("person", "organisation__parent")
    )


def staff_of(boards: Iterable[Organisation], at: datetime) -> QuerySet[Assignment]:
    """Return the assignments that hold at `at` in `boards` and all that works with their cases."""
    keys = [board.pk for board in boards]
    here = Q(organisation__in=keys) | Q(organisation__board__in=keys)
    return assignments_running(at).filter(here)


def staff_rows(
    assignments: QuerySet[Assignment], *, words: str = "", page: int = 1
) -> tuple[list[Colleague], bool]:
    """Return one page of `assignments` as a staff list, the protected left out, by name."""
    listed = assignments.filter(person__protection=Protection.NONE)
    for word in folded(words).split():
        listed = listed.filter(person__search_key__contains=word)
    start = (page - 1) * PAGE_LENGTH
    found = listed.select_related("person", "organisation__parent").order_by(
        Collate("person__name", "swedish"), "person", "role", "id"
    )[start : start + PAGE_LENGTH + 1]
    rows = [
        Colleague(
            assignment_id=each.pk,
            person_id=each.person_id,
            name=each.person.name,
            role=Role(each.role),
            organisation=each.organisation.full_name,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
        )
        for each in found
    ]
    return rows[:PAGE_LENGTH], len(rows) > PAGE_LENGTH


def colleagues(board: Organisation, at: datetime, *roles: Role) -> QuerySet[Person]:
    """Return who works for `board` at `at` (as one of `roles`, if given), to choose among."""
    here = assignments_running(at).filter(Q(organisation=board) | Q(organisation__board=board))
    if roles:
        here = here.filter(role__in=roles)
    return (
        Person.objects.filter(Exists(here.filter(person=OuterRef("pk"))))
        .filter(protection=Protection.NONE)
        .order_by(Collate("name", "swedish"), "id")
    )


def capacities_of(keys: Iterable[UUID | str], at: datetime) -> dict[str, tuple[Capacity, ...]]:
    """Return in what capacities the people behind `keys` act at `at`: what a log says of them.

    Roles and workplaces without names: the names of those who are protected stay hidden.
    """
    return acting(keys, at)[1]


def acting(
    keys: Iterable[UUID | str], at: datetime
) -> tuple[list[Person], dict[str, tuple[Capacity, ...]]]:
    """Return who of `keys` acts in a capacity at `at`, and in what capacities: one question.

    The protected are not among the people: their names stay hidden.
    """
    people: dict[UUID, Person] = {}
    found: dict[str, list[Capacity]] = {}
    running = assignments_running(at).filter(person__in=set(keys)).select_related("person")
    for each in running.order_by("role", "id"):
        capacity = Capacity(Role(each.role), each.organisation.full_name)
        found.setdefault(str(each.person_id), []).append(capacity)
        if not each.person.is_protected:
            people[each.person_id] = each.person
    return list(people.values()), {key: tuple(capacities) for key, capacities in found.items()}


def planned_validators() -> dict[int, int]:
    """Return how many validators each municipality is planned to have, by its key (stok.md S5)."""
    return dict(
        Organisation.objects.filter(planning_figure__isnull=False).values_list(
            "pk", F("planning_figure__validators")
        )
    )


def validators_in(board: Organisation, at: datetime) -> int:
    """Return how many validate for `board` at `at`."""
    here = Q(organisation=board) | Q(organisation__board=board)
    running = assignments_running(at).filter(here, role=Role.VALIDATOR)
    return running.values("person").distinct().count()


def placeable_by(person: Person, at: datetime) -> QuerySet[Person]:
    """Return the colleagues to whom `person` may give one more role, never themselves.

    A municipal coordinator finds those who work for their board, the region's coordinator those
    who work for any, an administrator those of the region. Protected colleagues are left out.
    """
    held = roles_of(person, at)
    boards = list(boards_coordinated_by(person, at))
    among = Q(organisation__board__in=boards) | Q(organisation__in=boards)
    if Role.REGIONAL_COORDINATOR in held:
        among |= ~Q(organisation__kind=OrganisationKind.REGION)
    if Role.ADMINISTRATOR in held:
        among |= Q(organisation__kind=OrganisationKind.REGION)
    working = assignments_running(at).filter(among, person=OuterRef("pk"))
    return (
        Person.objects.filter(Exists(working), protection=Protection.NONE)
        .exclude(pk=person.pk)
        .order_by(Collate("name", "swedish"), "id")
    )


def places_for(person: Person, at: datetime) -> list[Organisation]:
    """Return the organisations in which `person` gives roles, each with what it lies in."""
    held = roles_of(person, at)
    keys = boards_coordinated_by(person, at)
    found = list(workplaces_of(keys)) if keys else []
    if Role.REGIONAL_COORDINATOR in held:
        found += [each for each in boards() if each not in found]
    if Role.ADMINISTRATOR in held:
        found += Organisation.objects.filter(kind=OrganisationKind.REGION).order_by("id")
    return found


def described_by(person: Person, at: datetime) -> QuerySet[Organisation]:
    """Return the organisations of which `person` may change how they are reached."""
    if Role.ADMINISTRATOR in roles_of(person, at):
        return everywhere()
    return workplaces_of(boards_coordinated_by(person, at))


def everywhere() -> QuerySet[Organisation]:
    """Return every organisation but the region, by municipality, from the whole to its parts."""
    kinds = (OrganisationKind.MUNICIPALITY, OrganisationKind.BOARD, OrganisationKind.SCHOOL_UNIT)
    rank = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(kinds)),
        default=Value(len(kinds)),
    )
    inside = Case(
        When(kind__in=(OrganisationKind.BOARD, OrganisationKind.SCHOOL_UNIT), then="parent__name"),
        default="name",
    )
    return (
        Organisation.objects.exclude(kind=OrganisationKind.REGION)
        .select_related("parent", "board__parent")
        .order_by(Collate(inside, "swedish"), rank, Collate("name", "swedish"), "id")
    )


def named(organisations: Iterable[Organisation], words: str) -> list[Organisation]:
    """Return the organisations whose full name has all `words`, however they are written.

    Compared here and not in the database: a county has hundreds, not thousands, and SQLite does
    not know that å and Å are one letter.
    """
    asked = folded(words).split()
    return [each for each in organisations if all(word in folded(each.full_name) for word in asked)]


def roles_given_by(person: Person, at: datetime) -> list[Role]:
    """Return the roles that `person` gives somewhere."""
    held = roles_of(person, at)
    return [role for role, giver in GIVEN_BY.items() if giver in held]
