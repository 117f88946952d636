"""Evidence that is added or seen while a case is mapped: it stands on the papers, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.cases import actions as cases
from kunnig.mapping.actions.changing import void_what_changed
from kunnig.portfolio import actions as portfolio

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.people.models import Person
    from kunnig.portfolio.actions import Described
    from kunnig.portfolio.models import Evidence


@transaction.atomic
def add_evidence(
    *, case_id: UUID, described: Described, operation: UUID, by: Person, at: datetime
) -> Evidence:
    """Add evidence to the portfolio and the case; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer.
    """
    evidence = portfolio.add_evidence(
        case_id=case_id, described=described, operation=operation, by=by, at=at
    )
    void_what_changed(cases.locked(case_id), by, at)
    return evidence


@transaction.atomic
def note_original(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Note in the portfolio that an original was seen; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer.
    """
    evidence = portfolio.note_original(case_id=case_id, evidence_id=evidence_id, by=by, at=at)
    void_what_changed(cases.locked(case_id), by, at)
    return evidence
