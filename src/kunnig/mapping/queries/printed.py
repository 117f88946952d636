"""What a paper prints of a mapping, and the one number that stands for all of it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.utils import timezone

from kunnig.mapping import interview
from kunnig.mapping.formats.beside import Beside, Learnt, Met, Shown, read
from kunnig.mapping.models import MappingTarget
from kunnig.mapping.queries.mappings import sittings_of
from kunnig.mapping.queries.sheets import sheet_of
from kunnig.mapping.states import SETTLED
from kunnig.portfolio import queries as portfolio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kunnig.cases.models import Case
    from kunnig.mapping.models import Mapping, Sitting
    from kunnig.mapping.queries.sheets import Sheet
    from kunnig.portfolio.models import Evidence, Experience


def beside(mapping: Mapping, sheet: Sheet | None = None) -> Beside:
    """Return what a paper prints of a mapping beside its answers: now, or as it was at the lock."""
    if mapping.standing in SETTLED and mapping.beside is not None:
        return read(mapping.beside)
    # Of what was locked before this was kept: what is dated after the lock stands on no paper.
    until = mapping.locked_at
    return Beside(
        sittings=tuple(
            _met(each, mapping.case)
            for each in reversed(sittings_of(mapping))
            if until is None or each.started_at <= until
        ),
        evidence=tuple(
            _shown(each, until)
            for each in portfolio.evidence_in(mapping.case)
            if until is None or each.added_at <= until
        ),
        learnt=tuple(map(_learnt, _learnt_in(mapping, sheet))),
    )


def _met(sitting: Sitting, case: Case) -> Met:
    return Met(
        on=timezone.localdate(sitting.started_at),
        mapper="" if sitting.by_id == case.person_id else sitting.by.name,
        mode=sitting.mode,
        is_interpreted=bool(sitting.interpreter),
    )


def _shown(evidence: Evidence, until: datetime | None) -> Shown:
    seen_by, seen_on = evidence.original_seen_by, evidence.original_seen_on
    if until is not None and seen_on is not None and seen_on > timezone.localdate(until):
        seen_by = seen_on = None
    return Shown(
        id=evidence.pk,
        kind=evidence.kind,
        title=evidence.title,
        issuer=evidence.issuer,
        country=evidence.country,
        issued=evidence.issued,
        description=evidence.description,
        original_seen_by="" if seen_by is None else seen_by.name,
        original_seen_on=seen_on,
    )


def _learnt_in(mapping: Mapping, sheet: Sheet | None) -> Sequence[Experience]:
    """Return the experiences that answers refer to; without a question where none does."""
    if not mapping.is_in_depth:
        return ()
    shown = sheet_of(mapping) if sheet is None else sheet
    keys = {
        key
        for (path, _side), current in shown.said.items()
        if path.endswith(f"/{interview.LEARNT.code}")
        for key in interview.references_in(current.text)
    }
    return list(portfolio.own(mapping.case.person).filter(pk__in=keys)) if keys else ()


def _learnt(experience: Experience) -> Learnt:
    told = experience.told.get(interview.TITLE, {})
    return Learnt(
        id=experience.pk,
        title=told.get("original") or experience.title,
        language=told.get("language") or "sv",
        rendering=told.get("rendering", ""),
    )


def fingerprint(
    mapping: Mapping, sheet: Sheet | None = None, lies_beside: Beside | None = None
) -> str:
    """Return the SHA-256 of what a mapping says: what is approved, locked and shown.

    All that a paper prints of the mapping is in it. Of a page that shows `sheet` and what
    `lies_beside`, give those very two: what was shown is then what is approved.
    """
    shown = sheet_of(mapping) if sheet is None else sheet
    said = [
        [path, side, current.text, current.language]
        for (path, side), current in sorted(shown.said.items(), key=lambda item: item[0])
    ]
    sets = sorted(
        str(key)
        for key in MappingTarget.objects.filter(mapping=mapping).values_list(
            "question_set_id", flat=True
        )
    )
    content: list[object] = [said, sets]
    # What was locked before this was kept was approved by its answers alone.
    if mapping.beside is not None or mapping.standing not in SETTLED:
        lies_beside = beside(mapping, shown) if lies_beside is None else lies_beside
        content.append(lies_beside.as_kept())
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
