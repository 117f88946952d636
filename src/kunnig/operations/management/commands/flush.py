"""Django's own `flush`, also where the database refuses to erase."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction

ERASING = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s"


class Command(flush.Command):
    """Empties the whole database. SQLite does it row by row: what refuses that stands aside."""

    def handle(self, **options: Any) -> None:
        """Empty the database, with the triggers of SQLite as they were before."""
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            super().handle(**options)
            return
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(ERASING, ["%BEFORE DELETE ON%"])
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            super().handle(**options)
            for _name, sql in triggers:
                cursor.execute(sql)
