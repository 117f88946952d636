"""What changes a case. Every verb locks the case first, asks, changes, and leaves one line."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import policies, queries
from kunnig.cases.models import Access, Adaptation, Case, Closing, PathDecision
from kunnig.cases.states import (
    CASE_LIFE,
    CaseState,
    HomeGround,
    IdentityCheck,
    Origin,
    Part,
    Path,
)
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.organisations import actions as organisations
from kunnig.organisations.models import Assignment
from kunnig.people import actions as people
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from kunnig.organisations.models import Organisation
    from kunnig.people.formats.identifiers import Number
    from kunnig.people.models import Identifier, Person


def locked(case_id: UUID) -> Case:
    """Fetch a case and hold its row until the transaction ends: every verb starts here."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("person", "board", "responsible")
        .get(pk=case_id)
    )


def locked_through(**record: UUID) -> Case:
    """Fetch the case that a record above belongs to, and hold its row as `locked` does."""
    return Case.objects.select_for_update(of=("self",)).select_related("person").get(**record)


def register_for(
    *,
    name: str,
    birth_date: date | None,
    identifiers: Sequence[Number],
    board: Organisation,
    home_municipality: Organisation,
    home_ground: HomeGround,
    origin: Origin,
    language: str,
    information_text: str,
    operation: UUID,
    by: Person,
    at: datetime,
    own_reference: str = "",
    purpose: str = "",
    goal: str = "",
    adaptations: str = "",
    needs_interpreter: bool = False,
    is_practice: bool = False,
) -> Case:
    """Open a case for somebody else, found again by one of `identifiers` or new; see `register`.

    The same `operation` again returns the case it opened, and makes no second person.
    Raises `Refused`.
    """
    earlier = _registered(operation, by)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            policies.may_register_with(by, board, at).require()
            person = people.register(
                name=name, birth_date=birth_date, identifiers=identifiers, by=by, at=at
            )
            policies.is_somebody_else(by, person).require()
            case = register(
                person=person,
                board=board,
                home_municipality=home_municipality,
                home_ground=home_ground,
                origin=origin,
                own_reference=own_reference,
                purpose=purpose,
                goal=goal,
                language=language,
                needs_interpreter=needs_interpreter,
                information_text=information_text,
                is_practice=is_practice,
                operation=operation,
                by=by,
                at=at,
            )
            if adaptations.strip():
                note_adaptation(case_id=case.pk, text=adaptations, by=by, at=at)
            return case
    except IntegrityError:
        # The same form came twice in the same moment; the other one was first.
        earlier = _registered(operation, by)
        if earlier is None:
            raise
        return earlier


def _registered(operation: UUID, by: Person) -> Case | None:
    return Case.objects.filter(operation=operation, registered_by=by).first()


@transaction.atomic
def register(
    *,
    person: Person,
    board: Organisation,
    home_municipality: Organisation,
    home_ground: HomeGround,
    origin: Origin,
    language: str,
    information_text: str,
    operation: UUID,
    by: Person,
    at: datetime,
    own_reference: str = "",
    purpose: str = "",
    goal: str = "",
    needs_interpreter: bool = False,
    is_practice: bool = False,
) -> Case:
    """Open a case; whoever registers it for someone else is responsible and named in it first.

    The same `operation` again returns the case it opened; so does the very same told of oneself
    once more, while that case is open: another tab opens no second one. The person's row is held
    first, so that two at the same moment come one after the other. Raises `Refused`.
    """
    person = people.locked(person.pk)
    earlier = _registered(operation, by)
    if earlier is not None:
        return earlier
    policies.may_register(by, person, board, at).require()
    if by == person:
        same = Case.objects.exclude(state=CaseState.CLOSED).filter(
            person=person,
            registered_by=by,
            board=board,
            home_municipality=home_municipality,
            home_ground=home_ground,
            origin=origin,
            purpose=purpose,
            goal=goal,
            language=language,
            needs_interpreter=needs_interpreter,
        )
        if (earlier := same.first()) is not None:
            return earlier

    case = Case.objects.create(
        number=numbers.drawn(at.year, taken=lambda n: Case.objects.filter(number=n).exists()),
        person=person,
        board=board,
        home_municipality=home_municipality,
        home_ground=home_ground,
        origin=origin,
        own_reference=own_reference,
        purpose=purpose,
        goal=goal,
        language=language,
        needs_interpreter=needs_interpreter,
        information_text=information_text,
        responsible=None if by == person else by,
        is_practice=is_practice,
        registered_by=by,
        registered_at=at,
        operation=operation,
    )
    audit.record(verb="case.registered", target=case, about=person, file=case, by=by, at=at)
    if by != person:
        _name(case, by, ground=_("Registered the case"), by=by, at=at)
    return case


