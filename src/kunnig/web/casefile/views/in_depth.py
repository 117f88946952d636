"""The in-depth mapping: choose what to map against, see what is covered, answer its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, policies, queries
from kunnig.mapping.states import MappingKind
from kunnig.web.casefile import approval, asking, choosing, covering, doors, posting, several
from kunnig.web.casefile.leaf import Leaf, Pen
from kunnig.web.http import held, onward, opened, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.mapping.models import Mapping
    from kunnig.web.casefile.asking import Question
    from kunnig.web.http import PersonRequest

IN_DEPTH = MappingKind.IN_DEPTH


@require_http_methods(["GET", "POST"])
def start_in_depth(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Choose one target or more, and begin the in-depth mapping against them."""
    among = doors.cases(request, Part.IN_DEPTH)
    if request.method == "POST":
        return _begin(request, held(among, pk))
    return _choice(request, opened(request, among, pk))


def _begin(request: PersonRequest, case: Case) -> HttpResponse:
    try:
        mapping = actions.start_in_depth(
            case_id=case.pk,
            targets=choosing.chosen_in(request, request.POST),
            by=request.user,
            at=request.at,
        )
    except Refused as refusal:
        running = queries.open_in(case, IN_DEPTH)
        if running is None:
            messages.error(request, str(refusal))
            return doors.back(request, doors.address(request, "start_in_depth", pk=case.pk))
        return doors.go(request, "overview", pk=running.pk)
    return doors.go(request, "overview", pk=mapping.pk)


@require_http_methods(["GET", "POST"])
def add_target(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Hold an in-depth mapping against one target more."""
    mapping = doors.mapping(request, pk, IN_DEPTH)
    if request.method != "POST":
        return _choice(request, mapping.case, mapping)
    chosen = choosing.chosen_in(request, request.POST)
    if not chosen:
        return doors.go(request, "add_target", pk=mapping.pk)
    try:
        actions.add_target(mapping_id=mapping.pk, target=chosen[0], by=request.user, at=request.at)
        approval.tell_if_taken_back(request, mapping)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return doors.go(request, "overview", pk=mapping.pk)


def _choice(request: PersonRequest, case: Case, mapping: Mapping | None = None) -> HttpResponse:
    """Answer with the page of choice, or with why nothing can be chosen."""
    there_is = None
    if mapping is None:
        verdict = policies.may_start(request.user, case, IN_DEPTH, request.at)
        already: list[UUID] = []
        if not verdict:
            there_is = queries.open_in(case, IN_DEPTH) or queries.locked_in(case, IN_DEPTH)
    else:
        verdict = policies.may_add_target(request.user, mapping, request.at)
        already = [link.target_id for link in queries.targets_of(mapping)]
    return page(
        request,
        "casefile/choose.html",
        {
            "case": case,
            "mapping": mapping,
            "is_own": request.user == case.person,
            "may_choose": verdict,
            "there_is": there_is,
            **choosing.choosing(request, already),
        },
    )


@require_safe
def overview(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show at a glance what is covered, claimed, evidenced, assessable and missing."""
    mapping = doors.mapping(request, pk, IN_DEPTH)
    context = covering.overview_context(request, mapping)
    if context["may_write"]:
        context["together"] = several.written_by(request, mapping)
    return page(request, "casefile/overview.html", context)


@require_http_methods(["GET", "POST"])
def question(request: PersonRequest, pk: UUID, question: UUID) -> HttpResponse:
    """Ask one question of a target, and keep what is said about it."""
    mapping = doors.mapping(request, pk, IN_DEPTH)
    if request.method == "POST":
        return _keep(request, mapping, question)
    pen = Pen(mapping, request.user, bool(policies.may_write(request.user, mapping, request.at)))
    return _asked(request, asking.question_or_404(mapping, question, pen), pen)


def _asked(
    request: PersonRequest, asked: Question, pen: Pen, leaf: Leaf | None = None
) -> HttpResponse:
    context = asking.question_context(request, asked, pen, leaf)
    context["may_write"] = pen.may_write
    return page(request, "casefile/question.html", context)


def _keep(request: PersonRequest, mapping: Mapping, key: UUID) -> HttpResponse:
    """Save what a plain form says, and go on; or come back with what is left to settle."""
    pen = Pen(mapping, request.user, may_write=True)
    asked = asking.question_or_404(mapping, key, pen)
    try:
        leaf = posting.saved(request, pen, asked.places)
    except Refused as refusal:
        leaf = posting.refused(request, pen, asked.places, str(refusal))
    if leaf.faults:
        return _asked(request, asked, pen, leaf)
    return _onward(request, mapping, asked)


def _onward(request: PersonRequest, mapping: Mapping, asked: Question) -> HttpResponse:
    """Go where the button that was pressed leads: to a question by its key, or the overview."""
    if "clear" in request.POST:
        return doors.back(request, request.path)
    to = request.POST.get("to", "")
    if to == "several":
        there = doors.address(request, "several", pk=mapping.pk)
        return onward(request, f"{there}?like={asked.key}")
    if to in {str(row.question.id) for row in asked.overview.rows}:
        return doors.go(request, "question", pk=mapping.pk, question=to)
    messages.success(request, _("Everything is saved."))
    return doors.go(request, "overview", pk=mapping.pk)
