"""How a person arrives: with the assignments that every page and every policy will ask for.

And with a password of their own: one that somebody else made opens nothing but its change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import ModelBackend
from django.db.models import Prefetch
from django.shortcuts import redirect

from kunnig.organisations.models import Assignment
from kunnig.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

OWN_PASSWORD = "candidate:password"  # noqa: S105 -- the name of an address
OPEN_BEFORE_IT = frozenset({OWN_PASSWORD, "public:sign_out"})


class PersonBackend(ModelBackend):
    """Fetch the signed-in person together with their assignments, once per request."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Return the person behind the session, if still active."""
        person = (
            Person.objects.prefetch_related(
                Prefetch("assignments", Assignment.objects.select_related("organisation__parent"))
            )
            .filter(pk=user_id)
            .first()
        )
        return person if person is not None and self.user_can_authenticate(person) else None


class KeptNowhere:
    """Ask every browser and proxy to keep nothing of what is shown to somebody signed in.

    The next one at a lent machine would find it there, by the back button or in its files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as asked, marked if somebody is signed in."""
        response = self.get_response(request)
        if isinstance(request.user, Person):
            response["Cache-Control"] = "private, no-store"
        return response


class OwnPasswordFirst:
    """Lead whoever signed in by a password that somebody else made to choosing their own.

    Pages for anyone stay open, as they are to anyone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_asked: Any
    ) -> HttpResponse | None:
        """Answer with the way to the page, or not at all."""
        match = request.resolver_match
        if (
            isinstance(request.user, Person)
            and request.user.must_choose_password
            and getattr(view, "login_required", True)
            and (match is None or match.view_name not in OPEN_BEFORE_IT)
        ):
            return redirect(OWN_PASSWORD)
        return None
