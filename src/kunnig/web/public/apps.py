"""How Django knows this room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages for anyone."""

    name = "kunnig.web.public"
