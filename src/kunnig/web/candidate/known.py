"""What is known of one's own case: where it stands, and what the rings show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kunnig.cases import queries as cases
from kunnig.cases.states import PATHS_TO_IN_DEPTH, Path
from kunnig.credentials.queries import papers
from kunnig.credentials.states import PaperKind
from kunnig.mapping import interview
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import WRITABLE, Basis, MappingKind, MappingState, Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kunnig.cases.models import Case, PathDecision
    from kunnig.credentials.queries.papers import PaperRow
    from kunnig.mapping.models import Mapping
    from kunnig.mapping.queries import Progress, Sheet

INITIAL, IN_DEPTH = MappingKind.INITIAL, MappingKind.IN_DEPTH


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
    papers: tuple[PaperRow, ...]

    @property
    def leads_on(self) -> bool:
        """Say whether an in-depth mapping follows, or may follow, the initial one."""
        return self.decision is None or Path(self.decision.path) in PATHS_TO_IN_DEPTH

    @property
    def last_paper(self) -> PaperRow | None:
        """The paper that the way ends with, once it is made: of the last mapping on it."""
        last = PaperKind.IN_DEPTH if self.leads_on else PaperKind.INITIAL
        return next((paper for paper in self.papers if paper.kind is last), None)

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
    return reverse(f"candidate:{name}", kwargs=where)


def known_of(case: Case) -> Known:
    """Fetch what is known of a case: five questions to the database at most."""
    versions = tuple(mappings.of_case(case))
    told = _furthest(versions)
    return Known(
        case=case,
        versions=versions,
        decision=cases.path_of(case),
        sheet=None if told is None else mappings.sheet_of(told),
        questions=_questions_of(told),
        papers=tuple(papers.rows(papers.of_case(case).filter(successor=None))),
    )


def _furthest(versions: Sequence[Mapping]) -> Mapping | None:
    """Return the version to draw the rings of: in depth before initial, open before locked."""
    counted = [each for each in versions if each.standing is not MappingState.SUPERSEDED]
    in_depth = [each for each in counted if each.is_in_depth]
    return next(iter(in_depth or counted), None)


def _questions_of(told: Mapping | None) -> frozenset[UUID]:
    return mappings.question_keys(told) if told is not None and told.is_in_depth else frozenset()


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
