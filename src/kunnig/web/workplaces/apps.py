"""How Django knows this room."""

from django.apps import AppConfig


class WorkplacesConfig(AppConfig):
    """Who works where, and how a workplace is reached."""

    name = "kunnig.web.workplaces"
