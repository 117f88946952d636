"""What the person can show: described, seen, tied to questions, taken out and put back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused, refused
from kunnig.mapping import actions
from kunnig.mapping import policies as mapping_policies
from kunnig.mapping import queries as mapping_queries
from kunnig.mapping.states import MappingKind
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio import policies, queries
from kunnig.portfolio.actions import Described
from kunnig.web.casefile import approval, doors, pieces
from kunnig.web.casefile.showing import DescribeForm, NewEvidenceForm, RefereeForm
from kunnig.web.http import files_posted, held, opened, page, posted

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.portfolio.models import Evidence
    from kunnig.web.http import PersonRequest


@require_safe
def evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    """List what was taken into the case of what the person can show."""
    case = opened(request, doors.cases(request, Part.IN_DEPTH), pk)
    is_own = request.user == case.person
    return page(
        request,
        "casefile/evidence.html",
        {
            "case": case,
            "is_own": is_own,
            "rows": list(queries.evidence_in(case)),
            "beside": list(queries.beside(case) if is_own else queries.taken_out_of(case)),
            "may_add": policies.may_add_evidence(request.user, case, request.at),
            "may_note": policies.may_note_original(request.user, case, request.at),
        },
    )


@require_http_methods(["GET", "POST"])
def add_evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Describe something that the person can show, and take it into the case."""
    among = doors.cases(request, Part.IN_DEPTH)
    case = opened(request, among, pk) if request.method == "GET" else held(among, pk)
    new = {"operation": uuid.uuid4(), "question": request.GET.get("question", "")}
    form = NewEvidenceForm(posted(request), files_posted(request), initial=new)
    if form.is_valid():
        approved = approval.approved_in(case)
        try:
            actions.add_evidence(
                case_id=case.pk,
                described=form.described(),
                operation=form.cleaned_data["operation"],
                sent=form.sent_along(),
                supports=form.cleaned_data["question"],
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


@require_safe
def piece(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Show one piece of evidence: what is told of it, its photos, what it supports."""
    case = opened(request, doors.cases(request, Part.IN_DEPTH), pk)
    shown = held(queries.evidence_in(case), evidence)
    return page(request, "casefile/piece.html", pieces.context_of(request, case, shown))


@require_http_methods(["GET", "POST"])
def describe_evidence(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Describe it anew."""
    case, shown = _asked(request, pk, evidence)
    told = {key: getattr(shown, key) for key in Described.__dataclass_fields__}
    form = DescribeForm(posted(request), initial=told)
    may = policies.may_add_evidence(request.user, case, request.at)

    def do() -> None:
        actions.describe_evidence(
            case_id=case.pk,
            evidence_id=shown.pk,
            described=form.described(),
            by=request.user,
            at=request.at,
        )

    if form.is_valid() and _done(request, case, form, do, _("It is described anew.")):
        was_seen = shown.original_seen_on is not None
        shown.refresh_from_db(fields=["original_seen_on"])
        if was_seen and shown.original_seen_on is None:
            messages.warning(request, _("Somebody must see the original again."))
        return doors.go(request, "piece", pk=case.pk, evidence=shown.pk)
    words = {"title": _("Describe it anew"), "button": _("Save")}
    return _form_page(request, case, shown, form, may=may, **words)


@require_http_methods(["GET", "POST"])
def note_referee(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Note what somebody said of the person, when and by which means."""
    case, shown = _asked(request, pk, evidence)
    form = RefereeForm(posted(request), at=request.at, initial={"operation": uuid.uuid4()})
    may = policies.may_note_referee(request.user, case, request.at)

    def do() -> None:
        portfolio.note_referee(
            case_id=case.pk,
            evidence_id=shown.pk,
            heard=form.heard(),
            operation=form.cleaned_data["operation"],
            by=request.user,
            at=request.at,
        )

    if form.is_valid() and _done(request, case, form, do, _("What was said is noted.")):
        return doors.go(request, "piece", pk=case.pk, evidence=shown.pk)
    words = {"title": _("Note what somebody said"), "button": _("Note it")}
    return _form_page(request, case, shown, form, may=may, **words)


@require_http_methods(["GET", "POST"])
def tie_evidence(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Choose which questions of the open in-depth mapping it supports."""
    case, shown = _asked(request, pk, evidence)
    mapping = mapping_queries.open_in(case, MappingKind.IN_DEPTH)
    if mapping is None:
        context = {"groups": [], "may": refused(_("No in-depth mapping is open to write in."))}
        return page(request, "casefile/tie.html", _about(request, case, shown) | context)
    mapping.case = case
    groups = pieces.questions_to_tie(mapping, shown)
    if request.method == "POST":
        asked = {each.question.id for group in groups for each in group.questions}
        sent = request.POST.getlist("question")
        try:
            actions.tie_evidence(
                mapping_id=mapping.pk,
                evidence_id=shown.pk,
                questions={key for key in asked if str(key) in sent},
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The questions it supports are saved."))
            approval.tell_if_taken_back(request, mapping)
        return doors.go(request, "piece", pk=case.pk, evidence=shown.pk)
    may = mapping_policies.may_write(request.user, mapping, request.at)
    context = {"groups": groups, "may": may}
    return page(request, "casefile/tie.html", _about(request, case, shown) | context)


@require_POST
def note_original(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Note that one has seen the original today."""
    case, shown = _asked(request, pk, evidence)
    words = _("It is noted that you have seen the original.")
    _acted(request, case, shown, actions.note_original, words)
    return doors.back(request, doors.address(request, "evidence", pk=case.pk))


@require_POST
def take_evidence_out(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Take it out of the case; it stays the person's, and can be put back."""
    case, shown = _asked(request, pk, evidence)
    words = _("It is no longer in the case. You can put it back below.")
    if not _acted(request, case, shown, actions.take_evidence_out, words):
        return doors.go(request, "piece", pk=case.pk, evidence=shown.pk)
    return doors.go(request, "evidence", pk=case.pk)


@require_POST
def take_evidence_in(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Put it back, or let the person show here what they have shown before."""
    case = held(doors.cases(request, Part.IN_DEPTH), pk)
    is_own = request.user == case.person
    shown = held(queries.beside(case) if is_own else queries.taken_out_of(case), evidence)
    _acted(request, case, shown, actions.take_evidence_in, _("It is in the case."))
    return doors.go(request, "evidence", pk=case.pk)


def _asked(request: PersonRequest, pk: UUID, evidence: UUID) -> tuple[Case, Evidence]:
    among = doors.cases(request, Part.IN_DEPTH)
    case = opened(request, among, pk) if request.method == "GET" else held(among, pk)
    return case, held(queries.evidence_in(case), evidence)


def _acted(
    request: PersonRequest,
    case: Case,
    shown: Evidence,
    act: Callable[..., object],
    words: str,
) -> bool:
    """Do what a button says, and tell what became of it."""
    approved = approval.approved_in(case)
    try:
        act(case_id=case.pk, evidence_id=shown.pk, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, words)
    approval.tell_each_taken_back(request, approved)
    return True


def _done(
    request: PersonRequest, case: Case, form: Form, act: Callable[[], object], words: str
) -> bool:
    """Do what a form says; a refusal stands at its top."""
    approved = approval.approved_in(case)
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, words)
    approval.tell_each_taken_back(request, approved)
    return True


def _about(request: PersonRequest, case: Case, shown: Evidence) -> dict[str, Any]:
    return {"case": case, "is_own": request.user == case.person, "piece": shown}


def _form_page(
    request: PersonRequest, case: Case, shown: Evidence, form: Form, **words: Any
) -> HttpResponse:
    context = _about(request, case, shown) | {"form": form, **words}
    return page(request, "casefile/piece_form.html", context)
