"""Who is let in to a case, answers for it, and is named where the person is protected."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import policies, queries
from kunnig.cases.actions.inviting import withdraw_invitations
from kunnig.cases.actions.rows import locked
from kunnig.cases.models import Access, Case
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.letters import actions as letters
from kunnig.organisations import actions as organisations
from kunnig.organisations.models import Assignment
from kunnig.people import actions as people
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from kunnig.people.models import Person

# How many times a case is left on to others whose work there ends, too, before that is enough.
MOST_TURNS = 5


def name_in_case(
    case: Case,
    person: Person,
    *,
    ground: str,
    by: Person,
    at: datetime,
    starts_on: date | None = None,
) -> None:
    """Let `person` in to the whole case from today on (or from `starts_on`), without an end.

    The adaptations come with it only as `policies.names_to_adaptations` says. An access that has
    run out, has not begun or will end gives way to the new one. One line tells it, whatever act
    it is a part of.
    """
    today = timezone.localdate(at)
    granted: Access | None = None
    begins = at if starts_on is None else max(at, _noon(starts_on))
    with_adaptations = policies.names_to_adaptations(by, case, begins)
    for part in (Part.WHOLE, Part.ADAPTATIONS) if with_adaptations else (Part.WHOLE,):
        earlier = Access.objects.filter(case=case, person=person, part=part, ended_at=None).first()
        first = starts_on or today
        if earlier is not None:
            if earlier.ends_on is None and earlier.starts_on <= first:
                continue
            if earlier.runs_on(today):
                first = today  # who is let in already stays so until then
            _end(earlier, by, at)
        granted = Access.objects.create(
            case=case,
            person=person,
            part=part,
            ground=ground,
            starts_on=first,
            granted_by=by,
            granted_at=at,
        )
    if granted is not None:
        audit.record(
            verb="access.granted", target=granted, about=case.person, file=case, by=by, at=at
        )


def leave_to_somebody(case: Case, *, by: Person | None, at: datetime) -> None:
    """See to it that a protected case never has nobody named who is at work there.

    From the day after the last one named is there, by their access or by their role, those are
    named who answer for it then: not before, for the named are few. They may leave in their turn.
    Without `by`, the case does not tell whose act it was: who is named stands there alone.
    """
    for _turn in range(MOST_TURNS):
        day = policies.first_day_without_named(case, at)
        if day is None:
            return
        moment = max(at, _noon(day))
        found = queries.who_answers_for(case, moment)
        if not found:
            return
        for person in found:
            name_in_case(
                case,
                person,
                ground=_("Nobody else is named in the case"),
                starts_on=timezone.localdate(moment),
                by=by or person,
                at=at,
            )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())


@transaction.atomic
def end_role(*, assignment_id: int, ends_on: date, by: Person, at: datetime) -> Assignment | None:
    """Let a colleague's role end on a day; see `organisations.actions.end_assignment`.

    Who was the last one named in a protected case leaves it to who answers for it. To refuse
    instead would tell that there is one, and let a role go on that has to end. Raises `Refused`.
    """
    held = Assignment.objects.select_related("person", "organisation").get(pk=assignment_id)
    person, board_key = held.person, held.organisation.board_key
    ended = organisations.end_assignment(assignment_id=assignment_id, ends_on=ends_on, by=by, at=at)
    for case in queries.protected_naming(person, board_key):
        leave_to_somebody(locked(case.pk), by=by, at=at)
    return ended


def _end(access: Access, by: Person, at: datetime) -> None:
    access.ended_by = by
    access.ended_at = at
    access.save(update_fields=["ended_by", "ended_at"])


@transaction.atomic
def let_in(
    *,
    case_id: UUID,
    person: Person,
    part: Part,
    ground: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> Access:
    """Let a colleague in to one part of the case, on a ground, for a period.

    The same again is returned; an access that has run out gives way. Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_let_in_to(by, case, part, at).require()
    policies.may_be_let_in(person, case, at).require()
    policies.is_explained(ground).require()
    policies.period_holds(starts_on, ends_on, at).require()
    earlier = Access.objects.filter(case=case, person=person, part=part, ended_at=None).first()
    if earlier is not None:
        if (earlier.ground, earlier.starts_on, earlier.ends_on) == (ground, starts_on, ends_on):
            return earlier
        if not earlier.is_over_on(timezone.localdate(at)):
            raise Refused(_("This person is already let in to that part. End it first."))
        _end(earlier, by, at)

    access = Access.objects.create(
        case=case,
        person=person,
        part=part,
        ground=ground,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        granted_at=at,
    )
    audit.record(verb="access.granted", target=access, about=case.person, file=case, by=by, at=at)
    return access


@transaction.atomic
def end_access(*, access_id: UUID, by: Person, at: datetime) -> Access:
    """End somebody's access; ended already, it is returned. Raises `Refused`."""
    case = locked(Access.objects.get(pk=access_id).case_id)
    access = Access.objects.select_for_update(of=("self",)).get(pk=access_id)
    policies.may_let_in(by, case, at).require()
    if access.ended_at is not None:
        return access
    policies.may_end_access(by, access, case, at).require()

    _end(access, by, at)
    audit.record(verb="access.ended", target=access, about=case.person, file=case, by=by, at=at)
    if case.person.is_protected:
        leave_to_somebody(case, by=by, at=at)
    return access


@transaction.atomic
def change_responsible(*, case_id: UUID, person: Person, by: Person, at: datetime) -> Case:
    """Make a colleague responsible for the case, and let them in to it. Raises `Refused`."""
    case = locked(case_id)
    policies.may_let_in(by, case, at).require()
    policies.may_be_responsible(person, case, at).require()

    case.responsible = person
    case.save(update_fields=["responsible"])
    name_in_case(case, person, ground=_("Responsible for the case"), by=by, at=at)
    audit.record(
        verb="case.responsible_changed", target=case, about=case.person, file=case, by=by, at=at
    )
    return case


@transaction.atomic
def protect(*, case_id: UUID, level: Protection, by: Person, at: datetime) -> Case:
    """Mark how strongly the person is protected, or lift it with `NONE`.

    From then on only the named open the person's cases. Whoever marks it is named first, in
    every case of the person that they could open; in the others, who answers for them where
    nobody at work is named: none is left without anybody. The cases that `by` could open tell it
    in their history, never the level; a case elsewhere does not tell who did it. What was sent to
    invite the person opens nothing any longer, and no letter that waits goes out.
    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_protect(by, case, level, at).require()

    theirs = queries.visible_to(by, at, Part.WHOLE).filter(person=case.person_id)
    opened = list(theirs.order_by("id"))
    if people.locked(case.person_id).protection != level:
        verb = "protection.lifted" if level is Protection.NONE else "protection.noted"
        for each in opened:
            audit.record(verb=verb, target=each, about=case.person, file=each, by=by, at=at)
    if level is not Protection.NONE:
        for each in opened:
            name_in_case(each, by, ground=_("Marked the protection"), by=by, at=at)
        everywhere = Case.objects.filter(person=case.person_id).order_by("id")
        for each in everywhere.select_related("person", "board", "responsible"):
            actor = by if each in opened else None
            leave_to_somebody(each, by=actor, at=at)
            withdraw_invitations(each, by=actor, at=at)
        letters.withdraw_all(to=case.person, at=at)
    people.protect(person_id=case.person_id, level=level, by=by, at=at)
    case.person.refresh_from_db(fields=["protection"])
    return case
