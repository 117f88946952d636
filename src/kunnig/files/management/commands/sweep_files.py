"""`kunnig sweep_files`: take away bytes that no row tells of."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kunnig.files import actions


class Command(BaseCommand):
    """Translate the command line into one action, and its answer into one line."""

    help = "Take away stored bytes that no row tells of, a day after they were written."

    def handle(self, **options: Any) -> None:
        """Run once; running twice takes nothing more."""
        self.stdout.write(f"swept {actions.sweep(at=timezone.now())}")
