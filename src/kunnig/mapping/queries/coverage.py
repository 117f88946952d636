"""What an in-depth mapping covers of the standard it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnig.mapping import interview
from kunnig.mapping.queries.mappings import targets_of
from kunnig.mapping.queries.sheets import sheet_of
from kunnig.mapping.states import Basis, SelfEstimate, Side
from kunnig.standards.queries import questions_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kunnig.mapping.models import Mapping, MappingTarget
    from kunnig.mapping.queries.sheets import Sheet
    from kunnig.standards.queries import AskedPoint, AskedQuestion


@dataclass(frozen=True, slots=True)
class Covered:
    """What an in-depth mapping holds about one question, at a glance."""

    question: AskedQuestion
    estimate: SelfEstimate | None
    is_told: bool
    lacks_rendering: bool
    learnt: int
    evidence: int
    has_note: bool
    basis: Basis | None

    @property
    def is_gap(self) -> bool:
        """Say whether something must still be done before anyone can plan an assessment."""
        return self.basis is None or self.basis is Basis.NO_BASIS or self.lacks_rendering


@dataclass(frozen=True, slots=True)
class CoveredGroup:
    """The questions of one task of the trade, with what is held about each."""

    set_id: UUID
    code: str
    title: str
    language: str
    rows: tuple[Covered, ...]

    @property
    def assessable(self) -> int:
        """Count the questions that can be assessed."""
        return sum(row.basis is Basis.ASSESSABLE for row in self.rows)


@dataclass(frozen=True, slots=True)
class CoveredPoint:
    """One point of a target's content, and the questions that speak to it."""

    point: AskedPoint
    set_id: UUID
    rows: tuple[Covered, ...]

    @property
    def is_assessable(self) -> bool:
        """Say whether every question that speaks to the point can be assessed."""
        return all(row.basis is Basis.ASSESSABLE for row in self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """What is covered, claimed, evidenced, assessable and missing in an in-depth mapping."""

    groups: tuple[CoveredGroup, ...]

    @property
    def rows(self) -> list[Covered]:
        """Every question, in the order asked."""
        return [row for group in self.groups for row in group.rows]

    def with_basis(self, basis: Basis | None) -> list[Covered]:
        """Return the questions for which the mapper has concluded `basis`; None for not yet."""
        return [row for row in self.rows if row.basis is basis]

    def next_gap(self, after: UUID | None = None) -> Covered | None:
        """Return the first gap after a question, going round; None when there is no gap."""
        keys = [row.question.id for row in self.rows]
        start = keys.index(after) + 1 if after in keys else 0
        around = self.rows[start:] + self.rows[:start]
        return next((row for row in around if row.is_gap and row.question.id != after), None)

    def by_point(self) -> list[CoveredPoint]:
        """Return the same by point of content, in the standard's order."""
        speaking: dict[tuple[UUID, UUID], list[Covered]] = {}
        points: dict[tuple[UUID, UUID], AskedPoint] = {}
        for row in self.rows:
            for point in row.question.points:
                points[row.question.set_id, point.id] = point
                speaking.setdefault((row.question.set_id, point.id), []).append(row)
        order = {key: number for number, key in enumerate(dict.fromkeys(k for k, _ in points))}
        return [
            CoveredPoint(points[key], key[0], tuple(speaking[key]))
            for key in sorted(points, key=lambda key: (order[key[0]], points[key].number))
        ]


def overview_of(
    mapping: Mapping,
    *,
    language: str,
    sheet: Sheet | None = None,
    links: Sequence[MappingTarget] | None = None,
) -> Overview:
    """Return what an in-depth mapping covers, with the questions in `language` where there is one.

    Takes six questions to the database, however many questions the mapping asks; fewer where the
    page has its sheet and its targets already.
    """
    sheet = sheet_of(mapping) if sheet is None else sheet
    sets = [link.question_set_id for link in (targets_of(mapping) if links is None else links)]
    groups: dict[tuple[UUID, int], list[Covered]] = {}
    for question in questions_of(sets, language):
        row = covered(sheet, question)
        groups.setdefault((question.set_id, question.group_number), []).append(row)
    return Overview(
        tuple(
            CoveredGroup(
                set_id=set_id,
                code=rows[0].question.group_code,
                title=rows[0].question.group_title,
                language=rows[0].question.group_language,
                rows=tuple(rows),
            )
            for (set_id, _number), rows in groups.items()
        )
    )


def covered(sheet: Sheet, question: AskedQuestion) -> Covered:
    """Return what a sheet holds about one question."""
    path = {ask.code: interview.path_to(question.id, ask) for ask in interview.IN_DEPTH.values()}
    estimate = sheet.text(path["estimate"])
    basis = sheet.text(path["basis"], Side.NOTE)
    return Covered(
        question=question,
        estimate=SelfEstimate(estimate) if estimate else None,
        is_told=bool(sheet.text(path["claim"])),
        lacks_rendering=sheet.lacks_rendering(path["claim"]),
        learnt=len(sheet.text(path["learnt"]).split()),
        evidence=len(sheet.text(path["evidence"]).split()),
        has_note=bool(sheet.text(path["note"], Side.NOTE)),
        basis=interview.conclusion(basis, sheet.text(path["claim"])),
    )
