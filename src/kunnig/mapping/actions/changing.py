"""What every change of a mapping shares: its row is held, a line is left, an approval may fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.audit import actions as audit
from kunnig.cases import actions as cases
from kunnig.mapping import policies, queries
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import MappingState

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.people.models import Person


def locked(mapping_id: UUID) -> Mapping:
    """Hold the case's row, then the mapping's: one order, no deadlock; and no row more is read."""
    case = cases.locked_through(mappings=mapping_id)
    mapping = Mapping.objects.select_for_update(of=("self",)).get(pk=mapping_id)
    mapping.case = case
    return mapping


def trace(verb: str, mapping: Mapping, by: Person, at: datetime) -> None:
    """Leave a line about a mapping in the trail."""
    case = mapping.case
    audit.record(verb=verb, target=mapping, about=case.person, file=case, by=by, at=at)


def void_approval(mapping: Mapping, by: Person, at: datetime) -> None:
    """Take back an approval when something changes after it."""
    if mapping.standing is not MappingState.APPROVED:
        return
    mapping.move_to(MappingState.SHARED)
    mapping.approved_by = None
    mapping.approved_at = None
    mapping.approved_how = ""
    mapping.approved_hash = ""
    mapping.save(
        update_fields=["state", "approved_by", "approved_at", "approved_how", "approved_hash"]
    )
    trace("mapping.approval_voided", mapping, by, at)


def void_what_changed(case: Case, by: Person, at: datetime) -> None:
    """Take back each approval in a case of what a paper would now say otherwise."""
    for mapping in queries.approved_in(case).select_for_update(of=("self",)):
        mapping.case = case
        if not policies.is_as_shown(mapping.approved_hash, queries.fingerprint(mapping)):
            void_approval(mapping, by, at)
