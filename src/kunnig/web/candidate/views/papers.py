"""One's own papers: what there is, what can be made, and what is told to whoever has the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kunnig.credentials import actions
from kunnig.credentials.queries import papers as queries
from kunnig.mapping import queries as mappings
from kunnig.web.casefile import making
from kunnig.web.http import held, onward, page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest

MOST_SHOWN = 50


@require_safe
def papers(request: PersonRequest) -> HttpResponse:
    """Show one's papers, and the locked mappings that can become one."""
    rows = queries.rows(queries.own(request.user)[:MOST_SHOWN])
    return page(
        request,
        "candidate/papers.html",
        {
            "papers": making.cards(request, rows),
            **making.to_make(request, mappings.own(request.user), rows),
        },
    )


@require_POST
def choose(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Choose whether one's name is told to whoever has the code of a paper."""
    paper = held(queries.own(request.user), pk)
    shows_name = request.POST.get("shows_name") == "yes"
    actions.choose(paper_id=paper.pk, shows_name=shows_name, by=request.user, at=request.at)
    told = (
        _("Your name is shown to whoever checks the paper.")
        if shows_name
        else _("Your name is not shown to whoever checks the paper.")
    )
    messages.success(request, told)
    return onward(request, "candidate:papers")
