import json
from datetime import date

import pytest

from kunnig.standards.formats import sources
from kunnig.standards.formats.checked import Unreadable
from kunnig.standards.formats.syllabus_api import read
from kunnig.standards.states import GradeStep, Mandate, SyllabusKind
from tests.machine import shared
from tests.syllabuses import REAL, found


def answer(file="examples/EXU.json", /, **changes):
    """Return one of our own files with its subject changed."""
    whole = json.loads(found(file).read())
    whole["subject"] |= changes
    return whole


def read_back(whole):
    return read(json.dumps(whole).encode())


def faults(whole):
    with pytest.raises(Unreadable) as caught:
        read_back(whole)
    return [str(fault) for fault in caught.value.faults]


def test_a_subject_with_courses_is_read_whole():
    text = read(found("examples/EXU.json").read())

    first, second = text.targets
    assert (text.code, text.kind, text.mandate) == ("EXU", SyllabusKind.COURSES, Mandate.EXAMPLE)
    assert (text.valid_from, text.valid_to, text.school_forms) == (
        date(2024, 7, 1),
        None,
        ("GY", "VUXGY"),
    )
    assert [purpose.number for purpose in text.purposes] == [1, 2, 3, 4, 5]
    assert (first.code, first.points, len(first.content)) == ("EXUEXU01", 100, 6)
    assert [point.heading for point in first.content] == [
        *["Det gröna"] * 3,
        *["Redskap och snö"] * 2,
        "Människor",
    ]
    assert [(one.number, one.is_emphasised) for one in first.purposes] == [
        (1, False),
        (2, True),
        (3, False),
        (5, False),
    ]
    assert [point.heading for point in second.content] == [""] * 5
    assert text.criteria == ()


def test_a_criterion_is_one_sentence_and_keeps_its_emphasis():
    first = read(found("examples/EXU.json").read()).targets[0]

    assert [
        (one.paragraph, one.number, one.text)
        for one in first.criteria
        if one.grade_step is GradeStep.E
    ] == [
        (
            1,
            1,
            (
                "Den som läser kursen känner igen <strong>några</strong> vanliga växter och "
                "berättar vad de behöver."
            ),
        ),
        (1, 2, "Arbetet med gräs och häckar görs <strong>med stöd</strong> av någon erfaren."),
        (2, 3, "Redskapen används <strong>för det mesta</strong> rätt."),
        (2, 4, "Boende bemöts på ett vänligt sätt."),
    ]


def test_in_a_subject_with_levels_the_criteria_belong_to_the_subject():
    text = read(found("examples/EXT-1.json").read())

    assert text.kind is SyllabusKind.LEVELS
    assert [target.criteria for target in text.targets] == [(), ()]
    assert [(one.grade_step.value, one.number) for one in text.criteria] == [
        ("E", 1),
        ("E", 2),
        ("D", 1),
        ("C", 1),
        ("C", 2),
        ("B", 1),
        ("A", 1),
        ("A", 2),
    ]


def test_levels_may_repeat_the_criteria_of_the_subject_but_not_have_others():
    whole = answer("examples/EXT-1.json")
    level = whole["subject"]["courses"][0]

    level["knowledgeRequirements"] = whole["subject"]["knowledgeRequirements"]
    assert read_back(whole).targets[0].criteria == ()

    level["knowledgeRequirements"] = whole["subject"]["knowledgeRequirements"][:1]
    assert faults(whole) == ["courses[0].knowledgeRequirements: are not those of the subject"]


def test_a_subject_with_levels_has_criteria():
    assert faults(answer("examples/EXT-1.json", knowledgeRequirements=[])) == [
        "knowledgeRequirements: no criteria of the subject"
    ]


def test_the_practice_standard_needs_no_criteria():
    text = read(found("practice/OVN.json").read())

    assert (text.kind, text.mandate) == (SyllabusKind.PRACTICE, Mandate.OWN)
    assert (text.targets[0].points, text.targets[0].criteria) == (None, ())


