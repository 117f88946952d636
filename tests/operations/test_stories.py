"""The people of the demo county: every stage is there, once, and as far as its story goes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import F

from kunnig.audit.queries import readings_about
from kunnig.cases import actions as case_actions
from kunnig.cases import queries as cases
from kunnig.cases.models import Case
from kunnig.cases.states import CaseState, Part, Path
from kunnig.credentials.models import Paper
from kunnig.mapping import actions as mapping
from kunnig.mapping import queries as mappings
from kunnig.mapping.actions import Given
from kunnig.mapping.models import Answer, Mapping
from kunnig.mapping.states import ApprovedHow, Basis, MappingKind, MappingState, Side
from kunnig.operations import county, stories
from kunnig.people.queries import known_as, who_sign_in
from tests.people import NOON

LANGUAGES = {"sv", "ar", "uk", "so", "ti", "prs", "fi", "en", "es"}


@pytest.fixture
def laid_out(db):
    county.lay_out(NOON, str)


def story(key):
    return next(each for each in stories.written() if each["key"] == key)


def tell(key, at=NOON):
    return stories.Teller(story(key), at).tell()


def of(key, kind=MappingKind.INITIAL):
    return Mapping.objects.get(case__operation=county.stable(f"{key}/case"), kind=kind)


def rows():
    return {model.__name__: model.objects.count() for model in apps.get_models()}


def test_people_of_every_stage_are_met_once_and_only_the_cast_signs_in(laid_out):
    told = stories.tell_all(NOON, str)
    before = rows()

    states = Counter(Case.objects.values_list("state", flat=True))
    open_versions = Counter(Mapping.objects.values_list("kind", "state"))
    paths = set(cases.latest_paths(Case.objects.values_list("pk", flat=True)).values())
    papers = Counter(Paper.objects.values_list("case__person__name", flat=True))

    assert told == len(stories.written()) == Case.objects.count()
    assert set(states) == set(CaseState)
    assert {(MappingKind.INITIAL, state) for state in MappingState} - set(open_versions) == {
        (MappingKind.INITIAL, MappingState.SUPERSEDED)
    }
    assert paths == {
        Path.VALIDATION,
        Path.GUIDANCE_ONLY,
        Path.AWAITING_ADMISSION,
        Path.EXAMINATION,
    }
    assert papers == {"Oksana Marchenko": 2, "Amina Haddad": 1}
    assert set(Case.objects.values_list("language", flat=True)) == LANGUAGES
    assert Case.objects.filter(is_practice=True).count() == 1
    assert Case.objects.filter(responsible=None, registered_by=F("person")).count() == 1
    assert _who_have_no_role() == ["amina", "goran", "rania"]
    assert stories.tell_all(NOON + timedelta(days=9), str) == 0
    assert rows() == before


def _who_have_no_role():
    people = who_sign_in().order_by("username")
    return [person.username for person in people if not person.assignments.all()]


def test_everything_was_done_before_now_by_who_might_do_it_then(laid_out):
    tell("oksana")
    tell("elias")

    answers = Answer.objects.select_related("qualification", "mapping__case", "by")
    by_staff = [each for each in answers if each.by_id != each.mapping.case.person_id]

    assert {each.by.username for each in by_staff} == {"ingrid", "tomas", "lars"}
    assert all(each.at < NOON for each in answers)
    assert all(each.qualification.holds_on(each.at.date()) for each in by_staff)


def test_the_case_of_the_protected_is_open_to_its_validator_alone(laid_out):
    tell("rania")
    tell("goran")

    case = Case.objects.get(person__username="rania")

    assert case.person.is_protected
    assert _who_open(case) == ["ingrid"]
    assert _who_open(Case.objects.get(person__username="goran")) == ["eva", "karin", "lotta"]


def _who_open(case):
    people = who_sign_in().order_by("username")
    return [person.username for person in people if case in cases.visible_to(person, NOON)]


def test_amina_is_half_way_and_what_she_wrote_alone_waits_for_swedish(laid_out):
    tell("amina")
    draft = of("amina", MappingKind.IN_DEPTH)
    overview = mappings.overview_of(draft, language="sv")
    amina, mirjam = known_as("amina"), known_as("mirjam")

    codes = {
        basis: [row.question.code for row in overview.with_basis(basis)] for basis in (*Basis, None)
    }
    assert codes == {
        Basis.ASSESSABLE: ["A1", "A2", "B1", "C1"],
        Basis.TEST_NEEDED: ["A3", "B2"],
        Basis.NO_BASIS: ["C4"],
        None: ["B3", "C2", "C3"],
    }
    assert [row.question.code for row in overview.rows if row.lacks_rendering] == ["B3", "C2"]
    assert of("amina").approved_how == ApprovedHow.OWN_DEVICE
    assert cases.is_let_in(mirjam, draft.case, NOON, Part.IN_DEPTH)
    assert {reading.actor for reading in readings_about(amina)[0]} == {str(known_as("ingrid").pk)}


def test_a_story_that_was_interrupted_goes_on_where_it_stopped(laid_out, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(stories.Teller, "approve", _pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            tell("farzana")
    assert of("farzana").standing is MappingState.SHARED

    tell("farzana")

    assert of("farzana").approved_how == ApprovedHow.AT_THE_TABLE


def _pull_the_plug(*_args):
    raise KeyboardInterrupt


def test_what_a_visitor_changed_is_left(laid_out):
    tell("farzana")
    ingrid = known_as("ingrid")
    change = Given(
        operation=county.stable("a visitor"),
        author=ingrid.pk,
        path="next/alternatives",
        side=Side.NOTE,
        base=1,
        text="Ett eget företag",
        language="sv",
    )
    mapping.answer(mapping_id=of("farzana").pk, given=[change], by=ingrid, at=NOON)
    case_actions.close(case_id=of("farzana").case_id, reason="Flyttat", by=ingrid, at=NOON)

    assert tell("farzana", NOON + timedelta(days=1)) == 0

    assert of("farzana").standing is MappingState.SHARED
    assert of("farzana").case.standing is CaseState.CLOSED


def test_no_word_that_is_told_of_is_lost(laid_out):
    tell("olena")
    sheet = mappings.sheet_of(of("olena"))

    written = str(story("olena")["initial"])
    assert all(current.text in written.replace("\\'", "'") for current in sheet.said.values())
    assert len(list(mappings.gaps_of(sheet))) == 5
