"""The entries of a part of the interview: added, told of, taken away and put back."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from kunnig.mapping import queries
from kunnig.mapping.interview import BY_CODE
from kunnig.mapping.models import Answer
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db

WORK = BY_CODE["work"]


def work(draft, audience="validator"):
    return reverse(f"{audience}:interview", kwargs={"pk": draft.pk, "section": "work"})


def adding(response):
    """Return what the form that adds an entry would send."""
    return fields_of(response, "class", "k-panel k-stack")


def added(client, draft, name):
    return client.post(work(draft), adding(client.get(work(draft))) | {"what": name})


def test_an_entry_is_added_by_its_name_and_told_of_on_its_own_page(knock, draft):
    client = knock("ingrid")

    response = added(client, draft, "Carer of my grandmother")

    (entry,) = queries.sheet_of(draft).entries(WORK)
    where = {"pk": draft.pk, "section": "work", "entry": entry}
    assert response["Location"] == reverse("validator:entry", kwargs=where)
    page = client.get(response["Location"])
    assert fields_of(page)["what-original"] == ["Carer of my grandmother"]


def test_the_same_form_sent_twice_adds_one_entry(knock, draft):
    client = knock("ingrid")
    sent = adding(client.get(work(draft))) | {"what": "Carer"}

    first, again = client.post(work(draft), sent), client.post(work(draft), sent)

    assert first["Location"] == again["Location"]
    assert len(queries.sheet_of(draft).entries(WORK)) == 1


def test_the_back_button_and_another_name_asks_before_it_adds_one_more(knock, draft):
    client = knock("ingrid")
    sent = adding(client.get(work(draft)))
    client.post(work(draft), sent | {"what": "Carer"})

    response = client.post(work(draft), sent | {"what": "Cook"})

    assert response.status_code == 422
    assert adding(response)["what"] == ["Cook"]
    client.post(work(draft), adding(response))
    sheet = queries.sheet_of(draft)
    assert {sheet.title(WORK, entry) for entry in sheet.entries(WORK)} == {"Carer", "Cook"}


def test_an_entry_without_a_name_is_asked_for_one(knock, draft):
    response = added(knock("ingrid"), draft, "   ")

    assert response.status_code == 422
    assert "Write what it was" in response.content.decode()
    assert not Answer.objects.exists()


def test_partial_dates_are_kept_as_said_and_shown_as_understood(knock, draft):
    client = knock("ingrid")
    url = added(client, draft, "Carer")["Location"]

    sent = fields_of(client.get(url)) | {"from-original": "våren 1998", "to-original": "vet inte"}
    response = client.post(url, sent)

    assert response["Location"] == work(draft)
    page = client.get(url)
    assert fields_of(page)["from-original"] == ["våren 1998"]
    assert "Understood as spring 1998" in page.content.decode()
    assert "spring 1998–vet inte" in client.get(work(draft)).content.decode()


def test_taking_away_can_be_undone_and_loses_nothing(knock, draft):
    client = knock("ingrid")
    added(client, draft, "Carer")
    (entry,) = queries.sheet_of(draft).entries(WORK)
    url = reverse("validator:take_away", kwargs={"pk": draft.pk, "section": "work", "entry": entry})

    client.post(url, fields_of(client.get(work(draft)), "action", url))
    assert queries.sheet_of(draft).entries(WORK) == []
    page = client.get(work(draft))
    assert "Put back" in page.content.decode()

    client.post(url, fields_of(page, "action", url) | {"keep": "yes"})
    assert queries.sheet_of(draft).entries(WORK) == [entry]

    client.post(url, fields_of(client.get(work(draft)), "action", url))
    assert queries.sheet_of(draft).entries(WORK) == []


def test_an_entry_lies_only_in_a_part_that_has_entries(knock, draft):
    where = {"pk": draft.pk, "section": "goal", "entry": UUID(int=1)}

    assert knock("ingrid").get(reverse("validator:entry", kwargs=where)).status_code == 404


def test_the_person_adds_entries_in_the_language_they_choose(knock, draft):
    client = knock("amina")
    url = work(draft, "candidate")

    client.post(url, adding(client.get(url)) | {"what": "Undersköterska", "language": "sv"})

    answer = Answer.objects.get()
    assert (answer.value, answer.language) == ("Undersköterska", "sv")


def test_a_time_that_cannot_be_read_or_ends_too_early_is_kept_with_a_hint(
    knock, draft, say, ingrid
):
    client = knock("ingrid")
    added(client, draft, "Carer")
    (entry,) = queries.sheet_of(draft).entries(WORK)
    page = reverse("validator:entry", kwargs={"pk": draft.pk, "section": "work", "entry": entry})

    def hints(begins, ends):
        client.post(
            page,
            fields_of(client.get(page)) | {"from-original": begins, "to-original": ends},
        )
        shown = client.get(page)
        kept = fields_of(shown)
        assert (kept["from-original"], kept["to-original"]) == ([begins], [ends])
        text = shown.content.decode()
        return text.count("We cannot read this"), text.count("The end comes before the beginning")

    assert hints("flurp", "2001") == (1, 0)
    assert hints("vet inte", "2001") == (0, 0)
    assert hints("maj 2004", "2001") == (0, 1)
    assert hints("maj 2004", "2004") == (0, 0)
    assert hints("2004", "fortfarande") == (0, 0)
