"""Through which door a page of a case opens, and where its neighbours are.

The audience is told by the namespace of the address: the candidate's pages start from one's own,
all others from what one may see at work.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kunnig.cases import queries as case_queries
from kunnig.credentials.queries import papers as paper_queries
from kunnig.mapping import queries as mapping_queries
from kunnig.web.http import held, onward, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from kunnig.cases.models import Case
    from kunnig.cases.states import Part
    from kunnig.credentials.models import Paper
    from kunnig.mapping.models import Mapping
    from kunnig.mapping.states import MappingKind
    from kunnig.web.http import PersonRequest

CANDIDATE = "candidate"
_ANY = UUID(int=0)  # stands in an address for a key that is put there later


def audience_of(request: HttpRequest) -> str:
    """Return the audience whose address was asked for."""
    match = request.resolver_match
    return "" if match is None else match.namespace.partition(":")[0]


def is_candidate(request: HttpRequest) -> bool:
    """Say whether the page is the person's own."""
    return audience_of(request) == CANDIDATE


def mappings(request: PersonRequest) -> QuerySet[Mapping]:
    """Return the mappings that may be opened through this door."""
    if is_candidate(request):
        return mapping_queries.own(request.user)
    return mapping_queries.visible_to(request.user, request.at)


def cases(request: PersonRequest, part: Part | None) -> QuerySet[Case]:
    """Return the cases, that part of which (any, for None) may be opened through this door."""
    if is_candidate(request):
        return case_queries.own(request.user)
    return case_queries.visible_to(request.user, request.at, part)


def papers(request: PersonRequest) -> QuerySet[Paper]:
    """Return the papers that may be opened through this door."""
    if is_candidate(request):
        return paper_queries.own(request.user)
    return paper_queries.visible_to(request.user, request.at)


def address(request: HttpRequest, name: str, **where: Any) -> str:
    """Return the address of a page of the same audience, empty where it has no such page."""
    return _address(f"{audience_of(request)}:{name}", where)


def _address(name: str, where: dict[str, Any]) -> str:
    """Return an address, found out once for all the keys that may stand in it."""
    keys = {part: value for part, value in where.items() if isinstance(value, UUID)}
    places = {part: UUID(int=_ANY.int + number) for number, part in enumerate(keys, 1)}
    found = _reversed(name, tuple((where | places).items()))
    for part, place in places.items():
        found = found.replace(str(place), str(keys[part]))
    return found


@lru_cache(maxsize=1_000)
def _reversed(name: str, where: tuple[tuple[str, Any], ...]) -> str:
    try:
        return reverse(name, kwargs=dict(where))
    except NoReverseMatch:
        return ""


def addresses(request: HttpRequest, name: str, varying: str, **where: Any) -> Callable[[Any], str]:
    """Return what gives the addresses of pages that differ in one part, found out only once.

    `varying` names that part, a key: `addresses(request, "question", "question", pk=…)(key)`.
    """
    pattern = address(request, name, **where, **{varying: _ANY})
    return lambda key: pattern.replace(str(_ANY), str(key))


def go(request: PersonRequest, name: str, **where: Any) -> HttpResponse:
    """Send the person to another page of the same audience."""
    return onward(request, f"{audience_of(request)}:{name}", **where)


def case_address(request: HttpRequest, case: Case) -> str:
    """Return the page of the case, or where the audience begins."""
    return address(request, "case", pk=case.pk) or address(request, "home")


def mapping(request: PersonRequest, pk: UUID, kind: MappingKind | None = None) -> Mapping:
    """Open a mapping, of one kind if given: noted as read when a page of it is asked for."""
    among = mappings(request)
    if kind is not None:
        among = among.filter(kind=kind)
    return held(among, pk) if request.method == "POST" else opened(request, among, pk)


def back(request: PersonRequest, otherwise: str) -> HttpResponse:
    """Send the person back to the page that a small form was on."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return onward(request, asked if is_ours else otherwise)
