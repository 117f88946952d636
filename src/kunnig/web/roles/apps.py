"""How Django knows this room."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """How roles are given and ended."""

    name = "kunnig.web.roles"
