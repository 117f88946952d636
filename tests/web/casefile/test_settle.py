"""Reading a whole mapping, and settling it: ready, approved, locked, a new version."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import ApprovedHow, MappingState
from kunnig.people import actions as people
from tests.factories import NOON
from tests.stories import SECRET, TABLE_CODE, settled
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db


def at(name, draft, audience="validator"):
    return reverse(f"{audience}:{name}", kwargs={"pk": draft.pk})


def text_of(response):
    return " ".join(response.content.decode().split())


def standing(draft):
    draft.refresh_from_db()
    return draft.standing


def test_a_mapping_is_read_in_both_voices_with_whose_words_they_are(knock, told):
    text = text_of(knock("ingrid").get(at("mapping", told[0])))

    assert f'lang="ar">عملت {SECRET}</p>' in text
    assert f'<p lang="sv">Jag arbetade {SECRET}</p>' in text
    assert "In Arabic, written by Ingrid Sandström 12:00. In Swedish by Ingrid Sandström." in text
    assert "Full time" in text
    assert f"Söka till komvux {SECRET}" in text


def test_what_is_not_in_swedish_yet_is_listed_with_where_to_write_it(knock, told):
    text = text_of(knock("ingrid").get(at("mapping", told[0])))

    assert "One answer is not in Swedish yet" in text
    assert "Your goal: What do you want to do?" in text


def test_the_person_is_not_asked_to_write_in_swedish(knock, told):
    text = text_of(knock("amina").get(at("mapping", told[0], "candidate")))

    assert "not in Swedish yet" not in text


def test_an_empty_mapping_says_what_will_come(knock, draft):
    assert "Nothing is told yet" in text_of(knock("ingrid").get(at("mapping", draft)))


def test_it_goes_from_draft_over_the_persons_own_approval_to_locked(knock, told):
    draft, _entry = told

    knock("ingrid").post(at("share", draft))
    assert standing(draft) is MappingState.SHARED

    client = knock("amina")
    url = at("approve", draft, "candidate")
    shown = fields_of(client.get(at("mapping", draft, "candidate")), "action", url)
    client.post(url, shown)
    assert (standing(draft), draft.approved_how) == (
        MappingState.APPROVED,
        ApprovedHow.OWN_DEVICE,
    )

    client = knock("ingrid")
    assert "Lock the mapping" in text_of(client.get(at("mapping", draft)))
    client.post(at("lock", draft))
    assert standing(draft) is MappingState.LOCKED
    text = text_of(client.get(at("mapping", draft)))
    assert "Amina Haddad approved it 25 November 2026. Ingrid Sandström locked it" in text
    hers = text_of(knock("amina").get(at("mapping", draft, "candidate")))
    assert "You approved it 25 November 2026. Ingrid Sandström locked it" in hers


def test_the_person_alone_says_that_it_is_ready(knock, told):
    knock("amina").post(at("share", told[0], "candidate"))

    assert standing(told[0]) is MappingState.SHARED


def test_what_is_refused_to_who_may_read_it_is_a_reading_too(knock, told):
    """The answer to a refusal holds the whole mapping: what it shows stands in the log."""
    response = knock("eva").post(at("lock", told[0]))

    assert response.status_code == 422
    assert "Amina Haddad" in text_of(response)
    line = Entry.objects.filter(is_reading=True).latest("pk")
    assert (line.verb, line.actor) == ("mapping.read", str(response.wsgi_request.user.pk))


def test_what_changed_after_it_was_shown_is_not_approved(knock, told, say, amina):
    draft, _entry = told
    client = knock("amina")
    client.post(at("share", draft, "candidate"))
    url = at("approve", draft, "candidate")
    shown = fields_of(client.get(at("mapping", draft, "candidate")), "action", url)
    say(draft, "It is calm", by=amina, path="goal/why")

    response = client.post(url, shown)

    assert response.status_code == 422
    assert "Something has changed since this was shown" in text_of(response)
    assert standing(draft) is MappingState.SHARED
    # The page that comes back shows the new text; what it shows can be approved.
    client.post(url, fields_of(response, "action", url))
    assert standing(draft) is MappingState.APPROVED


def test_a_change_of_what_is_approved_is_warned_of_and_told(knock, told, amina):
    draft, entry = told
    client = knock("amina")
    client.post(at("share", draft, "candidate"))
    url = at("approve", draft, "candidate")
    whole = at("mapping", draft, "candidate")
    client.post(url, fields_of(client.get(whole), "action", url))
    assert "You approved this on" in text_of(client.get(whole))

    client = knock("ingrid")
    where = {"pk": draft.pk, "section": "goal"}
    page = reverse("validator:interview", kwargs=where)
    work = reverse("validator:interview", kwargs=where | {"section": "work"})
    job = reverse("validator:entry", kwargs=where | {"section": "work", "entry": entry})
    for each in (page, work, job, at("mapping", draft)):
        assert "Amina approved this on" in text_of(client.get(each)), each
    written = fields_of(client.get(page)) | {"why-original": "هدوء"}
    told_after = text_of(client.post(page, written, follow=True))

    assert "What you changed took the approval back" in told_after
    assert standing(draft) is MappingState.SHARED
    assert "A change takes the approval back" not in text_of(client.get(page))


def test_nobody_else_approves_on_the_persons_behalf(knock, told):
    draft, _entry = told
    client = knock("ingrid")
    client.post(at("share", draft))

    response = client.post(at("approve", draft), {"shown_hash": "0" * 64})

    assert "Only the person approves" in text_of(response)
    assert standing(draft) is MappingState.SHARED


@pytest.fixture
def at_the_table(knock, told, amina):
    people.choose_table_code(person_id=amina.pk, code=TABLE_CODE, by=amina, at=NOON)
    client = knock("ingrid")
    client.post(at("share", told[0]))
    return client


def test_the_person_approves_at_the_table_with_a_code_of_their_own(at_the_table, told):
    draft, _entry = told
    url = at("approve_at_table", draft)
    shown = fields_of(at_the_table.get(at("mapping", draft)), "action", url)

    response = at_the_table.post(url, shown | {"code": TABLE_CODE})

    assert response["Location"] == at("mapping", draft)
    assert (standing(draft), draft.approved_how, draft.approved_by.name) == (
        MappingState.APPROVED,
        ApprovedHow.AT_THE_TABLE,
        "Amina Haddad",
    )


@pytest.mark.parametrize("code", ["", "000000"])
def test_a_wrong_code_approves_nothing_and_is_told_beside_the_field(at_the_table, told, code):
    draft, _entry = told
    url = at("approve_at_table", draft)
    shown = fields_of(at_the_table.get(at("mapping", draft)), "action", url)

    response = at_the_table.post(url, shown | {"code": code})

    assert response.status_code == 422
    assert 'href="#id_code"' in text_of(response)
    assert standing(draft) is MappingState.SHARED


def test_a_code_is_never_written_back_on_the_page(at_the_table, told):
    response = at_the_table.post(at("approve_at_table", told[0]), {"code": "918273"})

    assert "918273" not in response.content.decode()


def test_without_a_code_the_mapper_is_led_to_where_one_is_chosen(knock, told, case):
    client = knock("ingrid")
    client.post(at("share", told[0]))

    text = text_of(client.get(at("mapping", told[0])))

    assert reverse("validator:table_code", kwargs={"pk": case.pk}) in text
    assert 'name="code"' not in text


def test_the_person_does_not_lock_their_own(knock, told, ingrid):
    draft, _entry = told
    client = knock("amina")
    client.post(at("share", draft, "candidate"))
    url = at("approve", draft, "candidate")
    client.post(url, fields_of(client.get(at("mapping", draft, "candidate")), "action", url))

    text = text_of(client.get(at("mapping", draft, "candidate")))
    response = client.post(at("lock", draft, "candidate"))

    assert "Your validator locks the mapping" in text
    assert "Lock the mapping" not in text
    assert "Your validator locks the mapping" in text_of(response)
    assert standing(draft) is MappingState.APPROVED


def test_a_new_version_goes_on_and_the_old_one_points_to_it(knock, told, ingrid):
    draft, _entry = told
    settled(draft, by=ingrid)
    client = knock("ingrid")

    response = client.post(at("new_version", draft))

    new = Mapping.objects.get(version=2)
    assert response["Location"].startswith(f"/work/mappings/{new.pk}/interview/")
    old = text_of(client.get(at("mapping", draft)))
    assert "A newer version is being written" in old
    assert at("mapping", new) in old
    assert "It is being written." in text_of(client.get(at("mapping", new)))
    settled(new, by=ingrid)
    assert "This version is replaced by a newer one." in text_of(client.get(at("mapping", draft)))


def test_two_presses_begin_one_new_version(knock, told, ingrid):
    settled(told[0], by=ingrid)
    client = knock("ingrid")

    answers = [client.post(at("new_version", told[0])) for _press in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Mapping.objects.count() == 2


def test_a_colleague_is_told_that_a_new_version_is_being_written(knock, told, ingrid):
    settled(told[0], by=ingrid)
    knock("ingrid").post(at("new_version", told[0]))

    response = knock("karin").post(at("new_version", told[0]))

    assert "There is already an open mapping of this kind" in text_of(response)
    assert Mapping.objects.count() == 2


def test_a_colleague_of_the_board_reads_and_is_told_why_they_do_not_write(knock, told):
    text = text_of(knock("eva").get(at("mapping", told[0])))

    assert "Only validators and counsellors of the board map." in text
    assert "Go on writing" not in text
    assert re.findall(r'<form[^>]*action="/work/mappings', text) == []


def test_strangers_do_not_find_it(knock, told):
    for who in ("petra", "maj", "asta", "lars", "goran"):
        for audience in ("validator", "candidate", "assessor"):
            assert knock(who).get(at("mapping", told[0], audience)).status_code == 404
            assert knock(who).post(at("lock", told[0], audience)).status_code == 404
