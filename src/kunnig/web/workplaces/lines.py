"""Who works where, as those who give roles see it in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnig.organisations import queries
from kunnig.organisations.states import IN_DEPTH_MAPPERS
from kunnig.training.queries import standings_of
from kunnig.training.states import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunnig.organisations.queries import Colleague
    from kunnig.training.queries import Held
    from kunnig.web.http import PersonRequest

HOLDING = frozenset({Standing.QUALIFIED, Standing.DUE})


@dataclass(frozen=True, slots=True)
class Line:
    """One role of one colleague, whether they are qualified for it, and what may be done."""

    colleague: Colleague
    qualification: Held | None
    may_end: bool
    may_place: bool

    @property
    def holds(self) -> bool:
        """Say whether the qualification holds now."""
        return self.qualification is not None and self.qualification.standing in HOLDING


def lines_of(request: PersonRequest, colleagues: Sequence[Colleague]) -> list[Line]:
    """Return the lines of a list: three questions, however long it is."""
    by, at = request.user, request.at
    people = {each.person_id for each in colleagues}
    standings = standings_of(people, at)
    roles = [each.assignment_id for each in colleagues]
    endable = set(queries.answered_for_by(by, at).filter(pk__in=roles).values_list("pk", flat=True))
    placeable = set(queries.placeable_by(by, at).filter(pk__in=people).values_list("pk", flat=True))
    return [
        Line(
            each,
            standings[each.person_id] if each.role in IN_DEPTH_MAPPERS else None,
            each.assignment_id in endable,
            each.person_id in placeable,
        )
        for each in colleagues
    ]
