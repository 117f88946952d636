"""How Django knows this room."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """The parts pages are built from."""

    name = "kunnig.web.components"
