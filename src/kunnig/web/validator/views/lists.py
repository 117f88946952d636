"""The lists of cases, and the page of numbers for those named in protected cases."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kunnig.cases import policies, queries
from kunnig.cases.states import CaseState
from kunnig.organisations.queries import boards_open_to, roles_of
from kunnig.organisations.states import MAPPERS
from kunnig.web.components.parts import Tab
from kunnig.web.http import for_roles, number_of, page, pages_around
from kunnig.web.layout.navigation import NEAR_CASES

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.web.http import PersonRequest

MOST_SHOWN = 100


class Cut(StrEnum):
    """Whose cases a list shows."""

    MINE = "mine"
    LET_IN = "let-in"
    BOARD = "board"


@for_roles(*NEAR_CASES)
@require_safe
def cases(request: PersonRequest) -> HttpResponse:
    """List the cases one is responsible for, is let in to, or may open in one's board."""
    offered = cuts_for(request)
    cut = next((each for each in offered if each == request.GET.get("tab")), offered[0])
    words = request.GET.get("words", "").strip()
    state = next((each for each in CaseState.values if each == request.GET.get("state")), "")
    number = number_of(request)
    found = queries.found(among(request, cut), words=words, state=state)
    rows, has_more = queries.rows(found, page=number)
    return page(
        request,
        "validator/cases.html",
        {
            "rows": rows,
            "cut": cut,
            "tabs": tabs_of(offered, cut, words, state),
            "words": words,
            "state": state,
            "states": CaseState.choices,
            "pages": pages_around(request, number, has_more=has_more),
            "may_register": policies.registers_cases(request.user, request.at),
            "has_protected": queries.named_in_protected(request.user, request.at).exists(),
        },
        part="found",
    )


def cuts_for(request: PersonRequest) -> list[Cut]:
    """Return the lists there are for whoever asks; the first is shown unless another is chosen."""
    cuts = [Cut.MINE, Cut.LET_IN]
    if not boards_open_to(request.user, request.at):
        return cuts
    maps = MAPPERS & roles_of(request.user, request.at)
    return [*cuts, Cut.BOARD] if maps else [Cut.BOARD, *cuts]


def among(request: PersonRequest, cut: Cut) -> QuerySet[Case]:
    """Return the cases that one list starts from."""
    person, at = request.user, request.at
    if cut is Cut.MINE:
        return queries.responsible_for(person, at)
    if cut is Cut.LET_IN:
        return queries.let_in(person, at).exclude(responsible=person)
    return queries.of_boards(person, at)


def tabs_of(offered: list[Cut], current: Cut, words: str, state: str) -> list[Tab]:
    """Return the lists as tabs; what was searched for goes along."""
    named = {
        Cut.MINE: _("My cases"),
        Cut.LET_IN: _("I am let in"),
        Cut.BOARD: _("All of the board"),
    }
    kept = {key: value for key, value in (("words", words), ("state", state)) if value}
    return [
        Tab(named[cut], f"?{urlencode({'tab': cut.value, **kept})}", cut is current)
        for cut in offered
    ]


@for_roles(*NEAR_CASES)
@require_safe
def protected(request: PersonRequest) -> HttpResponse:
    """List, by number alone, the cases of protected people that one is named in."""
    return page(
        request,
        "validator/protected.html",
        {"cases": queries.named_in_protected(request.user, request.at)[:MOST_SHOWN]},
    )
