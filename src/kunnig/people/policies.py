"""What may be noted of a person, and who may try to sign in. Asks, never writes."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused
from kunnig.people.formats import identifiers
from kunnig.people.models import LONGEST_NAME, Person, SignInFailure
from kunnig.people.states import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.utils.functional import _StrPromise

    from kunnig.people.formats.identifiers import Number

OLDEST = 125  # years; nobody in Sweden has been older than 113
SHORTEST_CODE = 6
LONGEST_CODE = 12
CODE_FAILURES = 5
SIGN_IN_FAILURES = 10
# A whole office may stand behind one address, and somebody there has always forgotten theirs.
FAILURES_FROM_ONE_ADDRESS = 60
SIGN_IN_WINDOW = timedelta(minutes=15)
_TOO_OFTEN = _("Too many attempts. Wait a quarter of an hour and try again.")
LONGEST_NEW_USER_NAME = 60
_USER_NAME = re.compile(rf"[\w.@+-]{{2,{LONGEST_NEW_USER_NAME}}}")
_UPWARDS = "01234567890123456789"


def name_suffices(name: str) -> Verdict:
    """Let pass whatever a person is called: one word or many, in any script, but something."""
    if not name.strip():
        return refused(_("Write the name."))
    if len(name) > LONGEST_NAME:
        return refused(_("The name is longer than %(most)d characters.") % {"most": LONGEST_NAME})
    if any(unicodedata.category(c) == "Cc" for c in name):
        return refused(_("The name has a character that cannot be shown."))
    return ALLOWED


def birth_date_agrees(birth_date: date | None, numbers: Sequence[Number], on: date) -> Verdict:
    """Ask that a date of birth lies behind us, within a lifetime, and agrees with the number."""
    if birth_date is None:
        return ALLOWED
    if birth_date > on:
        return refused(_("The date of birth lies ahead."))
    if birth_date.year < on.year - OLDEST:
        return refused(_("The date of birth lies too far back."))
    if any(number.birth_date not in {None, birth_date} for number in numbers):
        return refused(_("The date of birth is not the one in the personal identity number."))
    return ALLOWED


def birth_date_fits(birth_date: date | None, person: Person, on: date) -> Verdict:
    """Ask that a date of birth agrees with the numbers that a person is known by already."""
    noted = person.identifiers.filter(kind=IdentifierKind.PERSONAL_NUMBER)
    numbers = [
        identifiers.read(IdentifierKind.PERSONAL_NUMBER, each.value, on=on) for each in noted
    ]
    return birth_date_agrees(birth_date, numbers, on)


def may_change_protection(by: Person, person: Person) -> Verdict:
    """Protection is marked and lifted by those who work with the person, never by themselves."""
    if by == person:
        return refused(_("Call your municipality to change how your data are protected."))
    return ALLOWED


def code_suffices(person: Person, code: str) -> Verdict:
    """Ask for digits enough, and for nothing that somebody beside the table would try."""
    if not (code.isascii() and code.isdigit()):
        return refused(_("Write digits only."))
    if not SHORTEST_CODE <= len(code) <= LONGEST_CODE:
        return refused(
            _("Choose between %(least)d and %(most)d digits.")
            % {"least": SHORTEST_CODE, "most": LONGEST_CODE}
        )
    if easy := _what_gives_away(person, code):
        return refused(_("%(what)s Choose another code.") % {"what": easy})
    return ALLOWED


def _what_gives_away(person: Person, code: str) -> str | _StrPromise:
    """Return why somebody would guess `code`, or nothing."""
    day = person.birth_date
    if code in _UPWARDS or code in _UPWARDS[::-1]:
        return _("Digits in a row are easy to guess.")
    if _repeats(code):
        return _("The same digits again and again are easy to guess.")
    if day is not None and any(code in written for written in _written_dates(day)):
        return _("Your date of birth is easy to guess.")
    if any(code in identifier.value for identifier in person.identifiers.all()):
        return _("A part of your own number is easy to guess.")
    return ""


def _repeats(code: str) -> bool:
    """Say whether `code` is one, two or three digits over and over (111111, 121212, 123123)."""
    return any(code == (code[:n] * len(code))[: len(code)] for n in (1, 2, 3))


def _written_dates(day: date) -> tuple[str, ...]:
    return (f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%d%m%y}", f"{day:%m%d%Y}", f"{day:%m%d%y}")


def code_may_be_tried(person: Person, authority: int) -> Verdict:
    """Let a table code be tried five times; then the person chooses a new one.

    Chosen at a board's table it approves there alone: each board sees to whom it hands a device.
    """
    if not person.has_code_at(authority):
        return refused(_("No code has been chosen yet."))
    if person.table_code_failures >= CODE_FAILURES:
        return refused(_("The code was wrong five times. Choose a new one."))
    return ALLOWED


def language_is_offered(language: str) -> Verdict:
    """Let a person choose among the languages of the house."""
    if language in dict(settings.LANGUAGES):
        return ALLOWED
    return refused(_("Choose one of the languages listed."))


def password_suffices(password: str, person: Person) -> Verdict:
    """Ask for a long password, and for none of those that everybody tries first.

    In our own words: Django's are not there in every language of the house.
    """
    try:
        validate_password(password, person)
    except ValidationError as faults:
        return refused(" ".join(_said_of(fault) for fault in faults.error_list))
    return ALLOWED


def _said_of(fault: ValidationError) -> str:
    if fault.code == "password_too_short" and fault.params is not None:
        words = _("The password is too short. Write at least %(least)s characters.")
        return str(words % {"least": fault.params["min_length"]})
    if fault.code == "password_too_common":
        return str(_("Many people use this password. Choose another."))
    return " ".join(fault.messages)


def has_no_sign_in(person: Person) -> Verdict:
    """Ask that somebody has no user name yet."""
    if person.username is not None:
        return refused(_("This person can sign in already. Give a new password instead."))
    return ALLOWED


def has_a_sign_in(person: Person) -> Verdict:
    """Ask that somebody has a user name already."""
    if person.username is None:
        return refused(_("This person has no user name yet. Choose one first."))
    return ALLOWED


def chooses_own_password(by: Person, person: Person) -> Verdict:
    """Let only oneself choose the password that one keeps."""
    if by != person:
        return refused(_("Only the person chooses their own password."))
    return ALLOWED


def is_another_password(password: str, person: Person) -> Verdict:
    """Ask that a password that somebody else made is not kept."""
    if person.must_choose_password and person.check_password(password):
        return refused(_("Choose another password than the one you were given."))
    return ALLOWED


def password_mark(person: Person) -> str:
    """Return what tells a person's password from any other they had; it tells nothing of either."""
    return salted_hmac("kunnig.people.mark", person.password, algorithm="sha256").hexdigest()


