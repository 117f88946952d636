"""What a person meets where something is not theirs to see: the same page in every installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.defaults import page_not_found

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class OwnAbsentPage:
    """Answer a record that is not there with our own page, in debugging too.

    Django's technical page would tell a neighbour in a demo how the record was looked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer `Http404`; leave every other fault to be shown in full."""
        return page_not_found(request, fault) if isinstance(fault, Http404) else None
