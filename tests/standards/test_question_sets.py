from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from kunnig.kernel.text import folded
from kunnig.standards.actions import question_sets
from kunnig.standards.actions.question_sets import Held, SetRows
from kunnig.standards.actions.syllabuses import import_syllabuses
from kunnig.standards.formats import question_set, sources, syllabus_api
from kunnig.standards.formats.checked import Unreadable
from kunnig.standards.formats.question_set import generated, misfits, shipped, shortened
from kunnig.standards.formats.syllabus_text import PointText
from kunnig.standards.models import LONGEST_SHORT, Question, QuestionSet, Target
from kunnig.standards.queries import current_question_set, questions_of
from kunnig.standards.states import Origin
from tests.factories import NOON
from tests.syllabuses import REAL, found, taken_in

# Words by which the agency grades; none of them may stand in a question.
GRADING = re.compile(
    r"betyg|översiktlig|utförlig|nyanserad|i samråd|efter samråd|viss säkerhet|god säkerhet|eleven"
    r"|grade|criteri|satisfactory|pupil|student",
    re.IGNORECASE,
)


def said(written):
    for group in written.groups:
        yield from group.titles.values()
        yield from group.asks.values()
        for question in group.questions:
            for words in question.words.values():
                yield from (words.text, words.hint, words.short)


# --- As they are written ---------------------------------------------------------------------


@pytest.mark.parametrize("code", shipped())
def test_a_shipped_set_asks_in_every_language_and_never_grades(code):
    written = shipped()[code]

    questions = [question for group in written.groups for question in group.questions]
    assert all(
        words.text and words.short for question in questions for words in question.words.values()
    )
    assert all(set(question.words) == set(question_set.ALL_LANGUAGES) for question in questions)
    assert [text for text in said(written) if GRADING.search(text)] == []


def test_care_is_asked_about_in_about_sixteen_questions_by_tasks_of_the_trade():
    written = shipped()["VÅRVÅR01"]

    assert [len(group.questions) for group in written.groups] == [5, 3, 4, 4]


def test_the_set_for_practice_fits_its_target():
    (target,) = syllabus_api.read(found("practice/OVN.json").read()).targets

    assert (
        misfits(shipped()["ÖVNMAT"], {str(one.number): one.text for one in target.content}, {})
        == []
    )


@pytest.mark.skipif(REAL is None, reason="the agency's files are not beside the clone")
@pytest.mark.parametrize(("subject", "how_many"), [("VÅR", 1), ("HUS", 4), ("TRÄ", 5)])
def test_a_set_speaks_to_every_point_and_every_criterion_of_its_course(subject, how_many):
    (source,) = sources.in_path(REAL / f"{subject}.json")
    courses = [each for each in syllabus_api.read(source.read()).targets if each.code in shipped()]

    for course in courses:
        criteria = {f"{one.grade_step}{one.number}": one.text for one in course.criteria}
        points = {str(one.number): one.text for one in course.content}
        written = shipped()[course.code]
        assert misfits(written, points, criteria) == []
        assert {
            reference.key
            for group in written.groups
            for question in group.questions
            for reference in question.criteria
        } == {key for key in criteria if key.startswith("E")}
    assert len(courses) == how_many


def test_no_question_of_a_carpenter_is_asked_twice_in_the_same_words():
    for code, written in shipped().items():
        texts = [q.words["sv"].text for group in written.groups for q in group.questions]
        assert len(set(texts)) == len(texts), code


def test_a_set_that_points_elsewhere_or_leaves_something_out_does_not_fit():
    written = shipped()["ÖVNMAT"]
    points = {"1": "Planera annat", "2": "Sjunga", "77": "Dansa"}

    why = misfits(written, points, {})

    assert "nothing is at 2 allergi" in why
    assert "nothing is at 3 varor" in why
    assert "no question speaks to point 77" in why
    assert "nothing is at 1 Planera" not in why


def test_every_fault_of_a_set_is_named_by_its_place():
    written = {
        "groups": [
            {
                "code": "A",
                "title": {"sv": "Mat"},
                "questions": [
                    {
                        "text": {"sv": "Hur?", "en": "How?", "ar": "كيف؟"},
                        "short": {"sv": "x" * 61, "en": "How", "ar": "كيف"},
                    },
                    {"points": ["tvåan"], "criteria": 7},
                ],
            }
        ]
    }

    with pytest.raises(Unreadable) as caught:
        question_set.read(json.dumps(written).encode())

    assert [str(fault) for fault in caught.value.faults] == [
        "groups[0].questions[0].short.sv: is longer than 60 characters",
        "groups[0].questions[0].points: missing",
        "groups[0].questions[1].text: missing",
        "groups[0].questions[1].short: missing",
        f"groups[0].questions[1].points: 'tvåan' {question_set.NO_REFERENCE}",
        "groups[0].questions[1].points: missing",
        "groups[0].questions[1].criteria: is not a list",
        "groups[0].title.en: missing",
        "groups[0].title.ar: missing",
        "target: missing",
    ]


