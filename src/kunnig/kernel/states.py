"""State tables: the life of a record, written once, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

State = TypeVar("State", bound=TextChoices)


@dataclass(frozen=True, slots=True)
class StateTable(Generic[State]):
    """Which states follow which. Every state must have a row, even the last ones."""

    rows: Mapping[State, frozenset[State]]

    def may_move(self, source: State, target: State) -> Verdict:
        """Say whether `target` follows `source`."""
        if target in self.rows[source]:
            return ALLOWED
        return refused(
            _("%(source)s cannot become %(target)s.")
            % {"source": source.label, "target": target.label}
        )

    def ends(self) -> frozenset[State]:
        """Return the states nothing leaves."""
        return frozenset(state for state, following in self.rows.items() if not following)

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram, for the manual."""
        first = next(iter(self.rows))
        lines = ["stateDiagram-v2", f"    [*] --> {first.value}"]
        for state, following in self.rows.items():
            ordered = [other for other in self.rows if other in following]
            lines += [f"    {state.value} --> {other.value}" for other in ordered]
            lines += [] if following else [f"    {state.value} --> [*]"]
        return "\n".join(lines) + "\n"
