"""What the database refuses whatever road a row takes, also past every action."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kunnig.cases.models import Adaptation, Closing, PathDecision
from kunnig.cases.states import CaseState, Part, Path
from tests.factories import AccessFactory, CaseFactory, PersonFactory
from tests.people import NOON, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def refused(constraint):
    """Expect the database to name the rule that a row breaks."""
    return pytest.raises(IntegrityError, match=constraint)


def change(row, **columns):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**columns)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "lost"}, "case_state_is_known"),
        ({"origin": "somewhere"}, "case_origin_is_known"),
        ({"home_ground": "guessed"}, "case_home_ground_is_known"),
    ],
)
def test_a_case_has_only_what_is_known(case, columns, constraint):
    with refused(constraint):
        change(case, **columns)


def test_nobody_is_responsible_for_their_own_case(case):
    with refused("case_is_never_ones_own_work"):
        change(case, responsible=case.person)


def test_a_number_and_a_form_belong_to_one_case(case):
    for columns in ({"number": case.number}, {"operation": case.operation}):
        with refused("(?i)unique"), transaction.atomic():
            CaseFactory(**columns)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"part": "secrets"}, "access_part_is_known"),
        ({"ground": ""}, "access_has_a_ground"),
        ({"starts_on": TODAY, "ends_on": date(2026, 11, 24)}, "access_ends_after_it_starts"),
        ({"ended_at": NOON}, "access_ended_means_by_whom_and_when"),
    ],
)
def test_an_access_says_to_what_why_and_how_long(case, columns, constraint):
    access = AccessFactory(case=case)

    with refused(constraint):
        change(access, **columns)


def test_an_access_is_not_ended_by_somebody_at_no_time(case):
    with refused("access_ended_means_by_whom_and_when"):
        change(AccessFactory(case=case), ended_by=PersonFactory())


def test_one_is_let_in_to_a_part_once_at_a_time(case):
    access = AccessFactory(case=case, part=Part.INITIAL)

    with refused("(?i)access_to_a_part|unique"), transaction.atomic():
        AccessFactory(case=case, part=Part.INITIAL, person=access.person)

    change(access, ended_by=access.granted_by, ended_at=NOON)
    assert AccessFactory(case=case, part=Part.INITIAL, person=access.person)


def test_no_two_adaptations_of_a_case_have_one_number(case):
    one = {"case": case, "noted_by": PersonFactory(), "noted_at": NOON}
    Adaptation.objects.create(number=1, text="Stor text", **one)

    with refused("(?i)adaptation_number|unique"), transaction.atomic():
        Adaptation.objects.create(number=1, text="Pauser", **one)


def test_no_two_paths_of_a_case_have_one_number(case):
    decided(case)

    with refused("(?i)path_decision_number|unique"):
        decided(case)

    assert decided(case, number=2)


def decided(case, **columns):
    with transaction.atomic():
        return PathDecision.objects.create(
            **{
                "case": case,
                "number": 1,
                "path": Path.VALIDATION,
                "reason": "Admitted",
                "decided_on": TODAY,
                "decided_by": PersonFactory(),
                "decided_at": NOON,
                "operation": uuid4(),
            }
            | columns
        )


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"path": "elsewhere"}, "path_decision_path_is_known"),
        ({"reason": ""}, "path_decision_has_a_reason"),
    ],
)
def test_a_decision_has_a_known_way_and_a_reason(case, columns, constraint):
    with refused(constraint):
        decided(case, **columns)


def test_a_form_decides_once(case):
    operation = uuid4()
    decided(case, operation=operation)

    with refused("(?i)unique"):
        decided(case, operation=operation)


def closed(case, **columns):
    with transaction.atomic():
        return Closing.objects.create(
            **{
                "case": case,
                "left_state": CaseState.MAPPING,
                "reason": "Moved",
                "closed_by": PersonFactory(),
                "closed_at": NOON,
            }
            | columns
        )


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"reason": ""}, "closing_has_a_reason"),
        ({"reopened_at": NOON}, "closing_reopened_means_by_whom_when_and_why"),
        ({"reopened_because": "Back"}, "closing_reopened_means_by_whom_when_and_why"),
    ],
)
def test_a_closing_is_explained_and_so_is_opening_again(case, columns, constraint):
    with refused(constraint):
        closed(case, **columns)


def test_opening_again_without_a_reason_is_refused(case):
    with refused("closing_reopened_means_by_whom_when_and_why"):
        closed(case, reopened_at=NOON, reopened_by=PersonFactory())


def test_a_case_is_closed_once_at_a_time(case):
    closed(case)

    with refused("(?i)closing_is_open_once|unique"):
        closed(case)
