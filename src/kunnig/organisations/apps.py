"""How Django knows this room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The region, its municipalities, their boards and schools, and who works there as what."""

    name = "kunnig.organisations"
