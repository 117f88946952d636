"""The page of one case, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kunnig.cases import policies, queries
from kunnig.cases.states import Part
from kunnig.people.queries import identifiers_known_to
from kunnig.web.http import number_of, opened, page, pages_around
from kunnig.web.validator import way
from kunnig.web.validator.history import lines_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from kunnig.cases.models import Case
    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest

LATEST = 5


def case_of(request: PersonRequest, pk: UUID) -> Case:
    """Open a case among those one may see, with those let in to it."""
    among = queries.visible_to(request.user, request.at)
    return opened(request, queries.with_those_let_in(among), pk)


@require_safe
def case(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one case: where it stands, what it calls for, and what is known of it."""
    found = case_of(request, pk)
    known = way.known_of(request, found)
    return page(
        request,
        "validator/case.html",
        {
            "case": found,
            "next": way.next_step(request, known),
            "steps": way.steps_of(request, known),
            "versions": known.versions,
            "decision": known.decision,
            "closing": known.closing,
            "works_with": policies.works_with(request.user, found, request.at),
            **what_may_be_done(request, found),
            **what_is_known(request, found),
        },
    )


def what_may_be_done(request: PersonRequest, case: Case) -> dict[str, Any]:
    """Return the verdicts that the page asks, by name."""
    by, at = request.user, request.at
    return {
        "may_change": policies.may_change(by, case, at),
        "may_correct": policies.may_correct_person(by, case, at),
        "may_let_in": policies.may_let_in(by, case, at),
        "may_close": policies.may_close(by, case, at),
        "may_see_adaptations": policies.may_see_adaptations(by, case, at),
    }


def what_is_known(request: PersonRequest, case: Case) -> dict[str, Any]:
    """Return what only those who work with the whole case see, and those let in to adaptations."""
    known: dict[str, Any] = {}
    if policies.works_with(request.user, case, request.at):
        lines, _has_more = lines_of(case, length=LATEST)
        known |= {
            "identifiers": identifiers_known_to(case.board_id, case.person),
            "let_in": let_in_now(case, localdate(request.at)),
            "history": lines,
        }
    if policies.may_see_adaptations(request.user, case, request.at):
        known["adaptation"] = queries.adaptation_of(case)
    return known


def let_in_now(case: Case, day: date) -> dict[Person, list[StrOrPromise]]:
    """Return who is let in, and to which parts."""
    found: dict[Person, list[StrOrPromise]] = {}
    for each in sorted(case.accesses.all(), key=lambda access: list(Part).index(Part(access.part))):
        if each.runs_on(day):
            found.setdefault(each.person, []).append(each.get_part_display())
    return found


@require_safe
def history(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show all that happened to one case; with who opened it, if asked for."""
    found = case_of(request, pk)
    works_with = policies.works_with(request.user, found, request.at)
    number, with_readings = number_of(request), "readings" in request.GET
    lines, has_more = (
        lines_of(found, page=number, with_readings=with_readings) if works_with else ([], False)
    )
    return page(
        request,
        "validator/history.html",
        {
            "here": _("What has happened"),
            "case": found,
            "works_with": works_with,
            "lines": lines,
            "with_readings": with_readings,
            "pages": pages_around(request, number, has_more=has_more),
        },
    )
