"""How Django knows this room."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """What a person has done and can show, theirs across every case."""

    name = "kunnig.portfolio"
