"""Reading people. Nobody is ever looked for by name here: see `actions.register`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.people.models import TOLD_BY_THEMSELVES, Identifier, Person
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from kunnig.people.formats.identifiers import Number


def noted(number: Number) -> QuerySet[Identifier]:
    """Return every identifier that is exactly `number`, with its person, the oldest first.

    For the actions of this house alone: a page that showed the answer would tell who exists.
    """
    return (
        Identifier.objects.select_related("person")
        .filter(kind=number.kind, issuer=number.issuer, value=number.value)
        .order_by("noted_at", "id")
    )


def find_by_identifier(number: Number, authority: int = TOLD_BY_THEMSELVES) -> Person | None:
    """Return the person known by exactly `number`: to that authority, else to any. As `noted`."""
    found = sorted(noted(number), key=lambda each: (each.authority != authority, each.apart))
    return found[0].person if found else None


def identifiers_of(person: Person) -> list[Identifier]:
    """Return the numbers that `person` is known by, for their own eyes; show them masked."""
    rows = Identifier.objects.filter(person=person).order_by("-noted_at", "-id")
    once = {(each.kind, each.issuer, each.value): each for each in rows}
    return sorted(once.values(), key=lambda each: (each.noted_at, each.pk))


def identifiers_known_to(authority: int, person: Person) -> QuerySet[Identifier]:
    """Return the numbers of `person` that an authority has noted, or was told by the person.

    What another authority has noted is another's secret, also when both have a case.
    """
    known = Identifier.objects.filter(person=person, authority__in=(authority, TOLD_BY_THEMSELVES))
    return known.order_by("noted_at", "id")


def names_of(keys: Iterable[UUID | str], *, known: Iterable[Person] = ()) -> dict[str, str]:
    """Return the names behind `keys`, for what others read in a log or a history.

    Whoever is protected has no name there: the page says “a colleague” for a key that is missing.
    `known` are those whose names the reader sees anyway, such as the person the case is about.
    """
    names = {str(person.pk): person.name for person in known}
    missing = {str(key) for key in keys} - names.keys()
    if not missing:
        return names
    named = Person.objects.filter(pk__in=missing, protection=Protection.NONE)
    return names | {str(key): name for key, name in named.values_list("pk", "name")}


def known_as(username: str) -> Person | None:
    """Return who signs in by a user name, as it is kept."""
    return Person.objects.filter(username=username).first()


def who_sign_in() -> QuerySet[Person]:
    """Return everybody who has a user name, with their assignments: the people of a demo.

    Only for the page that signs in by a button, which exists nowhere but on one's own machine.
    """
    return (
        Person.objects.filter(username__isnull=False, is_active=True)
        .prefetch_related("assignments__organisation__parent")
        .order_by("registered_at", "id")
    )
