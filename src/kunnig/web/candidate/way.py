"""The way of a case as its own person sees it: what was done, what comes, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kunnig.cases import queries as cases
from kunnig.cases.states import PATHS_TO_IN_DEPTH, CaseState, Path
from kunnig.mapping import interview
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import WRITABLE, Basis, MappingKind, MappingState, Side
from kunnig.web.components.marks import clock, day
from kunnig.web.components.parts import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from kunnig.cases.models import Case, PathDecision
    from kunnig.mapping.models import Mapping
    from kunnig.mapping.queries import Progress, Sheet

INITIAL, IN_DEPTH = MappingKind.INITIAL, MappingKind.IN_DEPTH


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do or to wait for now; `url` leads there, by a button if `is_act`."""

    heading: str
    text: str
    words: str = ""
    url: str = ""
    is_act: bool = False


@dataclass(frozen=True, slots=True)
class Rings:
    """What the person's own rings show: how many there are, and how many are whole."""

    number: int
    done: int
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that the page of a case needs to know of it, fetched once."""

    case: Case
    versions: tuple[Mapping, ...]
    decision: PathDecision | None
    sheet: Sheet | None
    questions: frozenset[UUID]

    @property
    def who(self) -> str:
        """The name of the one to turn to, as it stands inside a sentence."""
        responsible = self.case.responsible
        return responsible.called if responsible is not None else _("your municipality")

    def writable(self, kind: MappingKind) -> Mapping | None:
        """Return the version that is being written."""
        return next((v for v in self.versions if v.kind == kind and v.standing in WRITABLE), None)

    def locked(self, kind: MappingKind) -> Mapping | None:
        """Return the version that counts."""
        locked = MappingState.LOCKED
        return next((v for v in self.versions if v.kind == kind and v.standing is locked), None)

    def latest(self, kind: MappingKind) -> Mapping | None:
        """Return the version that is furthest on."""
        return self.writable(kind) or self.locked(kind)


def address(name: str, **where: object) -> str:
    """Return the address of one of the candidate's pages."""
    try:
        return reverse(f"candidate:{name}", kwargs=where)
    except NoReverseMatch:
        return ""


def known_of(case: Case) -> Known:
    """Fetch what is known of a case: four questions to the database at most."""
    versions = tuple(mappings.of_case(case))
    bare = Known(case, versions, cases.path_of(case), None, frozenset())
    told = bare.latest(IN_DEPTH) or bare.latest(INITIAL)
    if told is None:
        return bare
    questions = mappings.question_keys(told) if told.is_in_depth else frozenset()
    return Known(case, versions, bare.decision, mappings.sheet_of(told), questions)


def rings_of(known: Known) -> Rings | None:
    """Draw what is told: parts of life at first, then all that was done, then the goal's parts."""
    if known.sheet is None:
        return None
    if known.latest(IN_DEPTH) is not None:
        done, total = _assessable(known.sheet, known.questions), len(known.questions)
        words = _("Each ring is a part of your goal. %(done)s of %(total)s can be assessed.")
    elif known.locked(INITIAL) is not None:
        done = total = sum(map(_things, mappings.progress_of(known.sheet)))
        words = _("Each ring is something that you have told about.")
    else:
        progress = mappings.progress_of(known.sheet)
        done, total = sum(part.has_begun for part in progress), len(progress)
        words = _("Each ring is a part of your life. You have told about %(done)s of %(total)s.")
    if total == 0:
        return None
    return Rings(known.case.person_id.int, done, total, words % {"done": done, "total": total})


def _assessable(sheet: Sheet, questions: frozenset[UUID]) -> int:
    """Count the questions for which the mapper has concluded that they can be assessed."""
    paths = (interview.path_to(question, interview.BASIS) for question in questions)
    return sum(sheet.text(path, Side.NOTE) == Basis.ASSESSABLE for path in paths)


def _things(part: Progress) -> int:
    """Count what a part of life holds: its entries, or one where it has none but words."""
    return part.entries or int(part.has_begun)


# --- What is next ---


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
            _("Say how well you know each thing, and tell what you have done. %(saved)s")
            % {"saved": _last_written(known.sheet)},
            _("Go on"),
            address("overview", pk=in_depth.pk),
        )
    if initial is not None and initial.standing is MappingState.DRAFT:
        return NextStep(
            _("Go on telling"),
            _("Write a little at a time, in your own language. %(saved)s")
            % {"saved": "" if known.questions else _last_written(known.sheet)},
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


def _last_written(sheet: Sheet | None) -> str:
    at = sheet.last_at() if sheet is not None else None
    if at is None:
        return ""
    return _("You last wrote on %(day)s at %(time)s.") % {"day": day(at), "time": clock(at)}


def _first_untold(known: Known) -> str:
    """Return the part of the interview to begin with: the first that nothing is written in."""
    if known.sheet is None or known.questions:
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


# --- Where we have been and where we are going ---


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
        yield _read(_("You told about your life and your work"), initial)
    if (decision := known.decision) is not None:
        yield Step(
            _("You chose your way: %(path)s") % {"path": _way(Path(decision.path))},
            "done",
            text=_("%(day)s, together with %(name)s")
            % {"day": day(decision.decided_on), "name": decision.decided_by.called},
        )
    if (in_depth := known.locked(IN_DEPTH)) is not None:
        yield _read(_("You went through what you can"), in_depth)


def _read(name: str, mapping: Mapping) -> Step:
    when = day(mapping.approved_at) if mapping.approved_at is not None else ""
    return Step(
        name,
        "done",
        text=_("You approved it on %(day)s.") % {"day": when},
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
    leads_on = decision is None or Path(decision.path) in PATHS_TO_IN_DEPTH
    if leads_on and known.locked(IN_DEPTH) is None:
        yield _go_through()
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
