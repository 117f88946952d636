from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from kunnig.kernel.text import swedish_key
from kunnig.standards import queries
from kunnig.standards.models import QuestionGroupText, QuestionText, Target
from kunnig.standards.queries import current_question_set, questions_of, target_rows, targets
from kunnig.standards.states import GradeStep, Mandate, TargetKind
from tests.factories import NOON, SyllabusFactory, TargetFactory
from tests.syllabuses import taken_in

pytestmark = pytest.mark.django_db

COURSES, LEVELS, LEVELS_2, PRACTICE = (
    "examples/EXU.json",
    "examples/EXT-1.json",
    "examples/EXT-2.json",
    "practice/OVN.json",
)


def codes(found):
    return [row.code for row in target_rows(found)]


# --- What is in force ------------------------------------------------------------------------


def test_of_several_versions_the_newest_that_has_begun_is_in_force():
    taken_in(LEVELS, LEVELS_2)
    level = queries.in_force(NOON).get(code="EXTEXT1")
    before = queries.in_force(NOON.replace(year=2026, month=6)).get(code="EXTEXT1")

    assert (level.syllabus.version, before.syllabus.version) == (2, 1)
    assert queries.newest_of(before, NOON) == level
    assert queries.newest_of(level, NOON) is None
    assert queries.in_force(NOON.replace(year=2020)).count() == 0


def test_an_ended_version_does_not_bring_back_the_one_it_replaced():
    old = SyllabusFactory(valid_from=NOON.date() - timedelta(days=800))
    TargetFactory(syllabus=old)
    ended = SyllabusFactory(
        code=old.code,
        version=2,
        valid_from=NOON.date() - timedelta(days=400),
        valid_to=NOON.date() - timedelta(days=1),
    )
    TargetFactory(syllabus=ended)

    assert queries.in_force(NOON).count() == 0


def test_on_its_last_day_a_standard_still_holds():
    TargetFactory(syllabus=SyllabusFactory(valid_to=NOON.date()))

    assert queries.in_force(NOON).count() == 1


def test_a_target_without_questions_is_not_open_for_mapping():
    taken_in(COURSES)
    TargetFactory()

    assert queries.in_force(NOON).count() == 3
    assert set(queries.targets_open_for_mapping(NOON).values_list("code", flat=True)) == {
        "EXUEXU01",
        "EXUEXU02",
    }


