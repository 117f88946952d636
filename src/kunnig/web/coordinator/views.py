"""Our municipality: who works here, who may map, and how we are reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kunnig.audit import queries as audit
from kunnig.organisations import queries
from kunnig.organisations.states import LEADERS, Role
from kunnig.people.actions import FOUND, TRIED
from kunnig.people.queries import names_of
from kunnig.training.queries import Cover, coverage
from kunnig.web.http import for_roles, number_of, page, pages_around
from kunnig.web.workplaces.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from kunnig.organisations.models import Organisation
    from kunnig.web.http import PersonRequest

NOTHING = Cover(qualified=0, due=0)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many validators a municipality has, of how many planned (stok.md S5)."""

    municipality: str
    planned: int
    qualified: int
    due: int

    @property
    def missing(self) -> int:
        """How many validators are missing to the plan."""
        return max(0, self.planned - self.qualified)

    @property
    def within(self) -> int:
        """How many of the planned validators there are: what the plan can show as filled."""
        return min(self.planned, self.qualified)

    @property
    def finding(self) -> str:
        """Say in one line how it stands."""
        if not self.missing:
            return _("%(municipality)s has the validators it needs") % {
                "municipality": self.municipality
            }
        return ngettext(
            "%(missing)s validator is missing in %(municipality)s",
            "%(missing)s validators are missing in %(municipality)s",
            self.missing,
        ) % {"missing": self.missing, "municipality": self.municipality}


@for_roles(*LEADERS)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show who works in one's municipality, against what is planned."""
    boards = boards_led_by(request)
    number, words = number_of(request), request.GET.get("words", "")
    staff, has_more = queries.staff_rows(
        queries.staff_of(boards, request.at), words=words, page=number
    )
    return page(
        request,
        "coordinator/home.html",
        {
            "plans": plans_of(boards, request),
            "lines": lines_of(request, staff),
            "words": words,
            "places": queries.workplaces_of(board.pk for board in boards),
            "describable": frozenset(
                queries.described_by(request.user, request.at).values_list("pk", flat=True)
            ),
            "oversees": bool(queries.boards_coordinated_by(request.user, request.at)),
            "given": queries.roles_given_by(request.user, request.at),
            **pages_around(request, number, has_more=has_more),
        },
    )


# A number was written that stands on somebody already; on whom is told to nobody.
WRITTEN: Mapping[str, StrOrPromise] = {
    FOUND: gettext_lazy("Registered somebody by a number that was known"),
    TRIED: gettext_lazy("Noted on somebody a number that another person has"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """One line: who wrote a number that was known, and when."""

    at: datetime
    who: str
    what: StrOrPromise


@for_roles(Role.MUNICIPAL_COORDINATOR)
@require_safe
def numbers(request: PersonRequest) -> HttpResponse:
    """Show which colleagues wrote numbers that somebody is known by; never whose, never one's own.

    Whoever saw the lines about what they wrote themselves would be told who is here (0014).
    """
    number = number_of(request)
    boards = queries.boards_of(queries.boards_coordinated_by(request.user, request.at))
    happened, has_more = audit.happened_among(boards, without=request.user, page=number)
    names = names_of(each.actor for each in happened)
    return page(
        request,
        "coordinator/numbers.html",
        {
            "lines": [
                Written(each.at, names.get(each.actor, _("A colleague")), WRITTEN[each.verb])
                for each in happened
                if each.verb in WRITTEN
            ],
            **pages_around(request, number, has_more=has_more),
        },
    )


def boards_led_by(request: PersonRequest) -> list[Organisation]:
    """Return the boards that the person leads as coordinator or principal."""
    held = queries.running(request.user, request.at)
    keys = (each.organisation.board_key for each in held if each.role in LEADERS)
    return list(queries.boards_of(key for key in keys if key is not None))


def plans_of(boards: list[Organisation], request: PersonRequest) -> list[Plan]:
    """Return how each municipality of the boards stands against its plan."""
    planned, covers = queries.planned_validators(), coverage(request.at)
    places = {board.parent_id: board.parent for board in boards if board.parent is not None}
    return [
        Plan(
            place.name,
            planned.get(place.pk, 0),
            covers.get(place.pk, NOTHING).qualified,
            covers.get(place.pk, NOTHING).due,
        )
        for place in places.values()
    ]
