"""What waits for somebody who works with cases, told by the cases themselves.

Nothing is stored: an act waits as long as the case stands where it calls for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kunnig.cases import queries as cases
from kunnig.cases.states import PATHS_TO_IN_DEPTH, CaseState, Path
from kunnig.kernel.verdict import ALLOWED
from kunnig.mapping import policies
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import MappingKind, MappingState
from kunnig.web.casefile import doors
from kunnig.web.components.marks import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from kunnig.cases.queries import CaseRow
    from kunnig.kernel.verdict import Verdict
    from kunnig.mapping.queries import OpenVersion
    from kunnig.web.http import PersonRequest

MOST = 100  # cases looked through for each kind of list


class Cut(IntEnum):
    """The kinds of things that wait, by how much they hold up the person."""

    NOT_SENT = 0
    PERSON_IS_DONE = 1
    CHOICE = 2
    WRITING = 3
    NOBODY = 4
    WITH_PERSON = 5

    @property
    def words(self) -> StrOrPromise:
        """What the kind is called."""
        return CUTS[self]


CUTS: dict[Cut, StrOrPromise] = {
    Cut.NOT_SENT: gettext_lazy("Letter that did not arrive"),
    Cut.PERSON_IS_DONE: gettext_lazy("To lock"),
    Cut.CHOICE: gettext_lazy("Way to choose"),
    Cut.WRITING: gettext_lazy("To map"),
    Cut.NOBODY: gettext_lazy("Nobody responsible"),
    Cut.WITH_PERSON: gettext_lazy("With the person"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: in which case, and of which mapping if it is one that goes on.

    A hundred may wait where a page shows twenty: a `Teller` finds words for those shown.
    """

    cut: Cut
    case: CaseRow
    version: OpenVersion | None = None

    @property
    def maps(self) -> MappingKind | None:
        """The kind of mapping that it takes a mapper of; none where anybody does who is let in."""
        if self.version is not None:
            return self.version.kind
        if self.cut is not Cut.WRITING:
            return None
        is_new = self.case.state is CaseState.REGISTERED
        return MappingKind.INITIAL if is_new else MappingKind.IN_DEPTH


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that waits, in words: what it is, and where it is done; or why it is not."""

    case: CaseRow
    case_url: str
    what: StrOrPromise
    text: StrOrPromise
    button: StrOrPromise
    url: str
    reason: StrOrPromise = ""

    @property
    def whose(self) -> str:
        """What the button acts on, for those who do not see its row."""
        return _("for %(name)s") % {"name": self.case.name}


def things_for(request: PersonRequest) -> list[Waiting]:
    """Return what waits for the one who asks: what holds up a person most comes first.

    Asks the database at most five times, however much waits.
    """
    person, at = request.user, request.at
    own, _more = cases.rows(cases.going_on(cases.responsible_for(person, at)), length=MOST)
    nobodys, _more = cases.rows(cases.going_on(cases.without_responsible(person, at)), length=MOST)
    found = [*_in_own(own), *(Waiting(Cut.NOBODY, row) for row in nobodys)]
    return sorted(found, key=lambda each: (each.cut, each.case.registered_at, each.case.number))


def _in_own(own: Sequence[CaseRow]) -> Iterator[Waiting]:
    versions = mappings.open_in_each([row.id for row in own])
    paths = cases.latest_paths([row.id for row in own if row.state is CaseState.PATH_DECIDED])
    not_sent = cases.whose_letter_failed([row.id for row in own])
    for row in own:
        if row.id in not_sent:
            yield Waiting(Cut.NOT_SENT, row)
        for version in versions.get(row.id, []):
            yield Waiting(_cut_of(version), row, version)
        cut = _called_for(row, paths.get(row.id))
        if cut is not None:
            yield Waiting(cut, row)


def _cut_of(version: OpenVersion) -> Cut:
    """Return what a mapping that goes on waits for."""
    if version.state is MappingState.APPROVED:
        return Cut.PERSON_IS_DONE
    return Cut.WITH_PERSON if version.state is MappingState.SHARED else Cut.WRITING


def _called_for(row: CaseRow, path: Path | None) -> Cut | None:
    """Return what the state of a case calls for; a mapping that goes on speaks for itself."""
    if row.state is CaseState.MAPPED:
        return Cut.CHOICE
    leads_on = row.state is CaseState.PATH_DECIDED and path in PATHS_TO_IN_DEPTH
    return Cut.WRITING if leads_on or row.state is CaseState.REGISTERED else None


class Teller:
    """Tells what waits, to the reader of one page; where things are done is found out once."""

    def __init__(self, request: PersonRequest) -> None:
        self.request = request
        self.known: dict[str, Callable[[UUID], str]] = {}
        self.verdicts: dict[tuple[int, MappingKind], Verdict] = {}

    def _to(self, name: str, key: UUID) -> str:
        if name not in self.known:
            self.known[name] = doors.addresses(self.request, name, "pk")
        return self.known[name](key)

    def may_do(self, thing: Waiting) -> Verdict:
        """Say whether the reader can do what waits: they are let in where they are responsible.

        Asks the database once for each board and kind of mapping, however much waits.
        """
        if thing.maps is None:
            return ALLOWED
        key = (thing.case.board_key, thing.maps)
        if key not in self.verdicts:
            self.verdicts[key] = policies.maps_with(self.request.user, *key, self.request.at)
        return self.verdicts[key]

    def told(self, thing: Waiting) -> Told:
        """Return one thing that waits, in words."""
        row, version = thing.case, thing.version
        if version is not None:
            said = self._of_version(row, version)
        elif thing.cut is Cut.NOT_SENT:
            said = self._of_letter(row)
        elif thing.cut is Cut.NOBODY:
            said = self._of_nobodys(row)
        else:
            said = self._of_state(row)
        case_url, verdict = self._to("case", row.id), self.may_do(thing)
        if verdict:
            return Told(row, case_url, *said)
        return Told(row, case_url, said[0], "", "", "", verdict.reason)

    def _of_nobodys(self, row: CaseRow) -> tuple[str, str, str, str]:
        return (
            _("Nobody is responsible"),
            _("Registered on %(day)s. Say who takes care of the case.")
            % {"day": day(row.registered_at)},
            _("Choose who"),
            self._to("responsible", row.id),
        )

    def _of_letter(self, row: CaseRow) -> tuple[str, str, str, str]:
        return (
            _("The invitation did not arrive"),
            _("Compare the address and invite again, or print a letter."),
            _("See what happened"),
            self._to("open_sign_in", row.id),
        )

    def _of_state(self, row: CaseRow) -> tuple[str, str, str, str]:
        if row.state is CaseState.REGISTERED:
            return (
                _("New case"),
                _("Begin the initial mapping together."),
                _("Open the case"),
                self._to("case", row.id),
            )
        if row.state is CaseState.MAPPED:
            return (
                _("Locked mapping"),
                _("Choose the way together."),
                _("Choose the way"),
                self._to("path", row.id),
            )
        return (
            _("Way chosen"),
            _("Begin the in-depth mapping together."),
            _("Open the case"),
            self._to("case", row.id),
        )

    def _of_version(self, row: CaseRow, version: OpenVersion) -> tuple[str, str, str, str]:
        is_in_depth = version.kind is MappingKind.IN_DEPTH
        name = {"name": row.name.split()[0]}
        if version.state is MappingState.APPROVED:
            return (
                _("Approved in-depth mapping") if is_in_depth else _("Approved initial mapping"),
                _("%(name)s has read and approved it. Lock it.") % name,
                _("Read and lock"),
                self._to("mapping", version.id),
            )
        if version.state is MappingState.SHARED:
            return (
                _("In-depth mapping to approve")
                if is_in_depth
                else _("Initial mapping to approve"),
                _("%(name)s reads and approves, alone or at your table.") % name,
                _("Open the mapping"),
                self._to("mapping", version.id),
            )
        return (
            _("In-depth mapping under way") if is_in_depth else _("Initial mapping under way"),
            _("Begun on %(day)s. Go on where you were.") % {"day": day(version.started_at)},
            _("Go on"),
            self._to("overview" if is_in_depth else "mapping", version.id),
        )
