"""From a draft to a question set: proposed by its author, published by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from kunnig.standards import policies, queries
from kunnig.standards.actions.drafting import locked, note
from kunnig.standards.actions.question_sets import SetRows, add_rows, held_of
from kunnig.standards.formats.outline import as_written
from kunnig.standards.models import Target
from kunnig.standards.states import Deed, DraftState

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.people.models import Person
    from kunnig.standards.models import QuestionSet, SetDraft


@transaction.atomic
def propose(*, draft_id: UUID, by: Person, at: datetime) -> SetDraft:
    """Propose a draft that is whole; nobody writes in it until it comes back. Raises `Refused`."""
    draft = locked(draft_id)
    if draft.standing is DraftState.PROPOSED and draft.proposed_by_id == by.pk:
        return draft
    policies.may_propose(by, draft, at).require()
    policies.is_whole(queries.coverage(draft, queries.outline_of(draft))).require()
    draft.move_to(DraftState.PROPOSED)
    draft.proposed_by = by
    draft.proposed_at = at
    draft.save(update_fields=["state", "proposed_by", "proposed_at"])
    note(draft, Deed.PROPOSED, by=by, at=at)
    return draft


@transaction.atomic
def send_back(*, draft_id: UUID, reason: str, by: Person, at: datetime) -> SetDraft:
    """Send a proposal back to those who write, with a reason. Raises `Refused`."""
    draft = locked(draft_id)
    policies.may_send_back(by, draft, at).require()
    policies.is_explained(reason).require()
    draft.move_to(DraftState.DRAFT)
    draft.proposed_by = None
    draft.proposed_at = None
    draft.save(update_fields=["state", "proposed_by", "proposed_at"])
    note(draft, Deed.SENT_BACK, reason=reason.strip(), by=by, at=at)
    return draft


@transaction.atomic
def publish(*, draft_id: UUID, by: Person, at: datetime) -> QuestionSet:
    """Make a proposed draft the newest set of its target. Raises `Refused`.

    Mappings that are begun from now on ask it; those that are open keep the set they have.
    """
    draft = locked(draft_id)
    if draft.question_set is not None and draft.published_by_id == by.pk:
        return draft.question_set
    policies.may_publish(by, draft, at).require()
    outline = queries.outline_of(draft)
    policies.is_whole(queries.coverage(draft, outline)).require()
    # The lock keeps an import from counting the same version.
    target = (
        Target.objects.select_for_update(of=("self",))
        .select_related("syllabus")
        .get(pk=draft.target_id)
    )
    highest = target.question_sets.aggregate(highest=Max("version"))["highest"] or 0
    rows = SetRows()
    written = as_written(outline, target.code, draft.pk)
    add_rows(rows, held_of(target), written, version=highest + 1, at=at)
    rows.save()
    for former in target.drafts.filter(state=DraftState.PUBLISHED):
        former.move_to(DraftState.SUPERSEDED)
        former.save(update_fields=["state"])
    draft.move_to(DraftState.PUBLISHED)
    draft.published_by = by
    draft.published_at = at
    (draft.question_set,) = rows.sets
    draft.save(update_fields=["state", "published_by", "published_at", "question_set"])
    note(draft, Deed.PUBLISHED, by=by, at=at)
    return rows.sets[0]


@transaction.atomic
def set_aside(*, draft_id: UUID, by: Person, at: datetime) -> SetDraft:
    """Put a draft away, so that another can be begun; it can be taken up again."""
    draft = locked(draft_id)
    if draft.standing is DraftState.SET_ASIDE:
        return draft
    policies.may_set_aside(by, draft, at).require()
    draft.move_to(DraftState.SET_ASIDE)
    draft.save(update_fields=["state"])
    note(draft, Deed.SET_ASIDE, by=by, at=at)
    return draft


@transaction.atomic
def take_up(*, draft_id: UUID, by: Person, at: datetime) -> SetDraft:
    """Go on with a draft that was set aside. Raises `Refused`."""
    draft = locked(draft_id)
    # The target is what keeps two drafts from being open at once.
    Target.objects.select_for_update(of=("self",)).get(pk=draft.target_id)
    if draft.standing is DraftState.DRAFT:
        return draft
    policies.may_take_up(by, draft, at).require()
    draft.move_to(DraftState.DRAFT)
    draft.save(update_fields=["state"])
    note(draft, Deed.TAKEN_UP, by=by, at=at)
    return draft
