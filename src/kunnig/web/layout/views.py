"""The page for a form that came without the token of its page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.template.response import TemplateResponse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's
    """Say that the form is too old to be taken, and what to do."""
    return TemplateResponse(request, "layout/stale.html", status=HTTPStatus.FORBIDDEN).render()
