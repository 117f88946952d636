"""Who the person is: name, numbers, and the code with which they approve at somebody's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kunnig.cases import actions, policies
from kunnig.kernel.verdict import Refused
from kunnig.people.queries import identifiers_known_to
from kunnig.web.casefile import doors
from kunnig.web.http import onward, page, posted
from kunnig.web.validator.forms import CorrectionForm, NumberForm, TableCodeForm
from kunnig.web.validator.views.case import case_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@require_http_methods(["GET", "POST"])
def correct_person(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Correct the name or the date of birth of the person."""
    case = case_of(request, pk)
    form = CorrectionForm(posted(request), person=case.person, on=localdate(request.at))
    if form.is_valid():
        try:
            actions.correct_person(
                case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The name and the date of birth are corrected."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/correct_person.html",
        {
            "here": _("Name and date of birth"),
            "case": case,
            "form": form,
            "may_correct": policies.may_correct_person(request.user, case, request.at),
        },
    )


@require_POST
def reveal(request: PersonRequest, pk: UUID, identifier: UUID) -> HttpResponse:
    """Show one number of the person in full. That it was seen is noted."""
    case = case_of(request, pk)
    found = identifiers_known_to(case.board_id, case.person).filter(pk=identifier).first()
    if found is None:
        raise Http404
    try:
        number = actions.reveal_identifier(
            case_id=case.pk, identifier_id=found.pk, by=request.user, at=request.at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/reveal.html",
        {"here": _("The whole number"), "case": case, "identifier": found, "number": number},
    )


@require_http_methods(["GET", "POST"])
def identifier(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Note one more number that the person is known by."""
    case = case_of(request, pk)
    form = NumberForm(posted(request), on=localdate(request.at))
    if form.is_valid():
        try:
            actions.note_identifier(
                case_id=case.pk, number=form.cleaned_data["read"], by=request.user, at=request.at
            )
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("The number is noted."))
            return onward(request, "validator:case", pk=case.pk)
    return page(
        request,
        "validator/identifier.html",
        {
            "here": _("Note a number"),
            "case": case,
            "form": form,
            "may_change": policies.may_change(request.user, case, request.at),
        },
    )


@sensitive_post_parameters("code", "again")
@require_http_methods(["GET", "POST"])
def table_code(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Let the person choose a code of their own, on the device of the one who asks."""
    case = case_of(request, pk)
    form = TableCodeForm(posted(request), person=case.person)
    if form.is_valid():
        try:
            actions.choose_table_code(
                case_id=case.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%s has chosen a code. Take the device back.") % case.person.called
            )
            # From the mapping that waits to be approved, one comes back to it.
            return doors.back(request, doors.address(request, "case", pk=case.pk))
    return page(
        request,
        "validator/table_code.html",
        {
            "here": _("A code for the table"),
            "case": case,
            "form": form,
            "may_change": policies.may_change(request.user, case, request.at),
        },
    )
