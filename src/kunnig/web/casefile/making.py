"""Papers as pages offer them: those there are, and the locked mappings that can become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kunnig.credentials import policies
from kunnig.credentials.states import Standing
from kunnig.mapping.states import MappingState
from kunnig.web.casefile import doors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from kunnig.credentials.queries.papers import PaperRow
    from kunnig.mapping.models import Mapping
    from kunnig.web.http import PersonRequest


@dataclass(frozen=True, slots=True)
class Card:
    """One paper, and where it is fetched."""

    row: PaperRow
    url: str

    @property
    def is_in_force(self) -> bool:
        """Say whether no newer one has taken its place."""
        return self.row.standing is Standing.UNCHANGED


@dataclass(frozen=True, slots=True)
class ToMake:
    """A locked mapping of which there is no paper yet, and where one is made."""

    mapping: Mapping
    url: str
    operation: UUID


def cards(request: PersonRequest, rows: Sequence[PaperRow]) -> list[Card]:
    """Return each paper with its address in the same audience."""
    return [Card(row, doors.address(request, "paper", pk=row.id)) for row in rows]


def to_make(
    request: PersonRequest, among: QuerySet[Mapping], rows: Sequence[PaperRow]
) -> Iterator[ToMake]:
    """Yield the locked mappings of `among` that the person may make a paper of and has none."""
    made = {(row.case, row.kind.value, row.version) for row in rows}
    for mapping in among.filter(state=MappingState.LOCKED).order_by("-locked_at", "id"):
        is_made = (mapping.case_id, mapping.kind, mapping.version) in made
        if not is_made and policies.may_issue(request.user, mapping, request.at):
            yield ToMake(mapping, doors.address(request, "make_paper", pk=mapping.pk), uuid4())
