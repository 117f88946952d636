"""What assessors and teachers see of cases: the part they were let in to, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.views.decorators.http import require_safe

from kunnig.cases import policies, queries
from kunnig.cases.states import Part
from kunnig.mapping import queries as mappings
from kunnig.organisations.states import Role
from kunnig.web.http import for_roles, number_of, opened, page, pages_around

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest

MOST_SHOWN = 100


@for_roles(Role.ASSESSOR, Role.TEACHER)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """List the cases that one was let in to."""
    number, words = number_of(request), request.GET.get("words", "").strip()
    among = queries.let_in(request.user, request.at)
    rows, has_more = queries.rows(queries.found(among, words=words), page=number)
    return page(
        request,
        "assessor/home.html",
        {
            "rows": rows,
            "words": words,
            "has_protected": queries.named_in_protected(request.user, request.at).exists(),
            **pages_around(request, number, has_more=has_more),
        },
    )


@for_roles(Role.ASSESSOR, Role.TEACHER)
@require_safe
def protected(request: PersonRequest) -> HttpResponse:
    """List, by number alone, the cases of protected people that one is named in."""
    return page(
        request,
        "assessor/protected.html",
        {"cases": queries.named_in_protected(request.user, request.at)[:MOST_SHOWN]},
    )


@for_roles(Role.ASSESSOR, Role.TEACHER)
@require_safe
def case(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show the part of a case that one was let in to."""
    by, at = request.user, request.at
    found = opened(request, queries.visible_to(by, at), pk)
    versions = mappings.visible_to(by, at).filter(case=found).order_by("kind", "-version")
    sees_adaptations = policies.may_see_adaptations(by, found, at)
    return page(
        request,
        "assessor/case.html",
        {
            "case": found,
            "accesses": queries.accesses_running(at).filter(case=found, person=by).order_by("part"),
            "versions": list(versions),
            "sees_evidence": queries.visible_to(by, at, Part.IN_DEPTH).filter(pk=pk).exists(),
            "adaptation": queries.adaptation_of(found) if sees_adaptations else None,
        },
    )
