"""How the person and colleagues get in: user names, passwords and the code at the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.audit import actions as audit
from kunnig.cases import policies
from kunnig.cases.actions.inviting import withdraw_the_others
from kunnig.cases.actions.rows import locked
from kunnig.organisations import policies as organisations
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.cases.states import IdentityCheck
    from kunnig.people.models import Person


@transaction.atomic
def open_sign_in(
    *, case_id: UUID, username: str, password: str, by: Person, at: datetime
) -> Person:
    """Give the person a user name and a first password; the same again changes nothing.

    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_open_sign_in(by, case, at).require()

    before = people.locked(case.person_id)
    person = people.open_sign_in(
        person_id=before.pk, username=username, password=password, by=by, at=at
    )
    if person.username != before.username:
        audit.record(verb="sign_in.opened", target=person, about=person, file=case, by=by, at=at)
    return person


@transaction.atomic
def give_password(
    *, case_id: UUID, password: str, instead_of: str, by: Person, at: datetime
) -> Person:
    """Give the person a new password in place of the one they had, and of what would replace it.

    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_open_sign_in(by, case, at).require()

    people.locked(case.person_id)
    withdraw_the_others(case, by=by, at=at)
    person = people.give_password(
        person_id=case.person_id, password=password, instead_of=instead_of, by=by, at=at
    )
    audit.record(
        verb="sign_in.password_given", target=person, about=person, file=case, by=by, at=at
    )
    return person


@transaction.atomic
def open_colleagues_sign_in(
    *, person_id: UUID, username: str, password: str, by: Person, at: datetime
) -> Person:
    """Give a colleague a user name and a first password. Raises `Refused`."""
    person = people.locked(person_id)
    policies.may_open_colleagues_sign_in(by, person, at).require()
    return people.open_sign_in(
        person_id=person_id,
        username=username,
        password=password,
        by=by,
        at=at,
        capacity=organisations.capacity_towards(person),
    )


@transaction.atomic
def give_colleague_password(
    *, person_id: UUID, password: str, instead_of: str, by: Person, at: datetime
) -> Person:
    """Give a colleague who has forgotten theirs a new password. Raises `Refused`."""
    person = people.locked(person_id)
    policies.may_open_colleagues_sign_in(by, person, at).require()
    return people.give_password(
        person_id=person_id,
        password=password,
        instead_of=instead_of,
        by=by,
        at=at,
        capacity=organisations.capacity_towards(person),
    )


@transaction.atomic
def choose_table_code(
    *, case_id: UUID, code: str, identity: IdentityCheck, by: Person, at: datetime
) -> None:
    """Keep the code that the person typed on the device of `by`, and how `by` knew who it was.

    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_change(by, case, at).require()

    people.choose_table_code(
        person_id=case.person_id, code=code, authority=case.board, by=by, at=at
    )
    audit.record(
        verb=f"identity.{identity}", target=case.person, about=case.person, file=case, by=by, at=at
    )
