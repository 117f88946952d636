"""How Django knows this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, their identifiers and the protection some of them live under."""

    name = "kunnig.people"
