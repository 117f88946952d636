"""Who may add to what a person can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as cases
from kunnig.cases.queries import is_let_in
from kunnig.cases.states import Part
from kunnig.kernel.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from kunnig.cases.models import Case
    from kunnig.people.models import Person
    from kunnig.portfolio.models import Evidence


def may_add_evidence(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the person add, or who works with the case or in depth, together with the person."""
    return cases.is_open(case) if by == case.person else _works_with_evidence(by, case, at)


def may_note_original(by: Person, case: Case, at: datetime) -> Verdict:
    """Let an original be seen by someone else than the person it belongs to."""
    if by == case.person:
        return refused(_("Somebody else must see the original."))
    return _works_with_evidence(by, case, at)


def may_take_in(by: Person, case: Case, evidence: Evidence, at: datetime) -> Verdict:
    """Let the person show in a case what they have shown before, and who works with it put back.

    What a person has shown elsewhere is told to no other board: only they can bring it in.
    """
    if by != case.person and not evidence.case_ties.filter(case=case).exists():
        return refused(_("Only the person can show here what was shown in another case."))
    return may_add_evidence(by, case, at)


def may_note_referee(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who works with the case note what somebody said of the person."""
    if by == case.person:
        return refused(_("Somebody else must hear who can tell."))
    return _works_with_evidence(by, case, at)


def was_heard(told_on: date, at: datetime) -> Verdict:
    """Let nothing be noted before it was said."""
    if told_on > timezone.localdate(at):
        return refused(_("The day is in the future."))
    return ALLOWED


def _works_with_evidence(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who works with an open case, or was let in to its in-depth mapping."""
    if is_let_in(by, case, at, Part.IN_DEPTH):
        return cases.is_open(case)
    return cases.may_change(by, case, at)
