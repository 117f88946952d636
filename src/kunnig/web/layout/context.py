"""What the page around every page shows: who is here, as what, and where they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import ngettext

from kunnig.organisations import queries as organisations
from kunnig.people.models import Person
from kunnig.web.layout import navigation

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from kunnig.web.layout.navigation import Entry, Link

# Pages of these audiences are dense; those of candidates and the public are roomy.
DENSE = frozenset({"validator", "assessor", "coordinator", "region", "administration", "standards"})

OWN = "candidate"  # the audience of pages about oneself


@dataclass(frozen=True, slots=True)
class Chrome:
    """The header and footer of one page. `person` is None for those who are signed out."""

    person: Person | None
    standing: str
    own_pages: str
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    size: str


def standing_of(person: Person, at: datetime) -> str:
    """Return the role and organisation that a person works as, and how many more they have."""
    held = list(organisations.running(person, at))
    if not held:
        return ""
    first, others = held[0], len(held) - 1
    said = f"{first.get_role_display()}, {first.organisation.full_name}"
    if not others:
        return said
    more = ngettext("and %(count)s more role", "and %(count)s more roles", others)
    return f"{said}, {more % {'count': others}}"


def own_pages_of(roles: frozenset[str] | None) -> str:
    """Return where who works here finds what is about themselves; others have it in the menu."""
    if not roles:
        return ""
    try:
        return reverse("candidate:details")
    except NoReverseMatch:
        return ""


def audience_of(request: HttpRequest) -> str:
    """Return the audience whose address was asked for; nothing for what is no page."""
    match = request.resolver_match
    return "" if match is None else match.namespace.partition(":")[0]


def menu_of(request: HttpRequest, roles: frozenset[str] | None) -> tuple[Entry, ...]:
    """Return the menu of a page: on one's own pages a candidate's, whatever one works as."""
    if roles is not None and audience_of(request) == OWN:
        return navigation.own_menu_for(roles)
    return navigation.menu_for(roles)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Give every template the header and footer; asks the database nothing of its own."""
    user = getattr(request, "user", None)
    at: datetime | None = getattr(request, "at", None)
    person = user if isinstance(user, Person) and at is not None else None
    roles = organisations.roles_of(person, at) if person is not None and at is not None else None
    # Whoever must choose a password first is shown no menu: nothing in it opens.
    is_held = person is not None and person.must_choose_password
    return {
        "chrome": Chrome(
            person=person,
            standing=standing_of(person, at) if person is not None and at is not None else "",
            own_pages="" if is_held else own_pages_of(roles),
            menu=() if is_held else navigation.links(menu_of(request, roles), request.path),
            footer=navigation.links(navigation.FOOTER, request.path),
            size="sm" if audience_of(request) in DENSE else "",
        )
    }
