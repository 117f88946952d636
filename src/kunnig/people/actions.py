"""What changes a person. Who may do it to another is asked by the room whose page it is.

This room lies under the cases and knows none: the door to a person is a case that one works
with, or an assignment that one answers for. What happens here always leaves its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.kernel.verdict import ALLOWED, Refused, Verdict, refused
from kunnig.people import policies, queries
from kunnig.people.formats import identifiers as numbers
from kunnig.people.models import EVERYWHERE, TOLD_BY_THEMSELVES, Identifier, Person, SignInFailure
from kunnig.people.states import IdentifierKind, Protection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import Model

    from kunnig.people.formats.identifiers import Number

Found = TypeVar("Found")
PASSWORD_GIVEN = "person.password_given"  # noqa: S105 -- a verb of the trail
CODE_CHOSEN = "table_code.chosen"
# A number that was written is somebody's already.
FOUND, TRIED = "person.found", "identifier.tried"


def locked(person_id: UUID) -> Person:
    """Fetch a person and hold the row until the transaction ends."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


@transaction.atomic
def register(
    *,
    name: str,
    birth_date: date | None,
    identifiers: Sequence[Number],
    by: Person | None,
    at: datetime,
    authority: Model | None = None,
) -> Person:
    """Return the person known by one of `identifiers`, or a new one. Raises `Refused`.

    Without a number there is always a new row: two people may share a name and a birthday. With
    one, the person is found again silently, whatever name was written, and the answer, the page
    and the wording are those of a new person. Nothing of the row found is changed, but the
    numbers are noted for the `authority` that wrote them, as those of a new person are. If they
    belong to different people, the first one's is taken: saying so would tell that the others
    exist.

    A protected person is found like anybody. The case that follows is closed to all but who
    registered it, so that one colleague can come to know that the person is here. The other way,
    a second row, would open a protected person's case to a whole board. The line about the
    person tells who wrote the number, and stands in the file of the authority for its coordinator
    to see (decision 0014). `by` and `authority` are None when people register themselves.
    """
    name = " ".join(name.split())
    policies.name_suffices(name).require()
    policies.birth_date_agrees(birth_date, identifiers, timezone.localdate(at)).require()

    key = _key(authority)
    person = _found(identifiers, key)
    if person is None:
        try:
            with transaction.atomic():
                return _new(name, birth_date, identifiers, by=by, at=at, key=key)
        except IntegrityError:
            # Somebody wrote the same number in the same moment, and came first.
            person = _found(identifiers, key)
            if person is None:
                raise
    person = locked(person.pk)
    actor = by or person
    audit.record(verb=FOUND, target=person, about=person, file=authority, by=actor, at=at)
    for number in identifiers:
        if _has(person, number, key) is None and _may_be_noted(person, number, key):
            _note(person, number, actor, at, key)
    return person


def _key(authority: Model | None) -> int:
    return TOLD_BY_THEMSELVES if authority is None else int(authority.pk)


def _found(identifiers: Sequence[Number], key: int) -> Person | None:
    found = (queries.find_by_identifier(number, key) for number in identifiers)
    return next((person for person in found if person is not None), None)


def _has(person: Person, number: Number, key: int) -> Identifier | None:
    known = queries.identifiers_known_to(key, person)
    return known.filter(kind=number.kind, issuer=number.issuer, value=number.value).first()


def _may_be_noted(person: Person, number: Number, key: int) -> bool:
    """Say whether a number is nobody else's whom the authority may know of."""
    others = queries.noted(number).filter(authority=key).exclude(person=person)
    return not others.filter(person__protection=Protection.NONE).exists()


def _new(
    name: str,
    birth_date: date | None,
    identifiers: Sequence[Number],
    *,
    by: Person | None,
    at: datetime,
    key: int,
) -> Person:
    told = (number.birth_date for number in identifiers if number.birth_date is not None)
    person = Person(name=name, birth_date=birth_date or next(told, None), registered_at=at)
    person.set_unusable_password()
    person.save(force_insert=True)
    audit.record(verb="person.registered", target=person, about=person, by=by or person, at=at)
    for number in identifiers:
        _note(person, number, by or person, at, key)
    return person


