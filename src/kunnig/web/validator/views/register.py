"""Opening a case for somebody: first who it is about, then what the case is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.cases import actions, policies, queries
from kunnig.kernel.verdict import Refused
from kunnig.organisations.queries import municipalities
from kunnig.web.casefile import information
from kunnig.web.http import for_roles, onward, page, posted
from kunnig.web.layout.navigation import NEAR_CASES
from kunnig.web.validator.forms import CaseForm, PersonForm

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from kunnig.cases.queries import CaseRow
    from kunnig.web.http import PersonRequest


@for_roles(*NEAR_CASES)
@require_http_methods(["GET", "POST"])
def register(request: PersonRequest) -> HttpResponse:
    """Ask who the case is about, and say if there may be a case about them already."""
    person = PersonForm(posted(request), on=localdate(request.at))
    if not person.is_valid():
        return page(
            request,
            "validator/register.html",
            {
                "form": person,
                "may_register": policies.registers_cases(request.user, request.at),
            },
        )
    same = cases_not_seen(request, person)
    if same:
        return looked_at(request, same, onto="validator:register")
    return asked(request, person, case_form(request, None))


@for_roles(*NEAR_CASES)
@require_http_methods(["GET", "POST"])
def register_case(request: PersonRequest) -> HttpResponse:
    """Ask what the case is, and open it."""
    person = PersonForm(posted(request), on=localdate(request.at))
    if not person.is_valid():
        return onward(request, "validator:register")
    form = case_form(request, posted(request))
    if not form.is_valid():
        return asked(request, person, form)
    same = cases_not_seen(request, person)
    if same and not queries.is_registered(request.user, form.cleaned_data["operation"]):
        return looked_at(request, same, onto="validator:register_case")
    try:
        case = actions.register_for(
            **person.known, **form.cleaned_data, by=request.user, at=request.at
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return asked(request, person, form)
    messages.success(request, _("The case is open. Its number is %s.") % case.number)
    return onward(request, "validator:case", pk=case.pk)


@for_roles(*NEAR_CASES)
@require_safe
def information_text(request: PersonRequest, version: str) -> HttpResponse:
    """Show what people are told before anything is noted of them, to read aloud or print."""
    if version not in information.VERSIONS:
        raise Http404
    return page(request, "validator/information.html", {"version": version})


def case_form(request: PersonRequest, data: QueryDict | None) -> CaseForm:
    """Return the form of a new case, with the boards that whoever asks works for."""
    return CaseForm(
        data,
        boards=queries.boards_to_register_with(request.user, request.at),
        municipalities=municipalities(),
    )


def cases_not_seen(request: PersonRequest, person: PersonForm) -> list[CaseRow]:
    """Return the open cases that may be about the same person, but for those shown before."""
    seen = request.POST.getlist("seen")
    alike = queries.likely_same(request.user, request.at, **person.known)
    return [row for row in alike if str(row.id) not in seen]


def looked_at(request: PersonRequest, same: list[CaseRow], *, onto: str) -> HttpResponse:
    """Show the cases that may be about the same person. What was written goes along, hidden."""
    written = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return page(request, "validator/same.html", {"same": same, "written": written, "onto": onto})


def asked(request: PersonRequest, person: PersonForm, form: CaseForm) -> HttpResponse:
    """Ask what the case is. Who it is about goes along, hidden."""
    return page(
        request,
        "validator/register_case.html",
        {"person": person, "form": form, "seen": request.POST.getlist("seen")},
    )
