"""The door of a demo: be one of its invented people with a button. Nowhere but on one's machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kunnig.organisations import queries as organisations
from kunnig.organisations.states import Role
from kunnig.people.queries import who_sign_in
from kunnig.web.http import page
from kunnig.web.layout import navigation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest


@dataclass(frozen=True, slots=True)
class Guise:
    """One person to be; whoever is protected is told by role alone."""

    key: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Group:
    """Those who hold one role, or none: the candidates."""

    words: StrOrPromise
    guises: Sequence[Guise]


@login_not_required
@require_http_methods(["GET", "POST"])
def demo(request: PersonRequest) -> HttpResponse:
    """Show the people of the demo by role, and be one of them."""
    if not settings.DEMO:
        raise Http404
    people = list(who_sign_in())
    if request.method == "POST":
        chosen = [each for each in people if str(each.pk) == request.POST.get("person")]
        if not chosen:
            return redirect("public:demo")
        login(request, chosen[0])
        return redirect(navigation.home_of(organisations.roles_of(chosen[0], request.at)))
    return page(request, "public/demo.html", {"groups": list(groups_of(people, request.at))})


def groups_of(people: Sequence[Person], at: datetime) -> Iterator[Group]:
    """Yield the candidates, then those who hold each role, groups with nobody left out."""
    candidates = [guise(each, "") for each in people if not organisations.roles_of(each, at)]
    held = [(each, job) for each in people for job in organisations.running(each, at)]
    staff = [
        Group(
            role.label,
            [guise(each, job.organisation.full_name) for each, job in held if job.role == role],
        )
        for role in Role
    ]
    return (group for group in (Group(_("Candidate"), candidates), *staff) if group.guises)


def guise(person: Person, place: str) -> Guise:
    """Return a person as the page shows them."""
    return Guise(str(person.pk), "" if person.is_protected else person.name, place)