def _note(person: Person, number: Number, by: Person, at: datetime, key: int) -> Identifier:
    """Note a number for an authority; apart, where it stands on one the authority may not know."""
    standing = queries.noted(number).filter(authority=key)
    taken = standing.aggregate(highest=Max("apart"))["highest"]
    identifier = Identifier.objects.create(
        authority=key,
        apart=0 if taken is None else taken + 1,
        person=person,
        kind=number.kind,
        issuer=number.issuer,
        value=number.value,
        noted_by=by,
        noted_at=at,
    )
    audit.record(verb="identifier.noted", target=identifier, about=person, by=by, at=at)
    return identifier


def add_identifier(
    *, person_id: UUID, number: Number, by: Person, at: datetime, authority: Model | None = None
) -> Identifier:
    """Note one more number of a person; the same again changes nothing. Raises `Refused`.

    A number that is somebody else's is refused only where that one is known to the same authority
    and not protected, in words that do not say whose. Otherwise it is noted as any other: an
    answer that differed would tell that somebody is here. In both cases a line about them tells
    it, in the file of the authority for its coordinator to see; it stays when the number is
    refused.
    """
    try:
        identifier = _added(person_id, number, by, at, authority)
    except IntegrityError:
        # Somebody wrote the same number in the same moment, and came first.
        identifier = _added(person_id, number, by, at, authority)
    if identifier is not None:
        return identifier
    raise Refused(
        _(
            "This number cannot be noted here. Compare it with the document. "
            "If it is right, ask your municipal coordinator what to do."
        )
    )


def _added(
    person_id: UUID, number: Number, by: Person, at: datetime, authority: Model | None
) -> Identifier | None:
    """Return the number as noted; None where it is somebody's whom the authority knows."""
    key = _key(authority)
    with transaction.atomic():
        person = locked(person_id)
        agrees = policies.birth_date_agrees(person.birth_date, [number], timezone.localdate(at))
        agrees.require()
        if (standing := _has(person, number, key)) is not None:
            return standing
        for other in queries.noted(number).exclude(person=person):
            audit.record(verb=TRIED, target=other, about=other.person, file=authority, by=by, at=at)
        if _may_be_noted(person, number, key):
            return _note(person, number, by, at, key)
    return None


@transaction.atomic
def reveal_identifier(
    *, identifier_id: UUID, by: Person, at: datetime, file: Model | None = None
) -> str:
    """Return a number in full, and note who saw it. `file` is the case that it was opened in.

    One's own reading is not noted. The page asks for it only inside a case that `by` has opened.
    """
    identifier = Identifier.objects.select_related("person").get(pk=identifier_id)
    audit.record_reading(of=identifier, about=identifier.person, by=by, at=at, file=file)
    return numbers.shown(IdentifierKind(identifier.kind), identifier.value)


@transaction.atomic
def correct(
    *, person_id: UUID, name: str, birth_date: date | None, by: Person, at: datetime
) -> Person:
    """Correct the name or the date of birth; the same again changes nothing. Raises `Refused`."""
    person = locked(person_id)
    name = " ".join(name.split())
    policies.name_suffices(name).require()
    policies.birth_date_fits(birth_date, person, timezone.localdate(at)).require()
    if (name, birth_date) == (person.name, person.birth_date):
        return person

    person.name = name
    person.birth_date = birth_date
    person.save(update_fields=["name", "search_key", "birth_date"])
    audit.record(verb="person.corrected", target=person, about=person, by=by, at=at)
    return person


