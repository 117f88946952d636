"""`kunnig demo`: lay out the demo county."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kunnig.kernel.verdict import Refused
from kunnig.operations import county, stories


class Command(BaseCommand):
    """Translate the command line into one county, and what was new into one line."""

    help = "Lay out the demo county in an empty installation; again, and only what is missing."

    def handle(self, **options: Any) -> None:
        """Lay it out once; a second run finds all of it there."""
        try:
            now = timezone.now()
            added = county.lay_out(now, self._tell) + stories.tell_all(now, self._tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if self.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
        if added:
            self.stdout.write("The demo county is laid out. Sign in at /demo/ with a button.")
        else:
            self.stdout.write("The demo county is there already.")

    def _tell(self, line: str) -> None:
        """Write where it stands, over the last line on a screen; elsewhere the end suffices."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{line}", ending="")
            self.stderr.flush()
