"""What is known of one's own case: where it stands, and what the rings show of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kunnig.cases import queries as cases
from kunnig.cases.states import PATHS_TO_IN_DEPTH, Path
from kunnig.credentials.queries import papers
from kunnig.credentials.states import PaperKind
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import WRITABLE, MappingKind, MappingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kunnig.cases.models import Case, PathDecision
    from kunnig.mapping.models import Mapping
    from kunnig.mapping.queries import Progress, Reached, Sheet
    from kunnig.people.models import Person

# The columns that the page shows: most of what a visit costs is fetching what it does not.
OF_A_VERSION = ("case", "kind", "version", "state", "approved_at")
OF_A_DECISION = ("path", "reason", "decided_on", "decided_by__name", "decided_by__protection")
INITIAL, IN_DEPTH = MappingKind.INITIAL, MappingKind.IN_DEPTH


@dataclass(frozen=True, slots=True)
class Rings:
    """What the person's own rings show: how many there are, and how many are whole."""

    number: int
    done: int
    total: int
    words: str


@dataclass(frozen=True)
class Known:
    """All that the page of a case needs to know of it, fetched once.

    `sheet` is what the initial mapping says, until an in-depth one is begun; then `reached` tells
    how far that has come.
    """

    case: Case
    versions: tuple[Mapping, ...]
    decision: PathDecision | None
    sheet: Sheet | None
    reached: Reached | None

    @property
    def leads_on(self) -> bool:
        """Say whether an in-depth mapping follows, or may follow, the initial one."""
        return self.decision is None or Path(self.decision.path) in PATHS_TO_IN_DEPTH

    @cached_property
    def last_paper(self) -> datetime | None:
        """When the paper that the way ends with was made: that of the last mapping on it."""
        last = IN_DEPTH if self.leads_on else INITIAL
        if self.locked(last) is None:
            return None
        made = papers.of_case(self.case).filter(kind=PaperKind(last.value), successor=None)
        return made.values_list("issued_at", flat=True).first()

    @property
    def who(self) -> str:
        """The name of the one to turn to, as it stands inside a sentence.

        Who lives under protection is named to nobody outside their own authority.
        """
        responsible = self.case.responsible
        return _("your municipality") if responsible is None else called(responsible)

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


def called(colleague: Person) -> str:
    """Return what to call a colleague to the person; under protection, by no name."""
    return _("your municipality") if colleague.is_protected else colleague.called


def address(name: str, **where: object) -> str:
    """Return the address of one of the candidate's pages."""
    return reverse(f"candidate:{name}", kwargs=where)


def known_of(case: Case, person: Person) -> Known:
    """Fetch what is known of a person's own case: five questions to the database at most."""
    own = mappings.own(person).filter(case=case).select_related(None).only(*OF_A_VERSION)
    versions = tuple(own.order_by("kind", "-version"))
    told = _furthest(versions)
    return Known(
        case=case,
        versions=versions,
        decision=cases.paths_of(case).only(*OF_A_DECISION).first(),
        sheet=None if told is None or told.is_in_depth else mappings.sheet_of(told),
        reached=mappings.reached(told) if told is not None and told.is_in_depth else None,
    )


def _furthest(versions: Sequence[Mapping]) -> Mapping | None:
    """Return the version to draw the rings of: in depth before initial, open before locked."""
    counted = [each for each in versions if each.standing is not MappingState.SUPERSEDED]
    in_depth = [each for each in counted if each.is_in_depth]
    return next(iter(in_depth or counted), None)


def rings_of(known: Known) -> Rings | None:
    """Draw what is told: parts of life at first, then all that was done, then the goal's parts."""
    if known.reached is not None:
        done, total = known.reached.assessable, known.reached.questions
        words = _("Each ring is a part of your goal. %(done)s of %(total)s can be assessed.")
    elif known.sheet is None:
        return None
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


def _things(part: Progress) -> int:
    """Count what a part of life holds: its entries, or one where it has none but words."""
    return part.entries or int(part.has_begun)
