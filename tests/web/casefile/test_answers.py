"""The road of the page's script: one JSON each way, in a numbered form."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.mapping import policies, queries
from kunnig.mapping.models import Answer
from kunnig.mapping.states import Side
from tests.factories import NOON
from tests.stories import settled

pytestmark = pytest.mark.django_db


def url(draft, audience="validator"):
    return reverse(f"{audience}:answers", kwargs={"pk": draft.pk})


def one(by, text="Cook", **changes):
    return {
        "operation": str(uuid4()),
        "author": str(by.pk),
        "path": "goal/wish",
        "side": "original",
        "base": 0,
        "text": text,
        "language": "ar",
        "device_at": "2026-11-25T11:59:58.120Z",
    } | changes


def send(client, draft, *given, audience="validator", **changes):
    body = {"v": 1, "given": given} | changes
    return client.post(url(draft, audience), json.dumps(body), content_type="application/json")


def test_an_answer_is_kept_and_the_page_is_told_when(knock, draft, ingrid):
    sent = one(ingrid)

    response = send(knock("ingrid"), draft, sent)

    assert response.status_code == 200
    assert response.json() == {
        "v": 1,
        "all": "Everything is saved. Last 12:00",
        "outcomes": [
            {
                "operation": sent["operation"],
                "path": "goal/wish",
                "side": "original",
                "result": "saved",
                "version": 1,
                "said": "Saved 12:00",
                "language": "ar",
                "lacks_rendering": False,
            }
        ],
    }
    answer = Answer.objects.get()
    assert (answer.value, answer.at, answer.device_at.second) == ("Cook", NOON, 58)


def test_an_answer_that_was_lost_on_its_way_back_is_given_again(knock, draft, ingrid):
    sent = one(ingrid)

    answers = [send(knock("ingrid"), draft, sent).json() for _again in range(2)]

    assert answers[0] == answers[1]
    assert Answer.objects.count() == 1


def test_a_conflict_comes_with_the_other_text_and_whose_it_is(knock, draft, ingrid, amina, say):
    say(draft, "Bake", by=amina)

    (outcome,) = send(knock("ingrid"), draft, one(ingrid)).json()["outcomes"]

    assert outcome["result"] == "conflict"
    assert (outcome["theirs"], outcome["shown"], outcome["by"], outcome["version"]) == (
        "Bake",
        "Bake",
        "Amina Haddad",
        1,
    )
    assert outcome["whose"] == "The text of Amina Haddad, 12:00"


def test_the_other_choice_in_a_conflict_is_told_in_words(knock, draft, ingrid, amina, say):
    say(draft, "teach", by=amina, path="digital/find")

    sent = one(ingrid, "help", path="digital/find")
    (outcome,) = send(knock("ingrid"), draft, sent).json()["outcomes"]

    assert (outcome["theirs"], outcome["shown"]) == ("teach", "I can teach others")


def test_each_answer_has_an_outcome_of_its_own(knock, draft, ingrid, amina):
    response = send(
        knock("ingrid"),
        draft,
        one(ingrid),
        one(ingrid, path="goal/nothing"),
        one(amina, path="goal/why"),
    )

    results = [outcome["result"] for outcome in response.json()["outcomes"]]
    assert results == ["saved", "refused", "refused"]
    assert Answer.objects.count() == 1


def test_newer_words_tell_that_those_in_swedish_may_say_something_else(
    knock, draft, ingrid, amina, say
):
    say(draft, "أطبخ", by=amina)
    say(draft, "Jag lagar mat", by=ingrid, side=Side.RENDERING, language="sv")

    (outcome,) = send(knock("ingrid"), draft, one(ingrid, "أطبخ كثيرا", base=1)).json()["outcomes"]

    assert outcome["lacks_rendering"] is True


@pytest.mark.parametrize(
    "body",
    ["", "no", "[]", "{}", '{"v": 2, "given": []}', '{"v": true, "given": []}', "[" * 100_000],
)
def test_another_form_is_not_read(knock, draft, body):
    response = knock("ingrid").post(url(draft), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["reason"]


@pytest.mark.parametrize(
    "changes",
    [
        {"operation": "1"},
        {"operation": None},
        {"author": "amina"},
        {"path": 1},
        {"path": "x" * 121},
        {"path": "goal/\x00"},
        {"side": "both"},
        {"base": -1},
        {"base": "0"},
        {"base": True},
        {"base": 2**31},
        {"text": None},
        {"text": "\ud800"},
        {"language": "a language with a long name"},
        {"language": ""},
    ],
)
def test_what_is_malformed_is_told_and_nothing_of_it_taken(knock, draft, ingrid, changes):
    response = send(knock("ingrid"), draft, one(ingrid), one(ingrid, path="goal/why") | changes)

    assert response.status_code == 422
    assert response.json()["reason"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("given", [[], [1], {}, None, [{}] * 101])
def test_there_are_between_one_and_a_hundred_answers(knock, draft, given):
    response = send(knock("ingrid"), draft, given=given)

    assert response.status_code == 422


def test_a_device_whose_clock_is_no_clock_is_believed_about_its_text(knock, draft, ingrid):
    response = send(knock("ingrid"), draft, one(ingrid, device_at="half past noon"))

    assert response.json()["outcomes"][0]["result"] == "saved"
    assert Answer.objects.get().device_at is None


def test_line_ends_and_empty_bytes_are_kept_in_one_way(knock, draft, ingrid):
    send(knock("ingrid"), draft, one(ingrid, "one\r\ntwo\x00"))

    assert Answer.objects.get().value == "one\ntwo"


def test_what_may_not_be_written_is_told_why(knock, told, ingrid):
    draft, _entry = told
    settled(draft, by=ingrid)

    response = send(knock("ingrid"), draft, one(ingrid))

    assert response.status_code == 409
    assert "The mapping is locked" in response.json()["reason"]


def test_those_who_may_not_see_it_find_nothing(knock, draft, petra, goran, amina):
    assert send(knock("petra"), draft, one(petra)).status_code == 404
    assert send(knock("goran"), draft, one(goran), audience="candidate").status_code == 404
    assert send(knock("amina"), draft, one(amina), audience="candidate").status_code == 200


@pytest.mark.parametrize("who", ["petra", "goran", "maj", "lars", "mirjam", "eva"])
def test_those_who_may_not_write_learn_nothing_by_sending_nonsense(knock, draft, who):
    """What is not there and what is not theirs to see are answered alike."""
    unknown = reverse("validator:answers", kwargs={"pk": uuid4()})
    may_see = who == "eva"

    for body in ("no", '{"v": 1, "given": [1]}'):
        sent = knock(who).post(url(draft), body, content_type="application/json").status_code
        assert sent in ({400, 422} if may_see else {404})
        missing = knock(who).post(unknown, body, content_type="application/json")
        assert missing.status_code == 404


@pytest.mark.parametrize("state", ["draft", "in_depth"])
def test_whoever_may_write_in_a_mapping_may_open_it(request, county, let_in, state):
    """The road of the script opens no door where nothing is refused, so this must hold."""
    mapping = request.getfixturevalue(state)
    cast = "amina ingrid karin lars mirjam per_ola tomas eva lotta petra maj asta goran"
    people = [request.getfixturevalue(name) for name in cast.split()]
    for person in people[3:7]:
        let_in(mapping.case, person)

    may_write = {person for person in people if policies.may_write(person, mapping, NOON)}

    may_open = {
        person
        for person in people
        if queries.own(person).filter(pk=mapping.pk).exists()
        or queries.visible_to(person, NOON).filter(pk=mapping.pk).exists()
    }
    assert may_write
    assert may_write <= may_open


def test_those_who_are_signed_out_are_sent_to_the_door(client, draft, ingrid):
    assert send(client, draft, one(ingrid)).status_code == 302
    assert not Answer.objects.exists()


def test_saving_notes_no_reading_and_one_sitting(knock, draft, ingrid):
    for number in range(3):
        send(knock("ingrid"), draft, one(ingrid, f"Cook {number}", base=number))

    assert Entry.objects.filter(is_reading=True).count() == 0
    assert Entry.objects.filter(verb="sitting.began").count() == 1


def test_it_is_a_form_of_its_own_that_nobody_asks_for(knock, draft):
    assert knock("ingrid").get(url(draft)).status_code == 405
