"""Reading a mapping: the whole of one version, and how one answer came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_safe

from kunnig.mapping import interview, queries
from kunnig.mapping.states import Side
from kunnig.web.casefile import doors
from kunnig.web.casefile.leaf import Pen
from kunnig.web.casefile.reading import mapping_page
from kunnig.web.http import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@require_safe
def mapping(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one version of a mapping as the person reads it, and what can be settled about it."""
    return mapping_page(request, doors.mapping(request, pk))


@require_safe
def history_of_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show every version of one answer: who wrote what, and when."""
    record = doors.mapping(request, pk)
    path, side = request.GET.get("path", ""), request.GET.get("side", "")
    ask = interview.ask_at(path)
    if ask is None or side not in Side.values:
        raise Http404
    versions = list(queries.history_of(record, path, Side(side)))
    if not versions:
        raise Http404
    words = dict(ask.choices)
    return page(
        request,
        "casefile/history.html",
        {
            "mapping": record,
            "case": record.case,
            "pen": Pen(record, request.user, may_write=False),
            "ask": ask,
            "is_told": side == Side.ORIGINAL,
            "versions": [(each, words.get(each.value, each.value)) for each in versions],
        },
    )
