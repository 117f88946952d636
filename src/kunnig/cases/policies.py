"""Who may do what with a case. Asks, never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kunnig.cases.models import Access, PathDecision
from kunnig.cases.states import PATHS_TO_IN_DEPTH, CaseState, Part
from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.organisations.queries import boards_served_by, holds_role_under
from kunnig.organisations.states import OrganisationKind, Role

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.cases.models import Case
    from kunnig.organisations.models import Organisation
    from kunnig.people.models import Person

# Who registers a case, lets others in and changes who is responsible (field.md, roles).
CASE_WORKERS = (Role.COUNSELLOR, Role.VALIDATOR, Role.MUNICIPAL_COORDINATOR)
LEADERS = (Role.COUNSELLOR, Role.PRINCIPAL, Role.MUNICIPAL_COORDINATOR)


def _holds_any(person: Person, roles: tuple[Role, ...], board_key: int, at: datetime) -> bool:
    return any(holds_role_under(person, role, board_key, at) for role in roles)


def _runs_access(person: Person, case: Case, at: datetime, *parts: Part) -> bool:
    day = timezone.localdate(at)
    return any(
        access.runs_on(day) and (not parts or access.part in parts)
        for access in Access.objects.filter(case=case, person=person)
    )


def is_open(case: Case) -> Verdict:
    """Say whether the case is open: a closed one is read, not written."""
    if case.standing is CaseState.CLOSED:
        return refused(_("The case is closed. Open it again first."))
    return ALLOWED


def may_register(by: Person, person: Person, board: Organisation, at: datetime) -> Verdict:
    """Let a person open their own case, and those who work with cases open it for others.

    A protected person's own case would have no named staff: they ask the board to open it.
    """
    if board.kind != OrganisationKind.BOARD:
        return refused(_("A case is opened with a board."))
    if by == person:
        if person.is_protected:
            return refused(
                _("Your data are protected. Call your municipality. They open the case.")
            )
        return ALLOWED
    if _holds_any(by, CASE_WORKERS, board.pk, at):
        return ALLOWED
    return refused(_("Only the board's counsellors, validators and coordinators open cases."))


def works_with(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the board's leaders and who was let in to all of it work with a case, never their own."""
    if by == case.person:
        return refused(_("You cannot work with your own case."))
    named = _runs_access(by, case, at, Part.WHOLE)
    by_role = not case.person.is_protected and _holds_any(by, LEADERS, case.board_id, at)
    if named or by_role:
        return ALLOWED
    return refused(_("Only those who work with the whole case can do this."))


def may_change(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who works with an open case change what is noted on it."""
    return is_open(case) if (verdict := works_with(by, case, at)) else verdict


def may_let_in(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the one responsible and the board's leaders let others in; if protected, the named."""
    if (verdict := works_with(by, case, at)) and (
        by.pk == case.responsible_id
        or case.person.is_protected
        or _holds_any(by, LEADERS, case.board_id, at)
    ):
        return is_open(case)
    return verdict and refused(
        _("Only the one responsible and the board's leaders let others in to a case.")
    )


def may_be_let_in(person: Person, case: Case, at: datetime) -> Verdict:
    """Let in only colleagues of the board: another authority needs a recorded hand-over (OSL)."""
    if person == case.person:
        return refused(_("The case is about this person."))
    if case.board_id not in boards_served_by(person, at):
        return refused(_("This person does not work for the board of the case."))
    return ALLOWED


def may_be_responsible(person: Person, case: Case, at: datetime) -> Verdict:
    """Let someone who works with cases in the same board be responsible."""
    if not (verdict := may_be_let_in(person, case, at)):
        return verdict
    if not _holds_any(person, CASE_WORKERS, case.board_id, at):
        return refused(
            _("Only counsellors, validators and coordinators are responsible for cases.")
        )
    return ALLOWED


def may_see_adaptations(by: Person, case: Case, at: datetime) -> Verdict:
    """Show adaptations by a permission of their own: they say much about a person's health."""
    if by == case.person or _runs_access(by, case, at, Part.ADAPTATIONS):
        return ALLOWED
    return refused(_("Adaptations are shown only to those let in to them."))


def may_decide_path(by: Person, case: Case, at: datetime) -> Verdict:
    """Let those who work with the case decide the path, once the first mapping is locked."""
    if not (verdict := may_change(by, case, at)):
        return verdict
    if case.standing not in {CaseState.MAPPED, CaseState.PATH_DECIDED}:
        return refused(_("The path is decided after the initial mapping is approved and locked."))
    return ALLOWED


def path_leads_to_in_depth(case: Case) -> Verdict:
    """Say whether an in-depth mapping follows: it is the first half of validation only."""
    latest = PathDecision.objects.filter(case=case).order_by("-decided_at", "id").first()
    if latest is None:
        return refused(_("Decide the path first."))
    if latest.path not in PATHS_TO_IN_DEPTH:
        return refused(_("The path decided does not lead to an in-depth mapping."))
    return ALLOWED


def may_close(by: Person, case: Case, at: datetime) -> Verdict:
    """Let a case be closed by a person with a reason, never by time."""
    return may_change(by, case, at)


def may_reopen(by: Person, case: Case, at: datetime) -> Verdict:
    """Let a closed case open again, with a reason."""
    if not (verdict := works_with(by, case, at)):
        return verdict
    if case.standing is not CaseState.CLOSED:
        return refused(_("The case is open."))
    return ALLOWED
