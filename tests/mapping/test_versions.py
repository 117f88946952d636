"""One version of each kind counts at a time; what is locked goes on in a new version."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from kunnig.credentials.queries.papers import verification_of
from kunnig.credentials.states import Standing
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, policies, queries
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import MappingKind, MappingState
from kunnig.standards.queries import targets_open_for_mapping
from tests.factories import NOON, MappingFactory
from tests.stories import handed_out, settled, told

pytestmark = pytest.mark.django_db

IN_DEPTH = MappingKind.IN_DEPTH


@pytest.fixture
def story(amina, ingrid, county):
    """Amina's case with both mappings locked and the papers of both handed out."""
    return handed_out(told(amina, county.norsjo_board, by=ingrid), by=ingrid)


@pytest.fixture
def other(story):
    """A target that Amina's in-depth mapping is not held against."""
    return targets_open_for_mapping(NOON).exclude(pk=story.target.pk).order_by("code")[0]


def standing(mapping):
    mapping.refresh_from_db()
    return mapping.standing


def test_no_second_in_depth_mapping_begins_beside_the_locked_one(story, other, ingrid):
    with pytest.raises(Refused, match="Make a new version of it, and add targets there"):
        actions.start_in_depth(case_id=story.case.pk, targets=[other], by=ingrid, at=NOON)

    assert not policies.may_start(ingrid, story.case, IN_DEPTH, NOON)
    assert queries.locked_in(story.case, IN_DEPTH) == story.in_depth
    assert verification_of(story.papers[1]).standing is Standing.UNCHANGED


def test_another_target_is_added_in_a_new_version(story, other, ingrid):
    new = actions.start_new_version(mapping_id=story.in_depth.pk, by=ingrid, at=NOON)
    actions.add_target(mapping_id=new.pk, target=other, by=ingrid, at=NOON)
    settled(new, by=ingrid)

    assert standing(new) is MappingState.LOCKED
    assert standing(story.in_depth) is MappingState.SUPERSEDED
    assert {link.target for link in queries.targets_of(new)} == {story.target, other}
    assert verification_of(story.papers[1]).standing is Standing.REPLACED


@pytest.mark.parametrize("kind", MappingKind)
def test_the_database_lets_one_version_of_a_kind_count(story, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        MappingFactory(case=story.case, kind=kind, version=2, locked=True)

    assert Mapping.objects.filter(case=story.case, kind=kind).count() == 1


@pytest.mark.parametrize("which", ["initial", "in_depth"])
def test_versions_follow_each_other_as_often_as_there_is_more_to_tell(story, ingrid, which):
    latest = getattr(story, which)

    for _more in range(2):
        latest = settled(
            actions.start_new_version(mapping_id=latest.pk, by=ingrid, at=NOON), by=ingrid
        )

    versions = Mapping.objects.filter(case=story.case, kind=latest.kind).order_by("version")
    assert [each.state for each in versions] == ["superseded", "superseded", "locked"]
