"""The product's addresses, and two pages of nothing to measure the others by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import include, path

from kunnig.web.http import page

if TYPE_CHECKING:
    from django.http import HttpRequest


def bare(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person with nothing, through all middleware."""
    return HttpResponse(request.user.pk and b"")


def empty(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person with the page around every page, and nothing in it."""
    return page(request, "layout/base.html", {})


urlpatterns = [
    path("bench/bare/", bare, name="bench-bare"),
    path("bench/empty/", empty, name="bench-empty"),
    path("", include("kunnig.config.urls")),
]
