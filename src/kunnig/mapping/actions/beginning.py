"""Beginning a mapping, its targets, and a new version of one that is locked."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kunnig.cases import actions as cases
from kunnig.cases.states import CaseState
from kunnig.kernel.verdict import Refused
from kunnig.mapping import policies, queries
from kunnig.mapping.actions.changing import locked, trace, void_approval
from kunnig.mapping.models import Answer, Mapping, MappingTarget
from kunnig.mapping.states import WRITABLE, MappingKind, Side
from kunnig.standards.queries import current_question_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from kunnig.people.models import Person
    from kunnig.standards.models import Target


@transaction.atomic
def start_initial(*, case_id: UUID, by: Person, at: datetime) -> Mapping:
    """Begin the initial mapping of a case, or return the one that is open. Raises `Refused`."""
    case = cases.locked(case_id)
    running = queries.open_in(case, MappingKind.INITIAL)
    if running is not None and policies.may_map(by, case, MappingKind.INITIAL, at):
        return running
    policies.may_start(by, case, MappingKind.INITIAL, at).require()

    mapping = Mapping.objects.create(
        case=case, kind=MappingKind.INITIAL, started_by=by, started_at=at
    )
    cases.advance(case, CaseState.MAPPING)
    trace("mapping.started", mapping, by, at)
    return mapping


@transaction.atomic
def start_in_depth(
    *, case_id: UUID, targets: Sequence[Target], by: Person, at: datetime
) -> Mapping:
    """Begin an in-depth mapping against one target or more. Raises `Refused`."""
    case = cases.locked(case_id)
    policies.may_start(by, case, MappingKind.IN_DEPTH, at).require()
    if not targets:
        raise Refused(_("Choose at least one target."))

    mapping = Mapping.objects.create(
        case=case, kind=MappingKind.IN_DEPTH, started_by=by, started_at=at
    )
    for target in targets:
        _add(mapping, target)
    cases.advance(case, CaseState.IN_DEPTH)
    trace("mapping.started", mapping, by, at)
    return mapping


def _add(mapping: Mapping, target: Target) -> None:
    MappingTarget.objects.get_or_create(
        mapping=mapping,
        target=target,
        defaults={"question_set": current_question_set(target)},
    )


@transaction.atomic
def add_target(*, mapping_id: UUID, target: Target, by: Person, at: datetime) -> Mapping:
    """Hold an open in-depth mapping against one more target. Raises `Refused`."""
    mapping = locked(mapping_id)
    policies.may_add_target(by, mapping, at).require()
    if not mapping.is_in_depth:
        raise Refused(_("Only an in-depth mapping has targets."))

    void_approval(mapping, by, at)
    _add(mapping, target)
    trace("mapping.target_added", mapping, by, at)
    return mapping


@transaction.atomic
def start_new_version(*, mapping_id: UUID, by: Person, at: datetime) -> Mapping:
    """Copy a locked mapping into a new version to go on with; the old one stands until then.

    Each answer keeps who said it and when. The one that `by` has begun already is returned.
    Raises `Refused`.
    """
    old = locked(mapping_id)
    begun = Mapping.objects.filter(supersedes=old, started_by=by, state__in=WRITABLE).first()
    if begun is not None:
        return begun
    policies.may_start_new_version(by, old, at).require()

    new = Mapping.objects.create(
        case=old.case,
        kind=old.kind,
        version=old.version + 1,
        supersedes=old,
        started_by=by,
        started_at=at,
    )
    for link in queries.targets_of(old):
        MappingTarget.objects.create(
            mapping=new, target=link.target, question_set_id=link.question_set_id
        )
    _copy_answers(old, new)
    if old.is_in_depth:
        cases.advance(old.case, CaseState.IN_DEPTH)
    trace("mapping.new_version_started", new, by, at)
    return new


def _copy_answers(old: Mapping, new: Mapping) -> None:
    sheet = queries.sheet_of(old)
    latest = Answer.objects.filter(mapping=old).order_by("path", "side", "version")
    newest = {(answer.path, answer.side): answer for answer in latest}
    Answer.objects.bulk_create(
        Answer(
            mapping=new,
            path=answer.path,
            side=answer.side,
            version=1,
            value=answer.value,
            language=answer.language,
            renders=_copied_renders(sheet, answer),
            by_id=answer.by_id,
            qualification_id=answer.qualification_id,
            at=answer.at,
            operation=uuid.uuid5(new.pk, f"{answer.path} {answer.side}"),
        )
        # In the order they were first told: so they stand in the new version too.
        for answer in sorted(newest.values(), key=lambda each: _begun(sheet, each))
    )


def _begun(sheet: queries.Sheet, answer: Answer) -> int:
    return sheet.get(answer.path, Side(answer.side)).begun


def _copied_renders(sheet: queries.Sheet, answer: Answer) -> int | None:
    """Keep a gap a gap: a rendering of an older original renders version 0 of the copy."""
    if answer.side != Side.RENDERING:
        return None
    return int(answer.renders == sheet.get(answer.path).version)
