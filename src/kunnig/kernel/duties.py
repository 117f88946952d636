"""Work that waits: what a room says of it, so that one loop can do the work of all rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of work that waits in a room's own tables, and the action that does one of it.

    `do_one` says whether there was one to do. It claims the row in a short transaction, works
    outside it and finishes in another: killed anywhere, the row is due again.
    """

    name: str
    every: timedelta
    due: Callable[[datetime], QuerySet[Any]]
    do_one: Callable[[datetime], bool]
