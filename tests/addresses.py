"""Every address of the product, read from the resolver, so that no walk forgets a new page."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, reverse

# `pk` is a key of what its address names before it; any other parameter is called as its kind.
PK = re.compile(r"([a-z-]+)/<\w+:pk>")
PARAMETER = re.compile(r"<\w+:(\w+)>")
# Lists that name people by what is asked about them.
OF_PEOPLE = {"qualifications"}
OF_A_CASE = {"cases", "mappings", "papers"}


@dataclass(frozen=True, slots=True)
class Address:
    """One named address, as the resolver knows it."""

    name: str
    route: str
    view: object

    @property
    def parameters(self):
        return PARAMETER.findall(self.route)

    @property
    def kinds(self):
        """Return the kind of each parameter, in order."""
        return [self._kind(parameter) for parameter in self.parameters]

    def _kind(self, parameter):
        noun = PK.search(self.route)
        if parameter != "pk" or noun is None:
            return parameter
        return "people" if noun[1] in OF_PEOPLE else noun[1]

    @property
    def audience(self):
        return self.name.partition(":")[0]

    @property
    def short(self):
        """Return its name without the audience."""
        return self.name.partition(":")[2]

    @property
    def is_of_a_case(self):
        return not OF_A_CASE.isdisjoint(self.kinds)

    @property
    def is_open(self):
        return not getattr(self.view, "login_required", True)

    def filled(self, keys):
        """Return the address with each key of the right kind: none if a kind is not there."""
        choices = [keys.get(kind, ()) for kind in self.kinds]
        return [
            reverse(self.name, kwargs=dict(zip(self.parameters, chosen, strict=True)))
            for chosen in itertools.product(*choices)
        ]


def every_address():
    """Return every named address."""
    return list(_addresses(get_resolver().url_patterns))


def _addresses(patterns, prefix="", route=""):
    for entry in patterns:
        here = f"{route}{entry.pattern}"
        if not isinstance(entry, URLPattern):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _addresses(entry.url_patterns, inner, here)
        elif entry.name:
            yield Address(f"{prefix}{entry.name}", here, entry.callback)
