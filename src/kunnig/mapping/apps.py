"""How Django knows this room."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """Initial and in-depth mapping: a person's own words, kept as they were said."""

    name = "kunnig.mapping"
