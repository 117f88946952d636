"""Giving a colleague a role, ending it, letting them sign in; and how a workplace is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kunnig.cases import actions as cases
from kunnig.cases import queries as case_queries
from kunnig.cases.policies import may_open_colleagues_sign_in
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.organisations import actions, queries
from kunnig.organisations.states import GIVEN_BY, Role
from kunnig.people.policies import has_a_sign_in, password_mark
from kunnig.web.http import for_roles, held, onward, page, posted
from kunnig.web.workplaces.forms import (
    DescribeForm,
    EmployForm,
    EndRoleForm,
    NewPasswordForm,
    RoleForm,
    SignInForm,
)

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from kunnig.organisations.models import Assignment, Organisation
    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest

GIVERS = frozenset(GIVEN_BY.values())


@for_roles(*GIVERS)
@require_http_methods(["GET", "POST"])
def employ(request: PersonRequest) -> HttpResponse:
    """Add a colleague who is not here yet, with a role."""
    form = EmployForm(request, **_offers(request))
    if form.is_valid():
        try:
            assignment = actions.employ(by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            name = assignment.person.name
            messages.success(
                request, _("%(name)s is added. Now let them sign in.") % {"name": name}
            )
            return onward(request, f"{_here(request)}:open_sign_in", pk=assignment.person_id)
    return page(request, "workplaces/employ.html", {"form": form, "home": _back(request)})


@for_roles(*GIVERS)
@require_http_methods(["GET", "POST"])
def give_role(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give a colleague one more role."""
    person = held(queries.placeable_by(request.user, request.at), pk)
    form = RoleForm(request, **_offers(request))
    if form.is_valid():
        try:
            assignment = actions.assign(
                person=person, by=request.user, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%(name)s has the role now: %(role)s.")
                % {"name": person.name, "role": assignment.get_role_display()},
            )
            return onward(request, _back(request, assignment.organisation))
    return page(
        request,
        "workplaces/give_role.html",
        {"form": form, "person": person, "home": _back(request)},
    )


@for_roles(*GIVERS)
@require_http_methods(["GET", "POST"])
def end_role(request: PersonRequest, pk: int) -> HttpResponse:
    """End a role, from a day on."""
    assignment = held(queries.answered_for_by(request.user, request.at), pk)
    back = _back(request, assignment.organisation)
    form = EndRoleForm(posted(request), initial={"ends_on": timezone.localdate(request.at)})
    if form.is_valid():
        try:
            cases.end_role(assignment_id=pk, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, _("The last day of the role is noted."))
            return onward(request, back)
    return page(
        request,
        "workplaces/end_role.html",
        {"form": form, "assignment": assignment, "home": back, **_left_behind(request, assignment)},
    )


def _left_behind(request: PersonRequest, assignment: Assignment) -> dict[str, Any]:
    """Return how many open cases whose role ends answers for, and where they are listed.

    The cases of protected people are not counted: the number would tell of them.
    """
    board_key = assignment.organisation.board_key
    theirs = case_queries.responsible_for(assignment.person, request.at)
    lists_them = board_key in queries.boards_open_to(request.user, request.at)
    return {
        "left": case_queries.going_on(theirs.filter(board=board_key)).count(),
        "cases": f"{reverse('validator:cases')}?tab=board" if lists_them else "",
    }


@for_roles(*GIVERS)
@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def open_sign_in(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give a colleague a user name and a first password."""
    person = held(queries.placeable_by(request.user, request.at), pk)
    may_open = may_open_colleagues_sign_in(request.user, person, request.at)
    form = SignInForm(request, person=person, may_open=may_open)
    if form.is_valid():
        password = numbers.first_password()
        try:
            opened = cases.open_colleagues_sign_in(
                person_id=pk,
                password=password,
                by=request.user,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return handed_over(request, opened, password)
    return page(
        request,
        "workplaces/open_sign_in.html",
        {
            "form": form,
            "person": person,
            "may_open": may_open,
            "home": _back(request),
            "new_password": reverse(f"{_here(request)}:give_password", kwargs={"pk": pk}),
        },
    )


@for_roles(*GIVERS)
@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def give_password(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give a colleague who has forgotten theirs a password to change at once."""
    person = held(queries.placeable_by(request.user, request.at), pk)
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        password = numbers.first_password()
        try:
            given = cases.give_colleague_password(
                person_id=pk,
                password=password,
                by=request.user,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return handed_over(request, given, password)
    verdict = may_open_colleagues_sign_in(request.user, person, request.at)
    return page(
        request,
        "workplaces/give_password.html",
        {
            "form": form,
            "person": person,
            "may_give": verdict and has_a_sign_in(person),
            "instead_of": password_mark(person),
            "home": _back(request),
        },
    )


@sensitive_variables("password")
def handed_over(request: PersonRequest, person: Person, password: str) -> HttpResponse:
    """Answer with what a colleague is given, on a page to print."""
    return page(
        request,
        "workplaces/handed_over.html",
        {
            "person": person,
            "password": password,
            "sign_in_at": f"{settings.BASE_ADDRESS}{reverse('public:sign_in')}",
            "home": _back(request),
        },
    )


@for_roles(Role.MUNICIPAL_COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def describe(request: PersonRequest, pk: int) -> HttpResponse:
    """Change how an organisation is reached, and its logo."""
    organisation = held(queries.described_by(request.user, request.at), pk)
    form = DescribeForm(request, organisation=organisation)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.describe(
                organisation_id=pk,
                telephone=told["telephone"],
                email=told["email"],
                address=told["address"],
                logo_svg=told["logo"],
                by=request.user,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The contact is changed."))
            return onward(request, _back(request))
    return page(
        request,
        "workplaces/describe.html",
        {"form": form, "organisation": organisation, "home": _back(request)},
    )


def _offers(request: PersonRequest) -> dict[str, Any]:
    """Return where and which roles may be given, and the place that was asked for."""
    return {
        "places": queries.places_for(request.user, request.at),
        "roles": queries.roles_given_by(request.user, request.at),
        "initial": {"organisation": request.GET.get("at", "")},
    }


def _here(request: PersonRequest) -> str:
    """Return the audience whose address was asked for."""
    match = request.resolver_match
    return "" if match is None else match.namespace


def _back(request: PersonRequest, organisation: Organisation | None = None) -> str:
    """Return the page that one came from: of the municipality where there is one, else home."""
    if organisation is not None and organisation.parent_id is not None:
        try:
            return reverse(f"{_here(request)}:municipality", kwargs={"pk": organisation.parent_id})
        except NoReverseMatch:
            pass
    return reverse(f"{_here(request)}:home")
