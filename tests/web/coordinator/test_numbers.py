"""Which colleagues wrote numbers that were known: for their coordinator, and never whose."""

from __future__ import annotations

import pytest

from kunnig.audit import actions as audit
from tests.people import NOON
from tests.web.validator import cost_of, text_of

NUMBERS = "/municipality/numbers/"
pytestmark = pytest.mark.usefixtures("noon")


def found(person, by, board):
    audit.record(verb="person.found", target=person, about=person, file=board, by=by, at=NOON)


def test_coordinators_see_who_wrote_known_numbers_in_their_own_board_and_never_whose(
    knock, county, ingrid, petra, lotta, lars, amina, rania
):
    before = text_of(knock("lotta").get(NUMBERS))
    assert "No colleague has written a number that was known." in before
    lars.protection = "secrecy_marking"
    lars.save()
    for by, board in ((ingrid, county.norsjo_board), (lars, county.norsjo_board)):
        found(rania, by, board)
    cost = cost_of(knock("lotta"), NUMBERS)
    found(amina, petra, county.mala_board)
    found(rania, lotta, county.norsjo_board)
    audit.record(
        verb="identifier.tried",
        target=rania,
        about=rania,
        file=county.norsjo_board,
        by=ingrid,
        at=NOON,
    )

    text = text_of(knock("lotta").get(NUMBERS))

    assert text.count("Registered somebody by a number that was known") == 2
    assert text.count("Noted on somebody a number that another person has") == 1
    assert text.count("Ingrid Sandström") == 2
    assert "A colleague" in text
    for name in ("Lars", "Petra", "Rania", "Amina"):
        assert name not in text
    assert cost_of(knock("lotta"), NUMBERS) == cost <= 6


@pytest.mark.parametrize("who", ["amina", "ingrid", "karin", "eva", "maj", "asta"])
def test_the_page_is_for_coordinators(knock, county, who):
    assert knock(who).get(NUMBERS).status_code == 404
