"""How the county is covered by validators (stok.md S5)."""

from __future__ import annotations

from datetime import date

from kunnig.organisations.states import Role
from kunnig.people.states import Protection
from kunnig.training import queries
from kunnig.training.queries import Cover
from kunnig.training.states import Reach, Standing
from tests.factories import AssignmentFactory, QualificationFactory
from tests.people import NOON


def test_only_validators_with_a_full_qualification_that_holds_are_counted(
    county, ingrid, lars, karin, mirjam
):
    assert queries.coverage(NOON) == {county.norsjo.pk: Cover(qualified=1, due=0)}


def test_a_short_qualification_does_not_count(county, lars):
    QualificationFactory(person=lars, reach=Reach.SHORT)

    assert queries.coverage(NOON)[county.norsjo.pk] == Cover(qualified=0, due=0)


def test_one_who_is_due_still_counts(county, lars):
    QualificationFactory(person=lars, reach=Reach.FULL, ends_on=date(2026, 12, 24))

    assert queries.coverage(NOON)[county.norsjo.pk] == Cover(qualified=1, due=1)


def test_one_whose_next_period_begins_after_a_gap_counts_as_due(county, lars):
    QualificationFactory(person=lars, reach=Reach.FULL, ends_on=date(2026, 11, 30))
    QualificationFactory(person=lars, reach=Reach.FULL, starts_on=date(2027, 9, 1))

    assert queries.coverage(NOON)[county.norsjo.pk] == Cover(qualified=1, due=1)


def test_one_who_validates_in_two_places_counts_once_in_each(county, ingrid):
    for place in (county.norsjo_board, county.mala):
        AssignmentFactory(person=ingrid, organisation=place, role=Role.VALIDATOR)

    assert queries.coverage(NOON) == {
        county.norsjo.pk: Cover(qualified=1, due=0),
        county.mala.pk: Cover(qualified=1, due=0),
    }


def test_a_protected_validator_is_in_no_count(county, ingrid, lars):
    ingrid.protection = Protection.SECRECY_MARKING
    ingrid.save(update_fields=["protection"])

    assert queries.coverage(NOON)[county.norsjo.pk] == Cover(qualified=0, due=0)


def test_standings_are_told_of_many_at_once(ingrid, lars, per_ola, django_assert_num_queries):
    with django_assert_num_queries(1):
        held = queries.standings_of([ingrid.pk, lars.pk, per_ola.pk], NOON)

    assert [held[each.pk].standing for each in (ingrid, lars, per_ola)] == [
        Standing.QUALIFIED,
        Standing.LAPSED,
        Standing.NONE,
    ]
