"""What changes a portfolio."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import actions as cases
from kunnig.files import actions as files
from kunnig.kernel.verdict import Refused
from kunnig.portfolio import policies, queries
from kunnig.portfolio.formats import law
from kunnig.portfolio.models import (
    CaseEvidence,
    Evidence,
    EvidenceFile,
    Experience,
    RefereeWords,
)
from kunnig.portfolio.states import EvidenceKind, LifeField, Means

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.files.formats import Cleaned
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
    translation: str = ""
    translated_by: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A photo or a document on its way in, once it is fit to be kept."""

    cleaned: Cleaned
    operation: UUID
    is_translation: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said of the person, when and by which means."""

    words: str
    means: Means
    told_on: date


# What whoever saw an original saw that it says.
SEEN = ("kind", "title", "issuer", "country", "issued")


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
    *,
    case_id: UUID,
    described: Described,
    operation: UUID,
    by: Person,
    at: datetime,
    sent: Sent | None = None,
) -> Evidence:
    """Describe something the person can show, and take it into the case. Raises `Refused`.

    The same `operation` again, or the very same by the same, returns what was added; with a photo
    or a document, it is the same only as the same operation.
    """
    case = cases.locked(case_id)
    earlier = Evidence.objects.filter(operation=operation, person=case.person).first()
    if earlier is not None:
        return earlier
    policies.may_add_evidence(by, case, at).require()
    told = asdict(described)
    same = queries.evidence_in(case).filter(added_by=by, **told)
    if sent is None and (earlier := same.first()) is not None:
        return earlier

    evidence = Evidence.objects.create(
        person=case.person, added_by=by, added_at=at, operation=operation, **told
    )
    CaseEvidence.objects.create(case=case, evidence=evidence, taken_in_by=by, taken_in_at=at)
    _trace("evidence.added", evidence, case, by, at)
    if sent is not None:
        _attach(evidence, case, sent, by, at)
    return evidence


@transaction.atomic
def describe_evidence(
    *, case_id: UUID, evidence_id: UUID, described: Described, by: Person, at: datetime
) -> Evidence:
    """Describe a piece of evidence anew. Raises `Refused`.

    Where it then says something else than the original that was seen, that it was seen is undone.
    """
    case, evidence = _held(case_id, evidence_id)
    policies.may_add_evidence(by, case, at).require()
    told = asdict(described)
    changed = {key for key, value in told.items() if getattr(evidence, key) != value}
    if not changed:
        return evidence

    for key in changed:
        setattr(evidence, key, told[key])
    if not changed.isdisjoint(SEEN):
        evidence.original_seen_by = evidence.original_seen_on = None
        changed |= {"original_seen_by", "original_seen_on"}
    evidence.save(update_fields=sorted(changed))
    _trace("evidence.described", evidence, case, by, at)
    return evidence


@transaction.atomic
def attach(
    *, case_id: UUID, evidence_id: UUID, sent: Sent, by: Person, at: datetime
) -> EvidenceFile:
    """Add a photo or a document to what is in the case, once an operation. Raises `Refused`."""
    case, evidence = _held(case_id, evidence_id)
    policies.may_add_evidence(by, case, at).require()
    return _attach(evidence, case, sent, by, at)


@transaction.atomic
def take_away_file(*, case_id: UUID, file_id: UUID, by: Person, at: datetime) -> EvidenceFile:
    """Take a photo or a document away; it can be put back. Raises `Refused`."""
    case = cases.locked(case_id)
    policies.may_add_evidence(by, case, at).require()
    tie = queries.files_in(case).select_for_update(of=("self",)).get(pk=file_id)
    return _set_away(tie, case, "evidence.file_taken_away", by, at)


@transaction.atomic
def put_back_file(*, case_id: UUID, file_id: UUID, by: Person, at: datetime) -> EvidenceFile:
    """Put back a photo or a document that was taken away. Raises `Refused`."""
    case = cases.locked(case_id)
    policies.may_add_evidence(by, case, at).require()
    tie = queries.files_taken_away(case, by).select_for_update(of=("self",)).get(pk=file_id)
    return _set_away(tie, case, "evidence.file_put_back", by, at)


@transaction.atomic
def take_evidence_out(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> None:
    """Take a piece of evidence out of a case; it stays the person's. Raises `Refused`."""
    case, evidence = _held(case_id, evidence_id)
    policies.may_add_evidence(by, case, at).require()
    CaseEvidence.objects.filter(case=case, evidence=evidence).update(
        taken_out_by=by, taken_out_at=at
    )
    _trace("evidence.taken_out", evidence, case, by, at)


