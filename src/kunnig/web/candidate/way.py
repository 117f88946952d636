"""The way of a case as its own person sees it: what was done when, and what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kunnig.cases.states import CaseState, Path
from kunnig.kernel.text import isolated
from kunnig.mapping.states import MappingKind
from kunnig.web.candidate.known import IN_DEPTH, INITIAL, address, called
from kunnig.web.components.marks import day
from kunnig.web.components.parts import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunnig.mapping.models import Mapping
    from kunnig.web.candidate.known import Known


def steps_of(known: Known) -> list[Step]:
    """Return the way of the case: what was done when, where we are, and what comes."""
    done = list(_done(known))
    coming = list(_coming(known, len(done)))
    return [*done, *coming]


def _done(known: Known) -> Iterator[Step]:
    case = known.case
    yield Step(
        _("You opened your case")
        if case.registered_by_id == case.person_id
        else _("Your case was opened"),
        "done",
        text=day(case.registered_at),
    )
    if (initial := known.locked(INITIAL)) is not None:
        yield _read(_("You told about your life and your work"), initial, known)
    if (decision := known.decision) is not None:
        yield Step(
            _("You chose your way: %(path)s") % {"path": _way(Path(decision.path))},
            "done",
            text=_("%(day)s, together with %(name)s")
            % {"day": day(decision.decided_on), "name": isolated(called(decision.decided_by))},
        )
    if (in_depth := known.locked(IN_DEPTH)) is not None:
        yield _read(_("You went through what you can"), in_depth, known)
    if known.last_paper is not None:
        yield Step(
            _("You have it as a paper"),
            "done",
            text=_("Made on %(day)s.") % {"day": day(known.last_paper)},
            url=address("papers"),
            link=_("My papers"),
        )


def _read(name: str, mapping: Mapping, known: Known) -> Step:
    when = day(mapping.approved_at) if mapping.approved_at is not None else ""
    is_going_on = known.writable(MappingKind(mapping.kind)) is not None
    said = (
        _("You approved it on %(day)s. A new version has begun; until you approve it, this counts.")
        if is_going_on
        else _("You approved it on %(day)s.")
    )
    return Step(
        name,
        "done",
        text=said % {"day": when},
        url=address("mapping", pk=mapping.pk),
        link=_("Read what you told"),
    )


def _way(path: Path) -> str:
    """Return a path in everyday words."""
    return {
        Path.GUIDANCE_ONLY: _("guidance"),
        Path.REFERRAL: _("help from somebody else"),
        Path.EXAMINATION: _("examination for a grade"),
        Path.AWAITING_ADMISSION: _("a place to study first"),
        Path.VALIDATION: _("validation in a course"),
        Path.OTHER_ROUTE: _("validation by a trade"),
    }[path]


def _coming(known: Known, behind: int) -> Iterator[Step]:
    """Yield what is not done: the first is where we are, unless the case is closed."""
    names = list(_to_come(known))
    for place, (name, text) in enumerate(names):
        is_here = place == 0 and known.case.standing is not CaseState.CLOSED
        mark = str(behind + place + 1)
        yield Step(name, "now" if is_here else "later", text=text, mark=mark)


def first_steps() -> list[Step]:
    """Return the way for somebody who has no case yet."""
    begin = (_("You open a case"), _("It takes about five minutes."))
    names = [begin, _tell(), _choose(), _go_through(), _paper()]
    return [
        Step(name, "later" if place else "now", text=text, mark=str(place + 1))
        for place, (name, text) in enumerate(names)
    ]


def _to_come(known: Known) -> Iterator[tuple[str, str]]:
    decision = known.decision
    if known.locked(INITIAL) is None:
        yield _tell()
    if decision is None:
        yield _choose()
    if known.leads_on and known.locked(IN_DEPTH) is None:
        yield _go_through()
    if known.last_paper is None:
        yield _paper()


def _tell() -> tuple[str, str]:
    return (
        _("You tell about your life and your work"),
        _("By yourself or together with us. You read it and approve it."),
    )


def _choose() -> tuple[str, str]:
    return (
        _("You choose your way"),
        _("We talk about what you want, and about more than one way to get there."),
    )


def _go_through() -> tuple[str, str]:
    return (
        _("You go through what you can"),
        _("One thing at a time, against the goal you have chosen."),
    )


def _paper() -> tuple[str, str]:
    return (
        _("You get it as a paper"),
        _("It shows what you have told. It is not an assessment."),
    )
