"""The page of one question of a target: estimate, story, where learnt, evidence, the note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404

from kunnig.mapping import interview, queries
from kunnig.mapping.states import SelfEstimate
from kunnig.portfolio.queries import evidence_in
from kunnig.portfolio.states import EvidenceKind
from kunnig.standards.policies import may_read_criteria
from kunnig.standards.queries import criteria_by_question, criteria_of, text_in
from kunnig.web.casefile import covering, doors
from kunnig.web.casefile.leaf import Leaf, Option, Pen, leaf_of
from kunnig.web.casefile.reading import learnt_options, question_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kunnig.mapping.models import Mapping, MappingTarget
    from kunnig.mapping.queries import Covered, Overview, Sheet
    from kunnig.portfolio.models import Evidence
    from kunnig.standards.queries import CriterionRow
    from kunnig.web.casefile.leaf import Place
    from kunnig.web.http import PersonRequest

ICONS = {
    EvidenceKind.EMPLOYER: "work",
    EvidenceKind.REFEREE: "person",
    EvidenceKind.WORK_SAMPLE: "pen",
    EvidenceKind.PHOTO: "photo",
}


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """One piece of evidence on the page of a question; `also` are the others that it supports."""

    evidence: Evidence
    icon: str
    also: tuple[str, ...]
    url: str

    @property
    def value(self) -> str:
        """The key by which an answer names it."""
        return str(self.evidence.pk)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an in-depth mapping, with everything that its page is made of."""

    mapping: Mapping
    key: UUID
    sheet: Sheet
    links: Sequence[MappingTarget]
    overview: Overview
    evidence: Sequence[Evidence]
    options: dict[str, tuple[Option, ...]]

    @property
    def covered(self) -> Covered:
        """What the mapping holds about it."""
        return next(row for row in self.overview.rows if row.question.id == self.key)

    @property
    def places(self) -> list[Place]:
        """Where its answers belong."""
        return question_places(self.key, self.options)

    @property
    def neighbours(self) -> tuple[Covered | None, Covered | None]:
        """The questions before and after it."""
        rows = self.overview.rows
        here = rows.index(self.covered)
        return (
            rows[here - 1] if here else None,
            rows[here + 1] if here + 1 < len(rows) else None,
        )

    def code_of(self, covered: Covered | None) -> str:
        """Return what another question is called on this page; nothing for none."""
        if covered is None:
            return ""
        names = covering.target_names(self.links)
        return (
            covering.code_of(covered, names, here=self.covered) if names else covered.question.code
        )

    def cards(self, page_of: Callable[[UUID], str]) -> Iterator[EvidenceCard]:
        """Yield the evidence of the case, each with the other questions that it supports."""
        supports = {
            row.question.id: set(self._named(row.question.id)) for row in self.overview.rows
        }
        for each in self.evidence:
            also = (
                self.code_of(row)
                for row in self.overview.rows
                if row.question.id != self.key and str(each.pk) in supports[row.question.id]
            )
            yield EvidenceCard(
                each, ICONS.get(EvidenceKind(each.kind), "file"), tuple(also), page_of(each.pk)
            )

    def _named(self, question: UUID) -> list[str]:
        return self.sheet.text(interview.path_to(question, interview.EVIDENCE)).split()


def question_or_404(mapping: Mapping, key: UUID, pen: Pen) -> Question:
    """Return one question that the mapping asks."""
    sheet, told = queries.sheets_of(mapping)
    links = queries.targets_of(mapping)
    overview = queries.overview_of(mapping, language=pen.reads, sheet=sheet, links=links)
    if all(row.question.id != key for row in overview.rows):
        raise Http404
    evidence = list(evidence_in(mapping.case).select_related(None))
    options = {
        interview.LEARNT.code: learnt_options(told),
        interview.EVIDENCE.code: tuple(Option(str(each.pk), each.title) for each in evidence),
    }
    return Question(mapping, key, sheet, links, overview, evidence, options)


def question_context(
    request: PersonRequest, asked: Question, pen: Pen, leaf: Leaf | None = None
) -> dict[str, Any]:
    """Return what the page of a question shows, with what is left to settle on it."""
    leaf = leaf or leaf_of(pen, asked.sheet, asked.places)
    covered = asked.covered
    previous, following = asked.neighbours
    next_gap = asked.overview.next_gap(asked.key)
    piece_at = doors.addresses(request, "piece", "evidence", pk=asked.mapping.case_id)
    link = next(each for each in asked.links if each.question_set_id == covered.question.set_id)
    return {
        "mapping": asked.mapping,
        "case": asked.mapping.case,
        "pen": pen,
        "form": leaf,
        "leaf": leaf,
        "answers": {each.ask.code: each for each in leaf.asked},
        "estimates": list(zip(SelfEstimate, range(len(SelfEstimate)), strict=True)),
        "question": covered.question,
        "covered": covered,
        "target": link.target,
        "links": asked.links,
        "second_text": text_in(covered.question, pen.second) if pen.second else "",
        "cards": list(asked.cards(piece_at)),
        "rail": covering.group_steps(request, asked.mapping, asked.overview, covered),
        "previous": previous,
        "following": following,
        "next_gap": next_gap,
        "previous_code": asked.code_of(previous),
        "following_code": asked.code_of(following),
        "next_code": asked.code_of(next_gap),
        "criteria": criteria_for(request, asked, link),
    }


def criteria_for(
    request: PersonRequest, asked: Question, link: MappingTarget
) -> list[CriterionRow]:
    """Return what the question is graded by: for assessors and teachers, on no candidate's page.

    A question that was generated names no criteria: it has all those of its target.
    """
    if doors.is_candidate(request) or not may_read_criteria(request.user, request.at):
        return []
    spoken_to = set(criteria_by_question([link.question_set_id]).get(asked.key, ()))
    every = criteria_of(link.target)
    return [each for each in every if each.id in spoken_to] if spoken_to else every
