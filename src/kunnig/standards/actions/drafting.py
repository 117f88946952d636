"""Writing the draft of a question set: beginning it, and every change of what it says.

Each act locks the draft, adds one entry that nothing overwrites, and one line to the trail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.kernel.verdict import Refused
from kunnig.standards import policies, queries
from kunnig.standards.formats.draft_text import as_kept, merged
from kunnig.standards.models import DraftEntry, DraftPart, SetDraft, Target
from kunnig.standards.states import OPEN_DRAFTS, Deed, PartKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kunnig.people.models import Person
    from kunnig.standards.formats.draft_text import Field, FieldName, PartText


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing: where nothing clashed it is saved, and `text` is how it reads now.

    `clashes` are fields that somebody else has changed meanwhile, and what stands in them now;
    then nothing is saved, and `entry` is what a person who has seen both writes on.
    """

    text: PartText
    entry: int
    clashes: Mapping[FieldName, Field] = field(default_factory=dict)


@transaction.atomic
def begin(*, target_id: UUID, copy_of: UUID | None, by: Person, at: datetime) -> SetDraft:
    """Begin a draft over a target, empty or as a copy of a published set. Raises `Refused`.

    While a draft is open it is returned: everybody writes in the same one.
    """
    # The lock keeps two from beginning at once, and from counting the same number.
    target = (
        Target.objects.select_for_update(of=("self",)).select_related("syllabus").get(pk=target_id)
    )
    policies.may_write_about(by, target, at).require()
    existing = target.drafts.filter(state__in=sorted(OPEN_DRAFTS)).first()
    if existing is not None:
        return existing
    source = None
    if copy_of is not None:
        source = next((one for one in queries.copies_for(target) if one.pk == copy_of), None)
        if source is None:
            raise Refused(_("A newer set has come. Choose again what to begin with."))

    highest = target.drafts.aggregate(highest=Max("number"))["highest"] or 0
    draft = SetDraft.objects.create(
        target=target, number=highest + 1, copied_from=source, begun_by=by, begun_at=at
    )
    if source is not None:
        _copy(draft, queries.copied(source, target), by, at)
    audit.record(verb="set_draft.begun", target=draft, by=by, at=at)
    return draft


def _copy(draft: SetDraft, groups: list[queries.CopiedGroup], by: Person, at: datetime) -> None:
    parts: list[DraftPart] = []
    texts: list[PartText] = []
    for place, held in enumerate(groups, start=1):
        group = DraftPart(draft=draft, kind=PartKind.GROUP, place=place)
        parts.append(group)
        texts.append(held.text)
        for number, text in enumerate(held.questions, start=1):
            parts.append(DraftPart(draft=draft, kind=PartKind.QUESTION, group=group, place=number))
            texts.append(text)
    DraftPart.objects.bulk_create(parts)
    DraftEntry.objects.bulk_create(
        DraftEntry(
            draft=draft,
            number=number,
            part=part,
            deed=Deed.COPIED,
            content=as_kept(text),
            by=by,
            at=at,
        )
        for number, (part, text) in enumerate(zip(parts, texts, strict=True), start=1)
    )


@transaction.atomic
def add(
    *,
    draft_id: UUID,
    part_id: UUID,
    group_id: UUID | None,
    text: PartText,
    by: Person,
    at: datetime,
) -> DraftPart:
    """Add a group, or a question to the group named, last. Raises `Refused`.

    `part_id` is the form's own: however often the form comes, it makes one part.
    """
    draft = locked(draft_id)
    policies.may_change(by, draft, at).require()
    made = draft.parts.filter(pk=part_id).first()
    if made is not None:
        return made
    siblings = draft.parts.filter(group=group_id)
    group = None
    if group_id is not None:
        group = draft.parts.filter(pk=group_id, kind=PartKind.GROUP, is_taken_away=False).first()
        if group is None:
            raise Refused(_("Somebody has taken the group away meanwhile. Bring it back first."))
    _require_plain(draft, text, among=None)
    part = DraftPart.objects.create(
        id=part_id,
        draft=draft,
        kind=PartKind.GROUP if group is None else PartKind.QUESTION,
        group=group,
        place=(siblings.aggregate(last=Max("place"))["last"] or 0) + 1,
    )
    note(draft, Deed.WRITTEN, part=part, text=text, by=by, at=at)
    return part


@transaction.atomic
def write(
    *, draft_id: UUID, part_id: UUID, base: int, text: PartText, by: Person, at: datetime
) -> Written:
    """Write a group or a question anew, upon what entry `base` said. Raises `Refused`.

    What somebody else has written meanwhile in other fields stays; in the same field, nothing is
    saved and both are returned.
    """
    draft = locked(draft_id)
    policies.may_change(by, draft, at).require()
    now = _standing(draft, part_id)
    was = queries.text_at(draft, part_id, base)
    if was is None:
        raise Refused(_("What you wrote upon is not known. Open the page again."))
    together, clashes = merged(was, text, now.text)
    if clashes:
        return Written(together, now.entry, clashes)
    if together == now.text:
        return Written(together, now.entry)
    _require_plain(draft, together, among=part_id)
    part = draft.parts.get(pk=part_id)
    entry = note(draft, Deed.WRITTEN, part=part, text=together, by=by, at=at)
    return Written(together, entry.number)


