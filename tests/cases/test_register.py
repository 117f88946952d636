"""Opening a case: by oneself, and for somebody else."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.cases import actions
from kunnig.cases.models import Access, Adaptation, Case
from kunnig.cases.states import CaseState, HomeGround, Origin, Part
from kunnig.kernel.verdict import Refused
from kunnig.people.formats.identifiers import Number
from kunnig.people.models import Person
from kunnig.people.states import IdentifierKind
from tests.factories import IdentifierFactory
from tests.people import NOON, TODAY

LMA = Number(IdentifierKind.OTHER, "50-000001", "The migration agency")


def words(county, **others):
    return {
        "board": county.norsjo_board,
        "home_municipality": county.norsjo,
        "home_ground": HomeGround.STAYING,
        "origin": Origin.SFI,
        "language": "ar",
        "information_text": "2026-11",
        "operation": uuid4(),
        "at": NOON,
        **others,
    }


def register_for(county, by, **others):
    named = {"name": "Amina Haddad", "birth_date": date(1988, 3, 14), "identifiers": []}
    return actions.register_for(by=by, **named | words(county, **others))


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_person_opens_their_own_case_and_nobody_is_responsible_yet(county, amina):
    case = actions.register(person=amina, by=amina, **words(county, goal="Undersköterska"))

    assert (case.standing, case.responsible, case.goal) == (
        CaseState.REGISTERED,
        None,
        "Undersköterska",
    )
    assert verbs() == ["case.registered"]
    assert not Access.objects.exists()


def test_whoever_opens_a_case_for_somebody_is_responsible_and_named_in_it(county, ingrid):
    case = register_for(county, ingrid)

    assert case.responsible == ingrid
    assert {
        (each.person, each.part, each.starts_on, each.ends_on) for each in case.accesses.all()
    } == {
        (ingrid, Part.WHOLE, TODAY, None),
        (ingrid, Part.ADAPTATIONS, TODAY, None),
    }
    assert verbs() == ["person.registered", "case.registered", "access.granted"]


def test_adaptations_are_noted_when_there_are_any(county, ingrid):
    register_for(county, ingrid, adaptations="  ")
    register_for(county, ingrid, adaptations="Stor text")

    assert [each.text for each in Adaptation.objects.all()] == ["Stor text"]


@pytest.mark.parametrize("who", ["karin", "ingrid", "lotta"])
def test_counsellors_validators_and_coordinators_open_cases(request, county, who):
    assert register_for(county, request.getfixturevalue(who)).person.name == "Amina Haddad"


@pytest.mark.parametrize(
    "who", ["eva", "mirjam", "tomas", "petra", "maj", "asta", "amina", "goran"]
)
def test_nobody_else_opens_a_case_for_somebody(request, county, who):
    with pytest.raises(Refused, match="counsellors, validators and coordinators"):
        register_for(county, request.getfixturevalue(who))

    assert not Case.objects.exists()
    assert not Person.objects.filter(name="Amina Haddad", username=None).exists()


def test_a_case_is_opened_with_a_board_and_nothing_else(county, ingrid, amina):
    for place in (county.norsjo, county.norsjo_unit, county.region):
        with pytest.raises(Refused, match="with a board"):
            register_for(county, ingrid, board=place)
        with pytest.raises(Refused, match="with a board"):
            actions.register(person=amina, by=amina, **words(county, board=place))


def test_the_same_form_sent_twice_opens_one_case_and_makes_one_person(county, ingrid):
    operation = uuid4()

    cases = [register_for(county, ingrid, operation=operation) for _ in range(2)]

    assert cases[0] == cases[1]
    assert Case.objects.count() == 1
    assert Person.objects.filter(name="Amina Haddad").count() == 1


def test_one_who_registers_oneself_twice_gets_one_case(county, amina):
    details = words(county)

    assert actions.register(person=amina, by=amina, **details) == actions.register(
        person=amina, by=amina, **details
    )


def test_a_form_of_somebody_else_is_not_answered_with_their_case(county, ingrid, karin):
    operation = uuid4()
    register_for(county, ingrid, operation=operation)

    with pytest.raises(IntegrityError), transaction.atomic():
        register_for(county, karin, operation=operation)


def test_a_person_is_found_again_by_a_number_but_never_by_a_name(county, ingrid, amina):
    IdentifierFactory(person=amina, issuer=LMA.issuer, value=LMA.value)

    by_number = register_for(county, ingrid, name="A. Haddad", identifiers=[LMA])
    by_name = register_for(county, ingrid)

    assert by_number.person == amina
    assert by_name.person != amina
    assert by_number.person.name == "Amina Haddad"


def test_a_protected_person_who_is_found_has_a_case_only_who_registered_opens(
    county, ingrid, karin, rania
):
    IdentifierFactory(person=rania, issuer=LMA.issuer, value=LMA.value)

    case = register_for(county, ingrid, name="Rania", birth_date=None, identifiers=[LMA])

    assert case.person == rania
    assert {each.person for each in case.accesses.all()} == {ingrid}


def test_nobody_opens_their_own_case_where_they_work(county, ingrid):
    IdentifierFactory(person=ingrid, issuer=LMA.issuer, value=LMA.value)

    with pytest.raises(Refused, match="your own"):
        register_for(county, ingrid, birth_date=None, identifiers=[LMA])

    assert not Case.objects.exists()


def test_a_protected_person_calls_instead_of_opening_a_case_nobody_is_named_in(county, rania):
    with pytest.raises(Refused, match="Call your municipality"):
        actions.register(person=rania, by=rania, **words(county))


@pytest.mark.parametrize("name", ["Suharto", "Ng", "W" * 200, "نور", "O’Brien-Ångström af Ugglas"])
def test_names_of_one_word_and_very_long_ones_are_names(county, ingrid, name):
    assert register_for(county, ingrid, name=name).person.name == name


def test_a_name_that_says_nothing_is_refused_and_nothing_is_made(county, ingrid):
    with pytest.raises(Refused, match="Write the name"):
        register_for(county, ingrid, name="   ")

    assert not Case.objects.exists()


def test_every_case_has_a_number_of_its_own(county, ingrid):
    numbers = {register_for(county, ingrid).number for _ in range(20)}

    assert len(numbers) == 20
    assert all(number.startswith("2026-") for number in numbers)
