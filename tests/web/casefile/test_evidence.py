"""What the person can show: described, taken into the case, the original seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kunnig.portfolio.models import Evidence
from tests.factories import TODAY
from tests.stories import registered
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db


def at(name, case, audience="validator", **where):
    return reverse(f"{audience}:{name}", kwargs={"pk": case.pk, **where})


def added(client, case, audience="validator", **changes):
    sent = fields_of(client.get(at("add_evidence", case, audience)), "novalidate")
    sent |= {"kind": "grades", "title": "Grades from Aleppo", "issued": "spring 1998"} | changes
    return client.post(at("add_evidence", case, audience), sent)


def test_evidence_is_described_and_listed(knock, case):
    client = knock("ingrid")
    assert "No evidence is described yet" in client.get(at("evidence", case)).content.decode()

    response = added(client, case)

    assert response["Location"] == at("evidence", case)
    text = client.get(at("evidence", case)).content.decode()
    assert "Grades from Aleppo" in text
    assert "spring 1998" in text
    assert "original not seen" in text


def test_one_comes_back_to_the_question_one_came_from(knock, case):
    client = knock("ingrid")
    asked = client.get(at("add_evidence", case), {"next": "/work/"})

    sent = fields_of(asked, "novalidate") | {"kind": "photo", "title": "A cake"}

    assert client.post(at("add_evidence", case), sent)["Location"] == "/work/"


def test_the_same_form_sent_twice_adds_one(knock, case):
    client = knock("ingrid")
    sent = fields_of(client.get(at("add_evidence", case)), "novalidate")
    sent |= {"kind": "photo", "title": "A cake"}

    for _press in range(2):
        assert client.post(at("add_evidence", case), sent).status_code == 302

    assert Evidence.objects.count() == 1


def test_what_is_missing_is_told_beside_the_field_and_nothing_is_lost(knock, case):
    response = added(knock("ingrid"), case, title="", issuer="The school")

    text = response.content.decode()
    assert response.status_code == 422
    assert "Write what you call it" in text
    assert "The school" in text
    assert not Evidence.objects.exists()


def test_the_person_adds_and_somebody_else_sees_the_original(knock, case, ingrid, karin):
    added(knock("amina"), case, "candidate")
    evidence = Evidence.objects.get()
    url = at("note_original", case, evidence=evidence.pk)
    assert "I have seen the original" not in (
        knock("amina").get(at("evidence", case, "candidate")).content.decode()
    )

    response = knock("ingrid").post(url, follow=True)

    evidence.refresh_from_db()
    assert (evidence.original_seen_by, evidence.original_seen_on) == (ingrid, TODAY)
    assert "Original seen by Ingrid Sandström" in response.content.decode()
    again = knock("karin").post(url, follow=True)
    assert "already noted as seen" in again.content.decode()


def test_strangers_find_none_of_it(knock, case):
    added(knock("ingrid"), case)
    evidence = Evidence.objects.get()

    for who in ("petra", "lars", "mirjam", "goran", "maj"):
        assert knock(who).get(at("evidence", case)).status_code == 404
        assert knock(who).get(at("add_evidence", case)).status_code == 404
        url = at("note_original", case, evidence=evidence.pk)
        assert knock(who).post(url).status_code == 404


def test_evidence_of_another_case_is_not_found_through_this_one(knock, case, goran, county, ingrid):
    other = registered(goran, county.norsjo_board, by=ingrid)
    added(knock("ingrid"), other)
    evidence = Evidence.objects.get()

    url = at("note_original", case, evidence=evidence.pk)

    assert knock("ingrid").post(url).status_code == 404
