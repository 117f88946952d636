"""Who may do what with a case. Asks, never writes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kunnig.cases.models import Case, PathDecision
from kunnig.cases.states import CASE_WORKERS, PATHS_TO_IN_DEPTH, CaseState, Part
from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.organisations import policies as organisations
from kunnig.organisations.queries import boards_served_by, holds_role_under, roles_of
from kunnig.organisations.states import BOARD_ROLES, OrganisationKind, Role
from kunnig.people.queries import identifiers_known_to
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from kunnig.cases.models import Access
    from kunnig.organisations.models import Organisation
    from kunnig.people.models import Person


def _holds_any(person: Person, roles: Iterable[Role], board_key: int, at: datetime) -> bool:
    return any(holds_role_under(person, role, board_key, at) for role in roles)


def _runs_access(person: Person, case: Case, at: datetime, part: Part) -> bool:
    """Say whether `person` is let in; only while they work for the board of the case.

    A page that asks much fetches the case with those let in: nothing here asks again then.
    """
    day = timezone.localdate(at)
    return case.board_id in boards_served_by(person, at) and any(
        access.person_id == person.pk and access.part == part and access.runs_on(day)
        for access in case.accesses.all()
    )


def is_explained(reason: str) -> Verdict:
    """Ask for words: whoever reads the case later must understand why."""
    return ALLOWED if reason.strip() else refused(_("Say why, in a sentence."))


def is_open(case: Case) -> Verdict:
    """Say whether the case is open: a closed one is read, not written."""
    if case.standing is CaseState.CLOSED:
        return refused(_("The case is closed. Open it again first."))
    return ALLOWED


def may_register(by: Person, person: Person, board: Organisation, at: datetime) -> Verdict:
    """Let a person open their own case, and those who work with cases open it for others.

    A protected person's own case would have no named staff: they ask the board to open it.
    """
    if by != person:
        return may_register_with(by, board, at)
    if board.kind != OrganisationKind.BOARD:
        return refused(_("A case is opened with a board."))
    if person.is_protected:
        return refused(_("Your data are protected. Call your municipality. They open the case."))
    return ALLOWED


def may_register_with(by: Person, board: Organisation, at: datetime) -> Verdict:
    """Let those who work with the cases of a board open one for somebody."""
    if board.kind != OrganisationKind.BOARD:
        return refused(_("A case is opened with a board."))
    if _holds_any(by, CASE_WORKERS, board.pk, at):
        return ALLOWED
    return refused(_("Only the board's counsellors, validators and coordinators open cases."))


def registers_cases(by: Person, at: datetime) -> Verdict:
    """Say whether somebody opens cases for others at all, with whichever board."""
    if roles_of(by, at) & frozenset(CASE_WORKERS):
        return ALLOWED
    return refused(_("Only counsellors, validators and coordinators open cases for others."))


def is_somebody_else(by: Person, person: Person) -> Verdict:
    """Keep people from opening a case of their own where they work."""
    if by == person:
        return refused(_("This number is your own. Open your own case from your own pages."))
    return ALLOWED


def works_with(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the board's leaders and who was let in to all of it work with a case, never their own."""
    if by == case.person:
        return refused(_("You cannot work with your own case."))
    by_role = not case.person.is_protected and _holds_any(by, BOARD_ROLES, case.board_id, at)
    if by_role or _runs_access(by, case, at, Part.WHOLE):
        return ALLOWED
    return refused(_("Only those who work with the whole case can do this."))


