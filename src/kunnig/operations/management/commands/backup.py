"""`kunnig backup FILE`: write everything into one encrypted file, while the service runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kunnig.operations import backups

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Translate the command line into one act, and its answer into one line."""

    help = "Write the database and the stored files into one encrypted file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", type=Path, nargs="?", help="the backup to write")
        what.add_argument(
            "--make-key",
            type=Path,
            metavar="KEY",
            help="write a new secret key into this file, and print the public one; once, elsewhere",
        )

    def handle(self, *, file: Path | None, make_key: Path | None, **options: Any) -> None:
        """Make a key, or a backup."""
        if make_key is not None:
            self.stdout.write(made(make_key))
        elif file is not None:
            self.stdout.write(written(file))


def made(key: Path) -> str:
    """Make a pair of keys, and say what to do with them."""
    try:
        public = backups.make_key(key)
    except OSError as fault:
        raise CommandError(f"No key is written: {fault}") from fault
    return (
        f"KUNNIG_BACKUP_RECIPIENT={public}\n"
        f"Set that where Kunnig runs. Keep {key} somewhere else: without it no backup opens."
    )


def written(file: Path) -> str:
    """Make a backup, and say what it holds."""
    if not settings.BACKUP_RECIPIENT:
        raise CommandError("Set KUNNIG_BACKUP_RECIPIENT first: `kunnig backup --make-key KEY`.")
    try:
        contents = backups.back_up(
            file.resolve(), recipient=settings.BACKUP_RECIPIENT, at=timezone.now()
        )
    except pyrage.RecipientError as fault:
        raise CommandError("KUNNIG_BACKUP_RECIPIENT is no public key.") from fault
    except backups.Damaged as fault:
        raise CommandError(
            f"{file} is made, but these stored files are gone or damaged on disk: {fault}"
        ) from fault
    except (backups.NotRestored, OSError, sqlite3.Error) as fault:
        raise CommandError(f"No backup is made: {fault}") from fault
    size = file.stat().st_size
    return f"{file}: the database and {len(contents.files)} files in {size:,} bytes"
