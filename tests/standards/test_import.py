from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from kunnig.standards.actions.syllabuses import Outcome, import_syllabuses, load_own_standards
from kunnig.standards.formats import sources
from kunnig.standards.formats.sources import Source
from kunnig.standards.models import Criterion, Point, QuestionSet, Syllabus, Target
from kunnig.standards.states import LeadsTo, Mandate, Origin, TargetKind
from tests.factories import NOON
from tests.syllabuses import REAL, found, taken_in

pytestmark = pytest.mark.django_db

COURSES, LEVELS, LEVELS_2, PRACTICE = (
    "examples/EXU.json",
    "examples/EXT-1.json",
    "examples/EXT-2.json",
    "practice/OVN.json",
)


def changed(file, change):
    """Return one of our own files as a source, its subject changed by `change`."""
    whole = json.loads(found(file).read())
    change(whole["subject"])
    return replace(found(file), read=json.dumps(whole).encode)


def rename(subject):
    subject["name"] = "Exempel: gröna gårdar"


def test_a_subject_comes_in_whole():
    report = taken_in(COURSES)

    syllabus = Syllabus.objects.get()
    first = syllabus.targets.get(code="EXUEXU01")
    assert report.outcomes == Counter({Outcome.NEW: 1})
    assert (report.subjects, report.targets, report.points) == (1, 2, 11)
    assert report.criteria == Counter("EEEECCCCAAAA" + "EEECCCAAA")
    assert (syllabus.version, syllabus.imported_at, syllabus.source) == (
        1,
        NOON,
        "kunnig/examples/EXU.json",
    )
    assert (first.kind, first.points, first.content.count()) == (TargetKind.COURSE, 100, 6)
    assert [(one.purpose.number, one.is_emphasised) for one in first.covered_purposes.all()] == [
        (1, False),
        (2, True),
        (3, False),
        (5, False),
    ]
    assert first.criteria.filter(text__contains="<strong>några</strong>").count() == 1
    assert {form.code for form in syllabus.school_forms.all()} == {"GY", "VUXGY"}


def test_the_criteria_of_a_subject_with_levels_hang_on_the_subject():
    taken_in(LEVELS)

    assert Criterion.objects.filter(target__isnull=False).count() == 0
    assert Syllabus.objects.get().criteria.count() == 8
    assert [target.kind for target in Target.objects.all()] == [TargetKind.LEVEL] * 2


def test_what_a_target_may_lead_to_follows_from_who_stands_behind_it():
    taken_in(COURSES, PRACTICE)

    assert set(Target.objects.values_list("syllabus__mandate", "leads_to")) == {
        (Mandate.EXAMPLE, LeadsTo.INTYG),
        (Mandate.OWN, LeadsTo.NOTHING),
    }


def test_a_second_run_finds_all_unchanged():
    taken_in(COURSES, LEVELS, PRACTICE)
    before = Point.objects.count()

    report = taken_in(COURSES, LEVELS, PRACTICE)

    assert report.outcomes == Counter({Outcome.UNCHANGED: 3})
    assert (report.written_sets, report.generated_sets) == (0, 0)
    assert Point.objects.count() == before


def test_a_changed_text_makes_a_new_version_beside_the_old():
    taken_in(LEVELS)
    old = set(Point.objects.values_list("pk", "text"))

    report = taken_in(LEVELS_2)

    assert report.outcomes == Counter({Outcome.CHANGED: 1})
    assert report.changed == ["EXT Exempel: textilvård: version 2"]
    assert set(Syllabus.objects.values_list("code", "version")) == {("EXT", 1), ("EXT", 2)}
    assert old < set(Point.objects.values_list("pk", "text"))
    assert Point.objects.filter(text__contains="skadar miljön").count() == 1


def test_a_text_that_a_newer_one_has_replaced_is_known_again():
    taken_in(LEVELS, LEVELS_2)

    report = taken_in(LEVELS)

    assert report.outcomes == Counter({Outcome.UNCHANGED: 1})
    assert report.remarks == ["EXT-1.json: is version 1 of EXT; version 2 has replaced it"]


def test_a_new_layout_of_the_same_file_is_no_change():
    taken_in(COURSES)

    report = import_syllabuses(
        [changed(COURSES, lambda subject: subject.update(version=7))], at=NOON
    )

    assert report.outcomes == Counter({Outcome.UNCHANGED: 1})


def test_a_dry_run_tells_the_same_and_writes_nothing():
    taken_in(LEVELS)
    everything = [found(LEVELS), found(LEVELS_2), found(COURSES)]

    report = import_syllabuses(everything, at=NOON, is_dry_run=True)

    assert report.outcomes == Counter({Outcome.UNCHANGED: 1, Outcome.CHANGED: 1, Outcome.NEW: 1})
    assert Syllabus.objects.count() == 1


def test_a_faulty_subject_is_left_out_and_the_others_come_in():
    broken = changed(LEVELS, lambda subject: subject["courses"][1].pop("centralContent"))

    report = import_syllabuses([broken, found(COURSES)], at=NOON)

    assert report.faults == ["EXT-1.json: courses[1].centralContent: no list of points"]
    assert report.outcomes == Counter({Outcome.FAULTY: 1, Outcome.NEW: 1})
    assert report.subjects == 1
    assert [syllabus.code for syllabus in Syllabus.objects.all()] == ["EXU"]


def test_of_two_imports_at_once_one_comes_in_and_the_other_is_told():
    def read_late():
        taken_in(COURSES)
        return found(COURSES).read()

    report = import_syllabuses([Source("EXU.json", "late", read_late), found(LEVELS)], at=NOON)

    assert report.faults == [
        "EXU.json: another import has just taken in this subject; run this one again"
    ]
    assert report.outcomes == Counter({Outcome.FAULTY: 1, Outcome.NEW: 1})
    assert Target.objects.filter(code="EXUEXU01").count() == 1


def test_progress_is_told_for_every_source():
    told = []

    import_syllabuses(
        [found(COURSES), found(LEVELS)],
        at=NOON,
        progress=lambda number, name: told.append((number, name)),
    )

    assert told == [(1, "EXU.json"), (2, "EXT-1.json")]


def test_our_own_standards_are_loaded_once():
    first = load_own_standards(at=NOON)
    second = load_own_standards(at=NOON)

    assert (first.outcomes[Outcome.NEW], first.outcomes[Outcome.CHANGED]) == (3, 1)
    assert second.outcomes == Counter({Outcome.UNCHANGED: 4})
    assert QuestionSet.objects.filter(origin=Origin.WRITTEN).count() == 1


def test_a_changed_name_is_found_by_its_new_words():
    import_syllabuses([changed(COURSES, rename)], at=NOON)

    assert Target.objects.filter(search_key__contains="gr}na g{rdar").count() == 2


@pytest.mark.skipif(REAL is None, reason="the agency's files are not beside the clone")
def test_all_that_the_agency_has_published_comes_in():
    report = import_syllabuses(sources.in_path(REAL), at=NOON)

    assert report.faults == []
    assert report.outcomes == Counter({Outcome.NEW: 316})
    assert (report.targets, report.points) == (1_032, 11_858)
    assert report.criteria == Counter(E=12_223, C=12_382, A=12_597)
    assert (report.written_sets, report.generated_sets) == (10, 1_022)
    assert (Target.objects.count(), Point.objects.count(), Criterion.objects.count()) == (
        1_032,
        11_858,
        37_202,
    )
