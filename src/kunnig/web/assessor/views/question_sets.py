"""What is asked about each target: the sets that were published, and the draft that is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.standards import queries
from kunnig.standards.actions import drafting
from kunnig.standards.states import QUESTION_WRITERS
from kunnig.web.assessor.forms import BeginForm
from kunnig.web.http import for_roles, held, number_of, onward, page, pages_around, posted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.standards.models import QuestionSet, SetDraft
    from kunnig.standards.queries import TargetRow
    from kunnig.web.http import PersonRequest

PAGE_LENGTH = 25
LONGEST_WORDS = 100
writers = for_roles(*QUESTION_WRITERS)


@dataclass(frozen=True, slots=True)
class Line:
    """One target with what is asked about it now, and what is being written."""

    target: TargetRow
    current: QuestionSet | None
    draft: SetDraft | None


@writers
@require_safe
def targets(request: PersonRequest) -> HttpResponse:
    """List the targets that one may write questions about."""
    words = request.GET.get("words", "")[:LONGEST_WORDS]
    number = number_of(request)
    start = (number - 1) * PAGE_LENGTH
    found = queries.open_to_writers(request.user, request.at, words=words)
    rows = queries.target_rows(found[start : start + PAGE_LENGTH + 1])
    keys = [row.id for row in rows]
    current, drafts = queries.current_question_sets(keys), queries.open_drafts(keys)
    return page(
        request,
        "assessor/question_sets.html",
        {
            "lines": [
                Line(row, current.get(row.id), drafts.get(row.id)) for row in rows[:PAGE_LENGTH]
            ],
            "words": words,
            "language": queries.STANDARDS_LANGUAGE,
            **pages_around(request, number, has_more=len(rows) > PAGE_LENGTH),
        },
    )


@writers
@require_http_methods(["GET", "POST"])
def target(request: PersonRequest, target: UUID) -> HttpResponse:
    """Show the sets and drafts of one target, and begin a new draft."""
    shown = held(queries.written_about_by(request.user, request.at), target)
    drafts = list(
        queries.drafts_for(request.user, request.at).filter(target=shown).order_by("-number")
    )
    form = BeginForm(posted(request), copies=queries.copies_for(shown))
    if form.is_valid():
        try:
            draft = drafting.begin(
                target_id=shown.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("copy_of", str(refusal))
        else:
            if not drafts or draft.pk != drafts[0].pk:
                messages.success(request, _("The draft is begun."))
            return onward(request, "assessor:draft", draft=draft.pk)
    return page(
        request,
        "assessor/question_set.html",
        {
            "target": shown,
            "sets": queries.sets_of(shown),
            "open": next((draft for draft in drafts if draft.is_open), None),
            "drafts": drafts,
            "form": form,
            "language": queries.STANDARDS_LANGUAGE,
        },
    )
