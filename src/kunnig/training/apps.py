"""How Django knows this room."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Who is qualified to map, since when, and on whose word."""

    name = "kunnig.training"