def is_still_the_password(person: Person, mark: str) -> Verdict:
    """Ask that nobody has given a new password since the page was opened: each is shown once."""
    if constant_time_compare(mark, password_mark(person)):
        return ALLOWED
    return refused(
        _(
            "A new password has been made already, and was shown once. "
            "Make another if nobody saw it."
        )
    )


def user_name_suffices(username: str, person: Person) -> Verdict:
    """Ask for one word that is nobody else's user name; suggest one that is free.

    Whose it is, and why it cannot be used, is not said.
    """
    name = user_name(username)
    if not name or len(name.split()) > 1:
        return refused(_("A user name is one word without spaces."))
    if not _USER_NAME.fullmatch(name):
        words = _("Write a user name of 2 to %(most)d letters, digits and . _ - @ +")
        return refused(words % {"most": LONGEST_NEW_USER_NAME})
    if Person.objects.filter(username=name).exclude(pk=person.pk).exists():
        return refused(
            _("This user name cannot be used here. %(free)s can.") % {"free": _free_like(name)}
        )
    return ALLOWED


def _free_like(name: str) -> str:
    """Return a user name that is free: the next number would tell how many there are."""
    while True:
        free = f"{name[: LONGEST_NEW_USER_NAME - 3]}{100 + secrets.randbelow(900)}"
        if not Person.objects.filter(username=free).exists():
            return free


def user_name(written: str) -> str:
    """Return a user name as it is kept: capitals do not tell people apart."""
    return unicodedata.normalize("NFKC", written).strip().casefold()


def tried(username: str) -> str:
    """Return what a failed sign-in is remembered by: a hash that cannot be read back."""
    return salted_hmac("kunnig.people.sign-in", user_name(username), algorithm="sha256").hexdigest()


def tried_from(address: str) -> str:
    """Return what an address is remembered by where secrets were tried in vain."""
    return salted_hmac("kunnig.people.address", address, algorithm="sha256").hexdigest()


def may_try_to_sign_in(username: str, address: str, at: datetime) -> Verdict:
    """After ten failures within a quarter of an hour a user name rests, known to us or not.

    So does an address from which many names have been tried.
    """
    if _failures(tried(username), at) < SIGN_IN_FAILURES:
        return may_try_from(address, at)
    return refused(_TOO_OFTEN)


def may_try_from(address: str, at: datetime) -> Verdict:
    """Let no address try secrets without end, whoever's they are; "" is no address."""
    if not address or _failures(tried_from(address), at) < FAILURES_FROM_ONE_ADDRESS:
        return ALLOWED
    return refused(_TOO_OFTEN)


def _failures(key: str, at: datetime) -> int:
    return SignInFailure.objects.filter(tried=key, happened_at__gt=at - SIGN_IN_WINDOW).count()
