"""What can be mapped against, for anyone to search and read: courses, levels and practice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kunnig.kernel.text import listed
from kunnig.people.models import Person
from kunnig.standards import policies, queries
from kunnig.standards.formats import markup
from kunnig.standards.queries import STANDARDS_LANGUAGE
from kunnig.standards.states import SchoolForm, TargetKind
from kunnig.web.components.marks import day
from kunnig.web.http import held, number_of, page, pages_around

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from kunnig.standards.models import Target
    from kunnig.standards.queries import AskedQuestion, CriterionRow, PointRow
    from kunnig.standards.states import GradeStep
    from kunnig.web.http import PersonRequest

PAGE_LENGTH = 25
LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Points:
    """Points of content under one heading of the standard, or under none."""

    heading: str
    points: Sequence[PointRow]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions about one task of the trade."""

    code: str
    title: str
    language: str
    questions: Sequence[AskedQuestion]


@dataclass(frozen=True, slots=True)
class Step:
    """What one grade step asks for."""

    grade_step: GradeStep
    criteria: Sequence[CriterionRow]


@login_not_required
@require_safe
def targets(request: PersonRequest) -> HttpResponse:
    """Search what can be mapped against today."""
    words = request.GET.get("words", "")[:LONGEST_WORDS]
    kind = request.GET.get("kind", "")
    form = request.GET.get("form", "")
    number = number_of(request)
    start = (number - 1) * PAGE_LENGTH
    found = queries.targets(
        words=words,
        kind=TargetKind(kind) if kind in TargetKind.values else None,
        school_form=form,
        at=request.at,
    )
    rows = queries.target_rows(found[start : start + PAGE_LENGTH + 1])
    context = {
        "rows": rows[:PAGE_LENGTH],
        "words": words,
        "kind": kind,
        "kinds": TargetKind.choices,
        "form": None,
        "school_form": form,
        "school_forms": [(code, named(code)) for code in queries.school_forms()],
        "around": pages_around(request, number, has_more=len(rows) > PAGE_LENGTH),
        "language": STANDARDS_LANGUAGE,
    }
    return page(request, "public/targets.html", context, part="found")


@login_not_required
@require_safe
def target(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one target: what it contains, what it is for, and what a candidate is asked about it.

    What people are graded by is shown to assessors and teachers, to nobody else.
    """
    shown = held(queries.of_any_version(), pk)
    reader = reader_of(request)
    may_read_criteria = reader is not None and policies.may_read_criteria(reader, request.at)
    context = {
        "target": shown,
        "valid_to": day(shown.syllabus.valid_to) if shown.syllabus.valid_to else "",
        "newer": queries.newest_of(shown, request.at),
        "school_forms": listed(str(named(code)) for code in queries.school_forms_of(shown)),
        "description": markup.rendered(shown.description),
        "content": contained(shown),
        "purposes": queries.purposes_of(shown),
        "groups": asked_about(shown),
        "steps": graded_by(shown) if may_read_criteria else [],
        "language": STANDARDS_LANGUAGE,
    }
    return page(request, "public/target.html", context)


def reader_of(request: HttpRequest) -> Person | None:
    """Return who reads, if they have signed in."""
    return request.user if isinstance(request.user, Person) else None


def named(code: str) -> StrOrPromise:
    """Return what a school form is called; its code where we do not know it."""
    return SchoolForm(code).label if code in SchoolForm.values else code


def contained(shown: Target) -> list[Points]:
    """Return the points of content under their headings."""
    points = groupby(queries.points_of(shown), key=lambda point: point.heading)
    return [Points(heading, list(under)) for heading, under in points]


def asked_about(shown: Target) -> list[Asked]:
    """Return what a candidate is asked, in the reader's language where there are texts."""
    sets = queries.current_question_sets([shown.pk])
    keys = [current.pk for current in sets.values()]
    questions = queries.questions_of(keys, get_language() or STANDARDS_LANGUAGE)
    groups = groupby(
        questions, key=lambda one: (one.group_code, one.group_title, one.group_language)
    )
    return [Asked(*group, list(asked)) for group, asked in groups]


def graded_by(shown: Target) -> list[Step]:
    """Return the criteria by grade step."""
    criteria = groupby(queries.criteria_of(shown), key=lambda one: one.grade_step)
    return [Step(step, list(sentences)) for step, sentences in criteria]
