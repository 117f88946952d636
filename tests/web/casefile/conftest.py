"""Everything on these pages happens at noon, in a case of Amina's that Ingrid registered."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kunnig.cases import actions as cases
from kunnig.cases.states import Part, Path
from kunnig.mapping import actions as mapping
from kunnig.mapping.actions import Given
from kunnig.mapping.states import Side
from kunnig.standards.actions.syllabuses import load_own_standards
from kunnig.standards.models import Target
from tests.people import NOON, TODAY
from tests.stories import practice_target, registered, settled, told_initial


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Time comes in at the edge: there it stands still."""
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)


@pytest.fixture
def knock(client, request):
    """Sign in as somebody of the cast, by name, and return the browser."""

    def signed_in(who):
        client.force_login(request.getfixturevalue(who))
        return client

    return signed_in


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


@pytest.fixture
def draft(case, ingrid):
    """Amina's initial mapping, with nothing told in it yet."""
    return mapping.start_initial(case_id=case.pk, by=ingrid, at=NOON)


@pytest.fixture
def told(case, ingrid):
    """Amina's initial mapping with one job told of, and the key of the job."""
    return told_initial(case, by=ingrid)


@pytest.fixture
def chosen(told, case, ingrid):
    """The case when the way is chosen: the initial mapping is locked, validation follows."""
    settled(told[0], by=ingrid)
    cases.decide_path(
        case_id=case.pk,
        path=Path.VALIDATION,
        reason="Admitted",
        decided_on=TODAY,
        operation=uuid4(),
        by=ingrid,
        at=NOON,
    )
    case.refresh_from_db()
    return case


@pytest.fixture
def in_depth(chosen, ingrid):
    """Amina's in-depth mapping against the practice target, with nothing told in it yet."""
    target = practice_target()
    return mapping.start_in_depth(case_id=chosen.pk, targets=[target], by=ingrid, at=NOON)


@pytest.fixture
def graded(chosen, ingrid):
    """Amina's in-depth mapping against a course that has criteria."""
    load_own_standards(at=NOON)
    course = Target.objects.filter(kind="course", criteria__isnull=False).order_by("code")[0]
    return mapping.start_in_depth(case_id=chosen.pk, targets=[course], by=ingrid, at=NOON)


@pytest.fixture
def question(in_depth):
    """The first question that the in-depth mapping asks."""
    return in_depth.targets.get().question_set.groups.get(number=1).questions.get(number=1)


@pytest.fixture
def let_in(ingrid):
    """Let a colleague in to a part of a case."""

    def opened(case, person, part=Part.IN_DEPTH):
        return cases.let_in(
            case_id=case.pk,
            person=person,
            part=part,
            ground="Assesses",
            starts_on=TODAY,
            ends_on=None,
            by=ingrid,
            at=NOON,
        )

    return opened


@pytest.fixture
def say():
    """Say something in a mapping, as somebody else at another device does."""

    def said(draft, text, *, by, path="goal/wish", base=0, side=Side.ORIGINAL, language="ar"):
        words = Given(uuid4(), by.pk, path, side, base, text, language)
        (outcome,) = mapping.answer(mapping_id=draft.pk, given=[words], by=by, at=NOON)
        assert outcome.result is mapping.Result.SAVED, outcome.reason
        return outcome

    return said
