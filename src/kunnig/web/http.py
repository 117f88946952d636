"""Typed requests, and the one way a page opens a record and answers."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from kunnig.audit import actions as audit
from kunnig.organisations.queries import roles_of
from kunnig.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import Model, QuerySet
    from django.forms import BaseForm
    from django.utils.datastructures import MultiValueDict
    from django_htmx.middleware import HtmxDetails

    from kunnig.organisations.states import Role


class PersonRequest(HttpRequest):
    """A request from someone signed in; the middleware sees to that."""

    user: Person
    htmx: HtmxDetails
    at: datetime


Record = TypeVar("Record", bound="Model")
View = TypeVar("View", bound="Callable[..., HttpResponse]")
# One household or office has at least so much of the newer kind of address to itself.
OWN_PART_OF_IPV6 = 64
MOST_PAGES = 6  # digits: more than any list has, few enough to count with


def moment(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request the one moment at which all it does happens."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]  # declared on PersonRequest
        return get_response(request)

    return middleware


def asked_from(request: HttpRequest) -> str:
    """Return where a question comes from: behind a proxy, what the proxy itself says of it."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_TLS:
        # Each proxy adds whom it spoke with at the end; what stands before it anyone may write.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(IPv6Network((known, OWN_PART_OF_IPV6), strict=False))
    return str(known)


def opened(request: PersonRequest, among: QuerySet[Record], pk: UUID) -> Record:
    """Open one record of a case among those the person may see, and note that it was read.

    The record is a case or has one as `case`. Raises `Http404` for what is not there and for
    what is not theirs to see, alike.
    """
    record = held(among, pk)
    _note_reading(request, record)
    return record


def _note_reading(request: Any, record: Any) -> None:
    file = getattr(record, "case", record)
    audit.record_reading(of=record, about=file.person, by=request.user, at=request.at, file=file)


def held(among: QuerySet[Record], pk: UUID | int) -> Record:
    """Return one record to act on, or one of no case. The act leaves its own line.

    Raises `Http404` as `opened` does.
    """
    # A key has one record at most: putting it in order, as `first` does, would cost every page.
    record = next(iter(among.filter(pk=pk)), None)
    if record is None:
        raise Http404
    return record


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let a page be found by those who hold one of `roles` now, and by nobody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if roles_of(request.user, request.at).isdisjoint(roles):
                raise Http404
            return view(request, *args, **kwargs)

        return cast("View", found)

    return decorate


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def files_posted(request: HttpRequest) -> MultiValueDict[str, UploadedFile[Any]] | None:
    """Return the files that were sent, or None when the page was only asked for."""
    return request.FILES if request.method == "POST" else None


def onward(request: PersonRequest, name: str, **where: Any) -> HttpResponse:
    """Send the person to another page; htmx must be told so, not redirected."""
    url = resolve_url(name, **where)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def number_of(request: HttpRequest) -> int:
    """Return which page of a list was asked for; the first for whatever is not a number."""
    asked = request.GET.get("page", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= MOST_PAGES
    return max(1, int(asked)) if is_number else 1


def pages_around(request: HttpRequest, number: int, *, has_more: bool) -> dict[str, str]:
    """Return the addresses of a list's neighbouring pages, for the component `pages`.

    What narrows the list is kept. Empty where there is no such page.
    """

    def at(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "previous": at(number - 1) if number > 1 else "",
        "following": at(number + 1) if has_more else "",
    }


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str = ""
) -> TemplateResponse:
    """Answer with a whole page, or with its `part` when htmx asks for just that.

    A bound form with errors answers 422, to people and to htmx alike. What is sent and answered
    with a page of a case, as what is refused is, shows the case: that too is a reading.
    """
    record = context.get("mapping") or context.get("case")
    if request.method == "POST" and record is not None:
        _note_reading(request, record)
    form: BaseForm | None = context.get("form")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # from its middleware
    if part and htmx.target == part:
        template = f"{template}#{part}"
    return TemplateResponse(request, template, context, status=status)
