"""How Django knows this room."""

from django.apps import AppConfig


class RegionConfig(AppConfig):
    """Pages for the region's coordinator."""

    name = "kunnig.web.region"
