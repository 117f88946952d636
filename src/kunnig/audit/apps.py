"""How Django knows this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did or read what, and when."""

    name = "kunnig.audit"
