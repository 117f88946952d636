"""How Django knows this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case file: person, board, state, and who is let in."""

    name = "kunnig.cases"
