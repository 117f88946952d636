"""`kunnig work`: do what waits in the rooms, round after round, until told to stop."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.utils import timezone

from kunnig.operations.duties import DUTIES

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator
    from datetime import datetime

    from kunnig.kernel.duties import Duty

logger = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks at the clock


class Command(BaseCommand):
    """Do the duties of all rooms: each as often as it says, one row at a time."""

    help = "Do the work that waits, such as sending letters. As many as you like may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("--once", action="store_true", help="do what is due and end, for cron")
        parser.add_argument(
            "--beside", type=int, default=None, metavar="PID", help="end when this parent has ended"
        )

    def handle(self, *, once: bool, beside: int | None, **options: Any) -> None:
        """Go round until SIGTERM or Ctrl+C; the one thing at hand is finished first."""
        with told_to_stop() as stop:
            if once:
                for duty in DUTIES:
                    done = do_all(duty, stop)
                    left = duty.due(timezone.now()).count()
                    self.stdout.write(f"{duty.name}: {done} done, {left} due")
                return
            next_at: dict[str, datetime] = {}
            while not stop.is_set() and beside in {None, os.getppid()}:
                for duty in DUTIES:
                    if next_at.get(duty.name, timezone.now()) <= timezone.now():
                        do_all(duty, stop)
                        next_at[duty.name] = timezone.now() + duty.every
                stop.wait(PAUSE)


def do_all(duty: Duty, stop: Event) -> int:
    """Do what is due of one duty and return how much was; a fault is told, and left for later."""
    done = 0
    if not connection.in_atomic_block:
        close_old_connections()  # one that broke meanwhile would fail at every round
    try:
        while not stop.is_set() and duty.do_one(timezone.now()):
            done += 1
    except Exception:
        logger.exception("The duty %s goes wrong; it is tried again.", duty.name)
    return done


@contextmanager
def told_to_stop() -> Iterator[Event]:
    """Turn the signals that end a process into an event; afterwards they mean what they did."""
    stop = Event()
    before = {
        each: signal.signal(each, lambda *_: stop.set()) for each in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
