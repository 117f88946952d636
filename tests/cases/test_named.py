"""The written condition of who is named answers as the accesses themselves do."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import F

from kunnig.cases.models import Case
from kunnig.cases.named import IsNamed
from kunnig.cases.states import Part
from tests.factories import NOON, AccessFactory, CaseFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_it_opens_as_the_accesses_do() -> None:
    person = PersonFactory.create()
    starts, ends = (YESTERDAY, DAY, TOMORROW), (None, YESTERDAY, DAY, TOMORROW)
    ended = ({}, {"ended_at": NOON, "ended_by": person})
    made = [
        AccessFactory.create(person=person, part=part, starts_on=start, ends_on=end, **over)
        for part, start, end, over in product((Part.WHOLE, Part.IN_DEPTH), starts, ends, ended)
        if end is None or end >= start
    ]
    for parts in ((), (Part.IN_DEPTH,), (Part.WHOLE, Part.INITIAL)):
        named = Case.objects.filter(IsNamed(F("pk"), person, DAY, parts))
        opening = {
            each.case_id for each in made if each.runs_on(DAY) and (not parts or each.part in parts)
        }
        assert opening
        assert set(named.values_list("pk", flat=True)) == opening


def test_it_opens_to_nobody_else() -> None:
    access = AccessFactory.create(starts_on=YESTERDAY)
    CaseFactory.create()
    colleague = PersonFactory.create()
    assert list(Case.objects.filter(IsNamed(F("pk"), access.person, DAY))) == [access.case]
    assert not Case.objects.filter(IsNamed(F("pk"), colleague, DAY)).exists()