# --- Searching -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["EXUEXU01", "EXUEXU02", "EXTEXT1", "EXTEXT2", "ÖVNMAT"]),
        ("utemiljö", ["EXUEXU01", "EXUEXU02"]),
        ("UTEMILJÖ 2", ["EXUEXU02"]),
        ("2 utemiljö", ["EXUEXU02"]),
        ("utemiljo", []),
        ("exuexu01", ["EXUEXU01"]),
        ("mÅnga", ["ÖVNMAT"]),
        ("manga", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_words_and_codes_are_found_as_swedes_write_them(words, found):
    taken_in(COURSES, LEVELS_2, PRACTICE)

    assert codes(targets(words=words, at=NOON)) == found


def test_accents_are_not_needed_but_the_swedish_letters_are():
    TargetFactory(code="A", name="Café och idé")
    TargetFactory(code="B", name="Målning")

    assert codes(targets(words="cafe ide", at=NOON)) == ["A"]
    assert codes(targets(words="malning", at=NOON)) == []


def test_kind_and_school_form_narrow_the_search():
    taken_in(COURSES, LEVELS_2, PRACTICE)

    assert codes(targets(kind=TargetKind.LEVEL, at=NOON)) == ["EXTEXT1", "EXTEXT2"]
    assert codes(targets(school_form="GY", at=NOON)) == ["EXUEXU01", "EXUEXU02"]
    assert codes(targets(words="exempel 1", school_form="VUXGY", at=NOON)) == [
        "EXUEXU01",
        "EXTEXT1",
    ]
    assert queries.school_forms() == ["GY", "VUXGY"]


def test_subjects_stand_in_the_order_of_swedish_letters():
    names = ["Ö", "Zoologi", "Äldrevård", "Vård", "Watt", "Ånga", "vård b", "Ärla", "abc", "Éclair"]
    for name in names:
        TargetFactory(syllabus=SyllabusFactory(name=name))

    found = [row.subject for row in target_rows(targets(at=NOON))]

    assert found == [
        *("abc", "Éclair", "Vård", "vård b", "Watt", "Zoologi"),
        *("Ånga", "Äldrevård", "Ärla", "Ö"),
    ]
    assert found == sorted(names, key=swedish_key)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(how_many, django_assert_num_queries):
    TargetFactory.create_batch(how_many)

    with django_assert_num_queries(1):
        assert len(target_rows(targets(words="m", at=NOON))) == how_many


def test_a_row_says_what_a_list_shows():
    taken_in(COURSES)

    (row,) = target_rows(targets(words="exuexu01", at=NOON))

    assert (row.name, row.points, row.mandate) == ("Exempel: utemiljö 1", 100, Mandate.EXAMPLE)
    assert (row.subject_code, row.subject, row.version) == (
        "EXU",
        "Exempel: skötsel av utemiljö",
        1,
    )


# --- One target ------------------------------------------------------------------------------


def test_a_target_is_shown_with_its_points_and_purposes():
    taken_in(COURSES)
    shown = queries.of_any_version().get(code="EXUEXU01")

    points = queries.points_of(shown)
    purposes = queries.purposes_of(shown)

    assert [point.number for point in points] == [1, 2, 3, 4, 5, 6]
    assert points[0].heading == "Det gröna"
    assert [(one.number, one.is_emphasised) for one in purposes] == [
        (1, False),
        (2, True),
        (3, False),
        (5, False),
    ]
    assert queries.school_forms_of(shown) == ["GY", "VUXGY"]


def test_criteria_are_read_from_the_course_or_from_the_subject_of_the_level():
    taken_in(COURSES, LEVELS)

    course = queries.criteria_of(Target.objects.get(code="EXUEXU01"))
    level = queries.criteria_of(Target.objects.get(code="EXTEXT2"))

    assert [one.grade_step.value for one in course] == [*"EEEECCCCAAAA"]
    assert [one.grade_step.value for one in level] == [*"EEDCCBAA"]
    assert level[0].grade_step is GradeStep.E
    assert "<strong>i stora drag</strong>" in level[0].rich
    assert "<" not in level[0].text


# --- What is asked ---------------------------------------------------------------------------


def asked(code, language):
    current = current_question_set(Target.objects.get(code=code))
    return questions_of([current.pk], language)


def test_a_written_question_is_asked_in_the_language_asked_for():
    taken_in(PRACTICE)

    swedish, english = asked("ÖVNMAT", "sv")[0], asked("ÖVNMAT", "en")[0]

    assert (swedish.code, swedish.group_title, swedish.short) == (
        "A1",
        "Planera och handla",
        "Planera en måltid för många",
    )
    assert (english.language, english.short_language, english.quote) == ("en", "en", "")
    assert english.text == "How do you plan when you are going to cook for many people?"
    assert [point.number for point in english.points] == [1]


def test_a_language_without_texts_falls_back_to_swedish_then_english():
    taken_in(PRACTICE)
    assert asked("ÖVNMAT", "ti")[0].language == "sv"

    QuestionText.objects.filter(language="sv").delete()
    QuestionGroupText.objects.filter(language="sv").delete()

    # Rows of a version never change, so what was asked for in Tigrinya is kept: ask in Somali.
    first = asked("ÖVNMAT", "so")[0]
    assert (first.language, first.group_language) == ("en", "en")


def test_a_generated_question_quotes_its_point_and_marks_its_language():
    taken_in(COURSES)

    first, *_, last = asked("EXUEXU01", "en")

    assert (first.text, first.language) == (
        "Have you worked with this, or learnt something about it?",
        "en",
    )
    assert (first.quote, first.quote_language) == (
        "Vanliga buskar, träd och blommor på gårdar i norra Sverige.",
        "sv",
    )
    assert (first.group_title, first.group_language) == ("Det gröna", "sv")
    assert (last.code, last.group_title) == ("C1", "Människor")
    assert first.short == "Vanliga buskar, träd och blommor på gårdar i norra Sverige"


def test_a_generated_set_without_headings_has_a_title_of_ours():
    taken_in(COURSES)

    first = asked("EXUEXU02", "en")[0]

    assert (first.group_title, first.group_language) == ("What this is about", "en")


def test_questions_of_several_sets_come_set_by_set(django_assert_num_queries):
    taken_in(COURSES, PRACTICE)
    by_code = {target.code: target for target in Target.objects.all()}
    sets = queries.current_question_sets([target.pk for target in by_code.values()])
    order = [sets[by_code[code].pk].pk for code in ("EXUEXU02", "ÖVNMAT", "EXUEXU01")]

    with django_assert_num_queries(4):
        questions = questions_of(order, "sv")

    assert list(dict.fromkeys(question.set_id for question in questions)) == order
    assert len(questions) == 5 + 10 + 6


def test_what_is_kept_may_be_cleared_by_another_while_it_is_asked_for():
    taken_in(COURSES)
    sets = [current_question_set(target).pk for target in Target.objects.order_by("code")[:2]]
    questions_of(sets[:1], "sv")

    def another_thread(execute, *query):
        queries.questions._KEPT.clear()  # noqa: SLF001
        return execute(*query)

    with connection.execute_wrapper(another_thread):
        questions = questions_of(sets, "sv")

    assert list(dict.fromkeys(question.set_id for question in questions)) == sets


def test_one_question_is_read_in_one_language_only():
    taken_in(COURSES, PRACTICE)
    written, generated = asked("ÖVNMAT", "sv")[0], asked("EXUEXU01", "sv")[0]

    assert queries.text_in(written, "en").startswith("How do you plan")
    assert queries.text_in(generated, "en").startswith("Have you worked with this")
    assert queries.text_in(written, "so") == queries.text_in(generated, "so") == ""


def test_what_is_asked_carries_no_grading_sentence():
    taken_in(COURSES, LEVELS, PRACTICE)
    graded = {
        criterion.text
        for target in Target.objects.all()
        for criterion in queries.criteria_of(target)
    }

    words = " ".join(
        f"{one.text} {one.hint} {one.short} {one.quote} {[point.text for point in one.points]}"
        for code in Target.objects.values_list("code", flat=True)
        for one in asked(code, "sv")
    )

    assert graded
    assert [sentence for sentence in graded if sentence in words] == []


def test_which_criteria_a_question_speaks_to_is_a_question_of_its_own(django_assert_num_queries):
    taken_in(COURSES)
    target = Target.objects.get(code="EXUEXU01")
    current = current_question_set(target)
    question = asked("EXUEXU01", "sv")[0]
    criterion = target.criteria.get(grade_step="E", number=2)
    current.groups.get(code="A").questions.get(number=1).criteria.add(criterion)

    with django_assert_num_queries(1):
        links = queries.criteria_by_question([current.pk])

    assert links == {question.id: [criterion.pk]}