def _name(case: Case, person: Person, *, ground: str, by: Person, at: datetime) -> None:
    """Let `person` in to the whole case from today on, without an end.

    The adaptations come with it only as `policies.names_to_adaptations` says. An access that has
    run out, has not begun or will end gives way to the new one.
    """
    today = timezone.localdate(at)
    with_adaptations = policies.names_to_adaptations(by, case, at)
    for part in (Part.WHOLE, Part.ADAPTATIONS) if with_adaptations else (Part.WHOLE,):
        earlier = Access.objects.filter(case=case, person=person, part=part, ended_at=None).first()
        if earlier is not None:
            if earlier.ends_on is None and earlier.starts_on <= today:
                continue
            _end(earlier, by, at)
        Access.objects.create(
            case=case,
            person=person,
            part=part,
            ground=ground,
            starts_on=today,
            granted_by=by,
            granted_at=at,
        )


def _name_somebody(case: Case, *, stays_at: datetime, by: Person, at: datetime) -> None:
    """Name who answers for a protected case, unless somebody named is at work at `stays_at`."""
    if policies.stays_named(case, stays_at):
        return
    for person in queries.who_answers_for(case, stays_at):
        _name(case, person, ground=_("Nobody else is named in the case"), by=by, at=at)
        audit.record(verb="access.granted", target=case, about=case.person, file=case, by=by, at=at)


@transaction.atomic
def end_role(*, assignment_id: int, ends_on: date, by: Person, at: datetime) -> Assignment | None:
    """Let a colleague's role end on a day; see `organisations.actions.end_assignment`.

    Who was the last one named in a protected case leaves it to who answers for it. To refuse
    instead would tell that there is one, and let a role go on that has to end. Raises `Refused`.
    """
    held = Assignment.objects.select_related("person", "organisation").get(pk=assignment_id)
    person, board_key = held.person, held.organisation.board_key
    ended = organisations.end_assignment(assignment_id=assignment_id, ends_on=ends_on, by=by, at=at)
    day_after = datetime.combine(
        ends_on + timedelta(days=1), time(12), tzinfo=timezone.get_current_timezone()
    )
    for case in queries.protected_naming(person, board_key):
        _name_somebody(case, stays_at=max(at, day_after), by=by, at=at)
    return ended


def _end(access: Access, by: Person, at: datetime) -> None:
    access.ended_by = by
    access.ended_at = at
    access.save(update_fields=["ended_by", "ended_at"])


@transaction.atomic
def change_details(
    *,
    case_id: UUID,
    goal: str,
    purpose: str,
    own_reference: str,
    language: str,
    needs_interpreter: bool,
    by: Person,
    at: datetime,
) -> Case:
    """Change what the board has noted of the case. Raises `Refused`."""
    case = locked(case_id)
    policies.may_change(by, case, at).require()

    case.goal = goal
    case.purpose = purpose
    case.own_reference = own_reference
    case.language = language
    case.needs_interpreter = needs_interpreter
    case.save(update_fields=["goal", "purpose", "own_reference", "language", "needs_interpreter"])
    audit.record(verb="case.changed", target=case, about=case.person, file=case, by=by, at=at)
    return case


