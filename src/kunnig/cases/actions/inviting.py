"""Inviting the person: a link by e-mail or a code on a printed letter, and what each is used for.

A first password handed over in person lies beside, in `sign_in`: it is all that a protected
person gets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import queries
from kunnig.cases.actions.rows import locked
from kunnig.cases.models import Case, Invitation
from kunnig.cases.policies import inviting as policies
from kunnig.cases.states import INVITATION_RUNS, InvitationState, InvitedBy, SpokenCheck
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.letters import actions as letters
from kunnig.letters.states import LetterKind
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.letters.models import Letter
    from kunnig.people.models import Person


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made, and the code to print; it is shown once and kept nowhere."""

    invitation: Invitation
    code: str


@transaction.atomic
def invite(
    *,
    case_id: UUID,
    way: InvitedBy,
    username: str,
    email: str,
    check: SpokenCheck | None,
    instead_of: str,
    page_at: str,
    by: Person,
    at: datetime,
) -> Invited:
    """Invite the person by e-mail, or make the code of a letter to print. Raises `Refused`.

    The invitation takes the place of the one that stood when the page was opened (`instead_of`),
    which opens nothing any longer: the same form sent again makes nothing. Then, and where there
    is a way in already, `check` says how `by` made sure who asks. The old password works until
    the invitation is used.
    """
    case = locked(case_id)
    # Held before any invitation, in every act alike; and as it stands now, should it be protected.
    case.person = people.locked(case.person_id)
    policies.may_invite(by, case, at).require()
    latest = queries.invitation_of(case)
    policies.is_the_latest(instead_of, latest).require()
    policies.is_made_sure(check, case, latest).require()

    _name(case, username, by, at)
    withdraw_invitations(case, by=by, at=at)
    number = 1 if latest is None else latest.number + 1
    invitation = Invitation(case=case, number=number, way=way, invited_by=by, invited_at=at)
    invitation.expires_at = at + INVITATION_RUNS
    code = ""
    if way is InvitedBy.EMAIL:
        invitation.letter = _letter(invitation, email, page_at)
        invitation.secret_hash = Invitation.hash_of(invitation.letter.secret)
    else:
        code = numbers.invitation_code()
        invitation.secret_hash = Invitation.hash_of(code)
    invitation.save(force_insert=True)
    _record(f"invitation.{way}", invitation, by, at)
    if check is not None:
        _record(f"identity.{check}", invitation, by, at)
    return Invited(invitation, code)


def _name(case: Case, username: str, by: Person, at: datetime) -> None:
    """Give the person a user name, if they have none; the password they will choose themselves."""
    if case.person.username is None:
        case.person = people.open_sign_in(
            person_id=case.person_id, username=username, password=None, by=by, at=at
        )


def _letter(invitation: Invitation, email: str, page_at: str) -> Letter:
    case = invitation.case
    letter = letters.write(
        to=case.person,
        address=email,
        language=case.person.language or case.language,
        kind=LetterKind.INVITATION,
        facts={
            "page": page_at,
            "municipality": (case.board.parent or case.board).name,
            "telephone": case.board.telephone,
            "until": timezone.localdate(invitation.expires_at).isoformat(),
        },
        file=case,
        by=invitation.invited_by,
        at=invitation.invited_at,
    )
    if letter is None:  # marked in this very moment
        raise Refused(_("Nothing is written to a person whose data are protected."))
    return letter


def withdraw_invitations(case: Case, *, by: Person | None, at: datetime) -> None:
    """Let the invitation that stands open nothing; without `by`, no line tells whose act it was."""
    standing = queries.invitations_of(case).filter(state=InvitationState.OPEN)
    # Held: the case may be another board's, which this act has not locked.
    for each in standing.select_for_update(of=("self",)):
        each.move_to(InvitationState.WITHDRAWN)
        each.settled_at = at
        each.save(update_fields=["state", "settled_at"])
        actor = by or each.invited_by
        if each.letter is not None:
            letters.withdraw(letter_id=each.letter.pk, by=actor, at=at)
        _record("invitation.withdrawn", each, actor, at)


def withdraw_the_others(case: Case, *, by: Person, at: datetime) -> None:
    """Let no other invitation of the person open anything: there is a newer way in.

    What another board has sent goes without telling whose act it was. The person must be held.
    """
    for each in Case.objects.filter(person=case.person_id).select_related("person", "board"):
        withdraw_invitations(each, by=by if each.pk == case.pk else None, at=at)


def find_invitation(*, secret: str, address: str, at: datetime) -> Invitation:
    """Return the invitation that a link or a code belongs to, if it can be used.

    Raises `Refused`. A wrong one counts as a failure of the `address` that it comes from: this
    cannot run inside another transaction.
    """
    found = people.found_by_secret(lambda: queries.by_secret(secret), address=address, at=at)
    if found is None:
        raise Refused(_("The code is wrong. Compare it with your letter."))
    policies.may_be_used(found, at).require()
    return found


def accept(*, secret: str, password: str, address: str, at: datetime) -> Person:
    """Let the person choose a password by the link or the code, once. Raises `Refused`.

    Not one transaction: what is tried in vain is counted also when it is refused.
    """
    invitation_id = find_invitation(secret=secret, address=address, at=at).pk
    with transaction.atomic():
        case = locked(Invitation.objects.get(pk=invitation_id).case_id)
        case.person = people.locked(case.person_id)
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
        invitation.case = case
        policies.may_be_used(invitation, at).require()

        person = people.set_password(
            person_id=case.person_id, password=password, by=case.person, at=at
        )
        invitation.move_to(InvitationState.USED)
        invitation.settled_at = at
        invitation.save(update_fields=["state", "settled_at"])
        audit.record(
            verb="invitation.used", target=invitation, about=person, file=case, by=person, at=at
        )
        withdraw_the_others(case, by=person, at=at)
    return person


def _record(verb: str, invitation: Invitation, by: Person, at: datetime) -> None:
    case = invitation.case
    audit.record(verb=verb, target=invitation, about=case.person, file=case, by=by, at=at)
