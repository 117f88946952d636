"""Who may add to what a person can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as cases
from kunnig.cases.queries import is_let_in
from kunnig.cases.states import Part
from kunnig.kernel.verdict import Verdict, refused

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.cases.models import Case
    from kunnig.people.models import Person


def may_add_evidence(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the person add, or who works with the case or in depth, together with the person."""
    return cases.is_open(case) if by == case.person else _works_with_evidence(by, case, at)


def may_note_original(by: Person, case: Case, at: datetime) -> Verdict:
    """Let an original be seen by someone else than the person it belongs to."""
    if by == case.person:
        return refused(_("Somebody else must see the original."))
    return _works_with_evidence(by, case, at)


def _works_with_evidence(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who works with an open case, or was let in to its in-depth mapping."""
    if is_let_in(by, case, at, Part.IN_DEPTH):
        return cases.is_open(case)
    return cases.may_change(by, case, at)
