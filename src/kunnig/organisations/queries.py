"""Reading organisations and who works in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kunnig.organisations.states import BOARD_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kunnig.organisations.models import Assignment, Organisation
    from kunnig.organisations.states import Role
    from kunnig.people.models import Person


def running(person: Person, at: datetime) -> Iterator[Assignment]:
    """Yield the assignments of `person` that hold at `at`.

    The sign-in has fetched them, with their organisations, together with the person: nothing
    here asks the database again.
    """
    day = timezone.localdate(at)
    return (each for each in person.assignments.all() if each.runs_on(day))


def roles_of(person: Person, at: datetime) -> frozenset[str]:
    """Return every role `person` holds anywhere at `at`."""
    return frozenset(assignment.role for assignment in running(person, at))


def holds_role(person: Person, role: Role, organisation: Organisation, at: datetime) -> bool:
    """Say whether `person` has `role` in `organisation` at the moment `at`."""
    return any(
        each.role == role and each.organisation_id == organisation.pk
        for each in running(person, at)
    )


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