@transaction.atomic
def protect(*, person_id: UUID, level: Protection, by: Person, at: datetime) -> Person:
    """Mark how strongly a person is protected, or lift it with `NONE`. Raises `Refused`.

    The line says that it was marked or lifted, never the level.
    """
    person = locked(person_id)
    policies.may_change_protection(by, person).require()
    if person.protection == level:
        return person

    person.protection = level
    person.save(update_fields=["protection"])
    verb = "person.protection_lifted" if level is Protection.NONE else "person.protected"
    audit.record(verb=verb, target=person, about=person, by=by, at=at)
    return person


@transaction.atomic
def choose_table_code(
    *, person_id: UUID, code: str, by: Person, at: datetime, authority: Model | None = None
) -> None:
    """Keep the code with which a person approves at somebody's table. Raises `Refused`.

    The person types it: on their own device for everywhere, or on that of `by` for the tables of
    the `authority`. A new code opens a locked one, and takes the place of the old.
    """
    person = locked(person_id)
    policies.code_suffices(person, code).require()

    person.table_code = make_password(code)
    person.table_code_at = _key(authority)
    person.table_code_failures = 0
    person.save(update_fields=["table_code", "table_code_at", "table_code_failures"])
    audit.record(verb=CODE_CHOSEN, target=person, about=person, by=by, at=at)


def check_table_code(
    *,
    person_id: UUID,
    code: str,
    at: datetime,
    authority: int = EVERYWHERE,
    address: str = "",
) -> Verdict:
    """Say whether `code` is the person's own there; the fifth wrong one in a row locks it.

    Ask before the transaction of what the code is for: a failure must be counted even when that
    is then refused, so this cannot run inside another transaction. The attempt is counted before
    it is judged: those made in the same moment do not get past the limit. `address` is where
    it comes from; from one place, nobody's codes are tried without end.
    """
    if not (verdict := policies.may_try_from(address, at)):
        return verdict
    with transaction.atomic(durable=True):
        person = locked(person_id)
        if not (verdict := policies.code_may_be_tried(person, authority)):
            return verdict
        Person.objects.filter(pk=person_id).update(table_code_failures=F("table_code_failures") + 1)
        counted = _count_failure((), address, at)
    if not check_password(code, person.table_code):
        return refused(_("The code is wrong."))
    _forget((), counted)
    Person.objects.filter(pk=person_id, table_code=person.table_code).update(table_code_failures=0)
    return ALLOWED


@transaction.atomic
def set_language(*, person_id: UUID, language: str, by: Person, at: datetime) -> Person:
    """Remember the language in which a person reads the pages. Raises `Refused`."""
    person = locked(person_id)
    policies.language_is_offered(language).require()

    person.language = language
    person.save(update_fields=["language"])
    audit.record(verb="person.language_chosen", target=person, about=person, by=by, at=at)
    return person


@transaction.atomic
def open_sign_in(
    *,
    person_id: UUID,
    username: str,
    password: str | None,
    by: Person,
    at: datetime,
    capacity: str = "",
) -> Person:
    """Give a person a user name and a first password; the same again changes nothing.

    Never over a way in that there is already: whoever could would sign in as somebody else. A
    password that somebody else made is changed before anything opens. Without one (None) the
    name only tells who it is, where one signs in by other means. Raises `Refused`.
    """
    person = locked(person_id)
    is_same = person.username == policies.user_name(username)
    if is_same and password is not None and person.check_password(password):
        return person
    policies.has_no_sign_in(person).require()
    policies.user_name_suffices(username, person).require()
    if password is not None:
        policies.password_suffices(password, person).require()

    person.username = policies.user_name(username)
    person.set_password(password)
    person.must_choose_password = password is not None and by != person
    person.save(update_fields=["username", "password", "must_choose_password"])
    audit.record(
        verb="person.sign_in_opened", target=person, about=person, by=by, at=at, capacity=capacity
    )
    return person


