"""Reading the outbox: what is due, and how many went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kunnig.letters.models import Letter
from kunnig.letters.states import LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kunnig.people.models import Person

COUNTED = timedelta(days=30)
LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the post goes, in numbers without names."""

    waiting: int
    late: int
    sent: int
    failed: int


def due(at: datetime) -> QuerySet[Letter]:
    """Return the letters to send now, the longest due first; not those that somebody sends."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    waiting = Letter.objects.filter(free, state=LetterState.QUEUED, next_try_at__lte=at)
    return waiting.order_by("next_try_at", "id")


def queued_to(person: Person) -> QuerySet[Letter]:
    """Return the letters to a person that have not been sent."""
    return Letter.objects.filter(person=person, state=LetterState.QUEUED).order_by("id")


def outbox(at: datetime) -> Outbox:
    """Return how the post goes: what waits, and what went out or did not, of the last 30 days."""
    lately = Q(settled_at__gt=at - COUNTED)
    waiting = Q(state=LetterState.QUEUED)
    counted = Letter.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(written_at__lte=at - LATE)),
        sent=Count("pk", filter=lately & Q(state=LetterState.SENT)),
        failed=Count("pk", filter=lately & Q(state=LetterState.FAILED)),
    )
    return Outbox(**counted)
