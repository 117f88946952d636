"""Granting the qualification to map, and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.audit import actions as audit
from kunnig.people import actions as people
from kunnig.training import policies
from kunnig.training.models import Qualification

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.people.models import Person
    from kunnig.training.states import Reach


@transaction.atomic
def grant(
    *,
    person_id: UUID,
    reach: Reach,
    ground: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
) -> Qualification:
    """Qualify a person to map, on a ground, for a period. Raises `Refused`.

    The same reach for the same period again returns the qualification that runs already.
    """
    person = people.locked(person_id)
    policies.may_grant(by, person, at).require()
    policies.period_is_of_practice(starts_on, ends_on).require()
    policies.is_explained(ground).require()
    same = Qualification.objects.filter(
        person=person, reach=reach, starts_on=starts_on, ends_on=ends_on, ended_at=None
    ).first()
    if same is not None:
        return same

    qualification = Qualification.objects.create(
        person=person,
        reach=reach,
        ground=ground.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        granted_at=at,
    )
    audit.record(verb="qualification.granted", target=qualification, about=person, by=by, at=at)
    return qualification


@transaction.atomic
def end(*, qualification_id: UUID, because: str, by: Person, at: datetime) -> Qualification:
    """End a qualification before its last day, with a reason. Raises `Refused`.

    What was mapped under it stands: each revision names the qualification of its day.
    """
    qualification = (
        Qualification.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=qualification_id)
    )
    policies.may_end(by, qualification, at).require()
    policies.is_explained(because).require()

    qualification.ended_by = by
    qualification.ended_at = at
    qualification.ended_because = because.strip()
    qualification.save(update_fields=["ended_by", "ended_at", "ended_because"])
    audit.record(
        verb="qualification.ended",
        target=qualification,
        about=qualification.person,
        by=by,
        at=at,
    )
    return qualification
