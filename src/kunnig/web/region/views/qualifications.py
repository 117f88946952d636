"""Who may map in the county: granting the qualification, and ending it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.organisations.queries import capacities_of
from kunnig.organisations.states import Role
from kunnig.training import actions, policies, queries
from kunnig.web.http import for_roles, held, number_of, onward, page, pages_around, posted
from kunnig.web.region.forms import EndForm, GrantForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest

YEARS = 2  # what is proposed; the coordinator decides


@for_roles(Role.REGIONAL_COORDINATOR)
@require_safe
def qualifications(request: PersonRequest) -> HttpResponse:
    """List everybody who may need to map, and where they stand."""
    number, words = number_of(request), request.GET.get("words", "")
    learners, has_more = queries.learners(request.user, request.at, words=words, page=number)
    return page(
        request,
        "region/qualifications.html",
        {
            "learners": learners,
            "words": words,
            **pages_around(request, number, has_more=has_more),
        },
    )


@for_roles(Role.REGIONAL_COORDINATOR)
@require_safe
def learner(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one colleague's qualifications, with who gave and who ended them."""
    person = held(queries.overseen_by(request.user, request.at), pk)
    return page(
        request,
        "region/learner.html",
        {
            "person": person,
            "capacities": capacities_of([person.pk], request.at).get(str(person.pk), ()),
            "standing": queries.standings_of([person.pk], request.at)[person.pk],
            "qualifications": list(queries.qualifications_of(person)),
            "today": timezone.localdate(request.at),
        },
    )


@for_roles(Role.REGIONAL_COORDINATOR)
@require_http_methods(["GET", "POST"])
def grant(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Qualify a colleague to map."""
    person = held(queries.overseen_by(request.user, request.at), pk)
    today = timezone.localdate(request.at)
    form = GrantForm(posted(request), initial={"starts_on": today, "ends_on": _later(today)})
    if form.is_valid():
        try:
            actions.grant(person_id=pk, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is qualified.") % {"name": person.name})
            return onward(request, "region:learner", pk=pk)
    return page(
        request,
        "region/grant.html",
        {
            "form": form,
            "person": person,
            "may_grant": policies.may_grant(request.user, person, request.at),
        },
    )


@for_roles(Role.REGIONAL_COORDINATOR)
@require_http_methods(["GET", "POST"])
def end(request: PersonRequest, pk: UUID, qualification: UUID) -> HttpResponse:
    """End a colleague's qualification before its last day."""
    person = held(queries.overseen_by(request.user, request.at), pk)
    ending = held(queries.qualifications_of(person).select_related("person"), qualification)
    form = EndForm(posted(request))
    if form.is_valid():
        try:
            actions.end(
                qualification_id=ending.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The qualification is ended."))
            return onward(request, "region:learner", pk=pk)
    return page(
        request,
        "region/end.html",
        {
            "form": form,
            "person": person,
            "qualification": ending,
            "may_end": policies.may_end(request.user, ending, request.at),
        },
    )


def _later(today: date) -> date:
    """Return the last day that is proposed."""
    return today.replace(year=today.year + YEARS, day=min(today.day, 28))
