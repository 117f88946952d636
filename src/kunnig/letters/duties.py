"""What waits in the outbox: each letter is claimed, sent outside the transaction, and finished."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kunnig.kernel.duties import Duty
from kunnig.letters import actions, queries
from kunnig.letters.formats.message import message_of
from kunnig.letters.wires.post import NotTakenError, Post

if TYPE_CHECKING:
    from datetime import datetime


def send_one(at: datetime) -> bool:
    """Send the letter that has been due for longest; say whether there was one."""
    letter = actions.claim(at)
    if letter is None:
        return False
    try:
        Post().take(message_of(letter))
    except NotTakenError as fault:
        actions.note_failure(
            letter_id=letter.pk, attempt=letter.attempts, is_refused=fault.is_refusal, at=at
        )
    else:
        actions.note_sent(letter_id=letter.pk, at=at)
    return True


DUTIES = (Duty("letters", timedelta(seconds=10), queries.due, send_one),)
