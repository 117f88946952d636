"""The draft of a question set: what it says, one part a page; preview, coverage, history."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.languages import direction_of, written_in
from kunnig.kernel.verdict import Refused
from kunnig.mapping.states import SelfEstimate
from kunnig.standards import policies, queries
from kunnig.standards.actions import drafting
from kunnig.standards.formats.draft_text import PartText, fields_of
from kunnig.web.assessor.forms import Links, PartForm
from kunnig.web.assessor.views.question_sets import writers
from kunnig.web.components.parts import Card, Step, Tab
from kunnig.web.http import held, onward, page, posted

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from kunnig.standards.models import SetDraft
    from kunnig.standards.queries import Part
    from kunnig.web.http import PersonRequest


def opened_draft(request: PersonRequest, key: UUID) -> SetDraft:
    """Return a draft among those that one may read."""
    return held(queries.drafts_for(request.user, request.at), key)


def frame(request: PersonRequest, draft: SetDraft, here: str) -> dict[str, Any]:
    """Return what every page of a draft shows: the draft, its cuts, and if one writes in it."""
    names = {
        "draft": _("Questions"),
        "preview": _("Preview"),
        "coverage": _("Coverage"),
        "draft_history": _("History"),
    }
    by, at = request.user, request.at
    return {
        "draft": draft,
        "form": None,
        "target": draft.target,
        "language": queries.STANDARDS_LANGUAGE,
        "cuts": [
            Tab(words, reverse(f"assessor:{name}", kwargs={"draft": draft.pk}), name == here)
            for name, words in names.items()
        ],
        "may_change": policies.may_change(by, draft, at),
        "may_send_back": policies.may_send_back(by, draft, at),
    }


@writers
@require_safe
def draft(request: PersonRequest, draft: UUID) -> HttpResponse:
    """Show what a draft says, group by group, and what can be done with it."""
    shown, by, at = opened_draft(request, draft), request.user, request.at
    outline = queries.outline_of(shown)
    sent_back = next(iter(queries.history_of(shown)), None)
    return page(
        request,
        "assessor/draft.html",
        frame(request, shown, "draft")
        | {
            "outline": outline,
            "is_whole": policies.is_whole(queries.coverage(shown, outline)),
            "sent_back": sent_back if sent_back and sent_back.reason else None,
            "may_propose": policies.may_propose(by, shown, at),
            "may_publish": policies.may_publish(by, shown, at),
            "may_set_aside": policies.may_set_aside(by, shown, at),
            "may_take_up": policies.may_take_up(by, shown, at),
        },
    )


@writers
@require_http_methods(["GET", "POST"])
def add_part(request: PersonRequest, draft: UUID) -> HttpResponse:
    """Write a new group, or a new question in the group that the address names."""
    shown = opened_draft(request, draft)
    outline = queries.outline_of(shown)
    named = request.GET.get("group", "")
    group = next((each for each in outline.groups if str(each.id) == named), None)
    if named and group is None:
        raise Http404
    links = None if group is None else _links(request, shown)
    form = PartForm(posted(request), text=PartText(), links=links)
    if form.is_valid():
        try:
            drafting.add(
                draft_id=shown.pk,
                part_id=form.cleaned_data["part"] or uuid4(),
                group_id=None if group is None else group.id,
                text=form.written,
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error("text_sv", str(refusal))
        else:
            messages.success(request, _("It is saved in the draft."))
            return onward(request, "assessor:draft", draft=shown.pk)
    heading = _("New group") if group is None else _("New question")
    more = {"form": form, "group": group, "heading": heading}
    return page(request, "assessor/draft_part.html", frame(request, shown, "") | more)


@writers
@require_http_methods(["GET", "POST"])
def part(request: PersonRequest, draft: UUID, part: UUID) -> HttpResponse:
    """Write one group or one question, in every language side by side."""
    shown = opened_draft(request, draft)
    outline = queries.outline_of(shown)
    one = next((each for each in outline.parts if each.id == part), None)
    if one is None:
        raise Http404
    is_group = one in outline.groups
    links = None if is_group else _links(request, shown)
    form = PartForm(posted(request), text=one.text, links=links, entry=one.entry)
    following = _after(outline.questions, one)
    if form.is_valid():
        try:
            written = drafting.write(
                draft_id=shown.pk,
                part_id=part,
                base=form.cleaned_data["base"] or one.entry,
                text=form.written,
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error("text_sv", str(refusal))
        else:
            if not written.clashes:
                messages.success(request, _("It is saved in the draft."))
                if following is not None and "onward" in request.POST:
                    return onward(request, "assessor:draft_part", draft=shown.pk, part=following.id)
                return onward(request, "assessor:draft", draft=shown.pk)
            both = fields_of(written.text) | {"base": written.entry, "part": part}
            form = PartForm(both, text=one.text, links=links)
            form.is_valid()
            form.tell_clashes(written.clashes)
    heading = f"{one.code}. {_('Group') if is_group else _('Question')}"
    more = {"form": form, "part": one, "heading": heading, "following": following}
    return page(request, "assessor/draft_part.html", frame(request, shown, "") | more)


def _after(questions: list[Part], one: Part) -> Part | None:
    rest = iter(questions)
    return next(rest, None) if any(each.id == one.id for each in rest) else None


def _links(request: PersonRequest, shown: SetDraft) -> Links:
    may_read = policies.may_read_criteria(request.user, request.at)
    return Links(
        queries.points_of(shown.target), queries.criteria_of(shown.target) if may_read else []
    )


@writers
@require_safe
def preview(request: PersonRequest, draft: UUID) -> HttpResponse:
    """Show one question as a candidate sees it, in the language asked for."""
    shown = opened_draft(request, draft)
    languages = dict(settings.LANGUAGES)
    language = request.GET.get("language", "")
    language = language if language in languages else queries.STANDARDS_LANGUAGE
    asked = queries.asked_in(shown, queries.outline_of(shown), language)
    wanted = request.GET.get("question", "")
    one = next((each for each in asked if each.code == wanted), next(iter(asked), None))
    here = reverse("assessor:preview", kwargs={"draft": shown.pk})
    code = "" if one is None else one.code
    return page(
        request,
        "assessor/preview.html",
        frame(request, shown, "preview")
        | {
            "question": one,
            "read_in": language,
            "lang": written_in(language),
            "dir": direction_of(language),
            "languages": [
                Tab(_(name), f"{here}?language={key}&question={code}", key == language)
                for key, name in languages.items()
            ],
            "rail": [
                Step(
                    f"{each.code} {each.short}",
                    "now" if each == one else "later",
                    f"{here}?language={language}&question={each.code}",
                    mark=each.code,
                )
                for each in asked
            ],
            "levels": [Card(each.value, each.label) for each in SelfEstimate],
        },
    )


@writers
@require_safe
def coverage(request: PersonRequest, draft: UUID) -> HttpResponse:
    """Show what stands between a draft and its publishing."""
    shown = opened_draft(request, draft)
    outline = queries.outline_of(shown)
    found = queries.coverage(shown, outline)
    names = dict(settings.LANGUAGES)
    left_out = set(found.points_left_out)
    may_read_criteria = policies.may_read_criteria(request.user, request.at)
    return page(
        request,
        "assessor/coverage.html",
        frame(request, shown, "coverage")
        | {
            "coverage": found,
            "is_whole": policies.is_whole(found),
            "points": [
                point for point in queries.points_of(shown.target) if str(point.number) in left_out
            ],
            "lacking": [(_(names[each.language]), each) for each in found.lacking],
            "grading": found.grading if may_read_criteria else (),
        },
    )


@writers
@require_safe
def history(request: PersonRequest, draft: UUID) -> HttpResponse:
    """Show who has done what in a draft."""
    shown = opened_draft(request, draft)
    more = {"rows": queries.history_of(shown)}
    return page(
        request, "assessor/draft_history.html", frame(request, shown, "draft_history") | more
    )
