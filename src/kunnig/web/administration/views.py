"""The county's organisations, and who answers for it as a whole. No case is seen here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.letters import queries as letters
from kunnig.organisations import actions, queries
from kunnig.organisations.states import Role
from kunnig.web.administration.forms import MakeForm
from kunnig.web.http import for_roles, number_of, onward, page, pages_around, posted
from kunnig.web.workplaces.lines import lines_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest

PAGE_LENGTH = 25


@for_roles(Role.ADMINISTRATOR)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show who coordinates and administers the county, and in numbers how the post goes."""
    region = queries.region()
    regions = [] if region is None else [region]
    number, words = number_of(request), request.GET.get("words", "")
    staff, has_more = queries.staff_rows(
        queries.staff_of(regions, request.at), words=words, page=number
    )
    return page(
        request,
        "administration/home.html",
        {
            "region": region,
            "lines": lines_of(request, staff),
            "words": words,
            "outbox": letters.outbox(request.at),
            **pages_around(request, number, has_more=has_more),
        },
    )


@for_roles(Role.ADMINISTRATOR)
@require_safe
def organisations(request: PersonRequest) -> HttpResponse:
    """List the county's organisations, each with what it lies in."""
    number, words = number_of(request), request.GET.get("words", "")
    start = (number - 1) * PAGE_LENGTH
    found = queries.named(queries.everywhere(), words)[start : start + PAGE_LENGTH + 1]
    return page(
        request,
        "administration/organisations.html",
        {
            "organisations": found[:PAGE_LENGTH],
            "words": words,
            **pages_around(request, number, has_more=len(found) > PAGE_LENGTH),
        },
    )


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def make(request: PersonRequest) -> HttpResponse:
    """Add a school unit or another provider."""
    form = MakeForm(posted(request), boards=list(queries.boards()))
    if form.is_valid():
        try:
            made = actions.make(by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made.full_name})
            return onward(request, "administration:organisations")
    return page(request, "administration/make.html", {"form": form})
