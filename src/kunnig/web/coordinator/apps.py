"""How Django knows this room."""

from django.apps import AppConfig


class CoordinatorConfig(AppConfig):
    """Pages for a municipality's coordinator."""

    name = "kunnig.web.coordinator"
