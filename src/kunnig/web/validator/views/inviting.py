"""Inviting the person of a case: by e-mail, or by a letter that is printed here and shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kunnig.cases import actions, queries
from kunnig.cases.policies.inviting import may_invite
from kunnig.cases.states import InvitedBy
from kunnig.kernel import numbers
from kunnig.kernel.languages import direction_of, written_in
from kunnig.kernel.verdict import Refused
from kunnig.letters.states import languages_for
from kunnig.web.components.marks import day
from kunnig.web.http import onward, page, posted
from kunnig.web.validator.forms import InviteForm
from kunnig.web.validator.views.case import case_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.cases.actions import Invited
    from kunnig.web.http import PersonRequest


@sensitive_variables("invited")
@require_http_methods(["GET", "POST"])
def invite(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Invite the person, and show the letter to print, once."""
    case = case_of(request, pk)
    verdict = may_invite(request.user, case, request.at)
    latest = queries.invitation_of(case) if verdict else None
    form = InviteForm(posted(request), case=case, latest=latest, may_invite=verdict)
    if form.is_valid():
        try:
            invited = actions.invite(
                case_id=case.pk,
                page_at=page_at(),
                by=request.user,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if invited.invitation.way == InvitedBy.LETTER:
                return printed(request, invited)
            messages.success(request, _("The letter is written. It is sent within a minute."))
            return onward(request, "validator:open_sign_in", pk=case.pk)
    return page(
        request,
        "validator/invite.html",
        {
            "here": _("Invite the person"),
            "case": case,
            "form": form,
            "may_invite": verdict,
        },
    )


def page_at() -> str:
    """Return the address at which a code is written, and under which links lead."""
    return f"{settings.BASE_ADDRESS}{reverse('public:invited')}"


@sensitive_variables("invited")
def printed(request: PersonRequest, invited: Invited) -> HttpResponse:
    """Answer with the letter to print, in the person's language and in Swedish."""
    case = invited.invitation.case
    languages = [
        spoken_in(each, invited.invitation.expires_at)
        for each in languages_for(case.person.language or case.language)
    ]
    return page(
        request,
        "validator/printed_letter.html",
        {
            "here": _("Letter to %(name)s") % {"name": case.person.name},
            "case": case,
            "languages": languages,
            "code": numbers.grouped(invited.code),
            "page_at": page_at(),
            "username": case.person.username,
            "municipality": (case.board.parent or case.board).name,
            "telephone": case.board.telephone,
        },
    )


def spoken_in(code: str, until: datetime) -> dict[str, str]:
    """Return what a letter in one language needs to know of it, and its last day in words."""
    language = written_in(code)
    with override(code):
        last_day = day(until)
    return {
        "code": code,
        "language": language,
        "direction": direction_of(language),
        "until": last_day,
    }
