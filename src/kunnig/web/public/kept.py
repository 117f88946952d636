"""What somebody wrote whose session had ended: it goes over the sign-in to them alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kunnig.people.models import Person

KEPT = "kept"
AUTHOR = "author"  # by this field a form says who wrote what it sends
NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent signed out: each of its fields, by name and value."""

    fields: tuple[tuple[str, str], ...]

    @property
    def author(self) -> str:
        """The key of whoever was signed in when it was written."""
        return next((value for name, value in self.fields if name == AUTHOR), "")

    @property
    def texts(self) -> list[str]:
        """What was written in it, to be seen before it is sent on."""
        inner = ("-base", "-language", "-choice", "-mine", "-confirm")
        return [
            value
            for name, value in self.fields
            if "-" in name and not name.endswith(inner) and value.strip()
        ]

    def as_text(self) -> str:
        """Return it as one hidden field holds it."""
        return json.dumps(self.fields)

    def is_by(self, person: Person) -> bool:
        """Say whether `person` wrote it."""
        return self.author == str(person.pk)


def sent(request: HttpRequest) -> Kept | None:
    """Return the form that a request sends, if it is one whose words would be lost."""
    if request.method != "POST" or AUTHOR not in request.POST:
        return None
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return Kept(tuple((name, value) for name, value in fields if name not in NOT_KEPT))


def carried(request: HttpRequest) -> Kept | None:
    """Return the form that the page of signing in has carried, None where it came back maimed."""
    try:
        fields = json.loads(request.POST.get(KEPT, ""))
        written = Kept(tuple((str(name), str(value)) for name, value in fields))
        # Half a letter could not be written on the page again: it is refused here, as ill-formed.
        "".join(value for _name, value in written.fields).encode()
    except (ValueError, TypeError, RecursionError):
        return None
    return written
