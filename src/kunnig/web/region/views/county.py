"""How the county is covered by validators, and who coordinates each municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.organisations import actions, queries
from kunnig.organisations.states import Role
from kunnig.web.http import for_roles, held, number_of, onward, page, pages_around, posted
from kunnig.web.region import coverage
from kunnig.web.region.forms import PlanForm
from kunnig.web.workplaces.lines import lines_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@for_roles(Role.REGIONAL_COORDINATOR)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show what is missing in the county, on a map and in numbers."""
    found = coverage.coverage_of(request.at)
    few = [place for place in found.below if place.qualified]
    return page(
        request,
        "region/home.html",
        {
            "coverage": found,
            "finding": coverage.finding(found),
            "without": coverage.listed(found.without),
            "few": coverage.listed(few),
            "due": sum(place.due for place in found.due),
            "renewing": coverage.listed(found.due),
            "today": timezone.localdate(request.at),
        },
    )


@for_roles(Role.REGIONAL_COORDINATOR)
@require_http_methods(["GET", "POST"])
def municipality(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one municipality: its plan, its boards, and who coordinates and works there."""
    place = held(queries.municipalities(), pk)
    planned = queries.planned_validators().get(place.pk)
    form = PlanForm(posted(request), initial={"validators": planned})
    if form.is_valid():
        try:
            actions.plan(municipality=place, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("validators", str(refusal))
        else:
            messages.success(request, _("The planning figure is set."))
            return onward(request, "region:municipality", pk=place.pk)
    number = number_of(request)
    boards = list(queries.boards().filter(parent=place))
    staff, has_more = queries.staff_rows(
        queries.staff_of(boards, request.at), words=request.GET.get("words", ""), page=number
    )
    return page(
        request,
        "region/municipality.html",
        {
            "form": form,
            "place": place,
            "boards": boards,
            "lines": lines_of(request, staff),
            "words": request.GET.get("words", ""),
            **pages_around(request, number, has_more=has_more),
        },
    )
