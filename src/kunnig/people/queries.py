"""Reading people. Nobody is ever looked for by name here: see `actions.register`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.people.models import Identifier, Person
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from kunnig.people.formats.identifiers import Number


def noted(number: Number) -> Identifier | None:
    """Return the identifier that is exactly `number`, with its person."""
    return (
        Identifier.objects.select_related("person")
        .filter(kind=number.kind, issuer=number.issuer, value=number.value)
        .first()
    )


def find_by_identifier(number: Number) -> Person | None:
    """Return the person known by exactly `number`.

    For the actions of this house alone: a page that showed the answer would tell who exists.
    """
    identifier = noted(number)
    return None if identifier is None else identifier.person


def identifiers_of(person: Person) -> QuerySet[Identifier]:
    """Return the numbers that `person` is known by, the oldest first; show them masked."""
    return Identifier.objects.filter(person=person).order_by("noted_at", "id")


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
