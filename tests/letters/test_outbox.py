"""A letter leaves once, to nobody protected, and whatever stops it is seen."""

from __future__ import annotations

import socket
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from kunnig.audit.models import Entry, label_of
from kunnig.kernel.verdict import Refused
from kunnig.letters import actions, queries
from kunnig.letters.duties import send_one
from kunnig.letters.models import Letter
from kunnig.letters.queries import Outbox
from kunnig.letters.states import CLAIM, MOST_ATTEMPTS, PAUSES, Failure, LetterKind, LetterState
from kunnig.people.models import Person
from kunnig.people.states import Protection
from tests.factories import CaseFactory, PersonFactory
from tests.people import NOON
from tests.post import FACTS

ADDRESS = "amina@example.com"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(amina, ingrid, county):
    return CaseFactory(person=amina, board=county.norsjo_board, goal="Bli undersköterska")


def written(case, by, **more):
    asked = {"to": case.person, "address": ADDRESS, "language": "ar", **more}
    return actions.write(
        kind=LetterKind.INVITATION, facts=FACTS, file=case, by=by, at=NOON, **asked
    )


def lines(case):
    """Return what the history of the case tells of letters."""
    found = Entry.objects.filter(file=label_of(case), verb__startswith="letter.")
    return [line.verb for line in found.order_by("pk")]


def test_a_letter_waits_is_sent_in_both_languages_and_traced(case, ingrid, office):
    letter = written(case, ingrid)
    assert [*queries.due(NOON)] == [letter]

    assert [send_one(NOON), send_one(NOON)] == [True, False]

    (message,) = office.messages
    assert message["Message-ID"] == f"<{letter.pk}@region.example>"
    assert message["To"] == ADDRESS
    assert message["Content-Language"] == "ar, sv"
    text = message.get_body(("plain",)).get_content()
    arabic, swedish = text.split("– – –")
    assert "Norsjö kommun har öppnat en sida för dig i Kunnig." in swedish
    assert "فتحت Norsjö kommun صفحة لك في Kunnig." in arabic
    link = f"https://kunnig.example/invited/{letter.secret}/"
    assert [link in each for each in (arabic, swedish)] == [True, True]
    html = message.get_body(("html",)).get_content()
    assert '<div lang="ar" dir="rtl">' in html
    # The letter tells nothing of what the case is about, nor whose it is.
    for secret in (case.number, case.goal, case.person.name, "undersköterska"):
        assert secret not in message.as_string() + text + html
    letter.refresh_from_db()
    assert (letter.standing, letter.settled_at, letter.attempts) == (LetterState.SENT, NOON, 1)
    assert letter.secret not in str(Letter.objects.values())
    assert lines(case) == ["letter.written", "letter.sent"]


@pytest.mark.parametrize(
    ("spoken", "languages"),
    [
        ("sv", ("sv",)),
        ("sv-simple", ("sv-simple",)),
        ("en", ("en", "sv")),
        ("ti", ("sv-simple", "en")),
    ],
)
def test_who_speaks_another_language_reads_simple_swedish_and_english(spoken, languages):
    assert Letter(language=spoken).languages == languages


def test_nothing_is_written_to_a_protected_person(case, ingrid, rania, office):
    other = CaseFactory(person=rania, board=case.board)

    assert written(other, ingrid, to=rania) is None

    assert Letter.objects.count() == 0
    assert lines(other) == []


def test_what_waits_is_not_sent_to_who_was_protected_meanwhile(case, ingrid, office):
    letter = written(case, ingrid)
    Person.objects.update(protection=Protection.SECRECY_MARKING)

    assert not send_one(NOON)

    letter.refresh_from_db()
    assert letter.standing is LetterState.WITHDRAWN
    assert office.messages == []
    assert lines(case) == ["letter.written", "letter.withdrawn"]


def test_a_letter_taken_back_does_not_go_but_what_went_is_told(case, ingrid, office):
    letter, on_its_way = written(case, ingrid), None
    actions.withdraw_all(to=case.person, at=NOON)
    assert not send_one(NOON)

    written(case, ingrid)
    on_its_way = actions.claim(NOON)
    actions.withdraw(letter_id=on_its_way.pk, by=ingrid, at=NOON)
    actions.note_sent(letter_id=on_its_way.pk, at=NOON)
    actions.withdraw(letter_id=on_its_way.pk, by=ingrid, at=NOON)

    states = [Letter.objects.get(pk=each.pk).standing for each in (letter, on_its_way)]
    assert states == [LetterState.WITHDRAWN, LetterState.SENT]


