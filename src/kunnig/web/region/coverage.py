"""How the county is covered by validators: what is planned, what there is, what is missing.

The map is drawn from `data/municipalities.json`: geometry of Statistics Sweden (SCB), CC0,
simplified, with places for the names. It repeats the table and says nothing more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kunnig.kernel import text
from kunnig.organisations import queries as organisations
from kunnig.training import queries as training
from kunnig.training.queries import Cover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.utils.safestring import SafeString

WIDEST = 12  # boxes that fit beside each other in a row of the table
MOST_NAMED = 5
FILLED = 0.8  # of the room of a box; the rest is air
NOTHING = Cover(qualified=0, due=0)


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality: how many validators it is planned to have, and how many it has."""

    key: int
    code: str
    name: str
    planned: int
    qualified: int
    due: int

    @property
    def missing(self) -> int:
        """How many validators are missing to the plan."""
        return max(0, self.planned - self.qualified)

    @property
    def over(self) -> int:
        """How many validators there are beyond the plan."""
        return max(0, self.qualified - self.planned)

    @property
    def level(self) -> Literal["full", "few", "zero"]:
        """How the municipality is drawn on the map."""
        if self.qualified == 0:
            return "zero"
        return "few" if self.missing else "full"

    @property
    def bar(self) -> SafeString:
        """One box for each validator, filled for those there are, dashed for those missing."""
        width = 100 / max(WIDEST, self.planned, self.qualified)
        kinds = ["is"] * self.qualified + ["gap"] * self.missing
        boxes = format_html_join(
            "",
            '<rect class="{}" x="{}%" y="2" width="{}%" height="16" rx="2"/>',
            (
                (kind, f"{place * width:.1f}", f"{width * FILLED:.1f}")
                for place, kind in enumerate(kinds)
            ),
        )
        return format_html('<svg class="k-bar" aria-hidden="true" height="20">{}</svg>', boxes)


@dataclass(frozen=True, slots=True)
class Area:
    """One municipality on the map, and where its number and its name stand."""

    place: Place
    shape: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All municipalities, those where most is missing first."""

    places: tuple[Place, ...]

    @property
    def planned(self) -> int:
        """How many validators the county is planned to have."""
        return sum(place.planned for place in self.places)

    @property
    def qualified(self) -> int:
        """How many validators the county has."""
        return sum(place.qualified for place in self.places)

    @property
    def missing(self) -> int:
        """How many validators are missing, in all municipalities that do not reach their plan."""
        return sum(place.missing for place in self.places)

    @property
    def below(self) -> list[Place]:
        """The municipalities that do not reach their plan."""
        return [place for place in self.places if place.missing]

    @property
    def without(self) -> list[Place]:
        """The municipalities that have no validator at all."""
        return [place for place in self.places if place.qualified == 0]

    @property
    def due(self) -> list[Place]:
        """The municipalities in which a validator must renew the qualification soon."""
        return [place for place in self.places if place.due]

    @property
    def areas(self) -> list[Area]:
        """The map, drawn for those municipalities that have a code on it."""
        by_code = {place.code: place for place in self.places}
        drawn = (each for each in outlines() if each["code"] in by_code)
        return [Area(by_code[each["code"]], each) for each in drawn]


@cache
def outlines() -> list[dict[str, Any]]:
    """Return the shapes of the municipalities, read once."""
    file = files("kunnig.web.region") / "data" / "municipalities.json"
    shapes: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return shapes


def coverage_of(at: datetime) -> Coverage:
    """Return how the county is covered at `at`: four questions to the database."""
    planned = organisations.planned_validators()
    covers = training.coverage(at)
    places = (
        Place(
            each.pk,
            each.code,
            each.name,
            planned.get(each.pk, 0),
            covers.get(each.pk, NOTHING).qualified,
            covers.get(each.pk, NOTHING).due,
        )
        for each in organisations.municipalities()
    )
    return Coverage(tuple(sorted(places, key=lambda place: -place.missing)))


def finding(coverage: Coverage) -> str:
    """Say in one line what the numbers show."""
    if not coverage.planned:
        return _("No municipality has a planning figure yet")
    if not coverage.missing:
        return _("All municipalities have the validators they planned")
    missing, places = coverage.missing, len(coverage.below)
    return _("%(validators)s in %(municipalities)s") % {
        "validators": ngettext(
            "%(count)s validator is missing", "%(count)s validators are missing", missing
        )
        % {"count": missing},
        "municipalities": ngettext("%(count)s municipality", "%(count)s municipalities", places)
        % {"count": places},
    }


def listed(places: Sequence[Place]) -> str:
    """Return the names of municipalities as they stand in a sentence: “Malå and Åsele”.

    Of many, only their number: the names are in the table.
    """
    names = [place.name for place in places]
    if len(names) > MOST_NAMED:
        return ngettext("%(count)s municipality", "%(count)s municipalities", len(names)) % {
            "count": len(names)
        }
    if len(names) < 2:  # noqa: PLR2004 -- one name needs no “and”
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": text.listed(names[:-1]), "last": names[-1]}
