"""What is kept about oneself: what one has done, and who has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from kunnig.audit import queries as audit
from kunnig.portfolio import queries as portfolio
from kunnig.web.candidate import readings as read
from kunnig.web.candidate import told
from kunnig.web.http import number_of, page, pages_around

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest

PAGE_LENGTH = 25


@require_safe
def experiences(request: PersonRequest) -> HttpResponse:
    """Show what one has done, as it was told in mappings that are locked, and what shows it."""
    number = number_of(request)
    start = (number - 1) * PAGE_LENGTH
    found = list(portfolio.own(request.user)[start : start + PAGE_LENGTH + 1])
    return page(
        request,
        "candidate/experiences.html",
        {
            "parts": told.parts_of(found[:PAGE_LENGTH]),
            "evidence": portfolio.own_evidence(request.user)[:PAGE_LENGTH],
            **pages_around(request, number, has_more=len(found) > PAGE_LENGTH),
        },
    )


@require_safe
def readings(request: PersonRequest) -> HttpResponse:
    """Show who has opened what is kept about oneself, hour by hour."""
    number = number_of(request)
    found, has_more = audit.readings_about(request.user, page=number)
    return page(
        request,
        "candidate/readings.html",
        {
            "readings": read.shown(found, request.at),
            **pages_around(request, number, has_more=has_more),
        },
    )
