"""How Django knows this room."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """What a mapping is held against: syllabuses, points, criteria, and the questions we ask."""

    name = "kunnig.standards"
