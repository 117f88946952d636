from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from kunnig.standards.models import (
    Criterion,
    Point,
    PurposePoint,
    Question,
    QuestionSet,
    Syllabus,
    Target,
    TargetPurpose,
)
from kunnig.standards.states import LEADS_TO, TARGETS_OF, LeadsTo, Mandate, SyllabusKind
from tests.factories import NOON, SyllabusFactory, TargetFactory
from tests.syllabuses import a_course_to_map, taken_in

pytestmark = pytest.mark.django_db


def tables():
    names = connection.introspection.table_names()
    drafts = {"standards_setdraft", "standards_draftpart", "standards_draftentry"}
    return sorted(name for name in names if name.startswith("standards_") and name not in drafts)


def test_the_database_refuses_every_change_of_a_version():
    course = a_course_to_map()
    taken_in("examples/EXT-1.json", "practice/OVN.json")
    Question.objects.filter(points__target=course)[0].criteria.add(course.criteria.all()[0])
    untouched = []

    for table in tables():
        with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"UPDATE {table} SET id = id")
        untouched.append(table)

    assert len(untouched) == 14


def test_no_row_is_added_to_a_version_that_is_asked_about():
    taken_in("examples/EXU.json", "examples/EXT-1.json")
    course, level = (Target.objects.filter(code__startswith=code)[0] for code in ("EXU", "EXT"))
    purpose = PurposePoint.objects.filter(syllabus=course.syllabus)[0]
    step = {"grade_step": "E", "paragraph": 9, "number": 99, "text": "Kan."}
    late = [
        Point(target=course, number=99, text="Mer."),
        Criterion(target=course, **step),
        Criterion(syllabus=level.syllabus, **step),
        PurposePoint(syllabus=course.syllabus, number=99, text="Mer."),
        TargetPurpose(target=level, purpose=purpose),
    ]

    for row in late:
        with refused("no row is added to a version"), transaction.atomic():
            row.save()


def refused(constraint):
    """Expect the database to refuse by the constraint of this name."""
    return pytest.raises(IntegrityError, match=constraint)


def test_a_criterion_hangs_on_a_target_or_on_a_syllabus_never_both_nor_neither():
    target = TargetFactory()
    one = {"grade_step": "E", "paragraph": 1, "number": 1, "text": "Kan."}

    for holders in ({}, {"target": target, "syllabus": target.syllabus}):
        with refused("criterion_hangs_on_a_target_or_on_a_syllabus"), transaction.atomic():
            Criterion.objects.create(**one, **holders)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"kind": "practice", "mandate": "national"}, "syllabus_for_practice_is_our_own"),
        ({"kind": "invented"}, "syllabus_kind_is_known"),
        ({"mandate": "invented"}, "syllabus_mandate_is_known"),
        ({"version": 0}, "syllabus_version_counts_from_one"),
        ({"valid_from": NOON.date(), "valid_to": "2020-01-01"}, "syllabus_ends_after_it_starts"),
    ],
)
def test_the_database_refuses_a_syllabus_that_is_nonsense(changes, constraint):
    with refused(constraint), transaction.atomic():
        SyllabusFactory(**changes)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"kind": "practice", "leads_to": "intyg"}, "target_for_practice_leads_to_nothing"),
        ({"kind": "invented"}, "target_kind_is_known"),
        ({"leads_to": "riches"}, "target_leads_to_what_is_known"),
    ],
)
def test_the_database_refuses_a_target_that_is_nonsense(changes, constraint):
    with refused(constraint), transaction.atomic():
        TargetFactory(**changes)


def test_a_question_set_knows_its_file_or_was_generated():
    target = TargetFactory()

    for origin, content_hash in (("generated", "a" * 64), ("written", "")):
        with refused("question_set_that_was_written_knows_its_file"), transaction.atomic():
            QuestionSet.objects.create(
                target=target,
                version=1,
                origin=origin,
                content_hash=content_hash,
                published_at=NOON,
            )


def test_ours_for_practice_can_never_yield_an_intyg():
    assert LEADS_TO[Mandate.OWN] is LeadsTo.NOTHING
    assert set(LEADS_TO) == set(Mandate)
    assert set(TARGETS_OF) == set(SyllabusKind)


def test_rows_say_what_they_are():
    taken_in("practice/OVN.json", "examples/EXU.json")
    syllabus = Syllabus.objects.get(code="ÖVN")
    target = Target.objects.get(code="ÖVNMAT")
    question = Question.objects.filter(points__target=target).order_by("code")[0]

    assert str(syllabus) == "ÖVN Övning i kartläggning, version 1"
    assert str(target) == "ÖVNMAT Laga mat för många"
    assert str(target.content.get(number=3)) == "3. Handla, ta emot och kontrollera varor."
    assert str(question) == "A1"
    assert str(question.texts.get(language="sv")).startswith("Hur planerar du")
    assert str(question.group.texts.get(language="sv")) == "Planera och handla"
    assert str(Criterion.objects.filter(grade_step="E").order_by("number")[0]) == "E1"
