"""Registering a person: found again by a number alone, and silently."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.kernel.text import folded
from kunnig.kernel.verdict import Refused
from kunnig.people import actions, queries
from kunnig.people.formats.identifiers import Number, read
from kunnig.people.models import Identifier, Person
from kunnig.people.states import IdentifierKind, Protection
from tests.factories import IdentifierFactory, PersonFactory
from tests.people import NOON, TODAY

PERSONAL = read(IdentifierKind.PERSONAL_NUMBER, "198507099805", on=TODAY)
LMA = Number(IdentifierKind.OTHER, "50-123", "The migration agency")


def register(by, name="Amina Haddad", birth_date=None, identifiers=()):
    return actions.register(
        name=name, birth_date=birth_date, identifiers=identifiers, by=by, at=NOON
    )


def lines(**among):
    return [(entry.verb, entry.about, entry.actor) for entry in Entry.objects.filter(**among)]


def test_a_person_is_registered_and_traced(ingrid):
    person = register(ingrid, birth_date=date(1985, 7, 9), identifiers=[PERSONAL])

    person.refresh_from_db()
    assert (person.name, person.birth_date, person.protection, person.registered_at) == (
        "Amina Haddad",
        date(1985, 7, 9),
        Protection.NONE,
        NOON,
    )
    assert not person.has_usable_password()
    assert [str(each) for each in queries.identifiers_of(person)] == ["19850709-••••"]
    assert lines() == [
        ("person.registered", str(person.pk), str(ingrid.pk)),
        ("identifier.noted", str(person.pk), str(ingrid.pk)),
    ]


def test_the_birth_date_is_taken_from_the_number_when_not_written(ingrid):
    assert register(ingrid, identifiers=[PERSONAL]).birth_date == date(1985, 7, 9)


def test_those_who_register_themselves_are_their_own_actor(db):
    person = register(None)

    assert lines() == [("person.registered", str(person.pk), str(person.pk))]


def test_without_a_number_two_with_the_same_name_are_two(ingrid):
    born = date(1988, 3, 14)

    assert register(ingrid, birth_date=born) != register(ingrid, birth_date=born)


@pytest.mark.parametrize("number", [PERSONAL, LMA])
def test_a_person_is_found_again_by_an_exact_number_whatever_the_name(ingrid, number):
    first = register(ingrid, identifiers=[number])

    again = register(ingrid, name="A. Hadad", identifiers=[number])

    assert again == first
    first.refresh_from_db()
    assert first.name == "Amina Haddad"
    assert lines(verb="person.found") == [("person.found", str(first.pk), str(ingrid.pk))]


def test_a_number_nobody_has_is_added_to_who_is_found(ingrid):
    first = register(ingrid, identifiers=[LMA])

    register(ingrid, identifiers=[PERSONAL, LMA])

    assert {each.value for each in queries.identifiers_of(first)} == {"50-123", "198507099805"}


def test_numbers_of_two_people_find_the_first_and_leave_the_other_alone(ingrid):
    other = register(ingrid, name="Other", identifiers=[LMA])
    first = register(ingrid, identifiers=[PERSONAL])

    assert register(ingrid, identifiers=[PERSONAL, LMA]) == first
    assert queries.find_by_identifier(LMA) == other


def test_a_protected_person_is_found_in_silence_and_unchanged(ingrid, rania):
    IdentifierFactory(person=rania, kind=PERSONAL.kind, issuer="", value=PERSONAL.value)

    found = register(ingrid, name="Anna Andersson", identifiers=[PERSONAL])

    assert found == rania
    rania.refresh_from_db()
    assert (rania.name, rania.protection) == (
        "Rania Castellanos",
        Protection.PROTECTED_REGISTRATION,
    )
    assert lines() == [("person.found", str(rania.pk), str(ingrid.pk))]


@pytest.mark.parametrize("name", ["Suharto", "محمد", "A" * 200, "de la  Cruz\tde los Santos"])
def test_a_name_may_be_one_word_or_very_long(ingrid, name):
    assert register(ingrid, name=name).name == " ".join(name.split())


@pytest.mark.parametrize(
    ("name", "why"), [("  ", "Write the name"), ("A" * 201, "longer than 200"), ("A\x00", "shown")]
)
def test_a_name_that_says_nothing_is_refused(ingrid, name, why):
    with pytest.raises(Refused, match=why):
        register(ingrid, name=name)


@pytest.mark.parametrize(
    ("birth_date", "why"),
    [
        (TODAY + timedelta(days=1), "lies ahead"),
        (date(1899, 12, 31), "too far back"),
        (date(1985, 7, 10), "not the one in"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused(ingrid, birth_date, why):
    with pytest.raises(Refused, match=why):
        register(ingrid, birth_date=birth_date, identifiers=[PERSONAL])


def test_the_search_key_follows_the_name_by_every_road(ingrid):
    (person,) = Person.objects.bulk_create([Person(name="Åsa ÖBERG", registered_at=NOON)])
    assert person.search_key == folded("åsa öberg")

    actions.correct(person_id=person.pk, name="Åsa Berg", birth_date=None, by=ingrid, at=NOON)

    person.refresh_from_db()
    assert person.search_key == folded("åsa berg")
    assert lines() == [("person.corrected", str(person.pk), str(ingrid.pk))]


def test_a_correction_agrees_with_the_personal_number(ingrid):
    person = register(ingrid, identifiers=[PERSONAL])

    with pytest.raises(Refused, match="not the one in the personal identity number"):
        actions.correct(
            person_id=person.pk, name="Amina", birth_date=date(1985, 7, 8), by=ingrid, at=NOON
        )


# --- More numbers --------------------------------------------------------------------------------


def add(person, number, by):
    return actions.add_identifier(person_id=person.pk, number=number, by=by, at=NOON)


def test_a_number_is_added_once_and_traced(ingrid, amina):
    first = add(amina, LMA, ingrid)

    assert add(amina, LMA, ingrid) == first
    assert (first.noted_by, first.noted_at) == (ingrid, NOON)
    assert lines() == [("identifier.noted", str(amina.pk), str(ingrid.pk))]


def test_a_number_of_one_whom_the_same_authority_knows_is_refused_without_saying_whose(
    ingrid, amina, goran
):
    IdentifierFactory(person=goran, kind=LMA.kind, issuer=LMA.issuer, value=LMA.value)

    with pytest.raises(Refused, match="cannot be noted here") as refusal:
        add(amina, LMA, ingrid)

    assert goran.name not in str(refusal.value)
    assert lines() == [("identifier.tried", str(goran.pk), str(ingrid.pk))]


def test_a_number_of_one_who_is_protected_or_elsewhere_is_noted_as_any_other(
    ingrid, amina, goran, rania, county
):
    here = county.norsjo_board
    for carrier, authority in ((rania, here), (goran, county.mala_board)):
        number = Number(IdentifierKind.OTHER, f"50-{carrier.pk.hex[:6]}", "The migration agency")
        theirs = IdentifierFactory(
            person=carrier, issuer=number.issuer, value=number.value, authority=authority.pk
        )
        Entry.objects.all().delete()

        noted, again = (
            actions.add_identifier(
                person_id=amina.pk, number=number, authority=here, by=ingrid, at=NOON
            )
            for _twice in range(2)
        )

        assert (noted.person, noted.authority) == (amina, here.pk)
        assert again == noted
        assert lines() == [
            ("identifier.tried", str(carrier.pk), str(ingrid.pk)),
            ("identifier.noted", str(amina.pk), str(ingrid.pk)),
        ]
        assert [each.file for each in Entry.objects.filter(verb="identifier.tried")] == [
            f"organisations.organisation:{here.pk}"
        ]
        # Each authority finds its own again, and the protected one stays found.
        assert queries.find_by_identifier(number, authority.pk) == theirs.person
        with pytest.raises(Refused, match="cannot be noted here"):
            actions.add_identifier(
                person_id=PersonFactory().pk, number=number, authority=here, by=ingrid, at=NOON
            )


def test_an_authority_knows_what_it_noted_and_what_the_person_told(ingrid, amina, county):
    told, here, there = (
        IdentifierFactory(person=amina, authority=key)
        for key in (0, county.norsjo_board.pk, county.mala_board.pk)
    )

    assert {*queries.identifiers_known_to(here.authority, amina)} == {told, here}
    assert {*queries.identifiers_of(amina)} == {told, here, there}


def test_who_is_found_by_another_authority_is_noted_there_too_and_seen_once_by_oneself(
    ingrid, petra, county
):
    first, again = (
        actions.register(
            name="Amina Haddad",
            birth_date=None,
            identifiers=[PERSONAL],
            authority=board,
            by=by,
            at=NOON,
        )
        for board, by in ((county.norsjo_board, ingrid), (county.mala_board, petra))
    )

    assert again == first
    assert [each.value for each in queries.identifiers_of(first)] == [PERSONAL.value]
    assert queries.identifiers_known_to(county.mala_board.pk, first).get().noted_by == petra


def test_a_number_that_tells_another_birth_date_is_refused(ingrid, amina):
    with pytest.raises(Refused, match="not the one in the personal identity number"):
        add(amina, PERSONAL, ingrid)


def test_a_number_is_masked_until_it_is_revealed_and_revealing_is_noted(ingrid, amina):
    amina.birth_date = None
    amina.save()
    identifier = add(amina, PERSONAL, ingrid)

    number = actions.reveal_identifier(identifier_id=identifier.pk, by=ingrid, at=NOON)

    assert (identifier.masked, number) == ("19850709-••••", "19850709-9805")
    assert lines(is_reading=True) == [("identifier.read", str(amina.pk), str(ingrid.pk))]


def test_seeing_ones_own_number_is_not_noted(amina):
    identifier = IdentifierFactory(person=amina)

    assert identifier.masked == "The migration agency ••••"
    assert actions.reveal_identifier(identifier_id=identifier.pk, by=amina, at=NOON)
    assert lines() == []


# --- What the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": IdentifierKind.OTHER, "issuer": ""},
        {"kind": IdentifierKind.PERSONAL_NUMBER, "issuer": "Norway"},
        {"kind": "passport"},
        {"value": ""},
    ],
)
def test_the_database_refuses_a_number_that_is_none(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentifierFactory(**wrong)


def test_the_database_refuses_one_number_on_two_people_within_an_authority(db):
    identifier = IdentifierFactory()

    IdentifierFactory(value=identifier.value, authority=1)
    for authority, more in ((0, {}), (1, {}), (0, {"person": identifier.person, "apart": 1})):
        with pytest.raises(IntegrityError), transaction.atomic():
            IdentifierFactory(value=identifier.value, authority=authority, **more)
    assert Identifier.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"name": ""}, {"username": ""}, {"protection": "secret"}])
def test_the_database_refuses_a_person_without_name_or_known_protection(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(**wrong)