def test_only_the_agency_and_we_ourselves_publish_in_this_shape():
    whole = answer() | {"apiPublisher": "Somebody"}
    assert faults(whole) == ["apiPublisher: is 'Somebody', not 'Skolverket'"]

    del whole["apiPublisher"]
    text = read_back(whole)
    assert (text.owner, text.mandate) == ("Skolverket", Mandate.NATIONAL)


def test_the_agency_has_no_standard_for_practice():
    whole = answer(typeOfSyllabus="PRACTICE") | {"apiPublisher": "Skolverket"}

    (fault,) = faults(whole)
    assert fault.startswith("typeOfSyllabus: is 'PRACTICE'; what can be read is SUBJECT_SYLLABUS")


def test_a_course_of_another_subject_does_not_claim_the_purposes_of_this_one():
    whole = answer()
    whole["subject"]["courses"][0]["code"] = "BORROW01"

    text = read_back(whole)

    assert text.targets[0].purposes == ()
    assert text.targets[1].purposes != ()


def test_a_purpose_that_the_subject_lacks_is_remarked_on_not_refused():
    whole = answer()
    whole["subject"]["courses"][0]["description"] = "<p>Kursen omfattar punkterna 4-7.</p>"

    assert [str(remark) for remark in read_back(whole).remarks] == [
        "courses[0].description: names purpose 6, 7, but the subject has 5"
    ]


def test_a_paragraph_beside_the_lists_is_kept_with_the_description():
    whole = answer()
    whole["subject"]["courses"][0]["centralContent"]["text"] += "<p>Ute eller <b>inne</b>.</p>"

    first = read_back(whole).targets[0]

    assert len(first.content) == 6
    assert first.description.endswith("<p>Ute eller <strong>inne</strong>.</p>")


@pytest.mark.parametrize("key", ["version", "modifiedDate", "versionInfo"])
def test_what_the_agency_counts_says_nothing_about_the_content(key):
    assert read_back(answer(**{key: "changed"})).content_hash == read_back(answer()).content_hash


@pytest.mark.parametrize("key", ["name", "purpose", "endDate"])
def test_any_other_change_is_a_change_of_content(key):
    changed = answer(**{key: "2099-12-31"})

    assert read_back(changed).content_hash != read_back(answer()).content_hash