@transaction.atomic
def give_password(
    *,
    person_id: UUID,
    password: str,
    instead_of: str,
    by: Person,
    at: datetime,
    capacity: str = "",
) -> Person:
    """Give one who has forgotten theirs a password to change at the next sign-in.

    Only in place of the one that stood when it was asked for (`policies.password_mark`): the same
    form sent again gives nothing. Who did it is told to the person. Raises `Refused`.
    """
    person = locked(person_id)
    policies.has_a_sign_in(person).require()
    policies.is_still_the_password(person, instead_of).require()
    policies.password_suffices(password, person).require()

    person.set_password(password)
    person.must_choose_password = True
    person.save(update_fields=["password", "must_choose_password"])
    audit.record(verb=PASSWORD_GIVEN, target=person, about=person, by=by, at=at, capacity=capacity)
    return person


@transaction.atomic
def set_password(*, person_id: UUID, password: str, by: Person, at: datetime) -> Person:
    """Change one's own password. Raises `Refused`."""
    person = locked(person_id)
    policies.chooses_own_password(by, person).require()
    policies.password_suffices(password, person).require()
    policies.is_another_password(password, person).require()

    person.set_password(password)
    person.must_choose_password = False
    person.save(update_fields=["password", "must_choose_password"])
    audit.record(verb="person.password_changed", target=person, about=person, by=by, at=at)
    return person


def recognise(*, username: str, password: str, address: str, at: datetime) -> Person:
    """Return who signs in by this user name and password. Raises `Refused`.

    A wrong name is answered in the same words and the same time as a wrong password. The failure
    is noted before the password is judged and forgotten when it is right: all of that user name,
    and this one of the `address` it comes from.
    """
    policies.may_try_to_sign_in(username, address, at).require()
    key = policies.tried(username)
    with transaction.atomic(durable=True):
        counted = _count_failure((key,), address, at)

    name = policies.user_name(username)
    person = Person.objects.filter(username=name, is_active=True).first()
    if person is None:
        make_password(password)
    elif person.check_password(password):
        _forget((key,), counted)
        return person
    raise Refused(_("The user name or the password is wrong."))


def found_by_secret(
    find: Callable[[], Found | None], *, address: str, at: datetime
) -> Found | None:
    """Return what `find` finds by a secret that tells no account; None counts as a failure.

    It cannot run inside another transaction: what is tried in vain is counted before it is judged,
    from the `address` it comes from. Raises `Refused` where too many have been tried from there.
    """
    policies.may_try_from(address, at).require()
    with transaction.atomic(durable=True):
        counted = _count_failure((), address, at)
    found = find()
    if found is not None:
        _forget((), counted)
    return found


def check_own_password(*, by: Person, password: str, address: str, at: datetime) -> Verdict:
    """Say whether `password` is the one that `by`, signed in, has now.

    Tried in vain it counts as a sign-in does: a lent screen is no way round that limit.
    """
    username = by.username or str(by.pk)
    if not (verdict := policies.may_try_to_sign_in(username, address, at)):
        return verdict
    key = policies.tried(username)
    with transaction.atomic(durable=True):
        counted = _count_failure((key,), address, at)
    if not by.check_password(password):
        return refused(_("This is not the password you have now"))
    _forget((key,), counted)
    return ALLOWED


def _count_failure(accounts: Sequence[str], address: str, at: datetime) -> SignInFailure | None:
    """Note that a secret is tried, of `accounts` and from `address`; return the latter's row."""
    SignInFailure.objects.filter(happened_at__lte=at - policies.SIGN_IN_WINDOW).delete()
    for key in accounts:
        SignInFailure.objects.create(tried=key, happened_at=at)
    if not address:
        return None
    return SignInFailure.objects.create(tried=policies.tried_from(address), happened_at=at)


def _forget(accounts: Sequence[str], counted: SignInFailure | None) -> None:
    """Take back what was noted of a secret that was right."""
    SignInFailure.objects.filter(tried__in=accounts).delete()
    if counted is not None:
        counted.delete()
