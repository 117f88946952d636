"""Who may read what people are graded by, and who may write and publish what they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.organisations.queries import roles_of
from kunnig.organisations.states import Role
from kunnig.standards.formats.draft_text import grading_sentence
from kunnig.standards.models import LONGEST_REASON
from kunnig.standards.states import (
    DRAFT_LIFE,
    WRITERS,
    WRITING,
    Deed,
    DraftState,
    LeadsTo,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kunnig.people.models import Person
    from kunnig.standards.formats.draft_text import PartText
    from kunnig.standards.formats.outline import Coverage
    from kunnig.standards.models import SetDraft, Target

READERS_OF_CRITERIA = frozenset({Role.ASSESSOR, Role.TEACHER})


def may_read_criteria(person: Person, at: datetime) -> Verdict:
    """Only those who assess or grade read grading sentences; a mapping must be free of them."""
    if roles_of(person, at) & READERS_OF_CRITERIA:
        return ALLOWED
    return refused(_("Grading criteria are shown to assessors and teachers only."))


def may_write_about(person: Person, target: Target, at: datetime) -> Verdict:
    """Teachers write what is asked; the region's coordinator where no school sets grades."""
    if roles_of(person, at) & WRITERS[LeadsTo(target.leads_to)]:
        return ALLOWED
    return refused(_("What is asked about this target is written by teachers."))


def may_change(person: Person, draft: SetDraft, at: datetime) -> Verdict:
    """Anyone who may write about the target writes in its draft, until it is proposed."""
    if not (verdict := may_write_about(person, draft.target, at)):
        return verdict
    if draft.standing is DraftState.PROPOSED:
        return refused(_("The draft is proposed. Send it back before you change it."))
    if draft.standing is not DraftState.DRAFT:
        return refused(_("The draft is not open any more."))
    return ALLOWED


def may_propose(person: Person, draft: SetDraft, at: datetime) -> Verdict:
    """Whoever has written in a draft proposes it, once something in it is new."""
    if not (verdict := may_write_about(person, draft.target, at)):
        return verdict
    if not (verdict := DRAFT_LIFE.may_move(draft.standing, DraftState.PROPOSED)):
        return verdict
    if not draft.was_written_by(person):
        return refused(_("Whoever has written in the draft proposes it."))
    if not draft.entries.filter(deed__in=sorted(WRITING - {Deed.COPIED})).exists():
        return refused(_("Nothing in the draft is new yet."))
    return ALLOWED


def may_publish(person: Person, draft: SetDraft, at: datetime) -> Verdict:
    """Let a second person publish: one who neither proposed the draft nor wrote in it."""
    if not (verdict := may_write_about(person, draft.target, at)):
        return verdict
    if not (verdict := DRAFT_LIFE.may_move(draft.standing, DraftState.PUBLISHED)):
        return verdict
    if person.pk == draft.proposed_by_id or draft.was_written_by(person):
        return refused(
            _("You have a part in this draft. Somebody who has not written in it publishes it.")
        )
    return ALLOWED


def may_send_back(person: Person, draft: SetDraft, at: datetime) -> Verdict:
    """Anyone who may write about the target sends a proposal back, its author too."""
    if not (verdict := may_write_about(person, draft.target, at)):
        return verdict
    if draft.standing is DraftState.SET_ASIDE:
        return refused(_("The draft is set aside. Take it up again instead."))
    return DRAFT_LIFE.may_move(draft.standing, DraftState.DRAFT)


def may_set_aside(person: Person, draft: SetDraft, at: datetime) -> Verdict:
    """Only whoever has written in a draft sets it aside; it can be taken up again."""
    if not (verdict := may_change(person, draft, at)):
        return verdict
    if not draft.was_written_by(person):
        return refused(_("Whoever has written in the draft sets it aside."))
    return ALLOWED


def may_take_up(person: Person, draft: SetDraft, at: datetime) -> Verdict:
    """Anyone who may write takes a draft up again, unless another one is open."""
    if not (verdict := may_write_about(person, draft.target, at)):
        return verdict
    if draft.standing is not DraftState.SET_ASIDE:
        return refused(_("The draft is not set aside."))
    if any(each.is_open for each in draft.target.drafts.all()):
        return refused(_("Another draft for this target is open."))
    return ALLOWED


def is_whole(coverage: Coverage) -> Verdict:
    """Ask about every point, in Swedish at least, and never with a grading sentence."""
    if coverage.is_whole:
        return ALLOWED
    return refused(_("Something is missing before the questions can be published. See Coverage."))


def asks_something(text: PartText) -> Verdict:
    """Refuse a question or a title without words in any language."""
    if text.title:
        return ALLOWED
    return refused(_("Write the words in at least one language."))


def is_free_of_grading(text: PartText, sentences: Iterable[str]) -> Verdict:
    """Refuse to ask a candidate in a sentence that people are graded by."""
    if not (found := grading_sentence(text, sentences)):
        return ALLOWED
    return refused(
        _("This is a sentence that people are graded by. Ask in your own words: “%(sentence)s”")
        % {"sentence": found}
    )


def is_asked_once(text: PartText, others: Iterable[PartText]) -> Verdict:
    """Nobody is asked the same thing twice in the same words."""
    if text.title and text.title in {other.title for other in others}:
        return refused(_("These words are in the draft already."))
    return ALLOWED


def is_explained(reason: str) -> Verdict:
    """Whoever wrote must be able to understand why a proposal came back."""
    if not reason.strip():
        return refused(_("Write why, so that the author knows what to change."))
    if len(reason.strip()) > LONGEST_REASON:
        return refused(_("Write at most %(most)s characters.") % {"most": LONGEST_REASON})
    return ALLOWED
