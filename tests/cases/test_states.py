"""The life of a case: every step that is allowed, and that no other is."""

from __future__ import annotations

import itertools

import pytest

from kunnig.cases.models import Case
from kunnig.cases.states import CASE_LIFE, CaseState
from kunnig.kernel.verdict import Refused

R, M, L, P, D, K, C = CaseState

# Written out here, so that a change of the table is a decision and not a slip.
ALLOWED = {
    (R, M), (M, L), (L, P), (P, D), (D, K), (K, D),
    (R, C), (M, C), (L, C), (P, C), (D, C), (K, C),
    (C, R), (C, M), (C, L), (C, P), (C, D), (C, K),
}  # fmt: skip
PAIRS = list(itertools.product(CaseState, repeat=2))


@pytest.mark.parametrize(("source", "target"), [pair for pair in PAIRS if pair in ALLOWED])
def test_a_case_takes_the_steps_it_may(source, target):
    case = Case(state=source)

    case.move_to(target)

    assert case.standing is target


@pytest.mark.parametrize(("source", "target"), [pair for pair in PAIRS if pair not in ALLOWED])
def test_a_case_takes_no_other_step(source, target):
    case = Case(state=source)

    with pytest.raises(Refused, match="cannot become"):
        case.move_to(target)

    assert case.standing is source


def test_no_state_is_a_dead_end():
    assert CASE_LIFE.ends() == frozenset()
