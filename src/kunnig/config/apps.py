"""How Django knows the settings' own checks and the order of Swedish letters."""

from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from kunnig.config.collation import teach_swedish_order


class HouseConfig(AppConfig):
    """What must be in place before the first query."""

    name = "kunnig.config"
    label = "house"

    def ready(self) -> None:
        """Let every new connection sort å, ä and ö as Swedes expect, and add our own checks."""
        import_module("kunnig.config.checks")
        connection_created.connect(teach_swedish_order, dispatch_uid="swedish order")
