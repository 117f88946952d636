"""Choosing what an in-depth mapping is held against: search, choose, take away, begin.

What is chosen stands in the address, so that searching and paging lose nothing without a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kunnig.standards.queries import target_rows, targets, targets_open_for_mapping
from kunnig.web.http import number_of, pages_around

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, QueryDict

    from kunnig.standards.models import Target
    from kunnig.standards.queries import TargetRow
    from kunnig.web.http import PersonRequest

PAGE_LENGTH = 25
MOST_TARGETS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One target in a list, and the address of the same page with it chosen, or taken away."""

    row: TargetRow
    url: str
    is_chosen: bool = False


def keys_in(sent: QueryDict) -> list[UUID]:
    """Return the targets that an address or a form names; what is no key is left out."""
    found = []
    for text in sent.getlist("target")[:MOST_TARGETS]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def chosen_in(request: PersonRequest, sent: QueryDict) -> list[Target]:
    """Return the targets that were chosen, among those that may be mapped against today."""
    among = targets_open_for_mapping(request.at).filter(pk__in=keys_in(sent))
    return list(among.select_related("syllabus").order_by("syllabus__name", "sort_order", "pk"))


def address_with(request: HttpRequest, chosen: Iterable[UUID]) -> str:
    """Return the address of the same page and search with these targets chosen."""
    asked = request.GET.copy()
    asked.setlist("target", [str(key) for key in chosen])
    return f"?{asked.urlencode()}"


def choosing(request: PersonRequest, already: Iterable[UUID] = ()) -> dict[str, Any]:
    """Return what the page of choice shows; targets `already` mapped against are left out."""
    words, number = request.GET.get("q", ""), number_of(request)
    open_now = targets_open_for_mapping(request.at).exclude(pk__in=list(already))
    chosen = keys_in(request.GET)
    start = (number - 1) * PAGE_LENGTH
    among = targets(words=words, at=request.at).filter(pk__in=open_now.values("pk"))
    rows = target_rows(among[start : start + PAGE_LENGTH + 1])
    return {
        "q": words,
        "chosen": [
            Found(row, address_with(request, [key for key in chosen if key != row.id]))
            for row in target_rows(open_now.filter(pk__in=chosen).order_by("code", "pk"))
        ],
        "found": [
            Found(row, address_with(request, [*chosen, row.id]), row.id in chosen)
            for row in rows[:PAGE_LENGTH]
        ],
        "around": pages_around(request, number, has_more=len(rows) > PAGE_LENGTH),
    }
