"""One's own case: what is next, the way so far, and whom to call; and opening a case."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.audit import queries as audit
from kunnig.cases import actions, policies
from kunnig.cases import queries as cases
from kunnig.cases.states import CaseState
from kunnig.kernel.languages import written_in
from kunnig.kernel.verdict import Refused, Verdict, refused
from kunnig.organisations import queries as organisations
from kunnig.web.candidate import known as knowing
from kunnig.web.candidate import next_step, way
from kunnig.web.candidate import readings as read
from kunnig.web.candidate.forms import RegisterForm
from kunnig.web.casefile import information
from kunnig.web.http import onward, opened, page, posted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from kunnig.cases.models import Case
    from kunnig.organisations.models import Organisation
    from kunnig.web.http import PersonRequest

OF_A_CASE = (
    "number",
    "person",
    "state",
    "goal",
    "registered_by",
    "registered_at",
    "board__kind",
    "board__name",
    "board__telephone",
    "board__email",
    "board__parent__name",
    "responsible__name",
    "responsible__protection",
)


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show the case that goes on, or else the newest; without one, how to open one."""
    own = list(_own(request))
    if not own:
        known = {"steps": way.first_steps(), "may_register": _may_register(request, _places())}
        return page(request, "candidate/welcome.html", known)
    going_on = next((each for each in own if each.standing is not CaseState.CLOSED), own[0])
    return _shown(request, going_on, own)


@require_safe
def case(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one of one's own cases."""
    found = opened(request, _own(request), pk)
    return _shown(request, found, list(_own(request)))


def _own(request: PersonRequest) -> QuerySet[Case]:
    """Return one's own cases with what the page shows of them, and no more."""
    shown = cases.own(request.user).select_related(None)
    return shown.select_related("board__parent", "responsible").only(*OF_A_CASE)


def _shown(request: PersonRequest, case: Case, own: Sequence[Case]) -> HttpResponse:
    known = knowing.known_of(case, request.user)
    steps = way.steps_of(known)
    last = audit.last_reading_about(request.user)
    return page(
        request,
        "candidate/home.html",
        {
            "case": case,
            "others": [each for each in own if each != case],
            "next": next_step.next_step(known),
            "steps": steps,
            "behind": sum(step.state == "done" for step in steps),
            "decision": known.decision,
            "reading": last,
            "reader": None if last is None else read.name_of(last.actor, case.responsible),
            "rings": knowing.rings_of(known),
        },
    )


@require_http_methods(["GET", "POST"])
def register(request: PersonRequest) -> HttpResponse:
    """Open a case with one's home municipality."""
    person, municipalities = request.user, _places()
    form = RegisterForm(
        posted(request),
        municipalities=municipalities,
        language=written_in(person.language or get_language() or ""),
    )
    if form.is_valid():
        try:
            case = actions.register(
                person=person,
                information_text=information.CURRENT,
                by=person,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your case is open. Its number is %s.") % case.number)
            return onward(request, "candidate:home")
    return page(
        request,
        "candidate/register.html",
        {
            "form": form,
            "may_register": _may_register(request, municipalities),
            "open_case": cases.own(person).exclude(state=CaseState.CLOSED).first(),
        },
    )


def _places() -> list[Organisation]:
    """Return the municipalities that have a board to open a case with."""
    return list(
        organisations.municipalities().filter(board__isnull=False).select_related("board__parent")
    )


def _may_register(request: PersonRequest, municipalities: Sequence[Organisation]) -> Verdict:
    """Say whether the person may open a case with any of the municipalities."""
    person = request.user
    verdicts = [
        policies.may_register(person, person, each.board, request.at)
        for each in municipalities
        if each.board is not None
    ]
    return next(iter(verdicts), refused(_("No municipality takes part yet.")))
