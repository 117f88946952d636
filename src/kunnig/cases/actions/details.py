"""What the board has noted of a case and of the person it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.audit import actions as audit
from kunnig.cases import policies, queries
from kunnig.cases.actions.rows import locked, next_number
from kunnig.cases.models import Adaptation, Case
from kunnig.people import actions as people

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.people.formats.identifiers import Number
    from kunnig.people.models import Identifier, Person


@transaction.atomic
def change_details(
    *,
    case_id: UUID,
    goal: str,
    purpose: str,
    own_reference: str,
    language: str,
    needs_interpreter: bool,
    by: Person,
    at: datetime,
) -> Case:
    """Change what the board has noted of the case. Raises `Refused`."""
    case = locked(case_id)
    policies.may_change(by, case, at).require()

    case.goal = goal
    case.purpose = purpose
    case.own_reference = own_reference
    case.language = language
    case.needs_interpreter = needs_interpreter
    case.save(update_fields=["goal", "purpose", "own_reference", "language", "needs_interpreter"])
    audit.record(verb="case.changed", target=case, about=case.person, file=case, by=by, at=at)
    return case


@transaction.atomic
def note_adaptation(*, case_id: UUID, text: str, by: Person, at: datetime) -> Adaptation:
    """Note what the person needs, in place of what was noted before; that is kept, too.

    The same text again is not noted twice. Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_note_adaptation(by, case, at).require()
    policies.says_something(text).require()
    standing = queries.adaptation_of(case)
    if standing is not None and (standing.text, standing.noted_by_id) == (text, by.pk):
        return standing

    number = next_number(standing)
    adaptation = Adaptation.objects.create(
        case=case, number=number, text=text, noted_by=by, noted_at=at
    )
    audit.record(
        verb="adaptation.noted", target=adaptation, about=case.person, file=case, by=by, at=at
    )
    return adaptation


@transaction.atomic
def correct_person(
    *, case_id: UUID, name: str, birth_date: date | None, by: Person, at: datetime
) -> Person:
    """Correct the name or the date of birth of the person. Raises `Refused`."""
    case = locked(case_id)
    policies.may_correct_person(by, case, at).require()
    policies.may_correct_everywhere(by, case, at).require()

    before = people.locked(case.person_id)
    person = people.correct(
        person_id=case.person_id, name=name, birth_date=birth_date, by=by, at=at
    )
    if (person.name, person.birth_date) != (before.name, before.birth_date):
        audit.record(
            verb="case.person_corrected", target=person, about=person, file=case, by=by, at=at
        )
    return person


def note_identifier(*, case_id: UUID, number: Number, by: Person, at: datetime) -> Identifier:
    """Note one more number of the person. Raises `Refused`.

    Not one transaction: the line about a number that is somebody else's stays when it is refused.
    """
    case = Case.objects.select_related("person", "board").get(pk=case_id)
    policies.may_change(by, case, at).require()
    return people.add_identifier(
        person_id=case.person_id, number=number, authority=case.board, by=by, at=at
    )


@transaction.atomic
def reveal_identifier(*, case_id: UUID, identifier_id: UUID, by: Person, at: datetime) -> str:
    """Return a number of the person in full, and note who saw it. Raises `Refused`."""
    case = locked(case_id)
    policies.works_with(by, case, at).require()
    policies.is_known_in(case, identifier_id).require()
    return people.reveal_identifier(identifier_id=identifier_id, by=by, at=at, file=case)
