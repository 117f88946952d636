"""Who may map, share, approve and lock. Every road to a mapping asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as cases
from kunnig.cases.queries import is_let_in
from kunnig.cases.states import Part
from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.mapping import interview
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import MAPPING_LIFE, WRITABLE, MappingKind, MappingState, Side
from kunnig.organisations.queries import holds_role_under
from kunnig.organisations.states import IN_DEPTH_MAPPERS, MAPPERS
from kunnig.training.queries import qualification_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.people.models import Person
    from kunnig.training.models import Qualification

LOCKED_ALREADY = {
    MappingKind.INITIAL: _("The initial mapping is locked. Make a new version of it."),
    MappingKind.IN_DEPTH: _(
        "The in-depth mapping is locked. Make a new version of it, and add targets there."
    ),
}


def may_map(by: Person, case: Case, kind: MappingKind, at: datetime) -> Verdict:
    """Let the candidate map in their own; else a qualified mapper who was let in (stok.md S3).

    Validators and counsellors map everything; teachers and assessors only in depth, and for
    that the tool's short part suffices.
    """
    return right_to_map(by, case, kind, at)[0]


def right_to_map(
    by: Person, case: Case, kind: MappingKind, at: datetime
) -> tuple[Verdict, Qualification | None]:
    """Return whether `by` may map, and the qualification that it rests on; the person needs none.

    Each answer notes what it rested on, and nobody should have to ask for it twice.
    """
    if not (verdict := cases.is_open(case)):
        return verdict, None
    if by == case.person:
        return ALLOWED, None
    if not (verdict := _holds_the_role(by, case.board_id, kind, at)):
        return verdict, None
    if not _is_let_in(by, case, kind, at):
        return refused(_("You are not let in to this mapping.")), None
    return _holds_the_qualification(by, kind, at)


def maps_with(by: Person, board_key: int, kind: MappingKind, at: datetime) -> Verdict:
    """Say whether somebody maps in the cases of a board that they are let in to.

    For lists of open cases in which they are: of one case ask `may_map`.
    """
    if not (verdict := _holds_the_role(by, board_key, kind, at)):
        return verdict
    return _holds_the_qualification(by, kind, at)[0]


def _holds_the_role(by: Person, board_key: int, kind: MappingKind, at: datetime) -> Verdict:
    roles = IN_DEPTH_MAPPERS if kind == MappingKind.IN_DEPTH else MAPPERS
    if any(holds_role_under(by, role, board_key, at) for role in roles):
        return ALLOWED
    return refused(_("Only validators and counsellors of the board map."))


def _holds_the_qualification(
    by: Person, kind: MappingKind, at: datetime
) -> tuple[Verdict, Qualification | None]:
    qualification = qualification_for(by, at, in_depth=kind == MappingKind.IN_DEPTH)
    if qualification is not None:
        return ALLOWED, qualification
    lacking = _("You need a current qualification to map. Ask the region's coordinator.")
    return refused(lacking), None


def _is_let_in(by: Person, case: Case, kind: MappingKind, at: datetime) -> bool:
    part = Part.IN_DEPTH if kind == MappingKind.IN_DEPTH else Part.INITIAL
    return bool(cases.works_with(by, case, at)) or is_let_in(by, case, at, part)


def may_start(by: Person, case: Case, kind: MappingKind, at: datetime) -> Verdict:
    """Let each kind of mapping begin once in a case: what is locked goes on in a new version."""
    if not (verdict := _may_open(by, case, kind, at)):
        return verdict
    if Mapping.objects.filter(case=case, kind=kind, state=MappingState.LOCKED).exists():
        return refused(LOCKED_ALREADY[kind])
    return ALLOWED


def _may_open(by: Person, case: Case, kind: MappingKind, at: datetime) -> Verdict:
    """Let one version of each kind be written at a time; of the in-depth one only on its path."""
    if not (verdict := may_map(by, case, kind, at)):
        return verdict
    if Mapping.objects.filter(case=case, kind=kind, state__in=WRITABLE).exists():
        return refused(_("There is already an open mapping of this kind in the case."))
    if kind == MappingKind.IN_DEPTH:
        return cases.path_leads_to_in_depth(case)
    return ALLOWED


def may_write(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let who may map write in a version that is not yet locked."""
    return right_to_write(by, mapping, at)[0]


def right_to_write(
    by: Person, mapping: Mapping, at: datetime
) -> tuple[Verdict, Qualification | None]:
    """Return whether `by` may write in a version, and the qualification that it rests on."""
    if mapping.standing not in WRITABLE:
        return refused(_("The mapping is locked. Make a new version to go on.")), None
    return right_to_map(by, mapping.case, MappingKind(mapping.kind), at)


def may_conclude(basis: str, claim: str) -> Verdict:
    """Let a question be assessable only where something is told: evidence alone claims nothing."""
    if basis and interview.conclusion(basis, claim) is None:
        return refused(_("Nothing is told yet. Write what the person has done first."))
    return ALLOWED


def may_take_evidence_out(supports: Collection[MappingState]) -> Verdict:
    """Keep in a case what a question is answered with: the tick goes first, and a lock stays."""
    if MappingState.LOCKED in supports:
        return refused(_("It stands in a locked mapping, and stays in the case."))
    if supports:
        return refused(_("It supports a question. Take away the tick at the question first."))
    return ALLOWED


def may_answer_together(questions: Collection[UUID], texts: Iterable[str]) -> Verdict:
    """Let one answer hold for many questions where there is one, and something to answer."""
    if not questions:
        return refused(_("Choose at least one question."))
    if not any(texts):
        return refused(_("Write or choose what holds for these questions."))
    return ALLOWED


def may_add_target(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let staff hold an in-depth mapping against one target more; the person asks them to."""
    if by == mapping.case.person:
        return refused(_("Your validator adds targets. Talk about it when you meet."))
    return may_write(by, mapping, at)


def may_write_side(by: Person, mapping: Mapping, side: Side) -> Verdict:
    """Keep the mapper's note from being written by the person it is about."""
    if side is Side.NOTE and by == mapping.case.person:
        return refused(_("Only the mapper writes here."))
    return ALLOWED


def may_share(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let who may write say that the mapping is ready for the person to read."""
    if not (verdict := may_write(by, mapping, at)):
        return verdict
    return MAPPING_LIFE.may_move(mapping.standing, MappingState.SHARED)


def may_approve(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let only the person approve; at the table the mapper holds out the device to them."""
    if not (verdict := may_write(by, mapping, at)):
        return verdict
    return MAPPING_LIFE.may_move(mapping.standing, MappingState.APPROVED)


def is_as_shown(shown_hash: str, current_hash: str) -> Verdict:
    """Say whether what is approved or locked is exactly what was shown."""
    if shown_hash != current_hash:
        return refused(
            _("Something has changed since this was shown. Read it again, then approve.")
        )
    return ALLOWED


def may_lock(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let the mapper lock what the person has approved; nobody locks their own."""
    if by == mapping.case.person:
        return refused(_("Your validator locks the mapping when you have approved it."))
    if not (verdict := may_write(by, mapping, at)):
        return verdict
    if mapping.standing is not MappingState.APPROVED:
        return refused(_("The person has not approved this version yet."))
    return ALLOWED


def may_start_new_version(by: Person, mapping: Mapping, at: datetime) -> Verdict:
    """Let a locked mapping be taken further in a new version; it is never changed."""
    if mapping.standing is not MappingState.LOCKED:
        return refused(_("Only a locked mapping gets a new version."))
    return _may_open(by, mapping.case, MappingKind(mapping.kind), at)
