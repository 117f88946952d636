"""Settling a mapping: the person reads and approves, the mapper locks, a new version goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kunnig.kernel.text import isolated
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions
from kunnig.mapping.interview import SECTIONS
from kunnig.web.casefile import doors
from kunnig.web.casefile.forms import CodeForm
from kunnig.web.casefile.reading import mapping_page
from kunnig.web.http import asked_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@require_POST
def share(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that the mapping is ready to be read through and approved."""
    record = doors.mapping(request, pk)
    try:
        actions.share(mapping_id=record.pk, by=request.user, at=request.at)
    except Refused as refusal:
        return mapping_page(request, record, refusal=str(refusal))
    messages.success(request, _("The mapping is ready to be read and approved."))
    return doors.go(request, "mapping", pk=record.pk)


@require_POST
def approve(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Approve what was shown, signed in, on a device of one's own."""
    record = doors.mapping(request, pk)
    try:
        actions.approve(
            mapping_id=record.pk,
            shown_hash=request.POST.get("shown_hash", ""),
            by=request.user,
            at=request.at,
        )
    except Refused as refusal:
        return mapping_page(request, record, refusal=str(refusal))
    messages.success(request, _("You have approved what you told."))
    return doors.go(request, "mapping", pk=record.pk)


@sensitive_post_parameters("code")
@require_POST
def approve_at_table(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Let the person approve what was shown, at the mapper's table, with a code of their own."""
    record = doors.mapping(request, pk)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return mapping_page(request, record, code=form)
    try:
        actions.approve_at_table(
            mapping_id=record.pk,
            shown_hash=request.POST.get("shown_hash", ""),
            address=asked_from(request),
            by=request.user,
            at=request.at,
            **form.cleaned_data,
        )
    except Refused as refusal:
        form.add_error("code", str(refusal))
        return mapping_page(request, record, code=form)
    messages.success(
        request,
        _("%(name)s has approved the mapping.") % {"name": isolated(record.case.person.name)},
    )
    return doors.go(request, "mapping", pk=record.pk)


@require_POST
def lock(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lock what the person has approved."""
    record = doors.mapping(request, pk)
    try:
        actions.lock(mapping_id=record.pk, by=request.user, at=request.at)
    except Refused as refusal:
        return mapping_page(request, record, refusal=str(refusal))
    messages.success(request, _("The mapping is locked. Nobody can change it."))
    return doors.go(request, "mapping", pk=record.pk)


@require_POST
def new_version(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Go on in a new version of a locked mapping; the old one stands until the new is locked."""
    record = doors.mapping(request, pk)
    try:
        new = actions.start_new_version(mapping_id=record.pk, by=request.user, at=request.at)
    except Refused as refusal:
        return mapping_page(request, record, refusal=str(refusal))
    messages.success(
        request,
        _("Version %(version)s is begun with all that was told.") % {"version": new.version},
    )
    if new.is_in_depth:
        return doors.go(request, "overview", pk=new.pk)
    return doors.go(request, "interview", pk=new.pk, section=SECTIONS[0].code)
