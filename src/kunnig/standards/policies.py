"""Who may read what people are graded by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.organisations.queries import roles_of
from kunnig.organisations.states import Role

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.people.models import Person

READERS_OF_CRITERIA = frozenset({Role.ASSESSOR, Role.TEACHER})


def may_read_criteria(person: Person, at: datetime) -> Verdict:
    """Only those who assess or grade read grading sentences; a mapping must be free of them."""
    if roles_of(person, at) & READERS_OF_CRITERIA:
        return ALLOWED
    return refused(_("Grading criteria are shown to assessors and teachers only."))
