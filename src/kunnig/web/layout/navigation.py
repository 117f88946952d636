"""The menus: which pages each kind of person finds at the top and at the foot of every page.

An audience that gets a new page for the menu adds one `Entry` here. An entry whose address does
not exist is left out, so the order of building does not matter, and no link leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kunnig.organisations.states import BOARD_ROLES, IN_DEPTH_MAPPERS, LEADERS, MAPPERS, Role
from kunnig.standards.states import QUESTION_WRITERS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CASE_READERS = MAPPERS | BOARD_ROLES
ASSESSORS = IN_DEPTH_MAPPERS - MAPPERS
# Who may have to do with a case at all: they find the pages of casework and are told why not yet.
NEAR_CASES = CASE_READERS | ASSESSORS
STAFF = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in a menu: the name of its address, its words, and the roles it is for.

    `holds` are words of addresses that lie elsewhere but belong here, such as “mappings”.
    """

    address: str
    words: StrOrPromise
    roles: frozenset[Role] = frozenset()
    fragment: str = ""
    holds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one page shows it; `current` is what `aria-current` says there."""

    url: str
    words: StrOrPromise
    current: str = ""


# For those who are signed in and hold no role: the person a case is about. Also for those who
# hold one, on the pages that are about themselves: they may be candidates, too.
CANDIDATE_MENU = (
    Entry("candidate:home", _("My case"), holds=frozenset({"mappings"})),
    Entry("candidate:experiences", _("My experiences")),
    Entry("candidate:papers", _("My papers")),
    Entry("candidate:readings", _("Who has read?")),
    Entry("candidate:details", _("My details")),
)
# For those who hold a role: the entries of all their roles, in this order.
STAFF_MENU = (
    Entry("validator:home", _("To do"), MAPPERS),
    Entry("coordinator:home", _("Our municipality"), LEADERS),
    Entry("validator:cases", _("Cases"), CASE_READERS, holds=frozenset({"mappings"})),
    Entry("assessor:home", pgettext_lazy("menu of assessors", "Cases"), ASSESSORS),
    Entry("region:home", _("The county"), frozenset({Role.REGIONAL_COORDINATOR})),
    Entry("region:qualifications", _("Qualifications"), frozenset({Role.REGIONAL_COORDINATOR})),
    Entry("administration:home", _("People and roles"), frozenset({Role.ADMINISTRATOR})),
    Entry("administration:organisations", _("Organisations"), frozenset({Role.ADMINISTRATOR})),
    Entry("public:targets", _("Targets"), STAFF),
    Entry(
        "assessor:question_sets",
        _("Questions to ask"),
        QUESTION_WRITERS,
        holds=frozenset({"drafts"}),
    ),
)
# For those who are signed out.
PUBLIC_MENU = (
    Entry("public:front", _("How it works"), fragment="how-it-works"),
    Entry("public:municipalities", _("Find your municipality")),
    Entry("public:verify", _("Check a paper")),
    Entry("public:about", _("About Kunnig")),
)
FOOTER = (
    Entry("public:accessibility", _("Accessibility statement")),
    Entry("public:privacy", _("How we use your data")),
    Entry("public:municipalities", _("Find your municipality")),
    Entry("public:about", _("About Kunnig")),
    Entry("public:verify", _("Check a paper")),
    Entry("public:targets", _("What can be mapped against")),
    Entry("public:language", _("Language")),
)


def address_of(entry: Entry) -> str | None:
    """Return the address of an entry, or None while there is no such page."""
    try:
        url = reverse(entry.address)
    except NoReverseMatch:
        return None
    return f"{url}#{entry.fragment}" if entry.fragment else url


def menu_for(roles: frozenset[str] | None) -> tuple[Entry, ...]:
    """Return the menu for someone with these roles; None for those who are signed out."""
    if roles is None:
        return PUBLIC_MENU
    if not roles:
        return CANDIDATE_MENU
    return tuple(entry for entry in STAFF_MENU if entry.roles & roles)


def own_menu_for(roles: frozenset[str]) -> tuple[Entry, ...]:
    """Return the menu among one's own pages: a candidate's, for staff with a way back to work."""
    at_work = next((each for each in menu_for(roles) if address_of(each) and roles), None)
    if at_work is None:
        return CANDIDATE_MENU
    return (*CANDIDATE_MENU, Entry(at_work.address, _("Back to work")))


def links(entries: tuple[Entry, ...], path: str) -> tuple[Link, ...]:
    """Return the entries that lead somewhere, the one that holds the page at `path` marked.

    "page" for the very page, "true" for the part of the service that the page lies in.
    """
    found = [(url, entry) for entry in entries if (url := address_of(entry)) is not None]
    near = {url: nearness(entry, url, path) for url, entry in found}
    nearest = max(near, key=lambda url: near[url]) if any(near.values()) else ""
    return tuple(
        Link(url, entry.words, "" if url != nearest else "page" if url == path else "true")
        for url, entry in found
    )


def nearness(entry: Entry, url: str, path: str) -> int:
    """Return how near the page at `path` lies to a place of the menu; 0 when it is not there."""
    if path == url:
        return len(path) + 2
    if entry.holds & set(path.split("/")):
        return len(path) + 1
    return len(url) if url != "/" and path.startswith(url) else 0


def home_of(roles: frozenset[str]) -> str:
    """Return where someone with these roles begins: the first place of their menu."""
    begins = (address_of(entry) for entry in menu_for(roles))
    return next((url for url in begins if url is not None), reverse("public:front"))
