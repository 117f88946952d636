"""How the invitations of a case went, as those who work with it read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kunnig.cases import queries
from kunnig.cases.states import InvitationState
from kunnig.letters.states import LetterState
from kunnig.web.components.marks import clock, day

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.cases.models import Case, Invitation
    from kunnig.letters.models import Letter

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """One invitation: when, by which way, whether it was sent, and what became of it."""

    at: datetime
    way: str
    address: str
    sending: str
    standing: str
    has_failed: bool


def invitations_shown(case: Case, at: datetime) -> list[Shown]:
    """Return the latest invitations of the person in words, the one that holds first."""
    return [shown(each, at) for each in queries.invitations_of(case)[:MOST_SHOWN]]


def shown(invitation: Invitation, at: datetime) -> Shown:
    """Return one invitation in words."""
    letter = invitation.letter
    has_failed = letter is not None and letter.standing is LetterState.FAILED
    return Shown(
        at=invitation.invited_at,
        way=invitation.get_way_display(),
        address="" if letter is None else letter.address,
        sending=_("Printed") if letter is None else sending_of(letter),
        standing=standing_of(invitation, at),
        has_failed=has_failed and invitation.standing is InvitationState.OPEN,
    )


def sending_of(letter: Letter) -> str:
    """Return how the letter went out, or why it did not."""
    if letter.standing is LetterState.SENT and letter.settled_at is not None:
        words = _("Sent %(day)s, %(time)s")
        return words % {"day": day(letter.settled_at), "time": clock(letter.settled_at)}
    if letter.standing is LetterState.FAILED:
        return f"{letter.get_state_display()}. {letter.get_failure_display()}"
    return str(letter.get_state_display())


def standing_of(invitation: Invitation, at: datetime) -> str:
    """Return what became of an invitation."""
    if invitation.standing is InvitationState.USED and invitation.settled_at is not None:
        return _("Used %(day)s") % {"day": day(invitation.settled_at)}
    if invitation.is_too_old(at):
        return _("Too old, not used")
    if invitation.standing is InvitationState.OPEN:
        return _("Not used yet. Works until %(day)s") % {"day": day(invitation.expires_at)}
    return str(invitation.get_state_display())
