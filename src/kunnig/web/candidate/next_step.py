"""The one thing that the person a case is about can do now, or waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kunnig.cases.states import CaseState, Path
from kunnig.mapping import interview
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import MappingState
from kunnig.web.candidate.known import IN_DEPTH, INITIAL, address
from kunnig.web.components.marks import clock, day

if TYPE_CHECKING:
    from kunnig.cases.models import PathDecision
    from kunnig.mapping.models import Mapping
    from kunnig.web.candidate.known import Known


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do or to wait for now; `url` leads there, by a button if `is_act`."""

    heading: str
    text: str
    words: str = ""
    url: str = ""
    is_act: bool = False


def next_step(known: Known) -> NextStep:
    """Say what the person can do now, or whom they wait for."""
    if known.case.standing is CaseState.CLOSED:
        return NextStep(
            _("Your case is closed"),
            _("What you have told is kept, and it is yours. Call us if you want to go on."),
        )
    return _asked_to_read(known) or _asked_to_write(known) or _waiting(known)


def _asked_to_read(known: Known) -> NextStep | None:
    for kind in (INITIAL, IN_DEPTH):
        mapping = known.writable(kind)
        if mapping is not None and mapping.standing is MappingState.SHARED:
            return NextStep(
                _("Read and approve what you have told"),
                _("Take the time you need. Change what is not right. You decide when it is ready."),
                _("Read and approve"),
                address("mapping", pk=mapping.pk),
            )
    return None


def _asked_to_write(known: Known) -> NextStep | None:
    in_depth, initial = known.writable(IN_DEPTH), known.writable(INITIAL)
    if in_depth is not None and in_depth.standing is MappingState.DRAFT:
        return NextStep(
            _("Go through what you can"),
            _("Say how well you know each thing, and tell what you have done."),
            _("Go on"),
            address("overview", pk=in_depth.pk),
        )
    if initial is not None and initial.standing is MappingState.DRAFT:
        return NextStep(
            _("Go on telling"),
            _("Write a little at a time, in your own language. %(saved)s")
            % {"saved": _last_written(initial)},
            _("Go on"),
            address("interview", pk=initial.pk, section=_first_untold(known)),
        )
    if known.latest(INITIAL) is None:
        return NextStep(
            _("Begin to tell what you have done"),
            _(
                "You can write by yourself, a little at a time and in your own language. "
                "You can also wait until you meet %(who)s and tell it together."
            )
            % {"who": known.who},
            _("Begin"),
            address("start_initial", pk=known.case.pk),
            is_act=True,
        )
    return None


def _last_written(mapping: Mapping) -> str:
    at = mappings.last_written(mapping)
    if at is None:
        return ""
    written = _("Something was last written on %(day)s at %(time)s.")
    return written % {"day": day(at), "time": clock(at)}


def _first_untold(known: Known) -> str:
    """Return the part of the interview to begin with: the first that nothing is written in."""
    if known.sheet is None:
        return interview.SECTIONS[0].code
    progress = mappings.progress_of(known.sheet)
    untold = (part.section.code for part in progress if not part.has_begun)
    return next(untold, interview.SECTIONS[0].code)


def _waiting(known: Known) -> NextStep:
    approved = known.writable(IN_DEPTH) or known.writable(INITIAL)
    if approved is not None:
        return NextStep(
            _("You have approved. Now it is our turn"),
            _("Next, %(who)s locks what you have told, so that nobody can change it afterwards.")
            % {"who": known.who},
            _("Read what you have told"),
            address("mapping", pk=approved.pk),
        )
    if known.locked(IN_DEPTH) is not None:
        return NextStep(
            _("What you can is written down"),
            _("You can have it as a paper. Talk with %(who)s about how it can be assessed.")
            % {"who": known.who},
            _("My papers"),
            address("papers"),
        )
    if known.decision is None:
        return NextStep(
            _("Choose your way together with %(who)s") % {"who": known.who},
            _("Think about what you want to do. We contact you, or you call us."),
        )
    return _after_the_decision(known.decision, known.who)


def _after_the_decision(decision: PathDecision, who: str) -> NextStep:
    heading, text = {
        Path.GUIDANCE_ONLY: (
            _("Talk with a counsellor about what suits you"),
            _("You need no validation for it. Call %(who)s if you wonder about anything."),
        ),
        Path.REFERRAL: (
            _("Somebody else helps you further"),
            _("Call %(who)s if you do not hear from them."),
        ),
        Path.EXAMINATION: (
            _("Prepare for your examination"),
            _("A teacher examines what you can and sets a grade. Ask %(who)s when and where."),
        ),
        Path.AWAITING_ADMISSION: (
            _("You wait for a place to study"),
            _("When you have it, we go on here. Ask %(who)s how long it may take."),
        ),
        Path.VALIDATION: (
            _("Soon you go through what you can"),
            _("You do it together with %(who)s, one thing at a time."),
        ),
        Path.OTHER_ROUTE: (
            _("Soon you go through what you can"),
            _("You do it together with %(who)s, one thing at a time."),
        ),
    }[Path(decision.path)]
    return NextStep(heading, text % {"who": who})
