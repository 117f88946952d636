"""Reading a portfolio: one's own, and what was taken into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.portfolio.models import Evidence, Experience

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person


def own(person: Person) -> QuerySet[Experience]:
    """Return the experiences of `person` that are told of still, by field of life."""
    told = Experience.objects.filter(person=person, taken_away_at=None)
    return told.order_by("field", "title", "id")


def own_evidence(person: Person) -> QuerySet[Evidence]:
    """Return the evidence of `person`, newest first."""
    return Evidence.objects.filter(person=person).order_by("-added_at", "id")


def evidence_in(case: Case) -> QuerySet[Evidence]:
    """Return the evidence taken into `case`, oldest first. Who may open the case may see it."""
    return (
        Evidence.objects.filter(case_ties__case=case)
        .select_related("original_seen_by", "added_by")
        .order_by("added_at", "id")
    )
