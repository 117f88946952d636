"""What changes a portfolio."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import actions as cases
from kunnig.kernel.verdict import Refused
from kunnig.portfolio import policies
from kunnig.portfolio.models import CaseEvidence, Evidence, Experience
from kunnig.portfolio.states import EvidenceKind, LifeField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.people.models import Person


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry of a locked mapping, on its way into the portfolio."""

    id: UUID
    field: LifeField
    title: str
    told: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Described:
    """What is told of something a person can show."""

    kind: EvidenceKind
    title: str
    issuer: str = ""
    country: str = ""
    issued: str = ""
    description: str = ""


@transaction.atomic
def take_in(
    *,
    case: Case,
    tellings: Sequence[Telling],
    taken_away: Sequence[UUID],
    by: Person,
    at: datetime,
) -> list[Experience]:
    """Fill the person's portfolio from a locked mapping; an entry told anew updates its row.

    The entries that were taken away stay, marked as such; told once more, they are back.
    """
    taken = [
        Experience.objects.update_or_create(
            pk=telling.id,
            person=case.person,
            defaults={
                "field": telling.field,
                "title": telling.title,
                "told": telling.told,
                "taken_in_at": at,
                "taken_away_at": None,
            },
        )[0]
        for telling in tellings
    ]
    Experience.objects.filter(pk__in=taken_away, person=case.person, taken_away_at=None).update(
        taken_away_at=at
    )
    audit.record(
        verb="experiences.taken_in", target=case, about=case.person, file=case, by=by, at=at
    )
    return taken


@transaction.atomic
def add_evidence(
    *, case_id: UUID, described: Described, operation: UUID, by: Person, at: datetime
) -> Evidence:
    """Describe something the person can show, and take it into the case. Raises `Refused`.

    The same `operation` again, or the very same by the same, returns what was added.
    """
    case = cases.locked(case_id)
    earlier = Evidence.objects.filter(operation=operation, person=case.person).first()
    if earlier is not None:
        return earlier
    policies.may_add_evidence(by, case, at).require()
    told = asdict(described)
    same = Evidence.objects.filter(case_ties__case=case, added_by=by, **told)
    if (earlier := same.first()) is not None:
        return earlier

    evidence = Evidence.objects.create(
        person=case.person, added_by=by, added_at=at, operation=operation, **told
    )
    CaseEvidence.objects.create(case=case, evidence=evidence, taken_in_by=by, taken_in_at=at)
    audit.record(verb="evidence.added", target=evidence, about=case.person, file=case, by=by, at=at)
    return evidence


@transaction.atomic
def note_original(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Note that `by` has seen the original; once noted, it is returned. Raises `Refused`."""
    case = cases.locked(case_id)
    policies.may_note_original(by, case, at).require()
    evidence = Evidence.objects.select_for_update(of=("self",)).get(
        pk=evidence_id, case_ties__case=case
    )
    if evidence.original_seen_by_id == by.pk:
        return evidence
    if evidence.original_seen_by_id is not None:
        raise Refused(_("The original is already noted as seen."))

    evidence.original_seen_by = by
    evidence.original_seen_on = timezone.localdate(at)
    evidence.save(update_fields=["original_seen_by", "original_seen_on"])
    audit.record(
        verb="evidence.original_seen", target=evidence, about=case.person, file=case, by=by, at=at
    )
    return evidence
