"""What is done with a draft by a button: moving parts, and the way to publishing."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kunnig.kernel.verdict import Refused
from kunnig.standards.actions import drafting, publishing
from kunnig.web.assessor.forms import SendBackForm
from kunnig.web.assessor.views.drafts import frame, opened_draft
from kunnig.web.assessor.views.question_sets import writers
from kunnig.web.http import onward, page, posted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest

    Act = Callable[..., str]


def button(act: Act) -> Callable[..., HttpResponse]:
    """Make a view of an act: it does it, tells what was done or why not, and shows the draft."""

    @wraps(act)
    def done(request: PersonRequest, draft: UUID, **where: UUID) -> HttpResponse:
        shown = opened_draft(request, draft)
        if not shown.parts.filter(pk__in=where.values()).exists() and where:
            raise Http404
        try:
            told = act(request, shown.pk, **where)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            if told:
                messages.success(request, told)
        return onward(request, "assessor:draft", draft=shown.pk)

    view: Any = writers(require_POST(done))
    return view  # type: ignore[no-any-return]


@button
def move(request: PersonRequest, draft: UUID, part: UUID) -> str:
    """Move a part one step, unless it has moved since the page was shown."""
    way, _colon, code = request.POST.get("step", "").partition(":")
    drafting.move(
        draft_id=draft,
        part_id=part,
        is_up=way == "up",
        seen_as=code,
        by=request.user,
        at=request.at,
    )
    return ""


@button
def take_away(request: PersonRequest, draft: UUID, part: UUID) -> str:
    """Take a part away; it waits below to be brought back."""
    drafting.take_away(draft_id=draft, part_id=part, by=request.user, at=request.at)
    return _("It is taken away. You can bring it back below.")


@button
def bring_back(request: PersonRequest, draft: UUID, part: UUID) -> str:
    """Bring back what was taken away."""
    drafting.bring_back(draft_id=draft, part_id=part, by=request.user, at=request.at)
    return _("It is brought back.")


@button
def propose(request: PersonRequest, draft: UUID) -> str:
    """Propose a draft for publishing."""
    publishing.propose(draft_id=draft, by=request.user, at=request.at)
    return _("The draft is proposed. A colleague who has not written in it publishes it.")


@button
def publish(request: PersonRequest, draft: UUID) -> str:
    """Publish what a colleague has proposed."""
    publishing.publish(draft_id=draft, by=request.user, at=request.at)
    return _("The questions are published. Mappings that are begun from now on ask them.")


@button
def set_aside(request: PersonRequest, draft: UUID) -> str:
    """Put a draft away."""
    publishing.set_aside(draft_id=draft, by=request.user, at=request.at)
    return _("The draft is set aside. It can be taken up again.")


@button
def take_up(request: PersonRequest, draft: UUID) -> str:
    """Go on with a draft that was set aside."""
    publishing.take_up(draft_id=draft, by=request.user, at=request.at)
    return _("The draft is open again.")


@writers
@require_http_methods(["GET", "POST"])
def send_back(request: PersonRequest, draft: UUID) -> HttpResponse:
    """Send a proposal back with a reason."""
    shown = opened_draft(request, draft)
    form = SendBackForm(posted(request))
    if form.is_valid():
        try:
            publishing.send_back(
                draft_id=shown.pk, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The draft is sent back to those who write it."))
            return onward(request, "assessor:draft", draft=shown.pk)
    more = {"form": form}
    return page(request, "assessor/send_back.html", frame(request, shown, "") | more)
