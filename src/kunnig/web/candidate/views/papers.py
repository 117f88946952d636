"""One's own papers: what there is, what can be made, and what is told to whoever has the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kunnig.credentials import actions, policies
from kunnig.credentials.queries import papers as queries
from kunnig.credentials.states import Standing
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import MappingState
from kunnig.web.candidate.known import address
from kunnig.web.http import held, onward, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpResponse

    from kunnig.credentials.queries.papers import PaperRow
    from kunnig.mapping.models import Mapping
    from kunnig.web.http import PersonRequest

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Card:
    """One paper, and where it is fetched."""

    row: PaperRow
    url: str

    @property
    def is_in_force(self) -> bool:
        """Say whether no newer one has taken its place."""
        return self.row.standing is Standing.UNCHANGED


@dataclass(frozen=True, slots=True)
class ToMake:
    """A locked mapping of which there is no paper yet, and where one is made."""

    mapping: Mapping
    url: str
    operation: UUID


@require_safe
def papers(request: PersonRequest) -> HttpResponse:
    """Show one's papers, and the locked mappings that can become one."""
    rows = queries.rows(queries.own(request.user)[:MOST_SHOWN])
    return page(
        request,
        "candidate/papers.html",
        {
            "papers": [Card(row, address("paper", pk=row.id)) for row in rows],
            "to_make": list(_to_make(request, rows)),
        },
    )


def _to_make(request: PersonRequest, rows: Sequence[PaperRow]) -> Iterator[ToMake]:
    made = {(row.case, row.kind.value, row.version) for row in rows}
    locked = mappings.own(request.user).filter(state=MappingState.LOCKED)
    for mapping in locked.order_by("-locked_at", "id"):
        url = address("make_paper", pk=mapping.pk)
        is_made = (mapping.case_id, mapping.kind, mapping.version) in made
        if url and not is_made and policies.may_issue(request.user, mapping, request.at):
            yield ToMake(mapping, url, uuid4())


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
