"""The page of one piece of evidence: what is told of it, its files, and what it supports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from kunnig.files.states import FileKind
from kunnig.mapping import policies as mapping_policies
from kunnig.mapping import queries as mapping_queries
from kunnig.mapping.states import MappingKind
from kunnig.portfolio import policies, queries
from kunnig.portfolio.formats import law
from kunnig.portfolio.states import Means
from kunnig.standards.queries import questions_of
from kunnig.web.casefile import doors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.mapping.models import Mapping
    from kunnig.portfolio.models import Evidence, EvidenceFile, RefereeWords
    from kunnig.standards.queries import AskedQuestion
    from kunnig.web.http import PersonRequest


@dataclass(frozen=True, slots=True)
class Shown:
    """One photo or document on the page."""

    tie: EvidenceFile
    url: str

    @property
    def is_picture(self) -> bool:
        """Say whether it is shown, rather than opened."""
        return FileKind(self.tie.file.kind).is_picture


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, how, and by which law it was noted."""

    noted: RefereeWords
    means: str
    law: str


@dataclass(frozen=True, slots=True)
class Supports:
    """One question that it supports, where it is asked."""

    question: AskedQuestion
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One question that it can support, and whether it does."""

    question: AskedQuestion
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together."""

    title: str
    language: str
    questions: tuple[Choice, ...]


def context_of(request: PersonRequest, case: Case, piece: Evidence) -> dict[str, Any]:
    """Return what the page of one piece of evidence shows."""
    by, at = request.user, request.at
    file_at = doors.addresses(request, "file", "file", pk=case.pk, evidence=piece.pk)
    mapping = mapping_queries.open_in(case, MappingKind.IN_DEPTH)
    if mapping is not None:
        mapping.case = case
    return {
        "case": case,
        "is_own": by == case.person,
        "piece": piece,
        "files": [
            Shown(each, file_at(each.pk)) for each in queries.files_in(case).filter(evidence=piece)
        ],
        "away": queries.files_taken_away(case, by).filter(evidence=piece),
        "said": [_said(each) for each in queries.referee_words_in(case, piece)],
        "supports": _supports(request, case, piece),
        "may_tie": mapping is not None and mapping_policies.may_write(by, mapping, at),
        "may_add": policies.may_add_evidence(by, case, at),
        "may_note": policies.may_note_original(by, case, at),
        "may_hear": policies.may_note_referee(by, case, at),
    }


def _said(noted: RefereeWords) -> Said:
    return Said(noted, str(Means(noted.means).label), law.called(noted.law, _reads()))


def _reads() -> str:
    return get_language() or "sv"


def _asked_in(mapping: Mapping) -> Sequence[AskedQuestion]:
    sets = [link.question_set_id for link in mapping_queries.targets_of(mapping)]
    return questions_of(sets, _reads())


def _supports(request: PersonRequest, case: Case, piece: Evidence) -> list[Supports]:
    found: list[Supports] = []
    named: dict[UUID, tuple[Mapping, set[UUID]]] = {}
    for each in mapping_queries.supported_by(piece.pk, case):
        named.setdefault(each.mapping.pk, (each.mapping, set()))[1].add(each.question)
    for mapping, keys in named.values():
        address = doors.addresses(request, "question", "question", pk=mapping.pk)
        found += [
            Supports(question, address(question.id))
            for question in _asked_in(mapping)
            if question.id in keys
        ]
    return found


def questions_to_tie(mapping: Mapping, piece: Evidence) -> list[Group]:
    """Return the questions of a mapping in their groups, those that it supports chosen."""
    chosen = {
        each.question
        for each in mapping_queries.supported_by(piece.pk, mapping.case)
        if each.mapping.pk == mapping.pk
    }
    groups: dict[tuple[UUID, str], list[AskedQuestion]] = {}
    for question in _asked_in(mapping):
        groups.setdefault((question.set_id, question.group_code), []).append(question)
    return [
        Group(
            group[0].group_title,
            group[0].group_language,
            tuple(Choice(each, each.id in chosen) for each in group),
        )
        for group in groups.values()
    ]