# --- Generated -------------------------------------------------------------------------------


def test_a_generated_set_asks_about_each_point_under_the_standards_headings():
    content = [
        PointText(1, "Mat", "Att koka."),
        PointText(2, "Mat", "Att steka."),
        PointText(3, "Dryck", "Att servera."),
    ]

    written = generated("X", content)

    assert [(group.code, len(group.questions)) for group in written.groups] == [("A", 2), ("B", 1)]
    assert [text for text in said(written) if GRADING.search(text)] == []
    assert written.is_generated


def test_groups_are_lettered_beyond_the_alphabet():
    written = generated("X", [PointText(n, str(n), "Att koka.") for n in range(1, 30)])

    assert [group.code for group in written.groups][24:] == ["Y", "Z", "AA", "AB", "AC"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Att koka.", "Att koka"),
        ("x" * 80, "x" * 59 + "…"),
        (f"{'ord ' * 14}, och sedan", f"{'ord ' * 14}".strip() + "…"),
    ],
)
def test_a_long_point_gets_a_short_name(text, short):
    assert shortened(text) == short
    assert len(shortened(text)) <= LONGEST_SHORT


# --- Attached --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_target_gets_the_set_that_was_written_for_it():
    taken_in("practice/OVN.json")

    target = Target.objects.get()
    current = current_question_set(target)
    assert (current.origin, current.version, current.published_at) == (Origin.WRITTEN, 1, NOON)
    assert Question.objects.filter(points__target=target).distinct().count() == 10


@pytest.mark.django_db
@pytest.mark.skipif(REAL is None, reason="the agency's files are not beside the clone")
def test_the_set_for_care_attaches_itself_when_the_course_comes_in():
    import_syllabuses(sources.in_path(REAL / "VÅR.json"), at=NOON)

    first = current_question_set(Target.objects.get(code="VÅRVÅR01"))
    second = current_question_set(Target.objects.get(code="VÅRVÅR02"))
    assert (first.origin, second.origin) == (Origin.WRITTEN, Origin.GENERATED)
    assert len(questions_of([first.pk], "sv")) == 16
    assert Question.objects.filter(group__question_set=first, criteria__isnull=True).count() == 0


@pytest.mark.django_db
def test_a_set_that_no_longer_fits_gives_way_to_a_generated_one_and_says_so():
    whole = json.loads(found("practice/OVN.json").read())
    course = whole["subject"]["courses"][0]
    course["centralContent"]["text"] = "<ul><li>Baka bröd för många.</li></ul>"
    baking = replace(found("practice/OVN.json"), read=json.dumps(whole).encode)

    report = import_syllabuses([baking], at=NOON)

    assert current_question_set(Target.objects.get()).origin == Origin.GENERATED
    assert (report.written_sets, report.generated_sets) == (0, 1)
    assert report.remarks[0].startswith(
        "OVN.json: the questions written for ÖVNMAT do not fit: nothing is at 1 Planera"
    )


@pytest.mark.django_db
def test_a_set_written_later_becomes_the_next_version_once():
    taken_in("practice/OVN.json")
    target = Target.objects.get()
    QuestionSet.objects.all().delete()
    rows = SetRows()
    texts = [PointText(one.number, one.heading, one.text) for one in target.content.all()]
    held = Held(target, list(target.content.all()), [])
    question_sets.add_rows(rows, held, generated(target.code, texts), version=1, at=NOON)
    rows.save()

    assert question_sets.attach_shipped(at=NOON) == (1, [])
    assert question_sets.attach_shipped(at=NOON) == (0, [])

    assert list(QuestionSet.objects.order_by("version").values_list("version", "origin")) == [
        (1, Origin.GENERATED),
        (2, Origin.WRITTEN),
    ]


@pytest.mark.django_db
def test_only_the_newest_version_of_a_standard_gets_a_new_set():
    taken_in("practice/OVN.json")
    whole = json.loads(found("practice/OVN.json").read())
    whole["subject"]["endDate"] = "2030-12-31"
    import_syllabuses([replace(found("practice/OVN.json"), read=json.dumps(whole).encode)], at=NOON)
    QuestionSet.objects.all().delete()

    question_sets.attach_shipped(at=NOON)

    assert [one.target.syllabus.version for one in QuestionSet.objects.all()] == [2]


def test_the_words_that_show_where_a_set_points_are_few():
    references = [
        reference
        for written in shipped().values()
        for group in written.groups
        for question in group.questions
        for reference in (*question.points, *question.criteria)
    ]

    assert max(len(folded(reference.word).split()) for reference in references) <= 2