# --- Faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (b"", "line 1, column 1: is not JSON: Expecting value"),
        (b'{"subject": ', "line 1, column 13: is not JSON: Expecting value"),
        (b"\xff\xfe\xff", "is not text in UTF-8"),
        (b"[" * 100_000, "is not JSON that can be read"),
        (b"[1]", "is not a JSON object"),
        (b"{}", "no subject"),
        (b'{"subject": 7}', "subject: is not an object"),
        (b'{"message": "Tomt svar."}', "no subject; the answer says 'Tomt svar.'"),
        (b"<html>", "line 1, column 1: is not JSON: Expecting value"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(written, fault):
    with pytest.raises(Unreadable) as caught:
        read(written)

    assert str(caught.value.faults[0]) == fault


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("code", "", "code: missing"),
        ("code", "X" * 41, "code: is longer than 40 characters"),
        ("name", None, "name: missing"),
        ("name", "a\x00b", "name: holds something that is not a character"),
        ("name", "half \ud800", "name: holds something that is not a character"),
        ("name", 7, "name: is not a text"),
        ("startDate", "snart", "startDate: 'snart' is not a date like 2025-07-01"),
        ("startDate", None, "startDate: missing"),
        ("endDate", "2001-01-01", "endDate: is before startDate"),
        ("schoolTypes", "GY", "schoolTypes: is not a list"),
        ("schoolTypes", ["GY", 7], "schoolTypes: is not a list of codes"),
        ("courses", [], "courses: no courses or levels"),
        ("courses", [7], "courses[0]: is not an object"),
    ],
)
def test_every_fault_of_a_subject_is_named_by_its_place(key, value, fault):
    assert fault in faults(answer(**{key: value}))


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("code", None, "courses[1].code: missing"),
        ("code", "EXUEXU01", "courses[1].code: 'EXUEXU01' stands twice"),
        ("points", "många", "courses[1].points: 'många' is not a whole number from 0 to 9999"),
        ("points", True, "courses[1].points: True is not a whole number from 0 to 9999"),
        ("points", -5, "courses[1].points: -5 is not a whole number from 0 to 9999"),
        ("points", ["100"], "courses[1].points: ['100'] is not a whole number from 0 to 9999"),
        ("centralContent", None, "courses[1].centralContent: no list of points"),
        ("centralContent", {"text": "<p>x</p>"}, "courses[1].centralContent: no list of points"),
        (
            "knowledgeRequirements",
            [],
            "courses[1].knowledgeRequirements: no criteria of the course",
        ),
        (
            "knowledgeRequirements",
            [{"gradeStep": "X", "text": "<p>x</p>"}],
            "courses[1].knowledgeRequirements[0].gradeStep: is 'X', not one of E, D, C, B, A",
        ),
        (
            "knowledgeRequirements",
            [{"gradeStep": "E", "text": "<h4>Betyget E</h4>"}],
            "courses[1].knowledgeRequirements[0].text: no sentence",
        ),
        (
            "knowledgeRequirements",
            [{"gradeStep": "E", "text": "<p>x</p>"}] * 2,
            "courses[1].knowledgeRequirements[1].gradeStep: 'E' stands twice",
        ),
    ],
)
def test_every_fault_of_a_course_is_named_by_its_place(key, value, fault):
    whole = answer()
    whole["subject"]["courses"][1][key] = value

    assert fault in faults(whole)


def test_a_file_that_is_far_too_large_is_not_read(tmp_path):
    with (tmp_path / "HUGE.json").open("wb") as file:
        file.truncate(sources.MOST_BYTES + 1)
    (source,) = sources.in_path(tmp_path / "HUGE.json")

    with pytest.raises(Unreadable, match="is larger than"):
        source.read()


def test_a_file_that_has_gone_is_told(tmp_path):
    (tmp_path / "GONE.json").touch()
    (source,) = sources.in_path(tmp_path / "GONE.json")
    (tmp_path / "GONE.json").unlink()

    with pytest.raises(Unreadable, match="cannot be read: No such file"):
        source.read()


def test_all_faults_of_a_file_are_told_at_once():
    whole = answer(name="", startDate="snart")
    whole["subject"]["courses"][0]["centralContent"] = {}

    assert len(faults(whole)) == 3


# --- The agency's own ------------------------------------------------------------------------


@pytest.mark.skipif(REAL is None, reason="the agency's files are not beside the clone")
def test_the_first_course_in_care_is_read_as_it_is_published():
    (source,) = sources.in_path(REAL / "VÅR.json")

    course = read(source.read()).targets[0]

    assert [one.number for one in course.purposes] == [1, 2, 3, 5, 6, 7, 10]
    assert len(course.content) == 16
    assert course.content[1].text.startswith("Hygien, till exempel att förebygga smitta")
    assert [one.grade_step.value for one in course.criteria].count("E") == 9


@pytest.mark.skipif(
    shared("skolverket", "subject_v1_swagger.yaml") is None,
    reason="the agency's description is not beside the clone",
)
def test_the_example_in_the_agencys_own_description_is_read():
    yaml = pytest.importorskip("yaml")
    described = yaml.safe_load(shared("skolverket", "subject_v1_swagger.yaml").read_text())
    example = described["components"]["schemas"]["SubjectResponse"]["example"]

    text = read(json.dumps(example, default=str).encode())

    assert (text.code, text.owner, text.english_name) == ("MAT", "Skolverket", "Mathematics")
    assert len(text.targets) == 11
    assert {one.grade_step for one in text.targets[0].criteria} == set(GradeStep)
