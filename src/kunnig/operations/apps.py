"""How Django knows this room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Commands that fill, move and tend a whole installation."""

    name = "kunnig.operations"
