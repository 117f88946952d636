"""Reading a portfolio: one's own, and what was taken into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery, UUIDField

from kunnig.portfolio.models import CaseEvidence, Evidence, EvidenceFile, Experience, RefereeWords

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person


def own(person: Person) -> QuerySet[Experience]:
    """Return the experiences of `person` that are told of still, by field of life."""
    told = Experience.objects.filter(person=person, taken_away_at=None)
    return told.order_by("field", "title", "id")


def own_evidence(person: Person) -> QuerySet[Evidence]:
    """Return the evidence of `person` that some case holds (`held_in`), newest first."""
    held = CaseEvidence.objects.filter(evidence=OuterRef("pk"), taken_out_at=None)
    newest = held.order_by("-taken_in_at", "-pk").values("case")[:1]
    return (
        Evidence.objects.filter(Exists(held), person=person)
        .annotate(held_in=Subquery(newest, output_field=UUIDField()))
        .order_by("-added_at", "id")
    )


def beside(case: Case) -> QuerySet[Evidence]:
    """Return what the person of `case` can show that is not in it, or was taken out: for them."""
    inside = CaseEvidence.objects.filter(case=case, taken_out_at=None).values("evidence")
    return (
        Evidence.objects.filter(person=case.person)
        .exclude(pk__in=inside)
        .order_by("-added_at", "id")
    )


def taken_out_of(case: Case) -> QuerySet[Evidence]:
    """Return what was taken out of `case`, and can be put back by who works with it."""
    return Evidence.objects.filter(
        case_ties__case=case, case_ties__taken_out_at__isnull=False
    ).order_by("-added_at", "id")


def evidence_in(case: Case) -> QuerySet[Evidence]:
    """Return the evidence taken into `case`, oldest first. Who may open the case may see it."""
    return (
        Evidence.objects.filter(case_ties__case=case, case_ties__taken_out_at=None)
        .select_related("original_seen_by", "added_by")
        .order_by("added_at", "id")
    )


def files_in(case: Case) -> QuerySet[EvidenceFile]:
    """Return the photos and documents of what is in `case`, oldest first."""
    return (
        EvidenceFile.objects.filter(
            evidence__case_ties__case=case,
            evidence__case_ties__taken_out_at=None,
            taken_away_at=None,
        )
        .select_related("file")
        .order_by("added_at", "id")
    )


def files_taken_away(case: Case, by: Person) -> QuerySet[EvidenceFile]:
    """Return the photos and documents that were taken away from what is in `case`.

    The person sees all; staff what was taken away while it was in the case. What was taken away
    before was never shown to this board.
    """
    was_here = Q(taken_away_at__gte=F("evidence__case_ties__taken_in_at"))
    return (
        EvidenceFile.objects.filter(
            Q() if by == case.person else was_here,
            evidence__case_ties__case=case,
            evidence__case_ties__taken_out_at=None,
            taken_away_at__isnull=False,
        )
        .select_related("file")
        .order_by("-taken_away_at", "id")
    )


def referee_words_in(case: Case, evidence: Evidence) -> QuerySet[RefereeWords]:
    """Return what was said about a piece of evidence and noted in `case`, newest first."""
    return (
        RefereeWords.objects.filter(case=case, evidence=evidence)
        .select_related("noted_by")
        .order_by("-told_on", "-noted_at", "id")
    )