@transaction.atomic
def take_evidence_in(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Take into a case what the person has shown before, or put it back. Raises `Refused`."""
    case = cases.locked(case_id)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(
        pk=evidence_id, person=case.person
    )
    policies.may_take_in(by, case, evidence, at).require()
    if queries.evidence_in(case).filter(pk=evidence.pk).exists():
        return evidence
    CaseEvidence.objects.update_or_create(
        case=case,
        evidence=evidence,
        defaults={
            "taken_in_by": by,
            "taken_in_at": at,
            "taken_out_by": None,
            "taken_out_at": None,
        },
    )
    _trace("evidence.taken_in", evidence, case, by, at)
    return evidence


@transaction.atomic
def note_referee(
    *,
    case_id: UUID,
    evidence_id: UUID,
    heard: Heard,
    operation: UUID,
    by: Person,
    at: datetime,
) -> RefereeWords:
    """Note what somebody said of the person, once for each operation. Raises `Refused`."""
    case, evidence = _held(case_id, evidence_id)
    earlier = RefereeWords.objects.filter(operation=operation, case=case).first()
    if earlier is not None:
        return earlier
    policies.may_note_referee(by, case, at).require()
    policies.was_heard(heard.told_on, at).require()
    noted = RefereeWords.objects.create(
        case=case,
        evidence=evidence,
        words=heard.words,
        means=heard.means,
        told_on=heard.told_on,
        law=law.on(timezone.localdate(at)).name,
        noted_by=by,
        noted_at=at,
        operation=operation,
    )
    _trace("evidence.referee_heard", evidence, case, by, at)
    return noted


@transaction.atomic
def note_original(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Note that `by` has seen the original; once noted, it is returned. Raises `Refused`."""
    case, evidence = _held(case_id, evidence_id)
    policies.may_note_original(by, case, at).require()
    if evidence.original_seen_by_id == by.pk:
        return evidence
    if evidence.original_seen_by_id is not None:
        raise Refused(_("The original is already noted as seen."))

    evidence.original_seen_by = by
    evidence.original_seen_on = timezone.localdate(at)
    evidence.save(update_fields=["original_seen_by", "original_seen_on"])
    _trace("evidence.original_seen", evidence, case, by, at)
    return evidence


def _held(case_id: UUID, evidence_id: UUID) -> tuple[Case, Evidence]:
    """Hold the case's row, then that of a piece of evidence in it."""
    case = cases.locked(case_id)
    within = queries.evidence_in(case).select_related(None)
    return case, within.select_for_update(of=("self",)).get(pk=evidence_id)


def _attach(evidence: Evidence, case: Case, sent: Sent, by: Person, at: datetime) -> EvidenceFile:
    earlier = EvidenceFile.objects.filter(operation=sent.operation, evidence=evidence).first()
    if earlier is not None:
        return earlier
    tie = EvidenceFile.objects.create(
        evidence=evidence,
        file=files.take_in(cleaned=sent.cleaned, person=case.person, by=by, at=at),
        is_translation=sent.is_translation,
        added_by=by,
        added_at=at,
        operation=sent.operation,
    )
    _trace("evidence.file_added", evidence, case, by, at)
    return tie


def _set_away(tie: EvidenceFile, case: Case, verb: str, by: Person, at: datetime) -> EvidenceFile:
    is_away = verb == "evidence.file_taken_away"
    tie.taken_away_by = by if is_away else None
    tie.taken_away_at = at if is_away else None
    tie.save(update_fields=["taken_away_by", "taken_away_at"])
    _trace(verb, tie.evidence, case, by, at)
    return tie


def _trace(verb: str, evidence: Evidence, case: Case, by: Person, at: datetime) -> None:
    audit.record(verb=verb, target=evidence, about=case.person, file=case, by=by, at=at)
