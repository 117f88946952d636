"""Giving targets their question sets: the one that was written for them, else a generated one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from kunnig.standards.formats import question_set
from kunnig.standards.models import (
    Criterion,
    Point,
    Question,
    QuestionGroup,
    QuestionGroupText,
    QuestionSet,
    QuestionText,
    Target,
)
from kunnig.standards.states import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kunnig.standards.formats.question_set import WrittenSet


@dataclass(slots=True)
class SetRows:
    """The rows of some question sets before they are saved, all at once."""

    sets: list[QuestionSet] = field(default_factory=list)
    groups: list[QuestionGroup] = field(default_factory=list)
    titles: list[QuestionGroupText] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    texts: list[QuestionText] = field(default_factory=list)
    points: list[Any] = field(default_factory=list)
    criteria: list[Any] = field(default_factory=list)

    def save(self) -> None:
        """Insert every row, parents first."""
        QuestionSet.objects.bulk_create(self.sets)
        QuestionGroup.objects.bulk_create(self.groups)
        QuestionGroupText.objects.bulk_create(self.titles)
        Question.objects.bulk_create(self.questions)
        QuestionText.objects.bulk_create(self.texts)
        Question.points.through.objects.bulk_create(self.points)
        Question.criteria.through.objects.bulk_create(self.criteria)


@dataclass(frozen=True, slots=True)
class Held:
    """A target with the points and criteria that questions can speak to."""

    target: Target
    points: Sequence[Point]
    criteria: Sequence[Criterion]

    @property
    def points_by_key(self) -> dict[str, Point]:
        """The points by the number that a reference names."""
        return {str(point.number): point for point in self.points}

    @property
    def criteria_by_key(self) -> dict[str, Criterion]:
        """The criteria by the grade step and number that a reference names."""
        return {f"{one.grade_step}{one.number}": one for one in self.criteria}

    def misfits(self, written: WrittenSet) -> list[str]:
        """Say why a set does not fit this version of the target."""
        return question_set.misfits(
            written,
            {key: point.text for key, point in self.points_by_key.items()},
            {key: one.text for key, one in self.criteria_by_key.items()},
        )


def held_of(target: Target) -> Held:
    """Return a target that is stored, with its points and criteria."""
    criteria = Criterion.objects.filter(target=target) | Criterion.objects.filter(
        syllabus=target.syllabus_id
    )
    return Held(target, list(target.content.all()), list(criteria))


def add_rows(rows: SetRows, held: Held, written: WrittenSet, *, version: int, at: datetime) -> None:
    """Add the rows of one set over one target to those to be saved."""
    origin = Origin.GENERATED if written.is_generated else Origin.WRITTEN
    points, criteria = held.points_by_key, held.criteria_by_key
    new = QuestionSet(
        target_id=held.target.pk,
        version=version,
        origin=origin,
        content_hash=written.content_hash,
        published_at=at,
    )
    rows.sets.append(new)
    for place, written_group in enumerate(written.groups, start=1):
        group = QuestionGroup(question_set_id=new.pk, number=place, code=written_group.code)
        rows.groups.append(group)
        rows.titles += [
            QuestionGroupText(
                group_id=group.pk,
                language=language,
                title=title,
                asks=written_group.asks[language],
            )
            for language, title in written_group.titles.items()
        ]
        for number, asked in enumerate(written_group.questions, start=1):
            question = Question(group_id=group.pk, number=number, code=f"{group.code}{number}")
            rows.questions.append(question)
            rows.texts += [
                QuestionText(
                    question_id=question.pk,
                    language=language,
                    text=words.text,
                    hint=words.hint,
                    short=words.short,
                )
                for language, words in asked.words.items()
            ]
            rows.points += [
                Question.points.through(question_id=question.pk, point_id=points[one.key].pk)
                for one in asked.points
            ]
            rows.criteria += [
                Question.criteria.through(
                    question_id=question.pk, criterion_id=criteria[one.key].pk
                )
                for one in asked.criteria
            ]


def attach_shipped(*, at: datetime) -> tuple[int, list[str]]:
    """Give every target of a shipped set that has an older one the newer; once is enough.

    Returns how many got one, and remarks on those that a set was written for but does not fit.
    """
    given = 0
    remarks: list[str] = []
    for code, written in question_set.shipped().items():
        for target in _newest_targets(code):
            given += _attach(target, written, remarks, at)
    return given, remarks


@transaction.atomic
def _attach(target: Target, written: WrittenSet, remarks: list[str], at: datetime) -> int:
    # The lock keeps two imports from counting the same version.
    target = Target.objects.select_for_update().select_related("syllabus").get(pk=target.pk)
    if target.question_sets.filter(content_hash=written.content_hash).exists():
        return 0
    newest = target.question_sets.select_related("draft").order_by("-version").first()
    if newest is not None and hasattr(newest, "draft"):
        remarks.append(f"{target.code} keeps the questions that were published here")
        return 0
    held = held_of(target)
    misfits = held.misfits(written)
    if misfits:
        remarks.append(f"the questions written for {target.code} do not fit: {'; '.join(misfits)}")
        return 0
    highest = target.question_sets.aggregate(highest=Max("version"))["highest"] or 0
    rows = SetRows()
    add_rows(rows, held, written, version=highest + 1, at=at)
    rows.save()
    return 1


def _newest_targets(code: str) -> list[Target]:
    """Return the targets of this code, each of the newest version of its syllabus."""
    newest: dict[str, Target] = {}
    for target in Target.objects.filter(code=code).select_related("syllabus"):
        shown = newest.get(target.syllabus.code)
        if shown is None or shown.syllabus.version < target.syllabus.version:
            newest[target.syllabus.code] = target
    return list(newest.values())