@transaction.atomic
def note_adaptation(*, case_id: UUID, text: str, by: Person, at: datetime) -> Adaptation:
    """Note what the person needs, in place of what was noted before; that is kept, too.

    The same text again is not noted twice. Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_note_adaptation(by, case, at).require()
    policies.says_something(text).require()
    standing = queries.adaptation_of(case)
    if standing is not None and (standing.text, standing.noted_by_id) == (text, by.pk):
        return standing

    number = _next(standing)
    adaptation = Adaptation.objects.create(
        case=case, number=number, text=text, noted_by=by, noted_at=at
    )
    audit.record(
        verb="adaptation.noted", target=adaptation, about=case.person, file=case, by=by, at=at
    )
    return adaptation


def _next(standing: Adaptation | PathDecision | None) -> int:
    return 1 if standing is None else standing.number + 1


@transaction.atomic
def let_in(
    *,
    case_id: UUID,
    person: Person,
    part: Part,
    ground: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> Access:
    """Let a colleague in to one part of the case, on a ground, for a period.

    The same again is returned; an access that has run out gives way. Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_let_in_to(by, case, part, at).require()
    policies.may_be_let_in(person, case, at).require()
    policies.is_explained(ground).require()
    policies.period_holds(starts_on, ends_on, at).require()
    earlier = Access.objects.filter(case=case, person=person, part=part, ended_at=None).first()
    if earlier is not None:
        if (earlier.ground, earlier.starts_on, earlier.ends_on) == (ground, starts_on, ends_on):
            return earlier
        if not earlier.is_over_on(timezone.localdate(at)):
            raise Refused(_("This person is already let in to that part. End it first."))
        _end(earlier, by, at)

    access = Access.objects.create(
        case=case,
        person=person,
        part=part,
        ground=ground,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        granted_at=at,
    )
    audit.record(verb="access.granted", target=access, about=case.person, file=case, by=by, at=at)
    return access


@transaction.atomic
def end_access(*, access_id: UUID, by: Person, at: datetime) -> Access:
    """End somebody's access; ended already, it is returned. Raises `Refused`."""
    case = locked(Access.objects.get(pk=access_id).case_id)
    access = Access.objects.select_for_update(of=("self",)).get(pk=access_id)
    policies.may_let_in(by, case, at).require()
    if access.ended_at is not None:
        return access
    policies.may_end_access(by, access, case, at).require()

    _end(access, by, at)
    audit.record(verb="access.ended", target=access, about=case.person, file=case, by=by, at=at)
    return access


@transaction.atomic
def change_responsible(*, case_id: UUID, person: Person, by: Person, at: datetime) -> Case:
    """Make a colleague responsible for the case, and let them in to it. Raises `Refused`."""
    case = locked(case_id)
    policies.may_let_in(by, case, at).require()
    policies.may_be_responsible(person, case, at).require()

    case.responsible = person
    case.save(update_fields=["responsible"])
    _name(case, person, ground=_("Responsible for the case"), by=by, at=at)
    audit.record(
        verb="case.responsible_changed", target=case, about=case.person, file=case, by=by, at=at
    )
    return case


@transaction.atomic
def decide_path(
    *,
    case_id: UUID,
    path: Path,
    reason: str,
    decided_on: date,
    operation: UUID,
    by: Person,
    at: datetime,
) -> PathDecision:
    """Decide what follows the initial mapping; may be decided anew until the in-depth mapping.

    The same `operation` again, or the very same as holds, returns the decision that was made.
    Raises `Refused`.
    """
    case = locked(case_id)
    earlier = PathDecision.objects.filter(operation=operation, case=case).first()
    if earlier is not None:
        return earlier
    policies.may_decide_path(by, case, at).require()
    policies.is_explained(reason).require()
    policies.day_has_come(decided_on, at).require()
    standing = queries.path_of(case)
    if standing is not None:
        holds = (standing.path, standing.reason, standing.decided_on, standing.decided_by_id)
        if holds == (path, reason, decided_on, by.pk):
            return standing

    decision = PathDecision.objects.create(
        case=case,
        number=_next(standing),
        path=path,
        reason=reason,
        decided_on=decided_on,
        decided_by=by,
        decided_at=at,
        operation=operation,
    )
    advance(case, CaseState.PATH_DECIDED)
    audit.record(verb="path.decided", target=decision, about=case.person, file=case, by=by, at=at)
    return decision


