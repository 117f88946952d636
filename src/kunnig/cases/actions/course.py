"""Where a case goes: the path that is decided, its end, and its new beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.audit import actions as audit
from kunnig.cases import policies, queries
from kunnig.cases.actions.rows import locked, next_number
from kunnig.cases.models import Closing, PathDecision
from kunnig.cases.states import CASE_LIFE, CaseState

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.cases.states import Path
    from kunnig.people.models import Person


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

    The same `operation` again, or the very same as holds, returns the decision that was made.
    Raises `Refused`.
    """
    case = locked(case_id)
    earlier = PathDecision.objects.filter(operation=operation, case=case).first()
    if earlier is not None:
        return earlier
    policies.may_decide_path(by, case, at).require()
    policies.is_explained(reason).require()
    policies.day_has_come(decided_on, case, at).require()
    standing = queries.path_of(case)
    if standing is not None:
        holds = (standing.path, standing.reason, standing.decided_on, standing.decided_by_id)
        if holds == (path, reason, decided_on, by.pk):
            return standing

    decision = PathDecision.objects.create(
        case=case,
        number=next_number(standing),
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
    """Close a case with a reason; nothing in it is lost. Raises `Refused`.

    What `by` has closed already, for the same reason, is returned.
    """
    case = locked(case_id)
    closed = Closing.objects.filter(case=case, reopened_at=None, closed_by=by, reason=reason)
    if (earlier := closed.first()) is not None:
        return earlier
    policies.may_close(by, case, at).require()
    policies.is_explained(reason).require()

    closing = Closing.objects.create(
        case=case, left_state=case.state, reason=reason, closed_by=by, closed_at=at
    )
    case.move_to(CaseState.CLOSED)
    case.save(update_fields=["state"])
    audit.record(verb="case.closed", target=case, about=case.person, file=case, by=by, at=at)
    return closing


@transaction.atomic
def reopen(*, case_id: UUID, reason: str, by: Person, at: datetime) -> Case:
    """Open a closed case again where it was left, with a reason. Raises `Refused`.

    What `by` has opened already, for the same reason, is returned.
    """
    case = locked(case_id)
    latest = Closing.objects.filter(case=case).order_by("-closed_at", "-pk").first()
    if latest and (latest.reopened_by_id, latest.reopened_because) == (by.pk, reason):
        return case
    policies.may_reopen(by, case, at).require()
    policies.is_explained(reason).require()

    closing = Closing.objects.get(case=case, reopened_at=None)
    closing.reopened_by = by
    closing.reopened_at = at
    closing.reopened_because = reason
    closing.save(update_fields=["reopened_by", "reopened_at", "reopened_because"])
    case.move_to(CaseState(closing.left_state))
    case.save(update_fields=["state"])
    audit.record(verb="case.reopened", target=case, about=case.person, file=case, by=by, at=at)
    return case
