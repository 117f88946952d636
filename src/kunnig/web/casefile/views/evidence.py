"""What the person can show: described rows, and whether the original was seen."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions
from kunnig.portfolio import policies, queries
from kunnig.web.casefile import approval, doors
from kunnig.web.casefile.forms import EvidenceForm
from kunnig.web.http import held, opened, page, posted

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@require_safe
def evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    """List what was taken into the case of what the person can show."""
    case = opened(request, doors.cases(request, Part.IN_DEPTH), pk)
    return page(
        request,
        "casefile/evidence.html",
        {
            "case": case,
            "is_own": request.user == case.person,
            "rows": list(queries.evidence_in(case)),
            "may_add": policies.may_add_evidence(request.user, case, request.at),
            "may_note": policies.may_note_original(request.user, case, request.at),
        },
    )


@require_http_methods(["GET", "POST"])
def add_evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Describe something that the person can show, and take it into the case."""
    among = doors.cases(request, Part.IN_DEPTH)
    case = opened(request, among, pk) if request.method == "GET" else held(among, pk)
    form = EvidenceForm(posted(request), initial={"operation": uuid.uuid4()})
    if form.is_valid():
        approved = approval.approved_in(case)
        try:
            actions.add_evidence(
                case_id=case.pk,
                described=form.described(),
                operation=form.cleaned_data["operation"],
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The evidence is described in the case."))
            approval.tell_each_taken_back(request, approved)
            return doors.back(request, doors.address(request, "evidence", pk=case.pk))
    return page(
        request,
        "casefile/add_evidence.html",
        {
            "case": case,
            "is_own": request.user == case.person,
            "form": form,
            "may_add": policies.may_add_evidence(request.user, case, request.at),
            "next": request.POST.get("next") or request.GET.get("next", ""),
        },
    )


@require_POST
def note_original(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Note that one has seen the original today."""
    case = held(doors.cases(request, Part.IN_DEPTH), pk)
    held(queries.evidence_in(case), evidence)
    approved = approval.approved_in(case)
    try:
        actions.note_original(case_id=case.pk, evidence_id=evidence, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is noted that you have seen the original."))
        approval.tell_each_taken_back(request, approved)
    return doors.go(request, "evidence", pk=case.pk)
