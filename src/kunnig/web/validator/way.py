"""The way of a case as those who work with it see it: the steps, and what it calls for now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kunnig.cases import policies as case_policies
from kunnig.cases import queries as case_queries
from kunnig.cases.states import PATHS_TO_IN_DEPTH, CaseState, Path
from kunnig.mapping import policies as mapping_policies
from kunnig.mapping import queries as mapping_queries
from kunnig.mapping.states import WRITABLE, MappingKind, MappingState
from kunnig.web.casefile.doors import address
from kunnig.web.components.parts import Step, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunnig.cases.models import Case, Closing, PathDecision
    from kunnig.kernel.verdict import Verdict
    from kunnig.mapping.models import Mapping
    from kunnig.web.http import PersonRequest

INITIAL, IN_DEPTH = MappingKind.INITIAL, MappingKind.IN_DEPTH
BEFORE_THE_CHOICE = frozenset({CaseState.REGISTERED, CaseState.MAPPING})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the case calls for: `url` leads there, by a button that acts if `is_act`.

    `reason` says why whoever asks cannot do it, instead of a button.
    """

    heading: str
    text: str
    words: str = ""
    url: str = ""
    is_act: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the page of a case knows of it, fetched once."""

    case: Case
    versions: tuple[Mapping, ...]
    decision: PathDecision | None
    closing: Closing | None

    def writable(self, kind: MappingKind) -> Mapping | None:
        """Return the version that is being written."""
        return next((v for v in self.versions if v.kind == kind and v.standing in WRITABLE), None)

    def locked(self, kind: MappingKind) -> Mapping | None:
        """Return the version that counts."""
        locked = MappingState.LOCKED
        return next((v for v in self.versions if v.kind == kind and v.standing is locked), None)

    @property
    def has_come_to(self) -> CaseState:
        """The state that the case stands in; of a closed one, the state that it was left in."""
        return self.case.standing if self.closing is None else CaseState(self.closing.left_state)

    @property
    def leads_on(self) -> bool:
        """Say whether an in-depth mapping follows, as far as it is decided."""
        return self.decision is None or Path(self.decision.path) in PATHS_TO_IN_DEPTH


def known_of(request: PersonRequest, case: Case) -> Known:
    """Fetch what is known of a case: the versions that may be seen, and the way decided."""
    versions = versions_of(request, case)
    for version in versions:
        version.case = case
    may_have_one = case.standing not in BEFORE_THE_CHOICE
    is_closed = case.standing is CaseState.CLOSED
    return Known(
        case,
        versions,
        decision=case_queries.path_of(case) if may_have_one else None,
        closing=case_queries.closing_of(case) if is_closed else None,
    )


def versions_of(request: PersonRequest, case: Case) -> tuple[Mapping, ...]:
    """Return the versions that may be seen: all, where all of the case may be; the initial first.

    The lighter question where it suffices: the page is opened more than any other.
    """
    if case_policies.works_with(request.user, case, request.at):
        found = mapping_queries.of_case(case)
    else:
        seen = mapping_queries.visible_to(request.user, request.at).filter(case=case)
        found = list(seen.select_related("started_by"))
    return tuple(sorted(found, key=lambda each: (each.is_in_depth, -each.version)))


def steps_of(request: PersonRequest, known: Known) -> list[Step]:
    """Return the steps of the case, each a link to where it is read or done.

    In a closed case, what was done stays done, and nothing more is offered.
    """
    here = PLACES.get(known.has_come_to, 0)
    names = enumerate(_names(request, known))
    if known.case.standing is CaseState.CLOSED:
        return [
            Step(name, "done", url=url) if place < here else Step(name, "later")
            for place, (name, url) in names
        ]
    return [Step(name, _state(place, here), url=url) for place, (name, url) in names]


def _names(request: PersonRequest, known: Known) -> Iterator[tuple[str, str]]:
    pk = known.case.pk
    yield _("Contact"), f"{reverse('validator:case', kwargs={'pk': pk})}#contact"
    yield _("Initial mapping"), _latest(request, known, INITIAL)
    decided = reverse("validator:path", kwargs={"pk": pk}) if known.locked(INITIAL) else ""
    yield _("Choice of way"), decided
    if known.leads_on:
        yield _("In-depth mapping"), _latest(request, known, IN_DEPTH)


def _latest(request: PersonRequest, known: Known, kind: MappingKind) -> str:
    latest = known.writable(kind) or known.locked(kind)
    return address(request, "mapping", pk=latest.pk) if latest is not None else ""


# How many steps lie behind a case that stands in each state.
PLACES = {
    CaseState.REGISTERED: 1,
    CaseState.MAPPING: 1,
    CaseState.MAPPED: 2,
    CaseState.PATH_DECIDED: 3,
    CaseState.IN_DEPTH: 3,
    CaseState.IN_DEPTH_MAPPED: 4,
}


def _state(place: int, here: int) -> StepState:
    if place > here:
        return "later"
    return "now" if place == here else "done"


# --- What it calls for now ---


def next_step(request: PersonRequest, known: Known) -> NextStep:
    """Say what the case calls for, and whether the one who asks can do it."""
    case = known.case
    if case.standing is CaseState.CLOSED:
        return _allowed(
            case_policies.may_reopen(request.user, case, request.at),
            _("The case is closed"),
            _("All that was told in it is kept. It can be opened again where it was left."),
            _("Open it again"),
            reverse("validator:reopen", kwargs={"pk": case.pk}),
        )
    written = known.writable(IN_DEPTH) or known.writable(INITIAL)
    if written is not None:
        return _going_on(request, written)
    return _called_for(request, known)


def _allowed(verdict: Verdict, heading: str, text: str, words: str, url: str) -> NextStep:
    """Offer what is allowed, and say why not where it is not."""
    if verdict and url:
        return NextStep(heading, text, words, url)
    return NextStep(heading, text, reason=str(verdict.reason))


def _going_on(request: PersonRequest, mapping: Mapping) -> NextStep:
    """Offer what follows on a version that is being written."""
    name = {"name": mapping.case.person.called}
    read = address(request, "mapping", pk=mapping.pk)
    verdict = mapping_policies.may_write(request.user, mapping, request.at)
    if mapping.standing is MappingState.APPROVED:
        return _allowed(
            verdict,
            _("%(name)s has approved. Lock the mapping") % name,
            _("Once it is locked nobody can change it. What is added later goes in a new version."),
            _("Read and lock"),
            read,
        )
    if mapping.standing is MappingState.SHARED:
        return _allowed(
            verdict,
            _("%(name)s reads the mapping") % name,
            _("%(name)s approves it signed in, or at your table with a code of their own.") % name,
            _("Open the mapping"),
            read,
        )
    if mapping.is_in_depth:
        return _allowed(
            verdict,
            _("Go on with the in-depth mapping"),
            _("See what is covered and what is missing, question by question."),
            _("Go on"),
            address(request, "overview", pk=mapping.pk) or read,
        )
    return _allowed(
        verdict,
        _("Go on with the initial mapping"),
        _("Take the time it needs. It is rarely finished in one sitting."),
        _("Go on"),
        read,
    )


def _called_for(request: PersonRequest, known: Known) -> NextStep:
    case, pk = known.case, known.case.pk
    if known.locked(INITIAL) is None:
        return _start_initial(request, case)
    if known.decision is None:
        return _allowed(
            case_policies.may_decide_path(request.user, case, request.at),
            _("Choose the way together with %(name)s") % {"name": case.person.called},
            _("The initial mapping is locked. Talk about more than one way, and note the choice."),
            _("Choose the way"),
            reverse("validator:path", kwargs={"pk": pk}),
        )
    if not known.leads_on:
        return _not_leading_on(request, known.decision)
    if known.locked(IN_DEPTH) is None:
        verdict = mapping_policies.may_map(request.user, case, IN_DEPTH, request.at)
        return _allowed(
            verdict,
            _("Begin the in-depth mapping"),
            _("Choose what to map against, and go through it question by question."),
            _("Choose the target"),
            address(request, "start_in_depth", pk=pk),
        )
    return NextStep(
        _("The in-depth mapping is locked"),
        _("%(name)s can have it as a paper.") % {"name": case.person.called},
        _("Papers"),
        address(request, "papers", pk=pk),
    )


def _start_initial(request: PersonRequest, case: Case) -> NextStep:
    verdict = mapping_policies.may_map(request.user, case, INITIAL, request.at)
    url = address(request, "start_initial", pk=case.pk)
    return NextStep(
        _("Begin the initial mapping"),
        _("What the person has done in life and work, in their own words and language."),
        _("Begin") if verdict and url else "",
        url if verdict else "",
        is_act=True,
        reason=str(verdict.reason),
    )


def _not_leading_on(request: PersonRequest, decision: PathDecision) -> NextStep:
    case = decision.case
    return _allowed(
        case_policies.may_close(request.user, case, request.at),
        str(decision.get_path_display()),
        {
            Path.AWAITING_ADMISSION: _("Choose the way anew when there is an answer."),
            Path.EXAMINATION: _("Tell the person when and where. Close the case when it is done."),
        }.get(Path(decision.path), _("Close the case when the person needs nothing more here.")),
        _("Choose the way anew")
        if decision.path == Path.AWAITING_ADMISSION
        else _("Close the case"),
        reverse(
            "validator:path" if decision.path == Path.AWAITING_ADMISSION else "validator:close",
            kwargs={"pk": case.pk},
        ),
    )
