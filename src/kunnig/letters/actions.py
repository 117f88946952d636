"""What happens to a letter: written inside the act it tells of, claimed, sent, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from kunnig.audit import actions as audit
from kunnig.audit.models import label_of
from kunnig.letters import policies, queries
from kunnig.letters.models import Letter
from kunnig.letters.states import CLAIM, MOST_ATTEMPTS, PAUSES, Failure, LetterState
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

    from kunnig.letters.states import LetterKind
    from kunnig.people.models import Person

SETTLED = ["state", "settled_at", "claimed_until", "failure"]


@transaction.atomic
def write(
    *,
    to: Person,
    address: str,
    language: str,
    kind: LetterKind,
    facts: dict[str, str],
    file: Model,
    by: Person,
    at: datetime,
) -> Letter | None:
    """Put a letter in the outbox, inside the act that it tells of; None to a protected person.

    Nothing is then written: those named in the case hand over what there is. Raises `Refused`.
    """
    # Held until the act is done: whoever marks the protection meanwhile finds the letter.
    person = people.locked(to.pk)
    if not policies.may_be_written_to(person):
        return None
    policies.address_suffices(address).require()

    letter = Letter.objects.create(
        person=person,
        address=address,
        language=language,
        kind=kind,
        facts=facts,
        file=label_of(file),
        written_by=by,
        written_at=at,
        next_try_at=at,
    )
    audit.record(verb="letter.written", target=letter, about=person, file=file, by=by, at=at)
    return letter


@transaction.atomic
def withdraw(*, letter_id: UUID, by: Person, at: datetime) -> Letter:
    """Take back a letter that has not been sent; one that has is left as it is."""
    letter = _locked(letter_id)
    if letter.standing is LetterState.QUEUED:
        _settle(letter, LetterState.WITHDRAWN, by=by, at=at)
    return letter


@transaction.atomic
def withdraw_all(*, to: Person, at: datetime) -> None:
    """Take back everything that has not been sent to a person, whichever board had it written.

    The lines name who had each letter written: whose act this was is not another board's to know.
    """
    for letter in queries.queued_to(to).select_related("written_by"):
        withdraw(letter_id=letter.pk, by=letter.written_by, at=at)


def claim(at: datetime) -> Letter | None:
    """Take one letter that is due to send it, for a while; None when none is.

    Killed, whoever took it holds it no longer than that. One to somebody protected meanwhile is
    withdrawn, and one that has been tried enough fails.
    """
    while True:
        with transaction.atomic(durable=True):
            letter = _next_due(at)
            if letter is None:
                return None
            if not policies.may_be_written_to(letter.person):
                _settle(letter, LetterState.WITHDRAWN, by=letter.written_by, at=at)
            elif letter.attempts >= MOST_ATTEMPTS:
                _fail(letter, Failure.GAVE_UP, at)
            else:
                letter.attempts += 1
                letter.claimed_until = at + CLAIM
                letter.save(update_fields=["attempts", "claimed_until"])
                return letter


def _next_due(at: datetime) -> Letter | None:
    skips = connection.features.has_select_for_update_skip_locked
    due = queries.due(at).select_for_update(of=("self",), skip_locked=skips)
    return due.select_related("person", "written_by").first()


@transaction.atomic
def note_sent(*, letter_id: UUID, at: datetime) -> Letter:
    """Note that the mail server took the letter; also of one withdrawn on its way."""
    letter = _locked(letter_id)
    if letter.standing in {LetterState.QUEUED, LetterState.WITHDRAWN}:
        _settle(letter, LetterState.SENT, by=letter.written_by, at=at)
    return letter


@transaction.atomic
def note_failure(*, letter_id: UUID, attempt: int, is_refused: bool, at: datetime) -> Letter:
    """Note an attempt in vain: wait longer each time, or fail when refused or tried enough.

    Of an attempt that somebody has made again since, nothing is noted.
    """
    letter = _locked(letter_id)
    if (letter.standing, letter.attempts) != (LetterState.QUEUED, attempt):
        return letter
    if is_refused or attempt >= MOST_ATTEMPTS:
        return _fail(letter, Failure.REFUSED if is_refused else Failure.GAVE_UP, at)
    letter.claimed_until = None
    letter.next_try_at = at + PAUSES[attempt - 1]
    letter.save(update_fields=["claimed_until", "next_try_at"])
    return letter


def _fail(letter: Letter, failure: Failure, at: datetime) -> Letter:
    letter.failure = failure
    return _settle(letter, LetterState.FAILED, by=letter.written_by, at=at)


def _settle(letter: Letter, state: LetterState, *, by: Person, at: datetime) -> Letter:
    """Let a letter go no further. The line of what a machine did names who had it written."""
    letter.move_to(state)
    letter.settled_at = at
    letter.claimed_until = None
    letter.save(update_fields=SETTLED)
    audit.record(
        verb=f"letter.{state}", target=letter, about=letter.person, file=letter.file, by=by, at=at
    )
    return letter


def _locked(letter_id: UUID) -> Letter:
    return (
        Letter.objects.select_for_update(of=("self",))
        .select_related("person", "written_by")
        .get(pk=letter_id)
    )
