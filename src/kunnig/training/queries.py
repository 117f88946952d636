"""Reading who is qualified to map, and the region's list of those who should be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.db.models.functions import Collate
from django.utils import timezone

from kunnig.kernel.text import folded
from kunnig.organisations.queries import assignments_running, roles_of
from kunnig.organisations.states import IN_DEPTH_MAPPERS, OrganisationKind, Role
from kunnig.people.models import Person
from kunnig.people.states import Protection
from kunnig.training.models import Qualification
from kunnig.training.states import Reach, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

PAGE_LENGTH = 25
RENEWAL = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody does, and where."""

    role: Role
    organisation: str


@dataclass(frozen=True, slots=True)
class Learner:
    """One person of the region's list: what they do, and where they stand."""

    id: UUID
    name: str
    tasks: tuple[Task, ...]
    standing: Standing
    reach: Reach | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """Where one person stands, and the reach and last day of what it rests on."""

    standing: Standing
    reach: Reach | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Cover:
    """How many qualified validators a municipality has, and how many of them are due."""

    qualified: int
    due: int


def qualification_for(person: Person, at: datetime, *, in_depth: bool) -> Qualification | None:
    """Return the qualification that lets `person` map at `at`, the one that runs longest.

    The full one serves both kinds of mapping, the short part only the in-depth one.
    """
    day = timezone.localdate(at)
    reaches = (Reach.FULL, Reach.SHORT) if in_depth else (Reach.FULL,)
    # A person has a handful; sorting them out here is quicker than to describe it to a database.
    held = (each for each in Qualification.objects.filter(person=person) if each.holds_on(day))
    serving = [each for each in held if each.reach in reaches]
    return max(serving, key=lambda each: (each.ends_on, str(each.pk)), default=None)


def qualifications_of(person: Person) -> QuerySet[Qualification]:
    """Return every qualification `person` has had, the latest first, with who gave and ended it."""
    return (
        Qualification.objects.filter(person=person)
        .select_related("granted_by", "ended_by")
        .order_by("-ends_on", "-granted_at", "id")
    )


def standing_of(person: Person, at: datetime) -> Standing:
    """Return where `person` stands at `at`."""
    return _standing(Qualification.objects.filter(person=person), timezone.localdate(at))[0]


def _standing(
    qualifications: Iterable[Qualification], day: date
) -> tuple[Standing, Reach | None, date | None]:
    """Return the standing on `day`, and the reach and last day of what it rests on.

    A full qualification that holds goes before a short one. What is granted ahead counts as
    renewed if it begins no later than the day after; what was ended counts as lapsed.
    """
    begun = [each for each in qualifications if each.starts_on <= day]
    holding = [each for each in begun if each.holds_on(day)]
    if not holding:
        latest = max(begun, key=lambda each: each.ends_on, default=None)
        if latest is None:
            return Standing.NONE, None, None
        return Standing.LAPSED, Reach(latest.reach), _last_day(latest)
    reach = min((Reach(each.reach) for each in holding), key=list(Reach).index)
    ends_on = _runs_until(day, reach, qualifications)
    standing = Standing.DUE if ends_on - day <= RENEWAL else Standing.QUALIFIED
    return standing, reach, ends_on


def _runs_until(day: date, reach: Reach, qualifications: Iterable[Qualification]) -> date:
    """Return the last day before the first gap after `day`; a full one fills that of a short."""
    wide = list(Reach)[: list(Reach).index(reach) + 1]
    serving = [each for each in qualifications if each.reach in wide and each.ended_at is None]
    last = day
    for each in sorted(serving, key=lambda each: each.starts_on):
        if each.starts_on <= last + timedelta(days=1):
            last = max(last, each.ends_on)
    return last


def _last_day(qualification: Qualification) -> date:
    if qualification.ended_at is None:
        return qualification.ends_on
    return min(qualification.ends_on, timezone.localdate(qualification.ended_at))


def overseen_by(person: Person, at: datetime) -> QuerySet[Person]:
    """Return everyone in the county whose qualification `person` answers for, by name.

    The region's coordinator answers for all, but for themselves and for protected colleagues,
    who are never listed.
    """
    if Role.REGIONAL_COORDINATOR not in roles_of(person, at):
        return Person.objects.none()
    mapping = assignments_running(at).filter(role__in=IN_DEPTH_MAPPERS, person=OuterRef("pk"))
    return (
        Person.objects.filter(Exists(mapping), protection=Protection.NONE)
        .exclude(pk=person.pk)
        .order_by(Collate("name", "swedish"), "id")
    )


def learners(
    person: Person, at: datetime, *, words: str = "", page: int = 1
) -> tuple[list[Learner], bool]:
    """Return one page of those whose qualification `person` answers for, and whether more follow.

    Two questions to the database, however long the page: whoever is overseen has a task.
    """
    people = overseen_by(person, at)
    for word in folded(words).split():
        people = people.filter(search_key__contains=word)
    start = (page - 1) * PAGE_LENGTH
    listed = people.values("pk")[start : start + PAGE_LENGTH + 1]
    running = assignments_running(at).filter(role__in=IN_DEPTH_MAPPERS, person__in=listed)
    tasks: dict[tuple[UUID, str], list[Task]] = {}
    for each in running.select_related("person").order_by(
        Collate("person__name", "swedish"), "person", "role", "id"
    ):
        task = Task(Role(each.role), each.organisation.full_name)
        tasks.setdefault((each.person_id, each.person.name), []).append(task)
    return _rows(list(tasks.items())[:PAGE_LENGTH], at), len(tasks) > PAGE_LENGTH


def _rows(people: Sequence[tuple[tuple[UUID, str], list[Task]]], at: datetime) -> list[Learner]:
    held = standings_of([key for (key, _name), _tasks in people], at)
    return [
        Learner(key, name, tuple(tasks), held[key].standing, held[key].reach, held[key].ends_on)
        for (key, name), tasks in people
    ]


def standings_of(keys: Iterable[UUID], at: datetime) -> dict[UUID, Held]:
    """Return where each of the people behind `keys` stands at `at`, in one question."""
    day = timezone.localdate(at)
    held: dict[UUID, list[Qualification]] = {key: [] for key in keys}
    for qualification in Qualification.objects.filter(person__in=list(held)):
        held[qualification.person_id].append(qualification)
    return {key: Held(*_standing(qualifications, day)) for key, qualifications in held.items()}


def coverage(at: datetime) -> dict[int, Cover]:
    """Return how each municipality is covered by validators at `at`, by its key (stok.md S5).

    Only those whose qualification is good for the initial mapping are counted, each once in every
    municipality they validate for. Protected colleagues are in no count.
    """
    running = assignments_running(at).filter(
        role=Role.VALIDATOR, person__protection=Protection.NONE
    )
    validating: dict[int, set[UUID]] = {}
    for each in running:
        place = each.organisation
        is_place = place.kind == OrganisationKind.MUNICIPALITY
        key = place.pk if is_place else place.parent_id
        if key is not None:
            validating.setdefault(key, set()).add(each.person_id)
    standings = standings_of(set().union(*validating.values()), at)
    return {
        key: _cover(standings[person] for person in people) for key, people in validating.items()
    }


def _cover(standings: Iterable[Held]) -> Cover:
    full = [each.standing for each in standings if each.reach is Reach.FULL]
    due = full.count(Standing.DUE)
    return Cover(qualified=full.count(Standing.QUALIFIED) + due, due=due)
