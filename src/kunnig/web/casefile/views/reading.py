"""Reading a mapping: the whole of one version, and how one answer came to be."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, interview, policies, queries
from kunnig.mapping.actions import Given, Result
from kunnig.mapping.states import Side
from kunnig.web.casefile import doors
from kunnig.web.casefile.leaf import Pen
from kunnig.web.casefile.posting import key_in, number_in, operation_of
from kunnig.web.casefile.reading import mapping_page
from kunnig.web.http import onward, page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.mapping.models import Answer, Mapping
    from kunnig.web.http import PersonRequest


@require_safe
def mapping(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one version of a mapping as the person reads it, and what can be settled about it."""
    return mapping_page(request, doors.mapping(request, pk))


@require_http_methods(["GET", "POST"])
def history_of_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show every version of one answer: who wrote what, and when; and bring an earlier one back."""
    record = doors.mapping(request, pk)
    path, side = request.GET.get("path", ""), request.GET.get("side", "")
    ask = interview.ask_at(path)
    if ask is None or side not in Side.values:
        raise Http404
    versions = list(queries.history_of(record, path, Side(side)))
    if not versions:
        raise Http404
    if request.method == "POST":
        _bring_back(request, record, versions)
        return onward(request, request.get_full_path())
    words = dict(ask.choices)
    return page(
        request,
        "casefile/history.html",
        {
            "mapping": record,
            "case": record.case,
            "pen": Pen(record, request.user, may_write=False),
            "ask": ask,
            "is_told": side == Side.ORIGINAL,
            "latest": versions[0],
            "versions": [(each, words.get(each.value, each.value)) for each in versions],
            "may_write": policies.may_write(request.user, record, request.at)
            and policies.may_write_side(request.user, record, Side(side)),
            "seed": uuid.uuid4(),
        },
    )


def _bring_back(request: PersonRequest, record: Mapping, versions: Sequence[Answer]) -> None:
    """Say once more what an earlier version said; over what the page showed as the latest."""
    asked = number_in(request.POST, "version")
    earlier = next((each for each in versions if each.version == asked), None)
    if earlier is None:
        raise Http404
    given = Given(
        operation_of(key_in(request.POST, "operation"), str(asked)),
        request.user.pk,
        earlier.path,
        Side(earlier.side),
        number_in(request.POST, "base"),
        earlier.value,
        earlier.language,
    )
    try:
        (outcome,) = actions.answer(
            mapping_id=record.pk, given=[given], by=request.user, at=request.at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    match outcome.result:
        case Result.SAVED:
            messages.success(request, _("The earlier words are back. Those in between are kept."))
        case Result.CONFLICT:
            messages.error(
                request, _("Someone else changed this meanwhile. Read it, and choose again.")
            )
        case Result.REFUSED:
            messages.error(request, outcome.reason)
