"""Saving while one writes, in a real browser: nothing typed is lost, nothing is saved twice."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from kunnig.mapping.models import Answer
from tests.browser import barriers_in, cut_off, sign_in, speak
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db(transaction=True)

WISH = "#wish-original"


def texts(path="goal/wish"):
    return list(
        Answer.objects.filter(path=path).order_by("version").values_list("value", flat=True)
    )


@pytest.fixture
def address(live_server, draft):
    where = {"pk": draft.pk, "section": "goal"}
    return live_server.url + reverse("validator:interview", kwargs=where)


@pytest.fixture
def writing(context, page, live_server, client, ingrid, address):
    """Ingrid's page of the interview, opened in a browser."""
    speak(context, live_server, "en")
    sign_in(context, live_server, client, ingrid)
    page.goto(address)
    return page


def state(page, key="wish-original"):
    return page.locator(f'[data-field="{key}"] .k-saved')


def bar(page):
    return page.locator(".k-savebar [data-all]")


def test_every_change_is_saved_by_itself_with_the_time(writing):
    expect(bar(writing)).to_have_text("Nothing written yet")

    writing.fill(WISH, "I want to work with old people.")

    expect(state(writing)).to_have_text("Saved 12:00")
    expect(bar(writing)).to_have_text("Everything is saved. Last 12:00")
    assert texts() == ["I want to work with old people."]
    writing.fill(WISH, "I want to cook.")
    expect(bar(writing)).to_have_text("Not saved yet")
    expect(bar(writing)).to_have_text("Everything is saved. Last 12:00")
    assert texts() == ["I want to work with old people.", "I want to cook."]


def test_choices_are_saved_by_themselves_too(writing, address):
    writing.goto(address.replace("/goal/", "/digital/"))

    writing.get_by_role("radio", name="I do it on my own").first.check()

    expect(state(writing, "find-original")).to_have_text("Saved 12:00")
    assert texts("digital/find") == ["alone"]


def test_the_button_after_autosave_saves_nothing_twice(writing):
    writing.fill(WISH, "one\ntwo")
    expect(state(writing)).to_have_text("Saved 12:00")

    writing.get_by_role("button", name="Save and continue").click()

    writing.wait_for_url("**/education/")
    assert texts() == ["one\ntwo"]


def test_a_second_device_gets_both_texts_and_the_choice_of_a_person_counts(
    browser, browser_context_args, writing, live_server, client, amina, draft
):
    other = browser.new_context(**browser_context_args)
    speak(other, live_server, "en")
    client.cookies.clear()
    sign_in(other, live_server, client, amina)
    second = other.new_page()
    where = {"pk": draft.pk, "section": "goal"}
    second.goto(live_server.url + reverse("candidate:interview", kwargs=where))
    second.fill(WISH, "Bake")
    expect(state(second)).to_have_text("Saved 12:00")

    writing.fill(WISH, "Cook")

    conflict = writing.locator(".k-decision")
    expect(conflict).to_contain_text("Amina Haddad")
    expect(conflict).to_contain_text("The text of Amina Haddad, 12:00")
    expect(bar(writing)).to_contain_text("Someone else changed this")
    expect(writing.locator(WISH)).to_have_value("Cook")
    assert barriers_in(writing) == {}
    assert texts() == ["Bake"]
    conflict.get_by_label("Or write them together").fill("Bake and cook")
    conflict.get_by_role("button", name="Save the choice").click()
    expect(state(writing)).to_have_text("Saved 12:00")
    expect(conflict).to_have_count(0)
    assert texts() == ["Bake", "Bake and cook"]
    other.close()


@pytest.mark.parametrize(
    ("choice", "kept"), [("Your text", ["Bake", "Cook"]), ("The text of", ["Bake"])]
)
def test_one_of_both_texts_can_be_chosen(writing, draft, say, amina, choice, kept):
    say(draft, "Bake", by=amina)
    writing.fill(WISH, "Cook")
    conflict = writing.locator(".k-decision")

    conflict.get_by_label(choice).check()
    conflict.get_by_role("button", name="Save the choice").click()

    expect(writing.locator(WISH)).to_have_value(kept[-1])
    expect(bar(writing)).to_contain_text("aved")
    expect(conflict).to_have_count(0)
    assert texts() == kept


def test_different_fields_of_two_people_are_merged(writing, draft, say, amina):
    say(draft, "It is calm", by=amina, path="goal/why")

    writing.fill(WISH, "Cook")

    expect(state(writing)).to_have_text("Saved 12:00")
    assert (texts(), texts("goal/why")) == (["Cook"], ["It is calm"])


LOSE_THE_FIRST = """() => {
  const real = window.fetch;
  window.sent = [];
  window.fetch = async (address, options) => {
    window.sent.push(JSON.parse(options.body).given[0]);
    const first = window.sent.length === 1;
    const answer = await real(address, options);
    if (first) throw new TypeError('The answer was lost on its way.');
    return answer;
  };
}"""


@pytest.fixture
def sent(writing):
    """Lose the first answer on its way back; return what was sent, whenever it is asked."""
    writing.evaluate(LOSE_THE_FIRST)
    return lambda: writing.evaluate("window.sent")


