"""What has happened to a case, and who has opened it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kunnig
from kunnig.audit.models import Entry
from kunnig.cases import actions
from kunnig.cases.states import IdentityCheck, Part
from kunnig.mapping import actions as mapping
from kunnig.mapping.actions import APPROVALS
from kunnig.mapping.queries import fingerprint
from kunnig.web.validator.history import READ, VERBS
from tests.factories import AccessFactory
from tests.people import NOON
from tests.stories import settled, told_initial
from tests.web.validator import cost_of, text_of, url


def lines(response):
    return [(str(line.what), line.who) for line in response.context["lines"]]


def test_what_was_done_is_told_in_words_the_latest_first(knock, case, ingrid):
    actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)

    assert lines(knock("karin").get(url("history", case.pk))) == [
        ("Closed the case", "Ingrid Sandström"),
        ("Noted adaptations", "Ingrid Sandström"),
        ("Let somebody in", "Ingrid Sandström"),
        ("Registered the case", "Ingrid Sandström"),
    ]


def test_who_has_read_is_told_when_asked_for(knock, case):
    knock("karin").get(url("case", case.pk))

    response = knock("eva").get(url("history", case.pk), {"readings": "1"})

    assert lines(response)[:2] == [
        ("Opened the case", "Eva Marklund"),
        ("Opened the case", "Karin Lundmark"),
    ]


def test_a_long_history_is_read_page_by_page(knock, case, ingrid):
    for number in range(60):
        actions.note_adaptation(case_id=case.pk, text=f"Behov {number}", by=ingrid, at=NOON)
    client = knock("ingrid")

    first = client.get(url("history", case.pk))
    second = client.get(url("history", case.pk), {"page": "2"})

    assert (len(lines(first)), len(lines(second))) == (50, 13)
    assert first.context["pages"]["following"] == "?page=2"


def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    page = text_of(knock("mirjam").get(url("history", case.pk)))

    assert "Only those who work with the whole case can do this." in page
    assert "Registered the case" not in page


def test_an_approval_at_the_table_is_told_from_one_on_a_device_of_ones_own(
    knock, case, ingrid, amina
):
    draft, _entry = told_initial(case, by=ingrid)
    settled(draft, by=ingrid)
    newer = mapping.start_new_version(mapping_id=draft.pk, by=amina, at=NOON)
    mapping.share(mapping_id=newer.pk, by=amina, at=NOON)
    mapping.approve(mapping_id=newer.pk, shown_hash=fingerprint(newer), by=amina, at=NOON)

    told = lines(knock("ingrid").get(url("history", case.pk)))

    assert [line for line in told if "approved" in line[0]] == [
        ("The person approved a mapping, on a device of their own", "Amina Haddad"),
        (
            "The person approved a mapping at the table, with a code of their own",
            "Ingrid Sandström",
        ),
    ]


def test_something_without_words_is_told_as_something(knock, case, ingrid):
    Entry.objects.create(
        verb="moon.landed",
        target="moon:1",
        file=f"cases.case:{case.pk}",
        actor=str(ingrid.pk),
        happened_at=NOON,
    )

    response = knock("ingrid").get(url("history", case.pk))

    assert lines(response)[0] == ("Something else was noted", "Ingrid Sandström")


def test_every_verb_of_a_case_has_words():
    rooms = ("cases", "mapping", "portfolio")
    texts = [
        file.read_text()
        for room in rooms
        for file in (Path(kunnig.__file__).parent / room).rglob("actions*.py")
    ]
    verbs = set(re.findall(r'(?:verb ?= ?|_trace\(|else )"([a-z_]+\.[a-z_]+)"', " ".join(texts)))

    verbs |= {f"identity.{way}" for way in IdentityCheck} | {*APPROVALS.values()}
    assert verbs <= set(VERBS)
    assert not set(VERBS) & set(READ)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_much_happened(knock, case, ingrid, how_many):
    for number in range(how_many):
        actions.note_adaptation(case_id=case.pk, text=f"Behov {number}", by=ingrid, at=NOON)

    # session, person, assignments, case, accesses, reading, lines; the one responsible is known
    assert cost_of(knock("ingrid"), url("history", case.pk)) == 7
