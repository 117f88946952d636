"""Letting the person of a case sign in on a device of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kunnig.cases import actions, policies
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.letters.policies import may_be_written_to
from kunnig.people.policies import has_a_sign_in, password_mark
from kunnig.web.http import page, posted
from kunnig.web.validator.invited import invitations_shown
from kunnig.web.validator.views.case import case_of
from kunnig.web.workplaces.forms import NewPasswordForm, SignInForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def open_sign_in(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Choose a user name for the person, and show the first password, once."""
    case = case_of(request, pk)
    may_open = policies.may_open_sign_in(request.user, case, request.at)
    form = SignInForm(request, person=case.person, may_open=may_open)
    if form.is_valid():
        password = numbers.first_password()
        try:
            person = actions.open_sign_in(
                case_id=case.pk,
                password=password,
                by=request.user,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return handed_over(request, case, person, password)
    return page(
        request,
        "validator/open_sign_in.html",
        {
            "here": _("The person’s sign-in"),
            "case": case,
            "form": form,
            "may_open": may_open,
            "may_invite": may_be_written_to(case.person),
            "invitations": invitations_shown(case, request.at) if may_open else [],
        },
    )


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def give_password(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give the person a new password in place of the old one, and show it, once."""
    case = case_of(request, pk)
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        password = numbers.first_password()
        try:
            person = actions.give_password(
                case_id=case.pk,
                password=password,
                by=request.user,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return handed_over(request, case, person, password)
    verdict = policies.may_open_sign_in(request.user, case, request.at)
    return page(
        request,
        "validator/give_password.html",
        {
            "here": _("A new password"),
            "case": case,
            "form": form,
            "may_give": verdict and has_a_sign_in(case.person),
            "instead_of": password_mark(case.person),
        },
    )


@sensitive_variables("password")
def handed_over(request: PersonRequest, case: Case, person: Person, password: str) -> HttpResponse:
    """Answer with what the person is given, on a page to print."""
    return page(
        request,
        "validator/handed_over.html",
        {
            "here": _("Sign-in for %(name)s") % {"name": person.name},
            "case": case,
            "person": person,
            "password": password,
            "sign_in_at": f"{settings.BASE_ADDRESS}{reverse('public:sign_in')}",
        },
    )