@transaction.atomic
def move(
    *, draft_id: UUID, part_id: UUID, is_up: bool, seen_as: str, by: Person, at: datetime
) -> None:
    """Move a group or a question one step; past the end of its group it goes to the next one.

    `seen_as` is the code that it had on the page: one that has moved already is left alone.
    """
    draft = locked(draft_id)
    policies.may_change(by, draft, at).require()
    outline = queries.outline_of(draft)
    standing = _standing(draft, part_id)
    part = draft.parts.get(pk=part_id)
    if standing.code != seen_as:
        return
    step = -1 if is_up else 1
    groups = [group.id for group in outline.groups]
    if part.is_group:
        if not _is_swapped(groups, part_id, step):
            return
        _place(groups, None)
    else:
        rows = {group.id: [one.id for one in group.questions] for group in outline.groups}
        home = next(key for key in groups if part_id in rows[key])
        if _is_swapped(rows[home], part_id, step):
            _place(rows[home], home)
        else:
            there = groups.index(home) + step
            if not 0 <= there < len(groups):
                return
            beside = rows[groups[there]]
            _place([*beside, part_id] if is_up else [part_id, *beside], groups[there])
    note(draft, Deed.MOVED, part=part, by=by, at=at)


def _is_swapped(row: list[UUID], key: UUID, step: int) -> bool:
    """Swap one with its neighbour, if it has one there."""
    here = row.index(key)
    there = here + step
    if not 0 <= there < len(row):
        return False
    row[here], row[there] = row[there], row[here]
    return True


def _place(row: list[UUID], group: UUID | None) -> None:
    for place, key in enumerate(row, start=1):
        DraftPart.objects.filter(pk=key).update(place=place, group=group)


@transaction.atomic
def take_away(*, draft_id: UUID, part_id: UUID, by: Person, at: datetime) -> DraftPart:
    """Take a question away, or a group with its questions; it can be brought back."""
    return _put(draft_id, part_id, is_taken_away=True, by=by, at=at)


@transaction.atomic
def bring_back(*, draft_id: UUID, part_id: UUID, by: Person, at: datetime) -> DraftPart:
    """Bring a part back to where it was."""
    return _put(draft_id, part_id, is_taken_away=False, by=by, at=at)


def _put(
    draft_id: UUID, part_id: UUID, *, is_taken_away: bool, by: Person, at: datetime
) -> DraftPart:
    draft = locked(draft_id)
    policies.may_change(by, draft, at).require()
    part = draft.parts.get(pk=part_id)
    if part.is_taken_away is is_taken_away:
        return part
    part.is_taken_away = is_taken_away
    part.save(update_fields=["is_taken_away"])
    deed = Deed.TAKEN_AWAY if is_taken_away else Deed.BROUGHT_BACK
    note(draft, deed, part=part, by=by, at=at)
    return part


def locked(draft_id: UUID) -> SetDraft:
    """Return a draft that nobody else changes until this transaction ends."""
    return (
        SetDraft.objects.select_for_update(of=("self",))
        .select_related("target__syllabus")
        .get(pk=draft_id)
    )


def note(
    draft: SetDraft,
    deed: Deed,
    *,
    by: Person,
    at: datetime,
    part: DraftPart | None = None,
    text: PartText | None = None,
    reason: str = "",
) -> DraftEntry:
    """Add the entry of one deed, and its line to the trail."""
    last = draft.entries.aggregate(last=Max("number"))["last"] or 0
    entry = DraftEntry.objects.create(
        draft=draft,
        number=last + 1,
        part=part,
        deed=deed,
        content=None if text is None else as_kept(text),
        reason=reason,
        by=by,
        at=at,
    )
    audit.record(verb=f"set_draft.{deed.value}", target=draft, by=by, at=at)
    return entry


def _standing(draft: SetDraft, part_id: UUID) -> queries.Part:
    found = next((one for one in queries.outline_of(draft).parts if one.id == part_id), None)
    if found is None:
        raise Refused(_("Somebody has taken this away meanwhile. Bring it back first."))
    return found


def _require_plain(draft: SetDraft, text: PartText, *, among: UUID | None) -> None:
    policies.asks_something(text).require()
    policies.is_free_of_grading(text, queries.grading_sentences(draft.target)).require()
    others = [one.text for one in queries.outline_of(draft).parts if one.id != among]
    policies.is_asked_once(text, others).require()
