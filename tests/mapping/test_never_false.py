"""What the database refuses to erase or to change of a mapping, by whatever road."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from kunnig.mapping import actions
from kunnig.mapping.models import Answer, Mapping, MappingTarget
from kunnig.mapping.states import MappingState
from kunnig.standards.models import Target
from kunnig.standards.queries import current_question_set
from tests.people import NOON
from tests.stories import told


@pytest.fixture
def story(amina, ingrid, county):
    return told(amina, county.norsjo_board, by=ingrid)


def refused(message):
    """Expect the database to refuse, and nothing else to have happened."""
    return pytest.raises(IntegrityError, match=message)


@pytest.mark.parametrize("which", ["initial", "in_depth"])
def test_no_answer_is_erased(story, which):
    answers = Answer.objects.filter(mapping=getattr(story, which))

    with refused("answers are never erased"), transaction.atomic():
        answers._raw_delete("default")  # noqa: SLF001

    assert answers.exists()


def test_not_even_an_answer_of_a_draft_is_erased(story, ingrid):
    draft = begun_again(story, ingrid)

    with refused("answers are never erased"), transaction.atomic():
        draft.answers.all()[0].delete()


def begun_again(story, by):
    """Return an in-depth mapping of the same case that is being written."""
    return actions.start_new_version(mapping_id=story.in_depth.pk, by=by, at=NOON)


def test_a_locked_mapping_is_never_erased(story):
    with refused("the mapping is locked"), transaction.atomic():
        Mapping.objects.filter(pk=story.in_depth.pk)._raw_delete("default")  # noqa: SLF001


def link(mapping, target):
    return MappingTarget(mapping=mapping, target=target, question_set=current_question_set(target))


def another(story):
    return Target.objects.exclude(pk=story.target.pk).filter(question_sets__isnull=False)[0]


@pytest.mark.parametrize("state", [MappingState.LOCKED, MappingState.SUPERSEDED])
def test_what_is_locked_keeps_its_targets(story, state):
    if state is MappingState.SUPERSEDED:
        Mapping.objects.filter(pk=story.in_depth.pk).update(state=state)
    links = MappingTarget.objects.filter(mapping=story.in_depth)
    before = list(links.values_list())

    with refused("the mapping is locked"), transaction.atomic():
        link(story.in_depth, another(story)).save()
    with refused("the mapping is locked"), transaction.atomic():
        links.update(target=another(story))
    with refused("the mapping is locked"), transaction.atomic():
        links.delete()

    assert list(links.values_list()) == before


def test_no_target_moves_from_a_draft_into_what_is_locked(story, ingrid):
    draft = begun_again(story, ingrid)
    moved = link(draft, another(story))
    moved.save()

    with refused("the mapping is locked"), transaction.atomic():
        MappingTarget.objects.filter(pk=moved.pk).update(mapping=story.in_depth)


def test_a_draft_gains_and_loses_targets(story, ingrid):
    """The control of the refusals above."""
    draft = begun_again(story, ingrid)
    added = link(draft, another(story))

    added.save()
    MappingTarget.objects.filter(pk=added.pk).delete()

    assert [each.target for each in draft.targets.all()] == [story.target]


COLUMNS = [field.attname for field in Mapping._meta.concrete_fields if field.name != "state"]


def something_else(mapping, column):
    """Return another value for a column than the one it has."""
    was = getattr(mapping, column)
    if column == "id" or column.endswith("_id"):
        return uuid4()
    if column.endswith("_at"):
        return NOON + timedelta(days=400)
    if column == "version":
        return was + 7
    if column == "beside":
        return {"other": "words"}
    return "other"


@pytest.mark.parametrize("state", [MappingState.LOCKED, MappingState.SUPERSEDED])
def test_a_newer_version_changes_no_other_column_of_the_one_before(story, state):
    row = Mapping.objects.filter(pk=story.in_depth.pk)
    before = row.values().get()

    for column in COLUMNS:
        changed = {"state": state, column: something_else(story.in_depth, column)}
        with refused("the mapping is locked"), transaction.atomic():
            row.update(**changed)

    assert row.values().get() == before


def test_only_the_state_of_the_one_before_is_changed(story):
    """The control of the refusal above."""
    Mapping.objects.filter(pk=story.in_depth.pk).update(state=MappingState.SUPERSEDED)

    assert Mapping.objects.get(pk=story.in_depth.pk).state == MappingState.SUPERSEDED


@pytest.mark.django_db(transaction=True)
def test_a_whole_database_is_emptied_and_refuses_to_erase_as_before(story):
    before = triggers()

    call_command("flush", interactive=False, verbosity=0)

    assert triggers() == before
    assert Answer.objects.count() == 0


def triggers():
    """Return the triggers that the database has."""
    of = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    with connection.cursor() as cursor:
        cursor.execute(of[connection.vendor])
        return cursor.fetchall()
