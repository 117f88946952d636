"""Who has opened what is kept about a person, in words that the person reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kunnig.audit.models import OUTSIDER
from kunnig.kernel.text import listed
from kunnig.organisations.queries import acting
from kunnig.people.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from kunnig.audit.queries import Reading
    from kunnig.organisations.queries import Capacity
    from kunnig.people.models import Person

HOUR = timedelta(hours=1)
# What the lines of the trail call a record, as the person it is about calls it.
OPENED: Mapping[str, StrOrPromise] = {
    "case.read": gettext_lazy("Your case"),
    "mapping.read": gettext_lazy("What you have told"),
    "paper.read": gettext_lazy("One of your papers"),
    "paper.verified": gettext_lazy("One of your papers, checked by its code"),
    "identifier.read": gettext_lazy("Your personal identity number, in full"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: who opened what within one hour."""

    hour: datetime
    until: datetime
    name: str
    capacity: str
    what: StrOrPromise
    times: str


def shown(readings: Sequence[Reading], at: datetime) -> list[Shown]:
    """Return the lines with the names and the tasks that may be told.

    One question; one more where somebody who has read has no task any longer.
    """
    actors = {reading.actor for reading in readings}
    people, capacities = acting(actors, at)
    # Who has a task and no name here is protected: nothing more is asked of them.
    names = _names(actors - capacities.keys()) | names_of((), known=people)
    return [
        Shown(
            hour=each.hour,
            until=each.hour + HOUR,
            name=names.get(each.actor, _("A colleague")),
            capacity=_said(capacities.get(each.actor, ())),
            what=OPENED.get(each.verb, _("Something in your case")),
            times="" if each.times == 1 else _times(each.times),
        )
        for each in readings
    ]


def name_of(actor: str, responsible: Person | None) -> str:
    """Return the name of one who has read, as far as it may be told.

    The one responsible is named on the page anyway, and is mostly who has read: nothing is asked.
    """
    if responsible is not None and actor == str(responsible.pk):
        return _("A colleague") if responsible.is_protected else responsible.name
    return _names({actor}).get(actor, _("A colleague"))


def _names(actors: set[str]) -> dict[str, str]:
    return names_of(actors - {OUTSIDER}) | {OUTSIDER: _("Somebody who has the code")}


def _said(capacities: Sequence[Capacity]) -> str:
    return "; ".join(listed((str(each.role.label), each.organisation)) for each in capacities)


def _times(times: int) -> str:
    return ngettext("%(times)s time", "%(times)s times", times) % {"times": times}
