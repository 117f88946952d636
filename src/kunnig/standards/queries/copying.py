"""A published set as a draft begins with it: its words, and its links as far as they still hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from kunnig.kernel.text import folded
from kunnig.standards.formats import markup
from kunnig.standards.formats.draft_text import PartText
from kunnig.standards.formats.question_set import Words, shortened
from kunnig.standards.models import (
    Criterion,
    Question,
    QuestionGroup,
    QuestionGroupText,
    QuestionSet,
    QuestionText,
    Target,
)
from kunnig.standards.queries.targets import STANDARDS_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class CopiedGroup:
    """A group of a published set with its questions, each in order."""

    text: PartText
    questions: tuple[PartText, ...]


def copied(of: QuestionSet, onto: Target) -> list[CopiedGroup]:
    """Return a published set as a draft over `onto` begins with it.

    A link is kept where the same words stand in `onto`. A generated question has no words of its
    own: it comes with its short name only, for somebody to write.
    """
    points = _points_kept(of, onto)
    criteria = _criteria_kept(of, onto)
    words: dict[UUID, dict[str, Words]] = defaultdict(dict)
    texts = QuestionText.objects.filter(question__group__question_set=of)
    for key, language, *said in texts.values_list(
        "question_id", "language", "text", "hint", "short"
    ):
        words[key][language] = Words(*said)
    names = _names_by_point(of)
    questions: dict[UUID, list[PartText]] = defaultdict(list)
    rows = Question.objects.filter(group__question_set=of).order_by("group__number", "number")
    for key, group in rows.values_list("id", "group_id"):
        said_in = words.get(key) or {STANDARDS_LANGUAGE: Words("", "", names.get(key, ""))}
        questions[group].append(PartText(said_in, points.get(key, ()), criteria.get(key, ())))
    return [
        CopiedGroup(PartText(titles), tuple(questions[group]))
        for group, titles in _titles(of).items()
    ]


def _titles(of: QuestionSet) -> dict[UUID, dict[str, Words]]:
    """Return the titles of the groups of a set, in order; a generated set has headings instead."""
    titles: dict[UUID, dict[str, Words]] = {
        key: {}
        for key in QuestionGroup.objects.filter(question_set=of)
        .order_by("number")
        .values_list("id", flat=True)
    }
    texts = QuestionGroupText.objects.filter(group__question_set=of)
    for key, language, title in texts.values_list("group_id", "language", "title"):
        if title:
            titles[key][language] = Words(title, "", "")
    headings = Question.points.through.objects.filter(question__group__question_set=of)
    for key, heading in headings.values_list("question__group_id", "point__heading"):
        if heading and not titles[key]:
            titles[key][STANDARDS_LANGUAGE] = Words(heading, "", "")
    return titles


def _names_by_point(of: QuestionSet) -> dict[UUID, str]:
    """Return the short names that generated questions get from their points."""
    links = Question.points.through.objects.filter(question__group__question_set=of)
    return {
        question: shortened(markup.plain(text))
        for question, text in links.values_list("question_id", "point__text")
    }


def _points_kept(of: QuestionSet, onto: Target) -> dict[UUID, tuple[str, ...]]:
    now = {_same(text): str(number) for number, text in onto.content.values_list("number", "text")}
    links = Question.points.through.objects.filter(question__group__question_set=of)
    rows = links.order_by("point__number").values_list("question_id", "point__text")
    return _kept((question, now.get(_same(text), "")) for question, text in rows)


def _criteria_kept(of: QuestionSet, onto: Target) -> dict[UUID, tuple[str, ...]]:
    graded = Criterion.objects.filter(Q(target=onto) | Q(syllabus=onto.syllabus_id))
    now = {
        (step, _same(text)): f"{step}{number}"
        for step, number, text in graded.values_list("grade_step", "number", "text")
    }
    links = Question.criteria.through.objects.filter(question__group__question_set=of)
    rows = links.order_by("criterion__number").values_list(
        "question_id", "criterion__grade_step", "criterion__text"
    )
    return _kept((question, now.get((step, _same(text)), "")) for question, step, text in rows)


def _kept(links: Iterable[tuple[UUID, str]]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for question, key in links:
        if key:
            found[question] += (key,)
    return found


def _same(text: str) -> str:
    return folded(markup.plain(text))
