"""The person's numbers and their code for the table, reached through their case."""

from __future__ import annotations

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions
from kunnig.cases.states import IdentityCheck
from kunnig.kernel.verdict import Refused
from kunnig.people.formats.identifiers import Number
from kunnig.people.states import IdentifierKind
from tests.factories import IdentifierFactory
from tests.people import NOON
from tests.stories import registered

LMA = Number(IdentifierKind.OTHER, "50-000001", "The migration agency")
OUTSIDE = ["lars", "mirjam", "petra", "maj", "asta", "amina"]


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def reveal(case, identifier, by):
    return actions.reveal_identifier(case_id=case.pk, identifier_id=identifier.pk, by=by, at=NOON)


def choose(case, by, code="739154", identity=IdentityCheck.DOCUMENT):
    actions.choose_table_code(case_id=case.pk, code=code, identity=identity, by=by, at=NOON)


def test_a_number_is_noted_and_traced(case, amina, ingrid):
    actions.note_identifier(case_id=case.pk, number=LMA, by=ingrid, at=NOON)

    assert [each.value for each in amina.identifiers.all()] == ["50-000001"]
    assert Entry.objects.order_by("pk").last().verb == "identifier.noted"


def test_a_number_of_somebody_else_is_told_only_where_that_one_may_be_known(
    case, ingrid, goran, rania, county
):
    theirs = IdentifierFactory(
        person=goran, issuer=LMA.issuer, value=LMA.value, authority=county.norsjo_board.pk
    )

    with pytest.raises(Refused, match="cannot be noted here"):
        actions.note_identifier(case_id=case.pk, number=LMA, by=ingrid, at=NOON)

    tried = Entry.objects.order_by("pk").last()
    assert (tried.verb, tried.about, tried.file) == (
        "identifier.tried",
        str(goran.pk),
        f"organisations.organisation:{county.norsjo_board.pk}",
    )

    theirs.person = rania
    theirs.save()
    noted = actions.note_identifier(case_id=case.pk, number=LMA, by=ingrid, at=NOON)
    assert noted.person == case.person


def test_what_another_authority_noted_is_not_shown(case, amina, ingrid, county):
    elsewhere = IdentifierFactory(person=amina, authority=county.mala_board.pk)

    with pytest.raises(Refused, match="not the person's"):
        reveal(case, elsewhere, ingrid)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_notes_a_number(request, case, amina, who):
    with pytest.raises(Refused):
        actions.note_identifier(
            case_id=case.pk, number=LMA, by=request.getfixturevalue(who), at=NOON
        )

    assert not amina.identifiers.exists()


def test_a_number_is_shown_in_full_and_that_it_was_seen_is_noted_in_the_case(case, amina, ingrid):
    identifier = IdentifierFactory(person=amina, issuer=LMA.issuer, value=LMA.value)

    assert reveal(case, identifier, ingrid) == "50-000001"

    line = Entry.objects.get(verb="identifier.read")
    assert (line.about, line.actor, line.file, line.is_reading) == (
        str(amina.pk),
        str(ingrid.pk),
        f"cases.case:{case.pk}",
        True,
    )


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_sees_a_number_in_full(request, case, amina, who):
    identifier = IdentifierFactory(person=amina)

    with pytest.raises(Refused):
        reveal(case, identifier, request.getfixturevalue(who))

    assert not Entry.objects.filter(verb="identifier.read").exists()


def test_the_number_of_another_person_is_not_shown_through_ones_own_case(case, ingrid, goran):
    identifier = IdentifierFactory(person=goran)

    with pytest.raises(Refused):
        reveal(case, identifier, ingrid)


@pytest.mark.parametrize("identity", IdentityCheck)
def test_the_person_chooses_a_code_and_how_they_were_known_is_noted(case, amina, ingrid, identity):
    choose(case, ingrid, identity=identity)

    amina.refresh_from_db()
    assert amina.table_code
    assert "739154" not in amina.table_code
    lines = [(line.verb, line.file) for line in Entry.objects.order_by("-pk")[:2]]
    assert lines == [
        (f"identity.{identity}", f"cases.case:{case.pk}"),
        ("table_code.chosen", ""),
    ]


def test_a_code_that_is_easily_guessed_is_refused_and_nothing_is_noted(case, amina, ingrid):
    with pytest.raises(Refused, match="guess"):
        choose(case, ingrid, "123456")

    amina.refresh_from_db()
    assert amina.table_code == ""
    assert not Entry.objects.filter(verb__startswith="identity.").exists()


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_hands_over_the_device(request, case, who):
    with pytest.raises(Refused):
        choose(case, request.getfixturevalue(who))


def test_no_code_is_chosen_in_a_closed_case(case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    with pytest.raises(Refused, match="closed"):
        choose(case, ingrid)
