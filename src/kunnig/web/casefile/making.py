"""Papers as pages offer them: those there are, and the locked mappings that can become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kunnig.credentials import policies
from kunnig.credentials.formats import languages
from kunnig.credentials.states import Standing
from kunnig.kernel.languages import name_of
from kunnig.mapping.states import MappingState
from kunnig.web.casefile import doors

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """A locked mapping, where its paper is made, and in which languages beside Swedish.

    `replaces` is the number of the paper in force, which a new one would take the place of.
    """

    mapping: Mapping
    url: str
    operation: UUID
    languages: Sequence[tuple[str, str]]
    language: str
    replaces: str = ""


def cards(request: PersonRequest, rows: Sequence[PaperRow]) -> list[Card]:
    """Return each paper with its address in the same audience."""
    return [Card(row, doors.address(request, "paper", pk=row.id)) for row in rows]


def languages_to_choose() -> list[tuple[str, str]]:
    """Return the languages that may stand beside Swedish, by name."""
    return [(code, name_of(code)) for code in languages.beside_swedish()]


def to_make(
    request: PersonRequest, among: QuerySet[Mapping], rows: Sequence[PaperRow]
) -> dict[str, list[ToMake]]:
    """Return what a page offers of the locked mappings of `among`: papers to make, and once more.

    Of a mapping that has a paper a new one is offered only in another language.
    """
    made = {
        (row.case, row.kind.value, row.version): row
        for row in rows
        if row.standing is Standing.UNCHANGED
    }
    offers = [
        _to_make(request, mapping, made.get((mapping.case_id, mapping.kind, mapping.version)))
        for mapping in among.filter(state=MappingState.LOCKED).order_by("-locked_at", "id")
        if policies.may_issue(request.user, mapping, request.at)
    ]
    return {
        "to_make": [each for each in offers if not each.replaces],
        "make_again": [each for each in offers if each.replaces],
    }


def _to_make(request: PersonRequest, mapping: Mapping, made: PaperRow | None) -> ToMake:
    there = "" if made is None else made.language
    offered = [(code, name) for code, name in languages_to_choose() if code != there]
    suited = languages.suited_to(mapping.case.language)
    return ToMake(
        mapping=mapping,
        url=doors.address(request, "make_paper", pk=mapping.pk),
        operation=uuid4(),
        languages=offered,
        language=offered[0][0] if suited == there else suited,
        replaces="" if made is None else made.number,
    )
