"""The sittings in which a mapping is worked on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.audit import actions as audit
from kunnig.mapping import policies
from kunnig.mapping.actions.changing import locked, void_what_changed
from kunnig.mapping.models import Sitting
from kunnig.mapping.states import Mode

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.mapping.models import Mapping
    from kunnig.people.models import Person

# Work that goes on after so long a break is a sitting of its own.
LONGEST_BREAK = timedelta(hours=2)
# How long a sitting was is known to the minute: not every key that is pressed moves its end.
SITTING_STEP = timedelta(minutes=1)


def sit(mapping: Mapping, by: Person, at: datetime) -> bool:
    """Count the work to the sitting that runs, or begin one with a line; say whether one began."""
    sitting = (
        Sitting.objects.filter(mapping=mapping, by=by, last_at__gt=at - LONGEST_BREAK)
        .order_by("-started_at")
        .first()
    )
    if sitting is not None:
        if at - sitting.last_at >= SITTING_STEP:
            sitting.last_at = at
            sitting.save(update_fields=["last_at"])
        return False
    mode = Mode.ALONE if by == mapping.case.person else ""
    sitting = Sitting.objects.create(mapping=mapping, by=by, started_at=at, last_at=at, mode=mode)
    _trace_sitting("sitting.began", sitting, mapping, by, at)
    return True


def _trace_sitting(verb: str, sitting: Sitting, mapping: Mapping, by: Person, at: datetime) -> None:
    case = mapping.case
    audit.record(verb=verb, target=sitting, about=case.person, file=case, by=by, at=at)


@transaction.atomic
def note_sitting(
    *, mapping_id: UUID, mode: Mode, interpreter: str, by: Person, at: datetime
) -> Sitting:
    """Note how one's sitting is held and who interprets; begins one if none runs.

    What a paper says of it is approved too: a change takes the approval back. Raises `Refused`.
    """
    mapping = locked(mapping_id)
    policies.may_write(by, mapping, at).require()

    began = sit(mapping, by, at)
    sitting = Sitting.objects.filter(mapping=mapping, by=by).order_by("-started_at")[0]
    if (sitting.mode, sitting.interpreter) != (mode, interpreter):
        sitting.mode = mode
        sitting.interpreter = interpreter
        sitting.save(update_fields=["mode", "interpreter"])
        if not began:
            _trace_sitting("sitting.noted", sitting, mapping, by, at)
    void_what_changed(mapping.case, by, at)
    return sitting