def test_an_answer_lost_on_its_way_back_is_sent_again_and_saved_once(writing, sent):
    writing.fill(WISH, "Cook")

    expect(bar(writing)).to_contain_text("Could not save")
    expect(writing.locator(WISH)).to_have_value("Cook")
    expect(state(writing)).to_have_text("Saved 12:00", timeout=10_000)
    first, second = sent()
    assert first == second
    assert texts() == ["Cook"]


def test_words_written_while_an_answer_was_lost_are_an_operation_of_their_own(writing, sent):
    writing.fill(WISH, "Cook")
    expect(bar(writing)).to_contain_text("Could not save")
    writing.fill(WISH, "Cook for many")

    expect(bar(writing)).to_have_text("Everything is saved. Last 12:00", timeout=10_000)

    # The first goes first, unchanged; the new words are written over it, not against it.
    first, again, new = sent()
    assert [each["text"] for each in (first, again, new)] == ["Cook", "Cook", "Cook for many"]
    assert first["operation"] == again["operation"] != new["operation"]
    assert new["base"] == 1
    assert texts() == ["Cook", "Cook for many"]


def test_without_a_network_the_text_waits_and_is_sent_when_it_is_back(writing, context):
    context.set_offline(True)
    writing.fill(WISH, "Cook")
    expect(bar(writing)).to_contain_text("Could not save")

    context.set_offline(False)

    expect(state(writing)).to_have_text("Saved 12:00", timeout=10_000)
    assert texts() == ["Cook"]


def test_signed_out_the_text_stays_and_is_saved_after_signing_in_again(
    writing, context, live_server, client, ingrid
):
    Session.objects.all().delete()
    writing.fill(WISH, "Cook")

    notice = writing.get_by_text("Not saved: you are signed out.", exact=True)
    expect(notice).to_be_visible()
    expect(writing.locator(WISH)).to_have_value("Cook")
    door = writing.get_by_role("link", name="Sign in in a new tab")
    assert door.get_attribute("target") == "_blank"
    assert texts() == []

    client.cookies.clear()
    sign_in(context, live_server, client, ingrid)

    expect(state(writing)).to_have_text("Saved 12:00", timeout=10_000)
    expect(notice).to_have_count(0)
    assert texts() == ["Cook"]


def test_somebody_else_who_signs_in_does_not_send_ones_words(
    writing, context, live_server, client, karin
):
    client.cookies.clear()
    sign_in(context, live_server, client, karin)

    writing.fill(WISH, "Cook")

    expect(bar(writing)).to_contain_text("Someone else was signed in when this was written.")
    expect(writing.locator(WISH)).to_have_value("Cook")
    assert texts() == []


def test_leaving_warns_only_while_something_is_unsaved(writing, address):
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.fill(WISH, "Cook")
    expect(state(writing)).to_have_text("Saved 12:00")
    writing.goto(address)
    assert asked == []

    writing.route("**/answers/", lambda route: route.abort())
    writing.locator(WISH).click()
    writing.keyboard.type(" and bake")
    expect(bar(writing)).to_contain_text("Could not save")
    writing.goto(address)

    assert asked == ["beforeunload"]


def test_newer_words_ask_whether_those_in_swedish_still_say_the_same(writing):
    writing.fill(WISH, "أطبخ")
    writing.fill("#wish-rendering", "Jag lagar mat")
    expect(state(writing, "wish-rendering")).to_have_text("Saved 12:00")
    tick = writing.get_by_label("The person’s words have changed since. This still says the same.")
    expect(tick.first).to_be_hidden()

    writing.fill(WISH, "أطبخ كثيرا")
    expect(tick.first).to_be_visible()
    tick.first.check()

    expect(tick.first).to_be_hidden()
    renderings = Answer.objects.filter(side="rendering").order_by("version")
    assert [(each.value, each.renders) for each in renderings] == [
        ("Jag lagar mat", 1),
        ("Jag lagar mat", 2),
    ]


def test_the_interview_has_no_barrier_and_nothing_is_cut_off(writing):
    assert barriers_in(writing) == {}
    assert cut_off(writing) == []


def test_the_question_page_saves_ticks_by_themselves(
    context, page, live_server, client, ingrid, in_depth, question, case
):
    add = reverse("validator:add_evidence", kwargs={"pk": case.pk})
    client.force_login(ingrid)
    sent = fields_of(client.get(add), "novalidate")
    client.post(add, sent | {"kind": "photo", "title": "A cake"})
    speak(context, live_server, "en")
    sign_in(context, live_server, client, ingrid)
    where = {"pk": in_depth.pk, "question": question.pk}
    page.goto(live_server.url + reverse("validator:question", kwargs=where))

    page.get_by_label(f"Supports {question.code}").check()
    expect(state(page, "evidence-original")).to_have_text("Saved 12:00")
    page.get_by_label("I can teach others").check()
    expect(state(page, "estimate-original")).to_have_text("Saved 12:00")

    assert Answer.objects.filter(path__startswith=f"q/{question.pk}").count() == 2
    assert barriers_in(page) == {}
    assert cut_off(page) == []
