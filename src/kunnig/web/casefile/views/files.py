"""Photos and documents of evidence: sent, shown, taken away and put back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kunnig.cases.states import Part
from kunnig.files.queries import content_of
from kunnig.files.states import MEDIA_TYPES, FileKind
from kunnig.kernel.verdict import Refused
from kunnig.portfolio import actions, policies, queries
from kunnig.web.casefile import doors
from kunnig.web.casefile.showing import AttachForm
from kunnig.web.http import files_posted, held, opened, page, posted

if TYPE_CHECKING:
    from uuid import UUID

    from kunnig.web.http import PersonRequest


@require_http_methods(["GET", "POST"])
def attach(request: PersonRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """Send one more photo or document of a piece of evidence."""
    among = doors.cases(request, Part.IN_DEPTH)
    case = opened(request, among, pk) if request.method == "GET" else held(among, pk)
    piece = held(queries.evidence_in(case), evidence)
    form = AttachForm(posted(request), files_posted(request), initial={"operation": uuid.uuid4()})
    if form.is_valid():
        try:
            actions.attach(
                case_id=case.pk,
                evidence_id=piece.pk,
                sent=form.sent_now(),
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is saved."))
            return doors.go(request, "piece", pk=case.pk, evidence=piece.pk)
    return page(
        request,
        "casefile/piece_form.html",
        {
            "case": case,
            "is_own": request.user == case.person,
            "piece": piece,
            "form": form,
            "may": policies.may_add_evidence(request.user, case, request.at),
            "title": _("Add a photo or a PDF"),
            "button": _("Send the file"),
            "with_files": True,
        },
    )


@require_safe
def file(request: PersonRequest, pk: UUID, evidence: UUID, file: UUID) -> HttpResponse:
    """Hand out what was sent: a picture to be shown, a document to be saved; nothing that runs.

    What it is called and said to be comes from our own tables. A document is not shown in the
    browser: under such a policy none would, and without it the browser decides what may run.
    """
    case = opened(request, doors.cases(request, Part.IN_DEPTH), pk)
    stored = held(queries.files_in(case).filter(evidence=evidence), file).file
    response = HttpResponse(content_of(stored), content_type=MEDIA_TYPES[FileKind(stored.kind)])
    how = "inline" if stored.is_of.is_picture else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(stored.name)}"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def take_away_file(request: PersonRequest, pk: UUID, evidence: UUID, file: UUID) -> HttpResponse:
    """Take a photo or a document away; it can be put back."""
    case = held(doors.cases(request, Part.IN_DEPTH), pk)
    tie = held(queries.files_in(case).filter(evidence=evidence), file)
    try:
        actions.take_away_file(case_id=case.pk, file_id=tie.pk, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is taken away. You can put it back below."))
    return doors.go(request, "piece", pk=case.pk, evidence=evidence)


@require_POST
def put_back_file(request: PersonRequest, pk: UUID, evidence: UUID, file: UUID) -> HttpResponse:
    """Put back a photo or a document that was taken away."""
    case = held(doors.cases(request, Part.IN_DEPTH), pk)
    tie = held(queries.files_taken_away(case, request.user).filter(evidence=evidence), file)
    try:
        actions.put_back_file(case_id=case.pk, file_id=tie.pk, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is put back."))
    return doors.go(request, "piece", pk=case.pk, evidence=evidence)
