"""Evidence that is added, changed or seen while a case is mapped: it stands on the papers, too."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from kunnig.cases import actions as cases
from kunnig.kernel.verdict import Refused
from kunnig.mapping import interview, policies, queries
from kunnig.mapping.actions.answering import Given, Result, answer
from kunnig.mapping.actions.changing import locked, void_what_changed
from kunnig.mapping.states import MappingKind, Side
from kunnig.portfolio import actions as portfolio

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from kunnig.people.models import Person
    from kunnig.portfolio.actions import Described, Sent
    from kunnig.portfolio.models import Evidence


@transaction.atomic
def add_evidence(
    *,
    case_id: UUID,
    described: Described,
    operation: UUID,
    by: Person,
    at: datetime,
    sent: Sent | None = None,
    supports: UUID | None = None,
) -> Evidence:
    """Add evidence to the portfolio and the case; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer. Where `by`
    may write in the open in-depth mapping, the question `supports` is answered with it.
    """
    evidence = portfolio.add_evidence(
        case_id=case_id, described=described, operation=operation, by=by, at=at, sent=sent
    )
    case = cases.locked(case_id)
    mapping = queries.open_in(case, MappingKind.IN_DEPTH)
    if supports is not None and mapping is not None:
        mapping.case = case
        if policies.may_write(by, mapping, at):
            named = {each.question for each in queries.supported_by(evidence.pk, case)}
            tie_evidence(
                mapping_id=mapping.pk,
                evidence_id=evidence.pk,
                questions=named | {supports},
                by=by,
                at=at,
            )
    void_what_changed(case, by, at)
    return evidence


@transaction.atomic
def describe_evidence(
    *, case_id: UUID, evidence_id: UUID, described: Described, by: Person, at: datetime
) -> Evidence:
    """Describe evidence anew in the portfolio; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved otherwise is so no longer.
    """
    evidence = portfolio.describe_evidence(
        case_id=case_id, evidence_id=evidence_id, described=described, by=by, at=at
    )
    void_what_changed(cases.locked(case_id), by, at)
    return evidence


@transaction.atomic
def take_evidence_out(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> None:
    """Take evidence out of a case where no question is answered with it. Raises `Refused`.

    It stood on every paper of the case: what was approved with it is so no longer.
    """
    case = cases.locked(case_id)
    supported = queries.supported_by(evidence_id, case)
    policies.may_take_evidence_out({each.mapping.standing for each in supported}).require()
    portfolio.take_evidence_out(case_id=case_id, evidence_id=evidence_id, by=by, at=at)
    void_what_changed(case, by, at)


@transaction.atomic
def take_evidence_in(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Take into a case what the person has shown before, or put it back. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer.
    """
    evidence = portfolio.take_evidence_in(case_id=case_id, evidence_id=evidence_id, by=by, at=at)
    void_what_changed(cases.locked(case_id), by, at)
    return evidence


@transaction.atomic
def tie_evidence(
    *, mapping_id: UUID, evidence_id: UUID, questions: Collection[UUID], by: Person, at: datetime
) -> int:
    """Let one piece of evidence support just these questions of a mapping; return what changed.

    Each question that changes has a new version of its answer. Raises `Refused`.
    """
    mapping = locked(mapping_id)
    sheet = queries.sheet_of(mapping)
    given = []
    for question in queries.question_keys(mapping):
        path = interview.path_to(question, interview.EVIDENCE)
        current = sheet.get(path)
        named = current.text.split()
        kept = [key for key in named if key != str(evidence_id)]
        wanted = [*kept, str(evidence_id)] if question in questions else kept
        if set(wanted) != set(named):
            language = current.language or mapping.case.language
            given.append(
                Given(
                    uuid4(),
                    by.pk,
                    path,
                    Side.ORIGINAL,
                    current.version,
                    " ".join(wanted),
                    language,
                )
            )
    for outcome in answer(mapping_id=mapping_id, given=given, by=by, at=at):
        if outcome.result is not Result.SAVED:
            raise Refused(outcome.reason)
    return len(given)


@transaction.atomic
def note_original(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Note in the portfolio that an original was seen; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer.
    """
    evidence = portfolio.note_original(case_id=case_id, evidence_id=evidence_id, by=by, at=at)
    void_what_changed(cases.locked(case_id), by, at)
    return evidence
