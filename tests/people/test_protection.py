"""Protection: marked and lifted by those who work with a person, and hidden in every log."""

from __future__ import annotations

import pytest

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.people import actions, queries
from kunnig.people.states import Protection
from tests.people import NOON


def protect(person, level, by):
    return actions.protect(person_id=person.pk, level=level, by=by, at=NOON)


@pytest.mark.parametrize("level", [level for level in Protection if level is not Protection.NONE])
def test_protection_is_marked_and_the_line_does_not_tell_how_strong(amina, ingrid, level):
    protect(amina, level, ingrid)

    amina.refresh_from_db()
    assert (amina.protection, amina.is_protected) == (level, True)
    assert [(line.verb, line.about, line.actor) for line in Entry.objects.all()] == [
        ("person.protected", str(amina.pk), str(ingrid.pk))
    ]


def test_marking_the_same_again_changes_nothing(rania, ingrid):
    protect(rania, Protection.PROTECTED_REGISTRATION, ingrid)

    assert not Entry.objects.exists()


def test_protection_is_lifted_and_traced(rania, ingrid):
    protect(rania, Protection.NONE, ingrid)

    rania.refresh_from_db()
    assert not rania.is_protected
    assert [line.verb for line in Entry.objects.all()] == ["person.protection_lifted"]


def test_nobody_changes_their_own_protection(rania):
    with pytest.raises(Refused, match="Call your municipality"):
        protect(rania, Protection.NONE, rania)


def test_names_of_the_protected_are_not_among_those_a_log_shows(amina, rania, ingrid):
    keys = [str(amina.pk), rania.pk, str(ingrid.pk)]

    assert queries.names_of(keys) == {
        str(amina.pk): "Amina Haddad",
        str(ingrid.pk): "Ingrid Sandström",
    }
    assert queries.names_of(keys, known=[rania])[str(rania.pk)] == "Rania Castellanos"