@pytest.mark.parametrize("address", ["", "amina", "a@b@c", "a@example.com, b@example.com"])
def test_an_address_that_cannot_be_one_is_refused(case, ingrid, address):
    with pytest.raises(Refused, match="Write one e-mail address"):
        written(case, ingrid, address=address)


def test_an_address_that_is_refused_fails_at_once_and_is_seen(case, ingrid, office):
    office.answers = {ADDRESS: "550 No such person here"}
    letter = written(case, ingrid)

    assert [send_one(NOON), send_one(NOON + timedelta(days=9))] == [True, False]

    letter.refresh_from_db()
    assert (letter.standing, letter.failure) == (LetterState.FAILED, Failure.REFUSED)
    assert lines(case) == ["letter.written", "letter.failed"]
    assert queries.outbox(NOON) == Outbox(waiting=0, late=0, sent=0, failed=1)


def test_what_may_pass_is_tried_again_with_longer_pauses_and_then_given_up(case, ingrid, office):
    office.answers = {ADDRESS: "450 Try again later"}
    letter, at = written(case, ingrid), NOON
    assert [*PAUSES] == sorted(set(PAUSES))

    for pause in PAUSES:
        assert [send_one(at), send_one(at + pause - MINUTE / 2)] == [True, False]
        letter.refresh_from_db()
        assert (letter.standing, letter.next_try_at) == (LetterState.QUEUED, at + pause)
        at += pause
    assert queries.outbox(at).late == 1
    assert send_one(at)

    letter.refresh_from_db()
    assert (letter.standing, letter.failure) == (LetterState.FAILED, Failure.GAVE_UP)
    assert letter.attempts == MOST_ATTEMPTS


def test_a_server_that_is_down_delays_and_loses_nothing(case, ingrid, office, settings):
    letter, port = written(case, ingrid), settings.EMAIL_PORT
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        assert send_one(NOON)
    settings.EMAIL_PORT = port

    assert send_one(NOON + MINUTE)

    assert [message["Message-ID"][1:37] for message in office.messages] == [str(letter.pk)]


def test_who_is_killed_holds_a_letter_for_a_while_only(case, ingrid, office):
    letter = written(case, ingrid)
    killed = actions.claim(NOON)
    assert not send_one(NOON + MINUTE)

    later = NOON + CLAIM
    assert send_one(later)
    # The one that was thought dead comes back: nothing of a later attempt is undone.
    actions.note_failure(letter_id=killed.pk, attempt=killed.attempts, is_refused=True, at=later)

    letter.refresh_from_db()
    assert (letter.standing, letter.attempts) == (LetterState.SENT, 2)
    assert len(office.messages) == 1


def test_who_is_killed_each_time_is_not_tried_for_ever(case, ingrid):
    letter, at = written(case, ingrid), NOON
    for _killed in range(MOST_ATTEMPTS):
        assert actions.claim(at) == letter
        at += CLAIM

    assert actions.claim(at) is None

    letter.refresh_from_db()
    assert (letter.standing, letter.failure) == (LetterState.FAILED, Failure.GAVE_UP)


@pytest.mark.django_db(transaction=True)
def test_several_who_send_at_once_send_each_letter_once(county, office):
    amina, ingrid = PersonFactory(), PersonFactory()
    case = CaseFactory(person=amina, board=county.norsjo_board)
    letters = {str(written(case, ingrid).pk) for _each in range(6)}

    def work():
        while send_one(NOON):
            pass
        connection.close()

    working = [Thread(target=work) for _each in range(3)]
    for each in working:
        each.start()
    for each in working:
        each.join()

    assert sorted(m["Message-ID"][1:37] for m in office.messages) == sorted(letters)
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("letter_state_is_known", {"state": "lost", "settled_at": NOON}),
        ("letter_kind_is_known", {"kind": "chain"}),
        ("letter_has_an_address", {"address": ""}),
        ("letter_settled_means_when", {"state": "sent", "attempts": 1}),
        ("letter_settled_means_when", {"settled_at": NOON}),
        ("letter_failed_means_why", {"state": "failed", "settled_at": NOON}),
        ("letter_failed_means_why", {"failure": "refused"}),
        ("letter_sent_was_tried", {"state": "sent", "settled_at": NOON}),
        ("letter_is_tried_a_stated_number", {"attempts": MOST_ATTEMPTS + 1}),
    ],
)
def test_what_must_never_be_false_is_refused_by_the_database(case, ingrid, rule, broken):
    letter = written(case, ingrid)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**broken)
