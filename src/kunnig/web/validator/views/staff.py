"""Who works with a case: those let in, the one responsible, and what protection changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kunnig.cases import actions, policies, queries
from kunnig.kernel.text import listed
from kunnig.kernel.verdict import Refused
from kunnig.organisations.queries import running
from kunnig.web.http import onward, page, posted
from kunnig.web.validator.forms import ColleagueForm, LetInForm, ProtectionForm
from kunnig.web.validator.views.case import case_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest


@require_http_methods(["GET", "POST"])
def let_in(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Let a colleague in to a part of the case; show who is and was let in."""
    case = case_of(request, pk)
    may_let_in = policies.lets_somebody_in(request.user, case, request.at)
    form = LetInForm(
        posted(request),
        today=localdate(request.at),
        colleagues=queries.may_be_named(case, request.at) if may_let_in else [],
        words=lambda person: with_roles(person, request.at),
        at=request.at,
    )
    if form.is_valid():
        try:
            actions.let_in(case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s is let in.") % form.cleaned_data["person"].name)
            return onward(request, "validator:let_in", pk=case.pk)
    return page(
        request,
        "validator/let_in.html",
        {
            "here": _("Who is let in"),
            "case": case,
            "form": form,
            "may_let_in": may_let_in,
            **accesses(request, case),
        },
    )


def accesses(request: PersonRequest, case: Case) -> dict[str, object]:
    """Return who is let in, with whether it may be ended, and who was."""
    if not policies.works_with(request.user, case, request.at):
        return {"going_on": [], "over": []}
    today, found = localdate(request.at), list(case.accesses.all())
    prefetch_related_objects(found, "person__assignments__organisation")
    return {
        "going_on": [
            (each, policies.may_end_access(request.user, each, case, request.at))
            for each in found
            if not each.is_over_on(today)
        ],
        "over": [each for each in found if each.is_over_on(today)],
    }


def with_roles(person: Person, at: datetime) -> str:
    """Return a colleague's name and what they work as."""
    roles = dict.fromkeys(str(each.get_role_display()) for each in running(person, at))
    return listed([person.name, *roles])


@require_POST
def end_access(request: PersonRequest, pk: UUID, access: UUID) -> HttpResponse:
    """End somebody's access to the case."""
    case = case_of(request, pk)
    if access not in {each.pk for each in case.accesses.all()}:
        raise Http404
    try:
        ended = actions.end_access(access_id=access, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return onward(request, "validator:let_in", pk=case.pk)
    if ended.person_id == request.user.pk and not queries.visible_to(
        request.user, request.at
    ).filter(pk=case.pk):
        messages.success(request, _("You are no longer let in to the case."))
        return onward(request, "validator:cases")
    messages.success(request, _("The access is ended."))
    return onward(request, "validator:let_in", pk=case.pk)


@require_http_methods(["GET", "POST"])
def responsible(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change who is responsible for the case."""
    case = case_of(request, pk)
    may_let_in = policies.may_let_in(request.user, case, request.at)
    form = ColleagueForm(
        posted(request),
        colleagues=queries.may_answer_for(case, request.at) if may_let_in else [],
        words=lambda person: with_roles(person, request.at),
        at=request.at,
    )
    if form.is_valid():
        try:
            actions.change_responsible(
                case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%s is responsible for the case.") % form.cleaned_data["person"].name,
            )
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/responsible.html",
        {"here": _("Who is responsible"), "case": case, "form": form, "may_let_in": may_let_in},
    )


@require_http_methods(["GET", "POST"])
def protect(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Mark the person as protected, or lift it; only the named open the case from then on."""
    case = case_of(request, pk)
    form = ProtectionForm(posted(request))
    if form.is_valid():
        try:
            actions.protect(case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The protection is noted."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/protect.html",
        {
            "here": _("Protection"),
            "case": case,
            "form": form,
            "works_with": policies.works_with(request.user, case, request.at),
        },
    )
