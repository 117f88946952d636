from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kunnig.standards.models import Syllabus
from tests.standards.test_syllabus_service import an_agency
from tests.syllabuses import OWN

pytestmark = pytest.mark.django_db

EXAMPLES = str(OWN / "examples")


def run(*words):
    """Run the command, and return what it says and what it says aside."""
    said, aside = StringIO(), StringIO()
    try:
        call_command("import", *words, stdout=said, stderr=aside, no_color=True)
    except CommandError as refusal:
        aside.write(f"{refusal}\n")
    return said.getvalue().splitlines(), aside.getvalue().splitlines()


def test_a_folder_is_taken_in_and_told_of():
    said, aside = run("syllabuses", EXAMPLES)

    read, *rest = said
    assert read == (
        "Read 3 subjects with 6 courses or levels, 27 points of content "
        "and 37 criteria (E 11, D 2, C 11, B 2, A 11)."
    )
    assert rest == [
        "2 new, 1 changed, 0 unchanged, 0 faulty.",
        "Question sets: 0 written, 6 generated.",
        "Changed: EXT Exempel: textilvård: version 2.",
    ]
    assert aside == ["3/3 EXU.json"]


def test_a_second_run_says_that_all_is_unchanged():
    run("syllabuses", EXAMPLES)

    said, _ = run("syllabuses", EXAMPLES)

    assert said[1] == "0 new, 0 changed, 3 unchanged, 0 faulty."


def test_one_file_is_taken_in():
    said, _ = run("syllabuses", f"{EXAMPLES}/EXU.json")

    assert said[1] == "1 new, 0 changed, 0 unchanged, 0 faulty."


def test_a_dry_run_writes_nothing_and_says_so():
    said, _ = run("syllabuses", EXAMPLES, "--dry-run")

    assert said[-1] == "Nothing was written: this was a dry run."
    assert Syllabus.objects.count() == 0


def test_faults_are_told_by_file_and_place_and_the_run_fails(tmp_path):
    whole = json.loads((OWN / "examples" / "EXU.json").read_bytes())
    whole["subject"]["courses"][0]["centralContent"] = {"text": "<p>Inget</p>"}
    (tmp_path / "BAD.json").write_text(json.dumps(whole))
    (tmp_path / "GOOD.json").write_bytes((OWN / "examples" / "EXT-1.json").read_bytes())

    said, aside = run("syllabuses", str(tmp_path))

    assert said[1] == "1 new, 0 changed, 0 unchanged, 1 faulty."
    assert aside == [
        "2/2 GOOD.json",
        "fault: BAD.json: courses[0].centralContent: no list of points",
        "1 not taken in.",
    ]


def test_the_standard_for_practice_comes_with_the_house():
    said, _ = run("practice")

    assert said[1] == "1 new, 0 changed, 0 unchanged, 0 faulty."
    assert said[2] == "Question sets: 1 written, 0 generated."


def test_subjects_are_fetched_from_the_agency_by_their_codes(settings):
    with an_agency() as address:
        settings.SYLLABUS_API = address
        said, aside = run("syllabuses", "--fetch", "EXU", "NIX", "ÖVN")

    assert said[1] == "2 new, 0 changed, 0 unchanged, 1 faulty."
    assert aside[-2] == (
        f"fault: NIX: {address}/v1/subjects/NIX: answered 404: "
        "Anrop av API ReadSubject ger tomt svar: NIX"
    )
    assert set(Syllabus.objects.values_list("source", flat=True)) == {
        f"{address}/v1/subjects/EXU",
        f"{address}/v1/subjects/%C3%96VN",
    }


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["syllabuses"], "Give a file, a folder, or --fetch with codes of subjects."),
        (["syllabuses", "/nowhere.json"], "/nowhere.json: no such file or folder"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_at_once(words, refusal):
    assert run(*words) == ([], [refusal])


def test_a_folder_without_files_is_refused(tmp_path):
    assert run("syllabuses", str(tmp_path)) == (
        [],
        [f"{tmp_path}: no .json files in this folder"],
    )


@pytest.mark.parametrize("words", [["nonsense"], []])
def test_a_kind_that_nobody_knows_is_refused(words):
    _, aside = run(*words)

    assert "Error" in aside[0]