def may_change(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who works with an open case change what is noted on it."""
    return is_open(case) if (verdict := works_with(by, case, at)) else verdict


def _answers_for(by: Person, case: Case, at: datetime) -> bool:
    """Say whether somebody who works with a case answers for it; if protected, the named do."""
    return (
        by.pk == case.responsible_id
        or case.person.is_protected
        or _holds_any(by, BOARD_ROLES, case.board_id, at)
    )


def _works_with_the_others(by: Person, case: Case, at: datetime) -> bool:
    """Say whether somebody works with every other case of the person too.

    A person is one row for all authorities, and each is an authority of its own: what holds in
    the case of another is not for this one to undo. Which of them there are is not told either.
    """
    others = Case.objects.filter(person=case.person_id).exclude(pk=case.pk)
    return all(works_with(by, each, at) for each in others.select_related("person"))


def may_protect(by: Person, case: Case, level: Protection, at: datetime) -> Verdict:
    """Let who works with a case mark its person's protection; to lift it takes all the cases."""
    if not (verdict := works_with(by, case, at)):
        return verdict
    if level is Protection.NONE and not _works_with_the_others(by, case, at):
        return refused(
            _("The protection is not lifted here. Ask your municipal coordinator what to do.")
        )
    return ALLOWED


def may_open_sign_in(by: Person, case: Case, at: datetime) -> Verdict:
    """Let who works with an open case give its person a way to sign in.

    Never one with a role that `by` does not answer for or a case that `by` does not work with: a
    first password would be a way into more than `by` may see. Which is not theirs to know.
    """
    if not (verdict := may_change(by, case, at)):
        return verdict
    if not opens_no_more_than_theirs(by, case, at):
        return refused(
            _(
                "This person’s sign-in is not opened here. "
                "Ask your municipal coordinator what to do."
            )
        )
    return ALLOWED


def opens_no_more_than_theirs(by: Person, case: Case, at: datetime) -> bool:
    """Say whether a way in for the person of a case leads to nothing that `by` may not see."""
    if case.person.assignments.exists() and not organisations.may_open_sign_in(by, case.person, at):
        return False
    return _works_with_the_others(by, case, at)


def may_open_colleagues_sign_in(by: Person, person: Person, at: datetime) -> Verdict:
    """Let who answers for all the roles of a colleague give them a way to sign in.

    Who has a case of their own is helped there: a password would be a way into that, too.
    """
    if not (verdict := organisations.may_open_sign_in(by, person, at)):
        return verdict
    if Case.objects.filter(person=person).exists():
        return refused(
            _(
                "This colleague’s sign-in is not opened here. "
                "If they have a case of their own, they are helped there."
            )
        )
    return ALLOWED


def may_let_in(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the one responsible and the board's leaders let others in; if protected, the named."""
    if (verdict := works_with(by, case, at)) and _answers_for(by, case, at):
        return is_open(case)
    return verdict and refused(
        _("Only the one responsible and the board's leaders let others in to a case.")
    )


def may_correct_person(by: Person, case: Case, at: datetime) -> Verdict:
    """Let the one responsible and the board's leaders correct whom the case is about."""
    if (verdict := works_with(by, case, at)) and _answers_for(by, case, at):
        return is_open(case)
    return verdict and refused(
        _("Only the one responsible and the board's leaders correct a name or a date of birth.")
    )


def may_correct_everywhere(by: Person, case: Case, at: datetime) -> Verdict:
    """Let only who works with all of the person's cases correct what holds in each of them."""
    if _works_with_the_others(by, case, at):
        return ALLOWED
    return refused(
        _("Name and date of birth are not corrected here. Ask your municipal coordinator.")
    )


def may_let_in_to(by: Person, case: Case, part: Part, at: datetime) -> Verdict:
    """Let only those who see the adaptations let others in to them, responsible or not."""
    if part is not Part.ADAPTATIONS:
        return may_let_in(by, case, at)
    if not (verdict := may_change(by, case, at)):
        return verdict
    return may_see_adaptations(by, case, at)


def lets_somebody_in(by: Person, case: Case, at: datetime) -> Verdict:
    """Say whether somebody lets others in to anything of a case: its parts, or its adaptations."""
    to_adaptations = may_let_in_to(by, case, Part.ADAPTATIONS, at)
    return to_adaptations or may_let_in(by, case, at)


def names_to_adaptations(by: Person, case: Case, at: datetime) -> Verdict:
    """Let adaptations come with being named only from those who see them; or when nobody does.

    A new case has nobody yet, and where all who saw them have left they must not be lost.
    """
    if not any(_is_at_work(each, Part.ADAPTATIONS, case, at) for each in case.accesses.all()):
        return ALLOWED
    return may_see_adaptations(by, case, at)


def period_holds(starts_on: date, ends_on: date | None, at: datetime) -> Verdict:
    """Ask for a period that has a day left: its last day is neither past nor before its first."""
    if not (verdict := organisations.period_holds(starts_on, ends_on)):
        return verdict
    if ends_on is not None and ends_on < timezone.localdate(at):
        return refused(_("The last day has already passed."))
    return ALLOWED


def may_end_access(by: Person, access: Access, case: Case, at: datetime) -> Verdict:
    """Let who lets others in end it, but never for the last one who can.

    The one responsible stays, and somebody without an end: in a protected person's case, and
    with the adaptations.
    """
    if not (verdict := may_let_in(by, case, at)):
        return verdict
    if access.part == Part.WHOLE and access.person_id == case.responsible_id:
        return refused(_("The one responsible is always let in. Change who is responsible first."))
    if _another_stays(access, case, at):
        return ALLOWED
    if access.part == Part.ADAPTATIONS:
        return refused(_("Somebody must be let in to the adaptations. Let another one in first."))
    if access.part == Part.WHOLE and case.person.is_protected:
        return refused(
            _("Somebody must be named in a protected person's case. Let another one in first.")
        )
    return ALLOWED


def _another_stays(access: Access, case: Case, at: datetime) -> bool:
    """Say whether somebody else at work is let in to the same part, without an end."""
    return any(
        other.pk != access.pk
        and other.ends_on is None
        and _is_at_work(other, Part(access.part), case, at)
        for other in case.accesses.all()
    )


def first_day_without_named(case: Case, at: datetime) -> date | None:
    """Return the first day from `at` on when nobody named works for the board; None if never.

    Somebody may leave by the last day of their access, or by that of their role.
    """
    day = timezone.localdate(at)
    spans = [
        span
        for access in case.accesses.select_related("person").prefetch_related(
            "person__assignments__organisation"
        )
        if access.part == Part.WHOLE and access.ended_at is None
        for span in _days_at_work(access, case)
    ]
    while reaching := [last for first, last in spans if first <= day and not _is_over(last, day)]:
        if None in reaching:
            return None
        day = max(last for last in reaching if last is not None) + timedelta(days=1)
    return day


def _days_at_work(access: Access, case: Case) -> Iterator[tuple[date, date | None]]:
    """Yield the first and the last days on which an access lets somebody in who works there."""
    for each in access.person.assignments.all():
        if each.organisation.board_key == case.board_id:
            ends = [last for last in (access.ends_on, each.ends_on) if last is not None]
            yield max(access.starts_on, each.starts_on), min(ends, default=None)


def _is_over(last: date | None, day: date) -> bool:
    return last is not None and last < day


def _is_at_work(access: Access, part: Part, case: Case, at: datetime) -> bool:
    """Say whether an access lets somebody in to `part` who works for the board still."""
    return (
        access.part == part
        and access.runs_on(timezone.localdate(at))
        and case.board_id in boards_served_by(access.person, at)
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


def may_note_adaptation(by: Person, case: Case, at: datetime) -> Verdict:
    """Let those who see the adaptations of an open case note others."""
    return is_open(case) if (verdict := may_see_adaptations(by, case, at)) else verdict


def says_something(text: str) -> Verdict:
    """Ask for a text that is not empty."""
    return ALLOWED if text.strip() else refused(_("Write what the person needs."))


def day_has_come(day: date, case: Case, at: datetime) -> Verdict:
    """Ask for a day of the case that is not ahead: a decision is noted when it has been made."""
    if day < (opened := timezone.localdate(case.registered_at)):
        words = _("The case was opened on %(day)s. The decision cannot have been made before.")
        return refused(words % {"day": opened.isoformat()})
    if day > timezone.localdate(at):
        return refused(_("The day of the decision lies ahead."))
    return ALLOWED


def is_known_in(case: Case, identifier_id: UUID) -> Verdict:
    """Show a number only through a case of its person, with the board that has noted it."""
    if identifiers_known_to(case.board_id, case.person).filter(pk=identifier_id).exists():
        return ALLOWED
    return refused(_("This number is not the person's."))


def may_decide_path(by: Person, case: Case, at: datetime) -> Verdict:
    """Let those who work with the case decide the path, once the first mapping is locked."""
    if not (verdict := may_change(by, case, at)):
        return verdict
    if case.standing not in {CaseState.MAPPED, CaseState.PATH_DECIDED}:
        return refused(_("The path is decided after the initial mapping is approved and locked."))
    return ALLOWED


def path_leads_to_in_depth(case: Case) -> Verdict:
    """Say whether an in-depth mapping follows: it is the first half of validation only."""
    latest = PathDecision.objects.filter(case=case).order_by("-number").first()
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
