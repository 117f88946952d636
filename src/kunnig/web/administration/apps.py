"""How Django knows this room."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Pages for administrators."""

    name = "kunnig.web.administration"
