"""Sharing a mapping, and letting the person approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kunnig.kernel.verdict import Refused
from kunnig.mapping import policies, queries
from kunnig.mapping.actions.changing import locked, trace
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import ApprovedHow, MappingState
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.people.models import Person


@transaction.atomic
def share(*, mapping_id: UUID, by: Person, at: datetime) -> Mapping:
    """Say that the mapping is ready for the person to read and approve. Raises `Refused`.

    One that is shared already is returned.
    """
    mapping = locked(mapping_id)
    if mapping.standing is not MappingState.DRAFT and policies.may_write(by, mapping, at):
        return mapping
    policies.may_share(by, mapping, at).require()

    mapping.move_to(MappingState.SHARED)
    mapping.shared_at = at
    mapping.save(update_fields=["state", "shared_at"])
    trace("mapping.shared", mapping, by, at)
    return mapping


@transaction.atomic
def approve(*, mapping_id: UUID, shown_hash: str, by: Person, at: datetime) -> Mapping:
    """Let the person approve what was shown to them, signed in. Raises `Refused`."""
    mapping = locked(mapping_id)
    if by != mapping.case.person:
        raise Refused(_("Only the person approves. At the table, they use a code of their own."))
    return _approve(mapping, shown_hash, ApprovedHow.OWN_DEVICE, by=by, at=at)


def approve_at_table(
    *, mapping_id: UUID, shown_hash: str, code: str, by: Person, at: datetime, address: str = ""
) -> Mapping:
    """Let the person approve on the mapper's device, with a code that only they know.

    A wrong code is counted even though nothing is approved. What is approved already is returned.
    Raises `Refused`.
    """
    mapping = Mapping.objects.select_related("case__person").get(pk=mapping_id)
    if _is_approved(mapping, shown_hash) and policies.may_write(by, mapping, at):
        return mapping
    policies.may_approve(by, mapping, at).require()
    case = mapping.case
    people.check_table_code(
        person_id=case.person_id, code=code, authority=case.board_id, address=address, at=at
    ).require()
    with transaction.atomic():
        return _approve(locked(mapping_id), shown_hash, ApprovedHow.AT_THE_TABLE, by=by, at=at)


# The trail tells where the person was when they approved.
APPROVALS = {
    ApprovedHow.OWN_DEVICE: "mapping.approved",
    ApprovedHow.AT_THE_TABLE: "mapping.approved_at_table",
}


def _is_approved(mapping: Mapping, shown_hash: str) -> bool:
    return mapping.standing is MappingState.APPROVED and mapping.approved_hash == shown_hash


def _approve(
    mapping: Mapping, shown_hash: str, how: ApprovedHow, *, by: Person, at: datetime
) -> Mapping:
    if _is_approved(mapping, shown_hash):
        return mapping
    policies.may_approve(by, mapping, at).require()
    policies.is_as_shown(shown_hash, queries.fingerprint(mapping)).require()

    mapping.move_to(MappingState.APPROVED)
    mapping.approved_by = mapping.case.person
    mapping.approved_at = at
    mapping.approved_how = how
    mapping.approved_hash = shown_hash
    mapping.save(
        update_fields=["state", "approved_by", "approved_at", "approved_how", "approved_hash"]
    )
    trace(APPROVALS[how], mapping, by, at)
    return mapping
