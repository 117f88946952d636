"""How Django knows this room."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    """What several audiences show of a case."""

    name = "kunnig.web.casefile"
