"""What changes a case. Every verb locks the case first, asks, changes, and leaves one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import policies
from kunnig.cases.models import Access, Adaptation, Case, Closing, PathDecision
from kunnig.cases.states import CASE_LIFE, CaseState, HomeGround, Origin, Part, Path
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.organisations.models import Organisation
    from kunnig.people.models import Person
    from kunnig.people.states import Protection


def locked(case_id: UUID) -> Case:
    """Fetch a case and hold its row until the transaction ends: every verb starts here."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("person", "board", "responsible")
        .get(pk=case_id)
    )


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

    The same `operation` again returns the case it opened. Raises `Refused`.
    """
    earlier = Case.objects.filter(operation=operation, registered_by=by).first()
    if earlier is not None:
        return earlier
    policies.may_register(by, person, board, at).require()

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
        _name(case, by, ground=_("Registered the case"), by=by, at=at)
    return case


def _name(case: Case, person: Person, *, ground: str, by: Person, at: datetime) -> None:
    """Let `person` in to the whole case and its adaptations, where they are not already."""
    for part in (Part.WHOLE, Part.ADAPTATIONS):
        Access.objects.get_or_create(
            case=case,
            person=person,
            part=part,
            ended_at=None,
            defaults={
                "ground": ground,
                "starts_on": timezone.localdate(at),
                "granted_by": by,
                "granted_at": at,
            },
        )


@transaction.atomic
def change_details(
    *,
    case_id: UUID,
    goal: str,
    purpose: str,
    own_reference: str,
    language: str,
    needs_interpreter: bool,
    by: Person,
    at: datetime,
) -> Case:
    """Change what the board has noted of the case. Raises `Refused`."""
    case = locked(case_id)
    policies.may_change(by, case, at).require()

    case.goal = goal
    case.purpose = purpose
    case.own_reference = own_reference
    case.language = language
    case.needs_interpreter = needs_interpreter
    case.save(update_fields=["goal", "purpose", "own_reference", "language", "needs_interpreter"])
    audit.record(verb="case.changed", target=case, about=case.person, file=case, by=by, at=at)
    return case


@transaction.atomic
def note_adaptation(*, case_id: UUID, text: str, by: Person, at: datetime) -> Adaptation:
    """Note what the person needs, in place of what was noted before. Raises `Refused`."""
    case = locked(case_id)
    policies.may_see_adaptations(by, case, at).require()
    policies.is_open(case).require()

    adaptation = Adaptation.objects.create(case=case, text=text, noted_by=by, noted_at=at)
    audit.record(
        verb="adaptation.noted", target=adaptation, about=case.person, file=case, by=by, at=at
    )
    return adaptation


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
    """Let a colleague in to one part of the case, on a ground, for a period. Raises `Refused`."""
    case = locked(case_id)
    policies.may_let_in(by, case, at).require()
    policies.may_be_let_in(person, case, at).require()
    if part is Part.ADAPTATIONS:
        policies.may_see_adaptations(by, case, at).require()
    if Access.objects.filter(case=case, person=person, part=part, ended_at=None).exists():
        raise Refused(_("This person is already let in to that part. End it first."))

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
    """End somebody's access. The one responsible stays let in. Raises `Refused`."""
    case = locked(Access.objects.get(pk=access_id).case_id)
    access = Access.objects.select_for_update(of=("self",)).get(pk=access_id)
    policies.may_let_in(by, case, at).require()
    if access.person_id == case.responsible_id:
        raise Refused(_("The one responsible is always let in. Change who is responsible first."))
    if access.ended_at is not None:
        return access

    access.ended_by = by
    access.ended_at = at
    access.save(update_fields=["ended_by", "ended_at"])
    audit.record(verb="access.ended", target=access, about=case.person, file=case, by=by, at=at)
    return access


@transaction.atomic
def change_responsible(*, case_id: UUID, person: Person, by: Person, at: datetime) -> Case:
    """Make a colleague responsible for the case, and let them in to it. Raises `Refused`."""
    case = locked(case_id)
    policies.may_let_in(by, case, at).require()
    policies.may_be_responsible(person, case, at).require()

    case.responsible = person
    case.save(update_fields=["responsible"])
    _name(case, person, ground=_("Responsible for the case"), by=by, at=at)
    audit.record(
        verb="case.responsible_changed", target=case, about=case.person, file=case, by=by, at=at
    )
    return case


@transaction.atomic
def decide_path(
    *,
    case_id: UUID,
    path: Path,
    reason: str,
    decided_on: date,
    operation: UUID,
    by: Person,
    at: datetime,
) -> PathDecision:
    """Decide what follows the initial mapping; may be decided anew until the in-depth mapping.

    The same `operation` again returns the decision it made. Raises `Refused`.
    """
    case = locked(case_id)
    earlier = PathDecision.objects.filter(operation=operation, case=case).first()
    if earlier is not None:
        return earlier
    policies.may_decide_path(by, case, at).require()
    if decided_on > timezone.localdate(at):
        raise Refused(_("The day of the decision lies ahead."))

    decision = PathDecision.objects.create(
        case=case,
        path=path,
        reason=reason,
        decided_on=decided_on,
        decided_by=by,
        decided_at=at,
        operation=operation,
    )
    advance(case, CaseState.PATH_DECIDED)
    audit.record(verb="path.decided", target=decision, about=case.person, file=case, by=by, at=at)
    return decision


def advance(case: Case, state: CaseState) -> None:
    """Move a locked case on to `state`, if it has not come that far already.

    A room above tells the case so inside its own verb, whose line is the trace.
    """
    if CASE_LIFE.may_move(case.standing, state):
        case.move_to(state)
        case.save(update_fields=["state"])


@transaction.atomic
def close(*, case_id: UUID, reason: str, by: Person, at: datetime) -> Closing:
    """Close a case with a reason; nothing in it is lost. Raises `Refused`."""
    case = locked(case_id)
    policies.may_close(by, case, at).require()

    closing = Closing.objects.create(
        case=case, left_state=case.state, reason=reason, closed_by=by, closed_at=at
    )
    case.move_to(CaseState.CLOSED)
    case.save(update_fields=["state"])
    audit.record(verb="case.closed", target=case, about=case.person, file=case, by=by, at=at)
    return closing


@transaction.atomic
def reopen(*, case_id: UUID, reason: str, by: Person, at: datetime) -> Case:
    """Open a closed case again where it was left, with a reason. Raises `Refused`."""
    case = locked(case_id)
    policies.may_reopen(by, case, at).require()

    closing = Closing.objects.get(case=case, reopened_at=None)
    closing.reopened_by = by
    closing.reopened_at = at
    closing.reopened_because = reason
    closing.save(update_fields=["reopened_by", "reopened_at", "reopened_because"])
    case.move_to(CaseState(closing.left_state))
    case.save(update_fields=["state"])
    audit.record(verb="case.reopened", target=case, about=case.person, file=case, by=by, at=at)
    return case


@transaction.atomic
def protect(*, case_id: UUID, level: Protection, by: Person, at: datetime) -> Case:
    """Mark the person as protected; whoever does so is named in the case first.

    Raises `Refused` when `by` does not work with the case.
    """
    case = locked(case_id)
    policies.works_with(by, case, at).require()

    _name(case, by, ground=_("Marked the protection"), by=by, at=at)
    people.protect(person_id=case.person_id, level=level, by=by, at=at)
    case.person.refresh_from_db(fields=["protection"])
    return case
