"""`kunnig restore FILE --key KEY`: put back what a backup holds, all of it or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kunnig.operations import backups

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Translate the command line into one act, and its answer into words."""

    help = "Put back a backup. Stop the service first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--key", type=Path, required=True, help="the file of the secret key")
        parser.add_argument(
            "--over", action="store_true", help="replace the database that is there"
        )

    def handle(self, *, file: Path, key: Path, over: bool, **options: Any) -> None:
        """Restore, and say what was restored."""
        try:
            contents = backups.restore(file, identity=key.read_text(), is_over=over)
        except (backups.NotRestored, OSError, UnicodeDecodeError, sqlite3.Error) as fault:
            raise CommandError(f"Nothing is restored. {fault}") from fault
        tables, rows = backups.rows_now()
        self.stdout.write(
            f"Restored {rows:,} rows in {tables} tables and {len(contents.files)} files, "
            f"as they were {contents.made_at} in Kunnig {contents.kunnig}."
        )
        self.stdout.write(
            "Whatever was done since is not there: protections must be marked again before "
            "`kunnig work` sends the letters that waited then."
        )
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("The backup is older than this version: run `kunnig migrate`.")
