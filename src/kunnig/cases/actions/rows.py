"""Holding a case's row: every verb starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.cases.models import Case

if TYPE_CHECKING:
    from uuid import UUID

    from kunnig.cases.models import Adaptation, PathDecision


def locked(case_id: UUID) -> Case:
    """Fetch a case and hold its row until the transaction ends: every verb starts here."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("person", "board", "responsible")
        .get(pk=case_id)
    )


def locked_through(**record: UUID) -> Case:
    """Fetch the case that a record above belongs to, and hold its row as `locked` does."""
    return Case.objects.select_for_update(of=("self",)).select_related("person").get(**record)


def next_number(standing: Adaptation | PathDecision | None) -> int:
    """Return the number of what comes after the one that stands."""
    return 1 if standing is None else standing.number + 1
