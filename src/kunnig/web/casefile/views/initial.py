"""The initial mapping as an interview: one section a page, one page for each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kunnig.cases.states import Part
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions
from kunnig.mapping.actions import Given, Outcome, Result
from kunnig.mapping.interview import BY_CODE, IS_REMOVED, REMOVED, SECTIONS, TITLE
from kunnig.mapping.states import MappingKind, Side
from kunnig.web.casefile import approval, doors, posting
from kunnig.web.casefile.forms import SittingForm
from kunnig.web.casefile.leaf import Pen
from kunnig.web.casefile.sections import Adding, after, places_of, section_page
from kunnig.web.http import held

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.mapping.interview import Section
    from kunnig.mapping.models import Mapping
    from kunnig.web.http import PersonRequest


@require_POST
def start_initial(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Begin the initial mapping of a case, or go on with the one that is open."""
    case = held(doors.cases(request, Part.INITIAL), pk)
    try:
        mapping = actions.start_initial(case_id=case.pk, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return doors.back(request, doors.case_address(request, case))
    return doors.go(request, "interview", pk=mapping.pk, section=SECTIONS[0].code)


@require_http_methods(["GET", "POST"])
def interview(request: PersonRequest, pk: UUID, section: str) -> HttpResponse:
    """Ask the questions of one section, or list its entries and let one be added."""
    mapping = doors.mapping(request, pk, MappingKind.INITIAL)
    part = section_or_404(section)
    if request.method != "POST":
        return section_page(request, mapping, part)
    if part.has_entries:
        return _add_entry(request, mapping, part)
    return _save(request, mapping, part)


@require_http_methods(["GET", "POST"])
def entry(request: PersonRequest, pk: UUID, section: str, entry: UUID) -> HttpResponse:
    """Ask the questions of one entry, such as one job."""
    mapping = doors.mapping(request, pk, MappingKind.INITIAL)
    part = section_or_404(section)
    if not part.has_entries:
        raise Http404
    if request.method == "POST":
        return _save(request, mapping, part, entry)
    return section_page(request, mapping, part, entry)


def section_or_404(code: str) -> Section:
    """Return the section of an address."""
    found = BY_CODE.get(code)
    if found is None:
        raise Http404
    return found


def _save(
    request: PersonRequest, mapping: Mapping, section: Section, entry: UUID | None = None
) -> HttpResponse:
    """Save what a plain form says, and go on; or come back with what is left to settle."""
    pen = Pen(mapping, request.user, may_write=True)
    places = places_of(section, entry)
    try:
        leaf = posting.saved(request, pen, places)
    except Refused as refusal:
        leaf = posting.refused(request, pen, places, str(refusal))
    if leaf.faults:
        return section_page(request, mapping, section, entry, leaf=leaf)
    return _onward(request, mapping, section, entry)


def _onward(
    request: PersonRequest, mapping: Mapping, section: Section, entry: UUID | None
) -> HttpResponse:
    """Go where the button that was pressed leads."""
    following = after(section)
    if "clear" in request.POST or "stay" in request.POST:
        return doors.back(request, request.path)
    if "pause" in request.POST:
        messages.success(request, _("Everything is saved. Go on whenever you like."))
    elif entry is not None:
        return doors.go(request, "interview", pk=mapping.pk, section=section.code)
    elif following is not None:
        return doors.go(request, "interview", pk=mapping.pk, section=following.code)
    return doors.go(request, "mapping", pk=mapping.pk)


def _one(request: PersonRequest, mapping: Mapping, given: Given) -> Outcome:
    """Give one answer and return what became of it."""
    outcomes = actions.answer(mapping_id=mapping.pk, given=[given], by=request.user, at=request.at)
    approval.tell_if_taken_back(request, mapping)
    return outcomes[0]


def _add_entry(request: PersonRequest, mapping: Mapping, section: Section) -> HttpResponse:
    """Add an entry by its name; the same form sent twice adds one."""
    key, name = posting.key_in(request.POST, "entry"), posting.line_in(request.POST, TITLE)
    if not name:
        nameless = Adding(fault=_("Write what it was"), entry=key)
        return section_page(request, mapping, section, adding=nameless)
    given = Given(
        operation=posting.operation_of(posting.key_in(request.POST, "operation"), name),
        author=request.user.pk,
        path=f"{section.code}/{key}/{TITLE}",
        side=Side.ORIGINAL,
        base=0,
        text=name,
        language=posting.language_in(request.POST, mapping.case.language),
    )
    try:
        outcome = _one(request, mapping, given)
    except Refused as refusal:
        return section_page(request, mapping, section, adding=Adding(name, str(refusal), key))
    if outcome.result is Result.SAVED:
        return doors.go(request, "entry", pk=mapping.pk, section=section.code, entry=key)
    again = _("“%(name)s” was added already. Press the button once more to add this too.")
    fault = outcome.reason or again % {"name": outcome.theirs}
    return section_page(request, mapping, section, adding=Adding(name, fault))


@require_POST
def take_away(request: PersonRequest, pk: UUID, section: str, entry: UUID) -> HttpResponse:
    """Take an entry away, or put it back: nothing that was told is erased."""
    mapping = doors.mapping(request, pk, MappingKind.INITIAL)
    part = section_or_404(section)
    text = "" if "keep" in request.POST else IS_REMOVED
    base = posting.number_in(request.POST, "base")
    seed = posting.key_in(request.POST, "operation")
    given = Given(
        operation=posting.operation_of(seed, str(entry), str(base), text),
        author=request.user.pk,
        path=f"{part.code}/{entry}/{REMOVED.code}",
        side=Side.ORIGINAL,
        base=base,
        text=text,
        language=mapping.case.language,
    )
    try:
        outcome = _one(request, mapping, given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, outcome.result, text)
    return doors.go(request, "interview", pk=mapping.pk, section=part.code)


def _tell(request: PersonRequest, result: Result, text: str) -> None:
    if result is not Result.SAVED:
        messages.warning(request, _("Someone else changed this at the same time. Look again."))
    elif text == IS_REMOVED:
        messages.success(request, _("It is taken away. You can put it back below."))
    else:
        messages.success(request, _("It is back."))


@require_POST
def sitting(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Note how the sitting is held and who interprets."""
    mapping = doors.mapping(request, pk)
    form = SittingForm(request.POST)
    try:
        if form.is_valid():
            actions.note_sitting(
                mapping_id=mapping.pk, by=request.user, at=request.at, **form.cleaned_data
            )
            approval.tell_if_taken_back(request, mapping)
            messages.success(request, _("The sitting is noted."))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    for faults in form.errors.values():
        messages.error(request, " ".join(str(fault) for fault in faults))
    return doors.back(request, doors.address(request, "mapping", pk=mapping.pk))
