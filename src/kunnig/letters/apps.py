"""How Django knows this room."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """What is written to people, and whether it was sent."""

    name = "kunnig.letters"
