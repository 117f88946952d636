"""Opening a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import policies
from kunnig.cases.actions.access import leave_to_somebody, name_in_case
from kunnig.cases.actions.details import note_adaptation
from kunnig.cases.models import Case
from kunnig.cases.states import CaseState
from kunnig.kernel import numbers
from kunnig.people import actions as people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.cases.states import HomeGround, Origin
    from kunnig.organisations.models import Organisation
    from kunnig.people.formats.identifiers import Number
    from kunnig.people.models import Person


def register_for(
    *,
    name: str,
    birth_date: date | None,
    identifiers: Sequence[Number],
    board: Organisation,
    home_municipality: Organisation,
    home_ground: HomeGround,
    origin: Origin,
    language: str,
    information_text: str,
    operation: UUID,
    by: Person,
    at: datetime,
    own_reference: str = "",
    purpose: str = "",
    goal: str = "",
    adaptations: str = "",
    needs_interpreter: bool = False,
    is_practice: bool = False,
) -> Case:
    """Open a case for somebody else, found again by one of `identifiers` or new; see `register`.

    The same `operation` again returns the case it opened, and makes no second person.
    Raises `Refused`.
    """
    earlier = _registered(operation, by)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            policies.may_register_with(by, board, at).require()
            person = people.register(
                name=name,
                birth_date=birth_date,
                identifiers=identifiers,
                authority=board,
                by=by,
                at=at,
            )
            policies.is_somebody_else(by, person).require()
            case = register(
                person=person,
                board=board,
                home_municipality=home_municipality,
                home_ground=home_ground,
                origin=origin,
                own_reference=own_reference,
                purpose=purpose,
                goal=goal,
                language=language,
                needs_interpreter=needs_interpreter,
                information_text=information_text,
                is_practice=is_practice,
                operation=operation,
                by=by,
                at=at,
            )
            if adaptations.strip():
                note_adaptation(case_id=case.pk, text=adaptations, by=by, at=at)
            return case
    except IntegrityError:
        # The same form came twice in the same moment; the other one was first.
        earlier = _registered(operation, by)
        if earlier is None:
            raise
        return earlier


def _registered(operation: UUID, by: Person) -> Case | None:
    return Case.objects.filter(operation=operation, registered_by=by).first()


@transaction.atomic
def register(
    *,
    person: Person,
    board: Organisation,
    home_municipality: Organisation,
    home_ground: HomeGround,
    origin: Origin,
    language: str,
    information_text: str,
    operation: UUID,
    by: Person,
    at: datetime,
    own_reference: str = "",
    purpose: str = "",
    goal: str = "",
    needs_interpreter: bool = False,
    is_practice: bool = False,
) -> Case:
    """Open a case; whoever registers it for someone else is responsible and named in it first.

    The same `operation` again returns the case it opened; so does the very same told of oneself
    once more, while that case is open: another tab opens no second one. The person's row is held
    first, so that two at the same moment come one after the other. Raises `Refused`.
    """
    person = people.locked(person.pk)
    earlier = _registered(operation, by)
    if earlier is not None:
        return earlier
    policies.may_register(by, person, board, at).require()
    if by == person:
        same = Case.objects.exclude(state=CaseState.CLOSED).filter(
            person=person,
            registered_by=by,
            board=board,
            home_municipality=home_municipality,
            home_ground=home_ground,
            origin=origin,
            purpose=purpose,
            goal=goal,
            language=language,
            needs_interpreter=needs_interpreter,
        )
        if (earlier := same.first()) is not None:
            return earlier

    case = Case.objects.create(
        number=numbers.drawn(at.year, taken=lambda n: Case.objects.filter(number=n).exists()),
        person=person,
        board=board,
        home_municipality=home_municipality,
        home_ground=home_ground,
        origin=origin,
        own_reference=own_reference,
        purpose=purpose,
        goal=goal,
        language=language,
        needs_interpreter=needs_interpreter,
        information_text=information_text,
        responsible=None if by == person else by,
        is_practice=is_practice,
        registered_by=by,
        registered_at=at,
        operation=operation,
    )
    audit.record(verb="case.registered", target=case, about=person, file=case, by=by, at=at)
    if by != person:
        name_in_case(case, by, ground=_("Registered the case"), by=by, at=at)
    if person.is_protected:
        leave_to_somebody(case, by=by, at=at)
    return case
