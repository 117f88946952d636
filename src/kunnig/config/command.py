"""The `kunnig` command: Django's own commands, and ours."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kunnig.config.settings")
    execute_from_command_line(sys.argv)
