"""One answer for many questions at once: choose them, say what holds, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, policies, queries
from kunnig.mapping.queries import Sheet
from kunnig.mapping.states import MappingKind
from kunnig.web.casefile import approval, doors, posting
from kunnig.web.casefile import several as page_of
from kunnig.web.casefile.leaf import Pen, leaf_of
from kunnig.web.http import onward, page

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpResponse

    from kunnig.mapping.models import Mapping
    from kunnig.web.casefile.leaf import Leaf
    from kunnig.web.http import PersonRequest


@require_http_methods(["GET", "POST"])
def several(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Let one answer hold for many questions: where nothing is told, it is written."""
    mapping = doors.mapping(request, pk, MappingKind.IN_DEPTH)
    pen = Pen(mapping, request.user, bool(policies.may_write(request.user, mapping, request.at)))
    links = queries.targets_of(mapping)
    overview = queries.overview_of(mapping, language=pen.reads, links=links)

    def shown(leaf: Leaf, chosen: Collection[UUID]) -> HttpResponse:
        context = page_of.several_context(pen, links, overview, leaf, chosen)
        return page(request, "casefile/several.html", context)

    places = page_of.places_of(pen)
    if request.method != "POST":
        typed = page_of.like(request, pen)
        leaf = leaf_of(pen, Sheet({}), places, typed=typed)
        return shown(leaf, page_of.chosen_in(request.GET, overview))
    typed = page_of.typed_in(request, pen, places)
    leaf = leaf_of(pen, Sheet({}), places, typed=typed)
    chosen = page_of.chosen_in(request.POST, overview)
    if "clear" in request.POST:
        return shown(leaf, chosen)
    seed = posting.key_in(request.POST, "operation")
    try:
        written = actions.answer_together(
            mapping_id=mapping.pk,
            seed=seed,
            questions=chosen,
            said=page_of.said_in(leaf),
            by=request.user,
            at=request.at,
        )
    except Refused as refusal:
        return shown(leaf_of(pen, Sheet({}), places, typed=typed, refusal=str(refusal)), chosen)
    if not written:
        nothing = _("These questions were answered already. Nothing is written.")
        return shown(leaf_of(pen, Sheet({}), places, typed=typed, refusal=nothing), chosen)
    approval.tell_if_taken_back(request, mapping)
    return _onward(request, mapping, seed)


def _onward(request: PersonRequest, mapping: Mapping, seed: UUID) -> HttpResponse:
    """Lead to the overview, which says what was written and offers to take it back."""
    overview = doors.address(request, "overview", pk=mapping.pk)
    return onward(request, f"{overview}?together={seed}")


@require_POST
def take_back_several(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take back what was written about several questions at once."""
    mapping = doors.mapping(request, pk, MappingKind.IN_DEPTH)
    seed = posting.key_in(request.POST, "together")
    try:
        taken = actions.take_back_together(
            mapping_id=mapping.pk, seed=seed, by=request.user, at=request.at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if taken:
            messages.success(request, _("Taken back. The questions stand as they did before."))
            approval.tell_if_taken_back(request, mapping)
    return doors.go(request, "overview", pk=mapping.pk)
