"""What happened to a case, as sentences.

The trail holds verbs and keys; words and names are put to them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kunnig.audit import queries as audit
from kunnig.audit.models import OUTSIDER
from kunnig.audit.queries import PAGE_LENGTH
from kunnig.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from kunnig.audit.queries import Happening
    from kunnig.cases.models import Case
    from kunnig.people.models import Person

VERBS: Mapping[str, StrOrPromise] = {
    "case.registered": gettext_lazy("Registered the case"),
    "case.changed": gettext_lazy("Changed the details of the case"),
    "case.person_corrected": gettext_lazy("Corrected the person’s name or date of birth"),
    "case.responsible_changed": gettext_lazy("Changed who is responsible"),
    "case.closed": gettext_lazy("Closed the case"),
    "case.reopened": gettext_lazy("Opened the case again"),
    "protection.noted": gettext_lazy("Noted that the person’s data are protected"),
    "protection.lifted": gettext_lazy("Noted that the person’s data are no longer protected"),
    "adaptation.noted": gettext_lazy("Noted adaptations"),
    "access.granted": gettext_lazy("Let somebody in"),
    "access.ended": gettext_lazy("Ended somebody’s access"),
    "path.decided": gettext_lazy("Decided the way"),
    "identity.document": gettext_lazy("Saw an identity document; the person chose a code"),
    "identity.certified": gettext_lazy("Somebody certified who it is; the person chose a code"),
    "identity.known": gettext_lazy("Knew the person; the person chose a code"),
    "sign_in.opened": gettext_lazy("Let the person sign in"),
    "sign_in.password_given": gettext_lazy("Gave the person a new password"),
    "invitation.email": gettext_lazy("Invited the person by e-mail"),
    "invitation.letter": gettext_lazy("Made the code of a letter to print for the person"),
    "invitation.withdrawn": gettext_lazy("An invitation was withdrawn"),
    "invitation.used": gettext_lazy("The person chose a password by an invitation"),
    "identity.met": gettext_lazy("Met the person before the new invitation"),
    "identity.called": gettext_lazy("Called a known number before the new invitation"),
    "identity.answered": gettext_lazy(
        "The person told what only they know, before the new invitation"
    ),
    "letter.written": gettext_lazy("Wrote a letter to the person"),
    "letter.sent": gettext_lazy("A letter to the person was sent"),
    "letter.failed": gettext_lazy("A letter to the person could not be sent"),
    "letter.withdrawn": gettext_lazy("A letter to the person was withdrawn before it was sent"),
    "mapping.started": gettext_lazy("Began a mapping"),
    "mapping.target_added": gettext_lazy("Added a target to the in-depth mapping"),
    "mapping.new_version_started": gettext_lazy("Began a new version of a mapping"),
    "mapping.shared": gettext_lazy("Shared a mapping with the person"),
    "mapping.approved": gettext_lazy("The person approved a mapping, on a device of their own"),
    "mapping.approved_at_table": gettext_lazy(
        "The person approved a mapping at the table, with a code of their own"
    ),
    "mapping.approval_voided": gettext_lazy("A change took back the approval of a mapping"),
    "mapping.locked": gettext_lazy("Locked a mapping"),
    "mapping.superseded": gettext_lazy("A newer version replaced a mapping"),
    "sitting.began": gettext_lazy("Began a sitting"),
    "sitting.noted": gettext_lazy("Changed what is noted of a sitting"),
    "experiences.taken_in": gettext_lazy("Took what was told into the person’s experiences"),
    "evidence.added": gettext_lazy("Added evidence"),
    "evidence.described": gettext_lazy("Described evidence anew"),
    "evidence.file_added": gettext_lazy("Added a photo or a document to evidence"),
    "evidence.file_taken_away": gettext_lazy("Took a photo or a document away from evidence"),
    "evidence.file_put_back": gettext_lazy("Put a photo or a document back to evidence"),
    "evidence.taken_out": gettext_lazy("Took evidence out of the case"),
    "evidence.taken_in": gettext_lazy("Took evidence of the person into the case"),
    "evidence.referee_heard": gettext_lazy("Noted what somebody told about the person"),
    "evidence.original_seen": gettext_lazy("Saw the original of evidence"),
    "paper.issued": gettext_lazy("Handed out a paper"),
    "paper.replaced": gettext_lazy("A newer paper replaced an earlier one"),
    "paper.choice_changed": gettext_lazy("The person chose what a paper shows"),
}
READ: Mapping[str, StrOrPromise] = {
    "case.read": gettext_lazy("Opened the case"),
    "mapping.read": gettext_lazy("Opened a mapping"),
    "paper.read": gettext_lazy("Opened a paper"),
    "paper.verified": gettext_lazy("Checked a paper by its code"),
    "identifier.read": gettext_lazy("Saw a number in full"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history: what happened, when, and by whom."""

    at: datetime
    what: StrOrPromise
    who: str


def lines_of(
    case: Case, *, page: int = 1, length: int = PAGE_LENGTH, with_readings: bool = False
) -> tuple[list[Line], bool]:
    """Return what happened to `case`, the latest first, and whether more follow."""
    happenings, has_more = audit.history_of(
        case, page=page, length=length, with_readings=with_readings
    )
    names = people.names_of((each.actor for each in happenings), known=_known_already(case))
    names[OUTSIDER] = _("Somebody who has the code")
    return [_line(each, names) for each in happenings], has_more


def _known_already(case: Case) -> list[Person]:
    """Return those whose names came with the case, so that nobody is asked for them again."""
    by = case.responsible
    return [case.person] if by is None or by.is_protected else [case.person, by]


def _line(happening: Happening, names: Mapping[str, str]) -> Line:
    words = (READ if happening.is_reading else VERBS).get(happening.verb)
    return Line(
        happening.at,
        words or _("Something else was noted"),
        names.get(happening.actor, _("A colleague")),
    )
