"""The qualification to map: who grants it, how far it reaches, when it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.organisations.states import Role
from kunnig.training import actions, queries
from kunnig.training.models import Qualification
from kunnig.training.states import Reach, Standing
from tests.factories import AssignmentFactory, PersonFactory, QualificationFactory
from tests.people import NOON, TODAY


def grant(person, by, **also):
    return actions.grant(
        person_id=person.pk,
        by=by,
        at=NOON,
        **{
            "reach": Reach.FULL,
            "ground": "Basic training, autumn 2026",
            "starts_on": TODAY,
            "ends_on": date(2028, 11, 24),
        }
        | also,
    )


def end(qualification, by, because="Works elsewhere now"):
    return actions.end(qualification_id=qualification.pk, because=because, by=by, at=NOON)


# --- Granting ------------------------------------------------------------------------------------


def test_the_regions_coordinator_grants_it_on_a_ground_for_a_period(lars, maj):
    qualification = grant(lars, maj)

    assert queries.qualification_for(lars, NOON, in_depth=False) == qualification
    assert (qualification.granted_by, qualification.granted_at, qualification.ground) == (
        maj,
        NOON,
        "Basic training, autumn 2026",
    )
    assert [(line.verb, line.about, line.actor) for line in Entry.objects.all()] == [
        ("qualification.granted", str(lars.pk), str(maj.pk))
    ]


@pytest.mark.parametrize("who", ["lotta", "asta", "eva", "ingrid", "lars"])
def test_nobody_else_grants_it(request, lars, who):
    with pytest.raises(Refused, match="Only the region's coordinator"):
        grant(lars, request.getfixturevalue(who))


def test_nobody_grants_it_to_themselves(maj):
    with pytest.raises(Refused, match="to themselves"):
        grant(maj, maj)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "before the first"),
        ({"ends_on": date(2126, 11, 24)}, "at most 5 years"),
        ({"ground": "  "}, "Write why"),
        ({"ground": "x" * 301}, "at most 300"),
    ],
)
def test_a_period_and_a_ground_are_asked_for(lars, maj, wrong, why):
    with pytest.raises(Refused, match=why):
        grant(lars, maj, **wrong)


def test_sending_the_form_twice_grants_it_once(lars, maj):
    assert grant(lars, maj) == grant(lars, maj)
    assert Entry.objects.count() == 1


# --- Ending --------------------------------------------------------------------------------------


def test_it_is_ended_early_with_a_reason_and_traced(ingrid, maj):
    qualification = ingrid.qualifications.get()

    end(qualification, maj)

    qualification.refresh_from_db()
    assert (qualification.ended_by, qualification.ended_at, qualification.ended_because) == (
        maj,
        NOON,
        "Works elsewhere now",
    )
    assert queries.qualification_for(ingrid, NOON, in_depth=False) is None
    assert [line.verb for line in Entry.objects.all()] == ["qualification.ended"]


def test_it_is_ended_once(ingrid, maj):
    qualification = ingrid.qualifications.get()
    end(qualification, maj)

    with pytest.raises(Refused, match="already been ended"):
        end(qualification, maj)


def test_ending_needs_a_reason_and_the_right_person(ingrid, maj, lotta):
    with pytest.raises(Refused, match="Write why"):
        end(ingrid.qualifications.get(), maj, because=" ")
    with pytest.raises(Refused, match="Only the region's coordinator"):
        end(ingrid.qualifications.get(), lotta)


# --- Reaching ------------------------------------------------------------------------------------


def test_the_full_one_serves_both_kinds_of_mapping_and_the_short_part_one(
    ingrid, mirjam, django_assert_num_queries
):
    full, short = ingrid.qualifications.get(), mirjam.qualifications.get()

    with django_assert_num_queries(4):
        found = [
            queries.qualification_for(who, NOON, in_depth=in_depth)
            for who in (ingrid, mirjam)
            for in_depth in (False, True)
        ]

    assert found == [full, full, None, short]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 1), True),
        (date(2027, 12, 31), True),
        (date(2025, 12, 31), False),
        (date(2028, 1, 1), False),
    ],
)
def test_both_ends_of_the_period_count(db, day, holds):
    person = QualificationFactory().person

    at = NOON.replace(*day.timetuple()[:3])
    held = queries.qualification_for(person, at, in_depth=False)

    assert (held is not None) is holds


def test_of_several_the_one_that_runs_longest_is_named(ingrid):
    longest = QualificationFactory(person=ingrid, ends_on=date(2029, 1, 1))

    assert queries.qualification_for(ingrid, NOON, in_depth=True) == longest
    assert queries.qualifications_of(ingrid).first() == longest


# --- Standing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "standing"),
    [
        ("ingrid", Standing.QUALIFIED),
        ("mirjam", Standing.QUALIFIED),
        ("lars", Standing.LAPSED),
        ("per_ola", Standing.NONE),
    ],
)
def test_everybody_stands_somewhere(request, who, standing):
    assert queries.standing_of(request.getfixturevalue(who), NOON) is standing


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (61, Standing.QUALIFIED),
        (60, Standing.DUE),
        (0, Standing.DUE),
        (-1, Standing.LAPSED),
    ],
)
def test_renewal_is_due_sixty_days_ahead(db, days, standing):
    person = QualificationFactory(ends_on=TODAY + timedelta(days=days)).person

    assert queries.standing_of(person, NOON) is standing


def test_who_is_granted_the_next_period_is_renewed(db):
    person = QualificationFactory(ends_on=TODAY + timedelta(days=5)).person
    QualificationFactory(
        person=person, starts_on=TODAY + timedelta(days=6), ends_on=date(2028, 1, 1)
    )

    assert queries.standing_of(person, NOON) is Standing.QUALIFIED


def test_who_is_granted_it_anew_after_a_gap_is_due(ingrid, maj):
    ingrid.qualifications.update(ends_on=date(2026, 11, 30))
    QualificationFactory(person=ingrid, starts_on=date(2027, 9, 1), ends_on=date(2029, 8, 31))

    (row,), _ = queries.learners(maj, NOON)

    assert (row.standing, row.ends_on) == (Standing.DUE, date(2026, 11, 30))


def test_a_gap_is_told_even_between_periods_that_are_far_off(ingrid, maj):
    ends_on = ingrid.qualifications.get().ends_on
    QualificationFactory(
        person=ingrid, starts_on=ends_on + timedelta(days=2), ends_on=date(2030, 12, 31)
    )

    (row,), _ = queries.learners(maj, NOON)

    assert (row.standing, row.ends_on) == (Standing.QUALIFIED, ends_on)


def test_the_full_one_goes_on_where_the_short_one_ends(db):
    person = QualificationFactory(reach=Reach.SHORT, ends_on=TODAY).person
    QualificationFactory(person=person, reach=Reach.FULL, starts_on=TODAY + timedelta(days=1))

    assert queries.standing_of(person, NOON) is Standing.QUALIFIED


def test_the_short_one_does_not_go_on_where_the_full_one_ends(db):
    person = QualificationFactory(reach=Reach.FULL, ends_on=TODAY).person
    QualificationFactory(person=person, reach=Reach.SHORT, starts_on=TODAY + timedelta(days=1))

    assert queries.standing_of(person, NOON) is Standing.DUE


def test_who_is_granted_it_from_a_later_day_is_not_qualified_yet(db):
    person = QualificationFactory(starts_on=TODAY + timedelta(days=1)).person

    assert queries.standing_of(person, NOON) is Standing.NONE


# --- The region's list ---------------------------------------------------------------------------


def test_the_region_lists_everybody_who_maps_by_name(
    karin, ingrid, lars, mirjam, tomas, per_ola, eva, lotta, maj, asta
):
    rows, more = queries.learners(maj, NOON)

    assert [(row.name, row.standing, row.reach, row.ends_on) for row in rows] == [
        ("Ingrid Sandström", Standing.QUALIFIED, Reach.FULL, date(2027, 12, 31)),
        ("Karin Lundmark", Standing.QUALIFIED, Reach.FULL, date(2027, 12, 31)),
        ("Lars Burman", Standing.LAPSED, Reach.FULL, date(2026, 10, 31)),
        ("Mirjam Okafor", Standing.QUALIFIED, Reach.SHORT, date(2027, 12, 31)),
        ("Per-Ola Nyström", Standing.NONE, None, None),
        ("Tomas Lindgren", Standing.QUALIFIED, Reach.SHORT, date(2027, 12, 31)),
    ]
    assert rows[0].tasks == (queries.Task(Role.VALIDATOR, "Vuxenutbildningen, Norsjö kommun"),)
    assert not more


def test_an_ended_qualification_shows_the_day_it_ended(ingrid, maj):
    end(ingrid.qualifications.get(), maj)

    (row,), _ = queries.learners(maj, NOON)

    assert (row.standing, row.ends_on) == (Standing.LAPSED, TODAY)


def test_one_person_with_two_tasks_is_one_line(ingrid, county, maj):
    AssignmentFactory(person=ingrid, organisation=county.mala_unit, role=Role.COUNSELLOR)

    (row,), _ = queries.learners(maj, NOON)

    assert row.tasks == (
        queries.Task(Role.COUNSELLOR, "Vuxenutbildningen, Malå kommun"),
        queries.Task(Role.VALIDATOR, "Vuxenutbildningen, Norsjö kommun"),
    )


@pytest.mark.parametrize("who", ["lotta", "asta", "eva", "ingrid"])
def test_nobody_but_the_region_sees_the_list(request, karin, who):
    assert queries.learners(request.getfixturevalue(who), NOON) == ([], False)


def test_the_list_is_searched_by_any_part_of_the_name(ingrid, lars, maj):
    rows, _ = queries.learners(maj, NOON, words="SANDSTRÖM i")

    assert [row.name for row in rows] == ["Ingrid Sandström"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(county, maj, how_many, django_assert_num_queries):
    for _ in range(how_many):
        person = AssignmentFactory(organisation=county.norsjo_unit).person
        QualificationFactory(person=person)
    maj = type(maj).objects.prefetch_related("assignments__organisation").get(pk=maj.pk)

    with django_assert_num_queries(2):
        rows, _ = queries.learners(maj, NOON)

    assert len(rows) == how_many


def test_a_long_list_goes_on_to_another_page(county, maj):
    AssignmentFactory.create_batch(queries.PAGE_LENGTH + 2, organisation=county.norsjo_unit)

    first, more = queries.learners(maj, NOON)
    second, no_more = queries.learners(maj, NOON, page=2)

    assert (len(first), more, len(second), no_more) == (queries.PAGE_LENGTH, True, 2, False)


# --- What the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"reach": "half"},
        {"ground": ""},
        {"ends_on": date(2025, 12, 31)},
        {"ended_at": NOON},
        {"ended_because": "Moved"},
    ],
)
def test_the_database_refuses_a_qualification_that_does_not_hold_together(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        QualificationFactory(**wrong)


def test_the_database_refuses_one_granted_to_oneself(db):
    person = PersonFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        QualificationFactory(person=person, granted_by=person)


def test_the_database_refuses_an_ending_without_a_reason(db, maj):
    qualification = QualificationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.filter(pk=qualification.pk).update(ended_by=maj, ended_at=NOON)
