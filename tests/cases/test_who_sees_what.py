"""Who may open and list a case: a table of everyone in the cast, and what the lists hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kunnig.cases import actions, queries
from kunnig.cases.queries import PAGE_LENGTH
from kunnig.cases.states import CaseState, Part
from kunnig.people.formats.identifiers import Number
from kunnig.people.states import IdentifierKind
from tests.factories import AccessFactory, CaseFactory, IdentifierFactory, PersonFactory
from tests.people import NOON
from tests.stories import registered

CAST = [
    "karin",
    "ingrid",
    "lars",
    "mirjam",
    "per_ola",
    "tomas",
    "eva",
    "lotta",
    "petra",
    "maj",
    "asta",
    "amina",
    "goran",
    "rania",
]
BOARD = {"karin", "eva", "lotta"}


@pytest.fixture
def cast(request):
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def case(cast, county):
    return registered(cast["amina"], county.norsjo_board, by=cast["ingrid"])


@pytest.fixture
def ranias(cast, county):
    """A protected case that Ingrid registered."""
    return registered(cast["rania"], county.norsjo_board, by=cast["ingrid"])


def seeing(cast, case, part=None):
    return {
        name
        for name, person in cast.items()
        if queries.visible_to(person, NOON, part).filter(pk=case.pk).exists()
    }


def listing(cast, case, rows):
    return {name for name, person in cast.items() if rows(person, NOON).filter(pk=case.pk).exists()}


@pytest.mark.parametrize("part", [None, Part.WHOLE, Part.INITIAL, Part.IN_DEPTH])
def test_a_case_opens_to_the_roles_of_its_board_and_to_who_is_named(cast, case, part):
    assert seeing(cast, case, part) == BOARD | {"ingrid"}


def test_adaptations_open_only_to_who_is_named(cast, case):
    assert seeing(cast, case, Part.ADAPTATIONS) == {"ingrid"}


def test_a_protected_case_opens_only_to_who_is_named(cast, ranias):
    assert seeing(cast, ranias) == {"ingrid"}
    assert seeing(cast, ranias, Part.WHOLE) == {"ingrid"}


@pytest.mark.parametrize(
    ("part", "opens"),
    [
        (Part.WHOLE, {None, Part.WHOLE, Part.INITIAL, Part.IN_DEPTH}),
        (Part.INITIAL, {None, Part.INITIAL}),
        (Part.IN_DEPTH, {None, Part.IN_DEPTH}),
        (Part.ADAPTATIONS, {None, Part.ADAPTATIONS}),
    ],
)
def test_an_access_opens_its_part_and_no_other(cast, case, part, opens):
    AccessFactory(case=case, person=cast["mirjam"], part=part)

    assert {asked for asked in [None, *Part] if "mirjam" in seeing(cast, case, asked)} == opens


def test_ones_own_case_is_found_through_ones_own_door_alone(cast, case):
    own = {name for name, person in cast.items() if queries.own(person).filter(pk=case.pk).exists()}

    assert own == {"amina"}


def test_nobody_opens_their_own_case_where_they_work(cast, county):
    case = CaseFactory(person=cast["karin"], board=county.norsjo_board)
    AccessFactory(case=case, person=cast["karin"])

    assert seeing(cast, case) == {"eva", "lotta"}
    assert listing(cast, case, queries.of_boards) == {"eva", "lotta"}
    assert listing(cast, case, queries.let_in) == set()
    assert queries.own(cast["karin"]).get() == case


def test_the_lists_hold_what_their_names_say(cast, case, ranias):
    AccessFactory(case=case, person=cast["mirjam"], part=Part.IN_DEPTH)

    assert listing(cast, case, queries.of_boards) == BOARD
    assert listing(cast, case, queries.let_in) == {"ingrid", "mirjam"}
    assert listing(cast, case, queries.responsible_for) == {"ingrid"}
    assert listing(cast, case, queries.without_responsible) == set()
    for rows in (queries.of_boards, queries.let_in, queries.responsible_for):
        assert listing(cast, ranias, rows) == set()
    assert listing(cast, ranias, queries.named_in_protected) == {"ingrid"}


def test_a_case_without_anyone_responsible_is_seen_by_the_leaders_of_its_board(cast, county):
    case = CaseFactory(person=cast["goran"], board=county.norsjo_board)

    assert listing(cast, case, queries.without_responsible) == BOARD


def test_what_belongs_to_nobody_s_board_is_not_opened_by_a_role_without_one(cast, county):
    case = CaseFactory(person=cast["goran"], board=county.mala_board)

    assert seeing(cast, case) == {"petra"}


# Searching.


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("amina", True),
        ("HADDAD Amina", True),
        ("amina åström", False),
        ("2026-O", False),
        ("", True),
    ],
)
def test_a_search_finds_all_the_words(cast, case, words, found):
    cases = queries.found(queries.of_boards(cast["karin"], NOON), words=words)

    assert cases.filter(pk=case.pk).exists() is found


def test_a_search_knows_swedish_letters_and_case_numbers(cast, county):
    case = CaseFactory(person=cast["goran"], board=county.norsjo_board, number="2026-KQ7XM")
    cases = queries.of_boards(cast["karin"], NOON)

    assert [
        queries.found(cases, words=words).exists()
        for words in ("göran", "ÅSTRÖM", "goran", "kq7xm", "2026-kq7xm")
    ] == [True, True, False, True, True]
    assert queries.found(cases, state=CaseState.REGISTERED).get() == case
    assert not queries.found(cases, state=CaseState.MAPPED).exists()


def test_a_list_comes_in_pages_the_newest_first(cast, county):
    for hours in range(PAGE_LENGTH + 1):
        CaseFactory(board=county.norsjo_board, registered_at=NOON - timedelta(hours=hours))
    cases = queries.of_boards(cast["karin"], NOON)

    first, has_more = queries.rows(cases)
    last, has_still_more = queries.rows(cases, page=2)

    assert (len(first), has_more, len(last), has_still_more) == (PAGE_LENGTH, True, 1, False)
    days = [row.registered_at for row in first + last]
    assert days == sorted(days, reverse=True)


# Is there a case already?


def likely_same(person, **about):
    named = {"name": "Somebody Else", "birth_date": None} | about
    return [row.number for row in queries.likely_same(person, NOON, **named)]


@pytest.mark.parametrize(
    "about",
    [
        {"name": "amina  HADDAD"},
        {"birth_date": date(1988, 3, 14), "name": "Amina al-Haddad"},
        {"birth_date": date(1988, 3, 14), "name": "Haddad"},
        {"identifiers": [Number(IdentifierKind.OTHER, "50-1", "The migration agency")]},
    ],
)
def test_an_open_case_about_the_same_person_is_likely_the_same(cast, case, about):
    IdentifierFactory(person=cast["amina"], value="50-1")

    assert likely_same(cast["ingrid"], **about) == [case.number]
    assert likely_same(cast["karin"], **about) == [case.number]


@pytest.mark.parametrize("who", ["lars", "petra", "maj", "asta", "goran"])
def test_a_likely_duplicate_is_never_told_to_those_who_may_not_see_it(cast, case, who):
    IdentifierFactory(person=cast["amina"], value="50-1")
    number = Number(IdentifierKind.OTHER, "50-1", "The migration agency")

    assert likely_same(cast[who], name="Amina Haddad", identifiers=[number]) == []


def test_a_protected_person_is_never_a_likely_duplicate(cast, ranias):
    assert likely_same(cast["ingrid"], name="Rania Castellanos") == []


def test_a_closed_case_and_another_person_are_not_likely_the_same(cast, case):
    assert likely_same(cast["ingrid"], name="Amina Haddadi") == []

    actions.close(case_id=case.pk, reason="Done", by=cast["ingrid"], at=NOON)

    assert likely_same(cast["ingrid"], name="Amina Haddad") == []


@pytest.mark.parametrize("name", ["Somebody Else", "Ami Hadd", "Aminah Haddadi"])
def test_a_birthday_alone_makes_nobody_a_likely_duplicate(cast, case, name):
    assert likely_same(cast["ingrid"], name=name, birth_date=date(1988, 3, 14)) == []


def test_a_part_of_the_name_alone_makes_nobody_a_likely_duplicate(cast, case):
    assert likely_same(cast["ingrid"], name="Amina Nilsson", birth_date=date(1988, 3, 15)) == []


@pytest.mark.parametrize("who", ["ingrid", "karin"])
def test_the_very_same_number_comes_first_however_many_are_called_alike(cast, county, who):
    born, cases = date(1990, 1, 1), []
    for n in range(PAGE_LENGTH + 5):
        cases.append(
            CaseFactory(
                person=PersonFactory(name=f"Amina Number{n}", birth_date=born),
                board=county.norsjo_board,
                registered_at=NOON - timedelta(hours=n),
            )
        )
        AccessFactory(case=cases[-1], person=cast["ingrid"])
    oldest = cases[-1]
    IdentifierFactory(person=oldest.person, value="50-1")
    number = Number(IdentifierKind.OTHER, "50-1", "The migration agency")

    found = likely_same(cast[who], name="Amina Haddad", birth_date=born, identifiers=[number])

    assert found == [each.number for each in (oldest, *cases[:PAGE_LENGTH])]


def test_a_person_with_several_numbers_is_one_likely_duplicate(cast, case):
    for value in ("50-1", "50-2"):
        IdentifierFactory(person=cast["amina"], value=value)
    number = Number(IdentifierKind.OTHER, "50-1", "The migration agency")

    assert likely_same(cast["ingrid"], name="Amina Haddad", identifiers=[number]) == [case.number]


# Whom to choose among.


def test_colleagues_of_the_board_can_be_let_in_and_case_workers_be_responsible(cast, case):
    named = {each.username for each in queries.may_be_named(case, NOON)}
    responsible = {each.username for each in queries.may_answer_for(case, NOON)}

    assert named == {"karin", "ingrid", "lars", "mirjam", "per-ola", "tomas", "eva", "lotta"}
    assert responsible == {"karin", "ingrid", "lars", "lotta"}


def test_the_person_is_not_offered_in_their_own_case(cast, county):
    case = CaseFactory(person=cast["karin"], board=county.norsjo_board)

    assert cast["karin"] not in queries.may_be_named(case, NOON)


def test_one_opens_cases_with_the_boards_one_works_for(cast, county):
    assert {
        name: [each.pk for each in queries.boards_to_register_with(person, NOON)]
        for name, person in cast.items()
        if queries.boards_to_register_with(person, NOON)
    } == {
        "karin": [county.norsjo_board.pk],
        "ingrid": [county.norsjo_board.pk],
        "lars": [county.norsjo_board.pk],
        "lotta": [county.norsjo_board.pk],
        "petra": [county.mala_board.pk],
    }


def test_those_let_in_are_fetched_with_the_case(cast, case, django_assert_num_queries):
    among = queries.with_those_let_in(queries.visible_to(cast["ingrid"], NOON))
    found = among.get(pk=case.pk)

    with django_assert_num_queries(0):
        assert {each.person.name for each in found.accesses.all()} == {"Ingrid Sandström"}
