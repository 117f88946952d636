"""The code with which a person approves at somebody's table."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.people import actions
from kunnig.people.states import IdentifierKind
from tests.factories import IdentifierFactory, PersonFactory
from tests.people import NOON

CODE = "408519"


def choose(person, code, by):
    actions.choose_table_code(person_id=person.pk, code=code, by=by, at=NOON)


def check(person, code):
    return actions.check_table_code(person_id=person.pk, code=code, at=NOON)


def test_a_code_is_kept_unreadable_and_traced(amina, ingrid):
    choose(amina, CODE, ingrid)

    amina.refresh_from_db()
    assert CODE not in amina.table_code
    assert [(line.verb, line.about, line.actor) for line in Entry.objects.all()] == [
        ("table_code.chosen", str(amina.pk), str(ingrid.pk))
    ]
    assert check(amina, CODE)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "digits only"),
        ("abcdef", "digits only"),
        ("٤٠٨٥١٩", "digits only"),
        ("40851", "between 6 and 12"),
        ("4085194085194", "between 6 and 12"),
        ("123456", "in a row"),
        ("987654", "in a row"),
        ("890123", "in a row"),
        ("000000", "again and again"),
        ("121212", "again and again"),
        ("40840840", "again and again"),
        ("880314", "date of birth"),
        ("19880314", "date of birth"),
        ("140388", "date of birth"),
        ("14031988", "date of birth"),
        ("031488", "date of birth"),
        ("149805", "your own number"),
    ],
)
def test_a_code_that_is_easily_guessed_is_refused(amina, code, why):
    IdentifierFactory(
        person=amina, kind=IdentifierKind.PERSONAL_NUMBER, issuer="", value="198803149805"
    )

    with pytest.raises(Refused, match=why):
        choose(amina, code, amina)


def test_who_has_no_known_birth_date_chooses_too(amina):
    amina.birth_date = None
    amina.save()

    choose(amina, "880314", amina)

    assert check(amina, "880314")


def test_before_a_code_is_chosen_none_is_right(amina):
    assert "No code has been chosen" in str(check(amina, "").reason)


def test_a_code_chosen_at_one_boards_table_approves_nowhere_else(amina, ingrid, county):
    def checked(board):
        return actions.check_table_code(person_id=amina.pk, code=CODE, authority=board.pk, at=NOON)

    actions.choose_table_code(
        person_id=amina.pk, code=CODE, authority=county.norsjo_board, by=ingrid, at=NOON
    )
    assert checked(county.norsjo_board)
    assert "No code has been chosen" in str(checked(county.mala_board).reason)

    choose(amina, CODE, amina)
    assert checked(county.mala_board)


def test_a_right_code_forgets_the_wrong_ones(amina):
    choose(amina, CODE, amina)
    check(amina, "408510")

    assert check(amina, CODE)

    amina.refresh_from_db()
    assert amina.table_code_failures == 0


def test_after_five_wrong_codes_the_right_one_is_refused_until_it_is_renewed(amina, ingrid):
    choose(amina, CODE, amina)

    answers = [str(check(amina, "408510").reason) for _ in range(6)]

    assert answers == ["The code is wrong."] * 5 + [
        "The code was wrong five times. Choose a new one."
    ]
    assert not check(amina, CODE)

    choose(amina, "729160", ingrid)
    assert check(amina, "729160")


@pytest.mark.django_db(transaction=True)
def test_a_wrong_code_is_counted_even_when_what_it_was_for_is_refused():
    person = PersonFactory(birth_date=date(1988, 3, 14))
    choose(person, CODE, person)

    with pytest.raises(Refused, match="The code is wrong"):
        check(person, "408510").require()

    person.refresh_from_db()
    assert person.table_code_failures == 1


@pytest.mark.django_db(transaction=True)
def test_a_code_cannot_be_checked_inside_what_may_be_rolled_back():
    person = PersonFactory()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        check(person, CODE)
