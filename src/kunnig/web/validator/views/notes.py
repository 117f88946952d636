"""What is noted of a case: its details, what the person needs, the way, its end and its return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kunnig.cases import actions, policies, queries
from kunnig.kernel.verdict import Refused
from kunnig.web.http import onward, page, posted
from kunnig.web.validator.forms import (
    NO,
    YES,
    AdaptationForm,
    NotesForm,
    PathForm,
    ReasonForm,
)
from kunnig.web.validator.views.case import case_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.web.http import PersonRequest


@require_http_methods(["GET", "POST"])
def details(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change what the board has noted of a case."""
    case = case_of(request, pk)
    form = NotesForm(posted(request), initial=noted(case))
    if form.is_valid():
        try:
            actions.change_details(
                case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The details are changed."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/details.html",
        {
            "here": _("Details of the case"),
            "case": case,
            "form": form,
            "may_change": policies.may_change(request.user, case, request.at),
        },
    )


def noted(case: Case) -> dict[str, str]:
    """Return what is noted now, as the form writes it."""
    return {
        "goal": case.goal,
        "purpose": case.purpose,
        "own_reference": case.own_reference,
        "language": case.language,
        "needs_interpreter": YES if case.needs_interpreter else NO,
    }


@require_http_methods(["GET", "POST"])
def adaptations(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Note what the person needs, in place of what was noted before."""
    case = case_of(request, pk)
    form = AdaptationForm(posted(request))
    if form.is_valid():
        try:
            actions.note_adaptation(
                case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The adaptations are noted."))
            return onward(request, "validator:adaptations", pk=case.pk)
    may_see = policies.may_see_adaptations(request.user, case, request.at)
    return page(
        request,
        "validator/adaptations.html",
        {
            "here": _("Adaptations"),
            "case": case,
            "form": form,
            "may_see": may_see,
            "may_note": policies.may_note_adaptation(request.user, case, request.at),
            "noted": list(queries.adaptations_of(case)) if may_see else [],
        },
    )


@require_http_methods(["GET", "POST"])
def path(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Decide what follows the initial mapping, for the first time or anew."""
    case = case_of(request, pk)
    form = PathForm(posted(request), case=case, at=request.at)
    if form.is_valid():
        try:
            actions.decide_path(
                case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The way is decided."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/path.html",
        {
            "here": _("Choice of way"),
            "case": case,
            "form": form,
            "may_decide": policies.may_decide_path(request.user, case, request.at),
            "decisions": list(queries.paths_of(case)),
        },
    )


@require_http_methods(["GET", "POST"])
def close(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Close a case, with a reason."""
    case = case_of(request, pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            actions.close(case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is closed. All in it is kept."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/close.html",
        {
            "here": _("Close the case"),
            "case": case,
            "form": form,
            "may_close": policies.may_close(request.user, case, request.at),
        },
    )


@require_http_methods(["GET", "POST"])
def reopen(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Open a closed case again where it was left, with a reason."""
    case = case_of(request, pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            actions.reopen(case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is open again."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/reopen.html",
        {
            "here": _("Open the case again"),
            "case": case,
            "form": form,
            "may_reopen": policies.may_reopen(request.user, case, request.at),
            "closing": queries.closing_of(case),
        },
    )
