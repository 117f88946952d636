"""In whatever order and however often operations arrive, each acknowledged word is kept once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kunnig.mapping import actions, queries
from kunnig.mapping.actions import Given, Result
from kunnig.mapping.models import Answer
from kunnig.mapping.states import Side
from tests.factories import NOON, AccessFactory, CaseFactory, MappingFactory

pytestmark = pytest.mark.django_db

PLACES = [
    ("goal/wish", Side.ORIGINAL),
    ("goal/wish", Side.RENDERING),
    ("goal/why", Side.ORIGINAL),
    ("next/areas", Side.NOTE),
]


@dataclass(frozen=True)
class Sent:
    """One operation as a device would send it: who, where, over which version, what."""

    operation: UUID
    who: str
    place: tuple[str, Side]
    base: int
    text: str

    def by(self, person):
        path, side = self.place
        return Given(self.operation, person.pk, path, side, self.base, self.text, "ar")


@st.composite
def operations(draw):
    """Return operations in some order, some of them several times, in batches as they arrive."""
    made = draw(
        st.lists(
            st.builds(
                Sent,
                operation=st.uuids(),
                who=st.sampled_from(["amina", "ingrid"]),
                place=st.sampled_from(PLACES),
                base=st.integers(0, 3),
                text=st.sampled_from(["", "cook", "bake", "أطبخ", "cook\nand bake"]),
            ),
            min_size=1,
            max_size=8,
            unique_by=lambda sent: sent.operation,
        )
    )
    return draw(st.lists(st.sampled_from(made), min_size=1, max_size=12))


@given(arriving=operations())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_acknowledged_word_is_kept_once(amina, ingrid, county, arriving):
    people = {"amina": amina, "ingrid": ingrid}
    with transaction.atomic():
        case = CaseFactory(person=amina, board=county.norsjo_board)
        AccessFactory(case=case, person=ingrid)
        draft = MappingFactory(case=case)

        answered = []
        for sent in arriving:
            person = people[sent.who]
            (outcome,) = actions.answer(
                mapping_id=draft.pk, given=[sent.by(person)], by=person, at=NOON
            )
            answered.append((sent, outcome))

        kept = list(Answer.objects.filter(mapping=draft).order_by("path", "side", "version"))
        assert_kept(answered, kept)
        assert_counted(kept)
        assert_current(draft, kept)
        transaction.set_rollback(True)


def assert_kept(answered, kept):
    """What was acknowledged stands there in its own words; what was not was never written."""
    texts = {(a.path, a.side, a.version): a.value for a in kept}
    acknowledged = set()
    for sent, outcome in answered:
        if outcome.result is Result.SAVED:
            acknowledged.add(sent.operation)
            # Version 0 says nothing: an empty answer where nothing stood needs no row.
            assert texts.get((*sent.place, outcome.version), "") == sent.text
    assert {answer.operation for answer in kept} <= acknowledged
    assert len({answer.operation for answer in kept}) == len(kept)


def assert_counted(kept):
    """The versions of a place are 1, 2, 3 … with none missing and none twice."""
    places = {}
    for answer in kept:
        places.setdefault((answer.path, answer.side), []).append(answer.version)
    assert all(versions == list(range(1, len(versions) + 1)) for versions in places.values())


def assert_current(draft, kept):
    """What a page shows is the highest version of each place."""
    newest = {(answer.path, answer.side): answer.value for answer in kept}
    sheet = queries.sheet_of(draft)
    assert {key: current.text for key, current in sheet.said.items()} == newest


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_form_with_many_fields_is_as_the_same_words_one_by_one(amina, county, texts):
    paths = [f"goal/{code}" for code in ("wish", "why", "matters")]
    paths += [f"general/{code}" for code in ("plan", "proud", "together")]
    with transaction.atomic():
        case = CaseFactory(person=amina, board=county.norsjo_board)
        together = MappingFactory(case=case)
        one_by_one = MappingFactory(case=CaseFactory(person=amina, board=county.norsjo_board))
        words = [
            Given(uuid4(), amina.pk, path, Side.ORIGINAL, 0, text, "ar")
            for path, text in zip(paths, texts, strict=False)
        ]

        actions.answer(mapping_id=together.pk, given=words, by=amina, at=NOON)
        for each in words:
            again = replace(each, operation=uuid4())
            actions.answer(mapping_id=one_by_one.pk, given=[again], by=amina, at=NOON)

        assert queries.fingerprint(together) == queries.fingerprint(one_by_one)
        transaction.set_rollback(True)
