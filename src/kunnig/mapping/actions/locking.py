"""Locking a mapping, and passing on what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.cases import actions as cases
from kunnig.cases.states import CaseState
from kunnig.mapping import interview, policies, queries
from kunnig.mapping.actions.changing import locked, trace, void_approval, void_what_changed
from kunnig.mapping.states import MappingState, Side
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio.states import LifeField

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.mapping.formats.beside import Beside
    from kunnig.mapping.models import Mapping
    from kunnig.people.models import Person


def lock(*, mapping_id: UUID, by: Person, at: datetime) -> Mapping:
    """Lock what the person approved: it supersedes the version before and moves the case on.

    What a paper prints beside the answers is kept with them, and the entries of an initial
    mapping fill the person's portfolio. What `by` has locked already is returned. Raises
    `Refused`; where something has changed since the approval, that is taken back even so.
    """
    with transaction.atomic():
        mapping = locked(mapping_id)
        if mapping.standing is MappingState.LOCKED and mapping.locked_by_id == by.pk:
            return mapping
        policies.may_lock(by, mapping, at).require()
        beside = queries.beside(mapping)
        now = queries.fingerprint(mapping, lies_beside=beside)
        verdict = policies.is_as_shown(mapping.approved_hash, now)
        if verdict:
            _lock(mapping, beside, by, at)
        else:
            void_approval(mapping, by, at)
    verdict.require()
    return mapping


def _lock(mapping: Mapping, beside: Beside, by: Person, at: datetime) -> None:
    # The old one first: at no moment does the database hold two locked versions.
    if mapping.supersedes_id is not None:
        _supersede(mapping.supersedes_id, by, at)
    mapping.move_to(MappingState.LOCKED)
    mapping.locked_by = by
    mapping.locked_at = at
    mapping.content_hash = mapping.approved_hash
    mapping.beside = beside.as_kept()
    mapping.save(update_fields=["state", "locked_by", "locked_at", "content_hash", "beside"])
    trace("mapping.locked", mapping, by, at)
    _pass_on(mapping, by, at)
    # Experiences that are called otherwise now stand so on the other mapping's paper.
    void_what_changed(mapping.case, by, at)


def _supersede(mapping_id: UUID, by: Person, at: datetime) -> None:
    old = locked(mapping_id)
    old.move_to(MappingState.SUPERSEDED)
    old.save(update_fields=["state"])
    trace("mapping.superseded", old, by, at)


def _pass_on(mapping: Mapping, by: Person, at: datetime) -> None:
    if mapping.is_in_depth:
        cases.advance(mapping.case, CaseState.IN_DEPTH_MAPPED)
        return
    if not mapping.case.is_practice:
        sheet = queries.sheet_of(mapping)
        portfolio.take_in(
            case=mapping.case,
            tellings=_tellings(sheet),
            taken_away=[key for each in interview.SECTIONS for key in sheet.removed_entries(each)],
            by=by,
            at=at,
        )
    cases.advance(mapping.case, CaseState.MAPPED)


def _tellings(sheet: queries.Sheet) -> list[portfolio.Telling]:
    return [
        portfolio.Telling(
            id=entry,
            field=LifeField(section.code),
            title=sheet.title(section, entry),
            told={
                ask.code: {
                    "original": current.text,
                    "language": current.language,
                    "rendering": sheet.text(path, Side.RENDERING),
                }
                for ask in section.asks
                if (path := f"{section.code}/{entry}/{ask.code}")
                and (current := sheet.get(path)).text
            },
        )
        for section in interview.SECTIONS
        if section.has_entries
        for entry in sheet.entries(section)
    ]
