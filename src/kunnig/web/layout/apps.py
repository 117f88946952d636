"""How Django knows this room."""

from django.apps import AppConfig


class LayoutConfig(AppConfig):
    """The page around every page."""

    name = "kunnig.web.layout"