def advance(case: Case, state: CaseState) -> None:
    """Move a locked case on to `state`, if it has not come that far already.

    A room above tells the case so inside its own verb, whose line is the trace.
    """
    if CASE_LIFE.may_move(case.standing, state):
        case.move_to(state)
        case.save(update_fields=["state"])


@transaction.atomic
def close(*, case_id: UUID, reason: str, by: Person, at: datetime) -> Closing:
    """Close a case with a reason; nothing in it is lost. Raises `Refused`.

    What `by` has closed already, for the same reason, is returned.
    """
    case = locked(case_id)
    closed = Closing.objects.filter(case=case, reopened_at=None, closed_by=by, reason=reason)
    if (earlier := closed.first()) is not None:
        return earlier
    policies.may_close(by, case, at).require()
    policies.is_explained(reason).require()

    closing = Closing.objects.create(
        case=case, left_state=case.state, reason=reason, closed_by=by, closed_at=at
    )
    case.move_to(CaseState.CLOSED)
    case.save(update_fields=["state"])
    audit.record(verb="case.closed", target=case, about=case.person, file=case, by=by, at=at)
    return closing


@transaction.atomic
def reopen(*, case_id: UUID, reason: str, by: Person, at: datetime) -> Case:
    """Open a closed case again where it was left, with a reason. Raises `Refused`.

    What `by` has opened already, for the same reason, is returned.
    """
    case = locked(case_id)
    latest = Closing.objects.filter(case=case).order_by("-closed_at", "-pk").first()
    if latest and (latest.reopened_by_id, latest.reopened_because) == (by.pk, reason):
        return case
    policies.may_reopen(by, case, at).require()
    policies.is_explained(reason).require()

    closing = Closing.objects.get(case=case, reopened_at=None)
    closing.reopened_by = by
    closing.reopened_at = at
    closing.reopened_because = reason
    closing.save(update_fields=["reopened_by", "reopened_at", "reopened_because"])
    case.move_to(CaseState(closing.left_state))
    case.save(update_fields=["state"])
    audit.record(verb="case.reopened", target=case, about=case.person, file=case, by=by, at=at)
    return case


