"""What waits for somebody who works with cases, told by the cases themselves.

Nothing is stored: an act waits as long as the case stands where it calls for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kunnig.cases import queries as cases
from kunnig.cases.states import PATHS_TO_IN_DEPTH, CaseState, Path
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import MappingKind, MappingState
from kunnig.web.casefile.doors import address
from kunnig.web.components.marks import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django_stubs_ext import StrOrPromise

    from kunnig.cases.queries import CaseRow
    from kunnig.mapping.queries import OpenVersion
    from kunnig.web.http import PersonRequest

MOST = 100  # cases looked through for each kind of list


class Cut(IntEnum):
    """The kinds of things that wait, by how much they hold up the person."""

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
    Cut.PERSON_IS_DONE: gettext_lazy("To lock"),
    Cut.CHOICE: gettext_lazy("Way to choose"),
    Cut.WRITING: gettext_lazy("To map"),
    Cut.NOBODY: gettext_lazy("Nobody responsible"),
    Cut.WITH_PERSON: gettext_lazy("With the person"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: in which case, what it is, and where it is done."""

    cut: Cut
    case: CaseRow
    what: StrOrPromise
    text: StrOrPromise
    button: StrOrPromise
    url: str


def things_for(request: PersonRequest) -> list[Waiting]:
    """Return what waits for the one who asks: what holds up a person most comes first.

    Asks the database at most four times, however much waits.
    """
    person, at = request.user, request.at
    own, _more = cases.rows(cases.going_on(cases.responsible_for(person, at)), length=MOST)
    nobodys, _more = cases.rows(cases.going_on(cases.without_responsible(person, at)), length=MOST)
    found = [*_in_own(request, own), *(_nobodys(row) for row in nobodys)]
    return sorted(found, key=lambda each: (each.cut, each.case.registered_at, each.case.number))


def _in_own(request: PersonRequest, own: Sequence[CaseRow]) -> Iterator[Waiting]:
    versions = mappings.open_in_each([row.id for row in own])
    paths = cases.latest_paths([row.id for row in own if row.state is CaseState.PATH_DECIDED])
    for row in own:
        open_versions = versions.get(row.id, [])
        yield from (_version(request, row, version) for version in open_versions)
        called_for = _called_for(row, paths.get(row.id))
        if called_for is not None:
            yield called_for


def _case_page(row: CaseRow) -> str:
    return reverse("validator:case", kwargs={"pk": row.id})


def _called_for(row: CaseRow, path: Path | None) -> Waiting | None:
    """Return what the state of a case calls for; a mapping that goes on speaks for itself."""
    if row.state is CaseState.REGISTERED:
        return Waiting(
            Cut.WRITING,
            row,
            _("New case"),
            _("Begin the initial mapping together."),
            _("Open the case"),
            _case_page(row),
        )
    if row.state is CaseState.MAPPED:
        return Waiting(
            Cut.CHOICE,
            row,
            _("Locked mapping"),
            _("Choose the way together."),
            _("Choose the way"),
            reverse("validator:path", kwargs={"pk": row.id}),
        )
    if row.state is CaseState.PATH_DECIDED and path in PATHS_TO_IN_DEPTH:
        return Waiting(
            Cut.WRITING,
            row,
            _("Way chosen"),
            _("Begin the in-depth mapping together."),
            _("Open the case"),
            _case_page(row),
        )
    return None


def _nobodys(row: CaseRow) -> Waiting:
    return Waiting(
        Cut.NOBODY,
        row,
        _("Nobody is responsible"),
        _("Registered on %(day)s. Say who takes care of the case.")
        % {"day": day(row.registered_at)},
        _("Choose who"),
        reverse("validator:responsible", kwargs={"pk": row.id}),
    )


def _version(request: PersonRequest, row: CaseRow, version: OpenVersion) -> Waiting:
    is_in_depth = version.kind is MappingKind.IN_DEPTH
    name = {"name": row.name.split()[0]}
    read = address(request, "mapping", pk=version.id) or _case_page(row)
    if version.state is MappingState.APPROVED:
        return Waiting(
            Cut.PERSON_IS_DONE,
            row,
            _("Approved in-depth mapping") if is_in_depth else _("Approved initial mapping"),
            _("%(name)s has read and approved it. Lock it.") % name,
            _("Read and lock"),
            read,
        )
    if version.state is MappingState.SHARED:
        return Waiting(
            Cut.WITH_PERSON,
            row,
            _("In-depth mapping to approve") if is_in_depth else _("Initial mapping to approve"),
            _("%(name)s reads and approves, alone or at your table.") % name,
            _("Open the mapping"),
            read,
        )
    writing = "overview" if is_in_depth else "mapping"
    return Waiting(
        Cut.WRITING,
        row,
        _("In-depth mapping under way") if is_in_depth else _("Initial mapping under way"),
        _("Begun on %(day)s. Go on where you were.") % {"day": day(version.started_at)},
        _("Go on"),
        address(request, writing, pk=version.id) or _case_page(row),
    )
