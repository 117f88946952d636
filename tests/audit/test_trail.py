"""The trail: what is noted, what a person may read of it, and that nothing of it is changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kunnig.audit import actions, queries
from kunnig.audit.models import Entry, label_of
from kunnig.people import queries as people
from tests.factories import CaseFactory
from tests.people import NOON


@pytest.fixture
def case(amina):
    return CaseFactory(person=amina)


def read(case, by, at=NOON):
    return actions.record_reading(of=case, about=case.person, by=by, at=at, file=case)


def test_a_reading_is_noted_of_the_person_and_the_case(case, ingrid):
    line = read(case, ingrid)

    assert (line.verb, line.target, line.file, line.about, line.actor, line.is_reading) == (
        "case.read",
        f"cases.case:{case.pk}",
        f"cases.case:{case.pk}",
        str(case.person.pk),
        str(ingrid.pk),
        True,
    )


def test_ones_own_reading_is_not_noted(case, amina):
    assert read(case, amina) is None
    assert not Entry.objects.exists()


def test_what_happens_without_a_person_or_a_case_is_noted_too(county, asta):
    line = actions.record(verb="organisation.made", target=county.norsjo, by=asta, at=NOON)

    assert (line.about, line.file, line.is_reading) == ("", "", False)


def test_a_person_reads_who_opened_what_folded_by_hour(case, ingrid, karin):
    for minutes in (0, 5, 59):
        read(case, ingrid, NOON + timedelta(minutes=minutes))
    read(case, ingrid, NOON + timedelta(minutes=60))
    read(case, karin, NOON + timedelta(minutes=30))

    rows, more = queries.readings_about(case.person)

    one = NOON + timedelta(hours=1)
    assert [(row.hour, row.actor, row.verb, row.file, row.times) for row in rows] == [
        (one, str(ingrid.pk), "case.read", label_of(case), 1),
        (NOON, str(ingrid.pk), "case.read", label_of(case), 3),
        (NOON, str(karin.pk), "case.read", label_of(case), 1),
    ]
    assert not more


def test_readings_about_others_and_changes_are_not_among_them(case, goran, ingrid):
    read(CaseFactory(person=goran), ingrid)
    actions.record(verb="case.changed", target=case, about=case.person, by=ingrid, at=NOON)

    assert queries.readings_about(case.person) == ([], False)


def test_the_history_of_a_case_tells_what_happened_latest_first(case, ingrid, karin):
    later = NOON + timedelta(minutes=5)
    actions.record(
        verb="case.registered", target=case, about=case.person, file=case, by=ingrid, at=NOON
    )
    actions.record(
        verb="case.changed", target=case, about=case.person, file=case, by=karin, at=later
    )
    read(case, karin, later)

    rows, more = queries.history_of(case)

    assert [(row.at, row.actor, row.verb, row.target) for row in rows] == [
        (later, str(karin.pk), "case.changed", label_of(case)),
        (NOON, str(ingrid.pk), "case.registered", label_of(case)),
    ]
    assert not more
    with_readings, _ = queries.history_of(case, with_readings=True)
    assert [row.is_reading for row in with_readings] == [True, False, False]


def test_the_history_of_another_case_is_not_among_it(case, goran, ingrid):
    other = CaseFactory(person=goran)
    actions.record(verb="case.changed", target=other, about=goran, file=other, by=ingrid, at=NOON)

    assert queries.history_of(case) == ([], False)


def test_who_is_protected_has_no_name_in_what_others_read(case, ingrid, karin):
    ingrid.protection = "secrecy_marking"
    ingrid.save()
    read(case, ingrid)
    read(case, karin)

    rows, _ = queries.readings_about(case.person)
    names = people.names_of(row.actor for row in rows)

    assert {names.get(row.actor) for row in rows} == {None, "Karin Lundmark"}


@pytest.mark.parametrize("how_many", [1, 3])
def test_history_and_readings_cost_one_question_each(
    case, ingrid, how_many, django_assert_num_queries
):
    for hours in range(how_many):
        read(case, ingrid, NOON + timedelta(hours=hours))

    with django_assert_num_queries(2):
        readings, _ = queries.readings_about(case.person)
        history, _ = queries.history_of(case, with_readings=True)

    assert (len(readings), len(history)) == (how_many, how_many)


def test_a_long_history_goes_on_to_another_page(case, ingrid):
    for minutes in range(queries.PAGE_LENGTH + 1):
        read(case, ingrid, NOON + timedelta(hours=minutes))

    assert [len(queries.readings_about(case.person, page=page)[0]) for page in (1, 2)] == [50, 1]
    assert queries.readings_about(case.person)[1]
    assert not queries.history_of(case, page=2, with_readings=True)[1]


def test_the_database_lets_nobody_change_a_line(case, ingrid):
    line = read(case, ingrid)
    line.actor = str(case.person.pk)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        line.save()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.update(actor="nobody")
