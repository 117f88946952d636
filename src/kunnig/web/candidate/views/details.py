"""What is noted of oneself as a person, and the keys that only oneself should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.people import actions
from kunnig.people.queries import identifiers_of
from kunnig.web.candidate.forms import PasswordForm, TableCodeForm
from kunnig.web.http import onward, page, posted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@require_safe
def details(request: PersonRequest) -> HttpResponse:
    """Show what is noted of oneself; numbers are masked."""
    return page(request, "candidate/details.html", {"identifiers": identifiers_of(request.user)})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: PersonRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(posted(request), person=request.user)
    if form.is_valid():
        try:
            person = actions.set_password(
                person_id=request.user.pk,
                password=form.cleaned_data["password"],
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            update_session_auth_hash(request, person)
            messages.success(request, _("Your password is changed."))
            return onward(request, "candidate:details")
    return page(request, "candidate/password.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def table_code(request: PersonRequest) -> HttpResponse:
    """Choose the code with which one approves at somebody's table."""
    form = TableCodeForm(posted(request), person=request.user)
    if form.is_valid():
        try:
            actions.choose_table_code(
                person_id=request.user.pk,
                code=form.cleaned_data["code"],
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Your code is chosen. Keep it to yourself."))
            return onward(request, "candidate:details")
    return page(request, "candidate/table_code.html", {"form": form})
