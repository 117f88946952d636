"""What is noted of oneself as a person, and the keys that only oneself should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.audit import queries as audit
from kunnig.kernel.text import comma
from kunnig.kernel.verdict import Refused
from kunnig.organisations.queries import roles_of
from kunnig.organisations.states import Role
from kunnig.people import actions
from kunnig.people.queries import identifiers_of, names_of
from kunnig.web.candidate.forms import PasswordForm
from kunnig.web.casefile.forms import NewCodeForm
from kunnig.web.http import asked_from, onward, page, posted
from kunnig.web.layout import navigation

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kunnig.web.http import PersonRequest


@require_safe
def details(request: PersonRequest) -> HttpResponse:
    """Show what is noted of oneself; numbers are masked."""
    return page(
        request,
        "candidate/details.html",
        {
            "identifiers": identifiers_of(request.user),
            "given": password_given(request),
            "code_with": code_chosen_with(request) if request.user.table_code else None,
        },
    )


def code_chosen_with(request: PersonRequest) -> dict[str, object] | None:
    """Return on whose device the person's code was chosen, and when; None if on their own."""
    line = audit.latest(actions.CODE_CHOSEN, about=request.user)
    if line is None or line.actor == str(request.user.pk):
        return None
    return {"by": names_of([line.actor]).get(line.actor, _("A colleague")), "at": line.at}


def password_given(request: PersonRequest) -> dict[str, object] | None:
    """Return who last gave the person a new password, and when; None if nobody did."""
    line = audit.latest(actions.PASSWORD_GIVEN, about=request.user)
    if line is None:
        return None
    return {
        "by": names_of([line.actor]).get(line.actor, _("A colleague")),
        "at": line.at,
        "capacity": comma().join(str(Role(each).label) for each in line.capacity.split()),
    }


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: PersonRequest) -> HttpResponse:
    """Change one's own password."""
    is_first = request.user.must_choose_password
    form = PasswordForm(posted(request))
    if form.is_valid() and knows_the_old(request, form):
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
            home = navigation.home_of(roles_of(request.user, request.at))
            return onward(request, home if is_first else "candidate:details")
    return page(
        request,
        "candidate/password.html",
        {
            "form": form,
            "is_first": is_first,
            "given": password_given(request) if is_first else None,
        },
    )


def knows_the_old(request: PersonRequest, form: PasswordForm) -> bool:
    """Say whether the password of before was right; if not, say so beside its box."""
    verdict = actions.check_own_password(
        by=request.user,
        password=form.cleaned_data["current"],
        address=asked_from(request),
        at=request.at,
    )
    if not verdict:
        form.add_error("current", str(verdict.reason))
    return bool(verdict)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def table_code(request: PersonRequest) -> HttpResponse:
    """Choose the code with which one approves at somebody's table."""
    form = NewCodeForm(posted(request), person=request.user)
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