@transaction.atomic
def protect(*, case_id: UUID, level: Protection, by: Person, at: datetime) -> Case:
    """Mark how strongly the person is protected, or lift it with `NONE`.

    From then on only the named open the person's cases. Whoever marks it is named first, in
    every case of the person that they could open; in the others, who answers for them where
    nobody at work is named: none is left without anybody. The cases that `by` could open tell it
    in their history, never the level; a case elsewhere does not tell who did it.
    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_protect(by, case, level, at).require()

    theirs = queries.visible_to(by, at, Part.WHOLE).filter(person=case.person_id)
    opened = list(theirs.order_by("id"))
    if people.locked(case.person_id).protection != level:
        verb = "protection.lifted" if level is Protection.NONE else "protection.noted"
        for each in opened:
            audit.record(verb=verb, target=each, about=case.person, file=each, by=by, at=at)
    if level is not Protection.NONE:
        for each in opened:
            _name(each, by, ground=_("Marked the protection"), by=by, at=at)
        elsewhere = Case.objects.filter(person=case.person_id).exclude(
            pk__in=[each.pk for each in opened]
        )
        for each in elsewhere.select_related("person", "board", "responsible").order_by("id"):
            _name_somebody(each, stays_at=at, by=by, at=at)
    people.protect(person_id=case.person_id, level=level, by=by, at=at)
    case.person.refresh_from_db(fields=["protection"])
    return case


@transaction.atomic
def correct_person(
    *, case_id: UUID, name: str, birth_date: date | None, by: Person, at: datetime
) -> Person:
    """Correct the name or the date of birth of the person. Raises `Refused`."""
    case = locked(case_id)
    policies.may_correct_person(by, case, at).require()
    policies.may_correct_everywhere(by, case, at).require()

    before = people.locked(case.person_id)
    person = people.correct(
        person_id=case.person_id, name=name, birth_date=birth_date, by=by, at=at
    )
    if (person.name, person.birth_date) != (before.name, before.birth_date):
        audit.record(
            verb="case.person_corrected", target=person, about=person, file=case, by=by, at=at
        )
    return person


def note_identifier(*, case_id: UUID, number: Number, by: Person, at: datetime) -> Identifier:
    """Note one more number of the person. Raises `Refused`.

    Not one transaction: the line about a number that is somebody else's stays when it is refused.
    """
    case = Case.objects.select_related("person").get(pk=case_id)
    policies.may_change(by, case, at).require()
    return people.add_identifier(person_id=case.person_id, number=number, by=by, at=at)


@transaction.atomic
def reveal_identifier(*, case_id: UUID, identifier_id: UUID, by: Person, at: datetime) -> str:
    """Return a number of the person in full, and note who saw it. Raises `Refused`."""
    case = locked(case_id)
    policies.works_with(by, case, at).require()
    policies.is_of(case.person, identifier_id).require()
    return people.reveal_identifier(identifier_id=identifier_id, by=by, at=at, file=case)


@transaction.atomic
def open_sign_in(
    *, case_id: UUID, username: str, password: str, by: Person, at: datetime
) -> Person:
    """Give the person a user name and a first password; the same again changes nothing.

    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_open_sign_in(by, case, at).require()

    before = people.locked(case.person_id)
    person = people.open_sign_in(
        person_id=before.pk, username=username, password=password, by=by, at=at
    )
    if person.username != before.username:
        audit.record(verb="sign_in.opened", target=person, about=person, file=case, by=by, at=at)
    return person


@transaction.atomic
def give_password(*, case_id: UUID, password: str, by: Person, at: datetime) -> Person:
    """Give the person a new password; the same again changes nothing. Raises `Refused`."""
    case = locked(case_id)
    policies.may_open_sign_in(by, case, at).require()

    before = people.locked(case.person_id)
    person = people.give_password(person_id=before.pk, password=password, by=by, at=at)
    if person.password != before.password:
        audit.record(
            verb="sign_in.password_given", target=person, about=person, file=case, by=by, at=at
        )
    return person


@transaction.atomic
def open_colleagues_sign_in(
    *, person_id: UUID, username: str, password: str, by: Person, at: datetime
) -> Person:
    """Give a colleague a user name and a first password. Raises `Refused`."""
    policies.may_open_colleagues_sign_in(by, people.locked(person_id), at).require()
    return people.open_sign_in(
        person_id=person_id, username=username, password=password, by=by, at=at
    )


@transaction.atomic
def give_colleague_password(*, person_id: UUID, password: str, by: Person, at: datetime) -> Person:
    """Give a colleague who has forgotten theirs a new password. Raises `Refused`."""
    policies.may_open_colleagues_sign_in(by, people.locked(person_id), at).require()
    return people.give_password(person_id=person_id, password=password, by=by, at=at)


@transaction.atomic
def choose_table_code(
    *, case_id: UUID, code: str, identity: IdentityCheck, by: Person, at: datetime
) -> None:
    """Keep the code that the person typed on the device of `by`, and how `by` knew who it was.

    Raises `Refused`.
    """
    case = locked(case_id)
    policies.may_change(by, case, at).require()

    people.choose_table_code(person_id=case.person_id, code=code, by=by, at=at)
    audit.record(
        verb=f"identity.{identity}", target=case.person, about=case.person, file=case, by=by, at=at
    )
