"""Where those who work with cases begin: what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kunnig.cases import policies
from kunnig.web.components.parts import Tab
from kunnig.web.http import for_roles, page
from kunnig.web.layout.navigation import NEAR_CASES
from kunnig.web.validator.waiting import Cut, Teller, things_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest
    from kunnig.web.validator.waiting import Waiting

MORNING_ENDS, EVENING_BEGINS = 10, 18
MOST_FIRST = 10  # a day's work; the rest is asked for
ALL = "all"


@for_roles(*NEAR_CASES)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show what waits, the first thing to do above all."""
    things = things_for(request)
    show = request.GET.get("show", "")
    cut = cut_asked_for(show)
    among = [each for each in things if cut is None or each.cut is cut]
    shown = among if cut is not None or show == ALL else among[:MOST_FIRST]
    teller = Teller(request)
    first = next((each for each in things if is_to_do(each, teller)), None)
    return page(
        request,
        "validator/home.html",
        {
            "greeting": greeting(request.at) % {"name": request.user.called},
            "count": len(things),
            "first": None if first is None else teller.told(first),
            "things": [teller.told(each) for each in shown],
            "is_cut_short": len(shown) < len(among),
            "tabs": tabs_of(things, cut),
            "may_register": policies.registers_cases(request.user, request.at),
        },
    )


def is_to_do(thing: Waiting, teller: Teller) -> bool:
    """Say whether something waits for the one who asks, and can be done by them."""
    return thing.cut is not Cut.WITH_PERSON and bool(teller.may_do(thing))


def greeting(at: datetime) -> str:
    """Return how one greets at this time of day."""
    hour = localtime(at).hour
    if hour < MORNING_ENDS:
        return _("Good morning, %(name)s")
    return _("Good evening, %(name)s") if hour >= EVENING_BEGINS else _("Hello, %(name)s")


def cut_asked_for(asked: str) -> Cut | None:
    """Return the kind of things asked for; all, for whatever is not one."""
    return next((cut for cut in Cut if str(cut.value) == asked), None)


def tabs_of(things: Sequence[Waiting], current: Cut | None) -> list[Tab]:
    """Return the kinds of things that wait, with how many there are of each."""
    address = reverse("validator:home")
    counts = {cut: sum(each.cut is cut for each in things) for cut in Cut}
    return [
        Tab(_("All"), address, current is None, len(things)),
        *(
            Tab(cut.words, f"{address}?show={cut.value}", cut is current, count)
            for cut, count in counts.items()
            if count or cut is current
        ),
    ]
