"""Which questions a piece of evidence supports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnig.mapping import interview
from kunnig.mapping.models import Answer, Mapping
from kunnig.mapping.queries.sheets import sheet_of
from kunnig.mapping.states import MappingKind, MappingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kunnig.cases.models import Case


@dataclass(frozen=True, slots=True)
class Supported:
    """One question that is answered with a piece of evidence, in one mapping."""

    mapping: Mapping
    question: UUID


def supported_by(evidence: UUID, case: Case) -> Sequence[Supported]:
    """Return the questions that a piece of evidence supports, in mappings that count in `case`."""
    ever: dict[UUID, list[str]] = {}
    rows = Answer.objects.filter(
        mapping__case=case, mapping__kind=MappingKind.IN_DEPTH, value__contains=str(evidence)
    )
    for mapping, path in rows.values_list("mapping", "path").distinct():
        ever.setdefault(mapping, []).append(path)
    mappings = Mapping.objects.filter(pk__in=ever).exclude(state=MappingState.SUPERSEDED)
    return [
        Supported(mapping, asked[0])
        for mapping in mappings.order_by("-version")
        for path, text in _texts(mapping, ever[mapping.pk])
        if str(evidence) in text.split()
        and (asked := interview.asked_in_depth(path)) is not None
        and asked[1] is interview.EVIDENCE
    ]


def _texts(mapping: Mapping, paths: list[str]) -> list[tuple[str, str]]:
    sheet = sheet_of(mapping, paths=paths)
    return [(path, sheet.text(path)) for path in sorted(paths)]
