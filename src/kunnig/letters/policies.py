"""To whom anything is written at all. Asks, never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from kunnig.people.models import Person


def may_be_written_to(person: Person) -> Verdict:
    """Write nothing to a protected person: a letter tells where and to whom it goes."""
    if person.is_protected:
        return refused(
            _("The person’s data are protected: no letter is written. Hand it over in person.")
        )
    return ALLOWED


def address_suffices(address: str) -> Verdict:
    """Ask for one address that e-mail can go to."""
    try:
        validate_email(address)
    except ValidationError:
        return refused(_("Write one e-mail address, such as name@example.com"))
    return ALLOWED
