"""Who may invite the person of a case, and when an invitation opens the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kunnig.cases.policies import may_open_sign_in, opens_no_more_than_theirs
from kunnig.cases.states import InvitationState
from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.letters.policies import may_be_written_to

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.cases.models import Case, Invitation
    from kunnig.cases.states import SpokenCheck
    from kunnig.people.models import Person


def may_invite(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who may give the person a way in send it, but never to one who is protected."""
    verdict = may_open_sign_in(by, case, at)
    return may_be_written_to(case.person) if verdict else verdict


def is_the_latest(instead_of: str, latest: Invitation | None) -> Verdict:
    """Ask that nobody has invited the person since the page was opened: a code is shown once."""
    if instead_of == key_of(latest):
        return ALLOWED
    return refused(
        _("The person has just been invited. A code is shown once. Make another if nobody saw it.")
    )


def key_of(latest: Invitation | None) -> str:
    """Return what a page says of the invitation that stood when it was opened."""
    return "" if latest is None else str(latest.pk)


def must_make_sure(case: Case, latest: Invitation | None) -> bool:
    """Say whether a way in takes the place of another: then somebody else may be asking."""
    person = case.person
    return latest is not None or (person.username is not None and person.has_usable_password())


def is_made_sure(check: SpokenCheck | None, case: Case, latest: Invitation | None) -> Verdict:
    """Ask how it was made sure who it is that wants another way in."""
    if check is None and must_make_sure(case, latest):
        return refused(_("Say how you made sure who it is."))
    return ALLOWED


def may_be_used(invitation: Invitation, at: datetime) -> Verdict:
    """Let an invitation open the door once, while it runs and no other has taken its place.

    The person may have got a case elsewhere since, or a role: whoever saw the code must not get in
    to more than they might give a way in to now.
    """
    opens_more = not opens_no_more_than_theirs(invitation.invited_by, invitation.case, at)
    if opens_more or not invitation.case.person.is_active:
        return refused(_("This invitation works no longer."))
    if invitation.is_too_old(at):
        return refused(_("This invitation is too old. Ask for a new one."))
    if invitation.standing is InvitationState.USED:
        return refused(_("This invitation has been used. Sign in with your user name."))
    if invitation.standing is InvitationState.WITHDRAWN:
        return refused(_("This invitation works no longer."))
    return ALLOWED
