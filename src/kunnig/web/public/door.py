"""Who is not signed in is led to the door, and what they wrote goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.middleware import LoginRequiredMiddleware

from kunnig.web.public import kept
from kunnig.web.public.views import signed_out

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class SignInFirst(LoginRequiredMiddleware):
    """Ask for signing in; a form that tells who wrote it is carried over, not dropped."""

    def handle_no_permission(  # type: ignore[override]  # a page answers as well as a way to one
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Answer with the way to the door, or with the door that carries what was written."""
        written = kept.sent(request)
        if written is None:
            return super().handle_no_permission(request, view_func)
        return signed_out(request, written)
