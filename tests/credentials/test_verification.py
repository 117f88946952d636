"""What somebody who has a code is told, and what the person sees of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.audit import queries as audit
from kunnig.audit.models import OUTSIDER, Entry, label_of
from kunnig.credentials import actions
from kunnig.credentials.actions import AskedTooOftenError
from kunnig.credentials.models import VerificationAttempt
from kunnig.credentials.queries.papers import UNKNOWN, Verification
from kunnig.credentials.states import PaperKind, Standing
from kunnig.kernel import numbers
from kunnig.people.states import Protection
from tests.factories import NOON, TODAY, CaseFactory, MappingFactory, PaperFactory, newer_version

ADDRESS = "192.0.2.17"


@pytest.fixture
def paper(amina):
    return PaperFactory(mapping__case=CaseFactory(person=amina))


def asked(code, *, address=ADDRESS, at=NOON, by=None):
    return actions.verify(code=code, address=address, at=at, by=by)


def test_a_paper_in_force_is_unchanged_and_shows_no_name(paper):
    assert asked(paper.code) == Verification(
        standing=Standing.UNCHANGED,
        kind=PaperKind.INITIAL,
        issued_on=TODAY,
        issuer="Utbildningsnämnden, Norsjö kommun",
        name="",
    )


def test_the_name_is_shown_when_the_person_chose_so(paper, amina):
    actions.choose(paper_id=paper.pk, shows_name=True, by=amina, at=NOON)

    assert asked(paper.code).name == "Amina Haddad"


def test_a_code_is_known_however_it_is_typed(paper):
    assert asked(f" {paper.code_shown.lower()} ").standing is Standing.UNCHANGED


def test_a_paper_with_a_successor_is_replaced_and_the_successor_is_not(paper):
    newer = PaperFactory(
        mapping=MappingFactory(
            case=CaseFactory(person=paper.case.person), locked=True, locked_at=NOON
        )
    )
    type(paper).objects.filter(pk=paper.pk).update(successor=newer)

    assert asked(paper.code).standing is Standing.REPLACED
    assert asked(newer.code).standing is Standing.UNCHANGED


def test_a_newer_locked_mapping_replaces_a_paper_that_nobody_has_made_anew(paper):
    newer_version(paper.mapping)

    assert asked(paper.code).standing is Standing.REPLACED


def test_a_newer_version_under_way_replaces_nothing(paper):
    MappingFactory(case=paper.case, version=2, approved=True)

    assert asked(paper.code).standing is Standing.UNCHANGED


def test_a_mapping_of_the_other_kind_replaces_nothing(paper):
    MappingFactory(case=paper.case, version=2, kind="in_depth", locked=True)

    assert asked(paper.code).standing is Standing.UNCHANGED


@pytest.mark.parametrize("code", ["", "KQ7X", "KQ7XMNPDRGH2SBTW9ZCV", "x" * 20, "☃" * 20])
def test_another_code_is_unknown(paper, code):
    assert asked(code) == UNKNOWN


def test_the_number_alone_tells_nothing(paper):
    assert asked(paper.number) == UNKNOWN


@pytest.mark.parametrize("level", [level for level in Protection if level is not Protection.NONE])
def test_a_protected_persons_paper_answers_like_an_unknown_one(
    paper, amina, level, django_assert_num_queries
):
    amina.protection = level
    amina.save()

    with django_assert_num_queries(6):  # a transaction's two, forget, count, note, look
        assert asked(numbers.unguessable()) == UNKNOWN
    with django_assert_num_queries(6):
        assert asked(paper.code) == UNKNOWN
    assert not Entry.objects.exists()


def test_the_person_sees_that_somebody_asked(paper, amina):
    asked(paper.code)

    (reading,), _ = audit.readings_about(amina)
    assert (reading.actor, reading.verb, reading.file) == (
        OUTSIDER,
        "paper.verified",
        label_of(paper.case),
    )


def test_staff_who_ask_stand_there_as_themselves_and_a_neighbour_does_not(
    paper, amina, petra, goran
):
    asked(paper.code, by=petra)
    asked(paper.code, by=goran)

    readings, _ = audit.readings_about(amina)
    assert {(each.actor, each.verb) for each in readings} == {
        (str(petra.pk), "paper.verified"),
        (OUTSIDER, "paper.verified"),
    }


def test_ones_own_question_leaves_no_line(paper, amina):
    asked(paper.code, by=amina)

    assert not Entry.objects.exists()


def test_a_question_about_an_unknown_code_leaves_no_line(paper):
    asked(numbers.unguessable())

    assert not Entry.objects.exists()


def ask_often(times, **question):
    for _ in range(times):
        asked(numbers.unguessable(), **question)


def test_who_asks_without_end_is_told_to_wait(paper):
    ask_often(actions.MOST_ATTEMPTS)

    with pytest.raises(AskedTooOftenError, match="Wait ten minutes"):
        asked(paper.code)
    assert asked(paper.code, address="192.0.2.18").standing is Standing.UNCHANGED


def test_right_codes_wear_out_nothing(paper):
    for _ in range(actions.MOST_ATTEMPTS + 1):
        assert asked(paper.code).standing is Standing.UNCHANGED
    assert not VerificationAttempt.objects.exists()


def test_being_told_to_wait_does_not_make_the_wait_longer(db):
    ask_often(actions.MOST_ATTEMPTS)

    with pytest.raises(AskedTooOftenError):
        asked("x", at=NOON + timedelta(minutes=9))
    assert asked("x", at=NOON + timedelta(minutes=10, seconds=1)) == UNKNOWN


def test_what_is_old_is_forgotten(db):
    ask_often(3)
    asked("x", at=NOON + timedelta(hours=1))

    assert VerificationAttempt.objects.count() == 1


def test_the_address_is_kept_only_as_a_hash_of_the_day(db):
    asked("x")
    asked("x", at=NOON + timedelta(minutes=5))
    asked("x", at=NOON + timedelta(hours=12, minutes=1))

    (tomorrow,) = VerificationAttempt.objects.all()
    asked("x", at=NOON)
    today = VerificationAttempt.objects.exclude(pk=tomorrow.pk).get()
    assert ADDRESS not in tomorrow.address_hash
    assert today.address_hash != tomorrow.address_hash
