from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.credentials.models import Paper
from tests.stories import SECRET, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def aminas(amina, ingrid, county):
    return told(amina, county.norsjo_board, by=ingrid)


def made(client, mapping, operation=None, language="en"):
    """Press the button that makes the paper of a mapping."""
    address = reverse("validator:make_paper", args=[mapping.pk])
    return client.post(address, {"operation": operation or uuid4(), "language": language})


def test_a_paper_is_made_once_however_often_the_button_is_pressed(client, aminas, ingrid):
    client.force_login(ingrid)
    operation = uuid4()

    answers = [made(client, aminas.in_depth, operation) for _press in range(2)]

    listed = reverse("validator:papers", args=[aminas.case.pk])
    assert [answer["Location"] for answer in answers] == [listed, listed]
    assert Paper.objects.count() == 1


def test_a_paper_is_fetched_as_a_pdf_and_the_reading_is_noted(client, aminas, ingrid):
    client.force_login(ingrid)
    made(client, aminas.initial)
    paper = Paper.objects.get()
    before = Entry.objects.filter(is_reading=True).count()

    answer = client.get(reverse("validator:paper", args=[paper.pk]))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"
    assert Entry.objects.filter(is_reading=True).count() == before + 1


def test_the_person_makes_and_fetches_their_own_paper(client, aminas, amina):
    client.force_login(amina)
    own = reverse("candidate:papers")
    address = reverse("candidate:make_paper", args=[aminas.initial.pk])

    answer = client.post(address, {"operation": uuid4(), "language": "ar", "next": own})

    assert answer["Location"] == own
    fetched = client.get(reverse("candidate:paper", args=[Paper.objects.get().pk]))
    assert fetched.content.startswith(b"%PDF-")


def test_the_language_of_the_case_is_offered_first_and_then_the_others(client, aminas, amina):
    client.force_login(amina)
    own = reverse("candidate:papers")
    first = client.get(own).context["to_make"]

    made_of = {"operation": first[0].operation, "language": first[0].language, "next": own}
    client.post(first[0].url, made_of)

    page = client.get(own)
    assert [(each.language, each.replaces) for each in first] == [("ar", "")] * 2
    (again,) = page.context["make_again"]
    assert (again.languages, again.replaces) == ([("en", "English")], Paper.objects.get().number)
    assert "in Swedish and Arabic" in page.content.decode()


def test_a_paper_in_a_language_that_is_not_offered_is_not_made(client, aminas, ingrid):
    client.force_login(ingrid)

    made(client, aminas.initial, language="so")

    assert Paper.objects.count() == 0


def test_the_neighbour_finds_no_paper_and_makes_none(client, aminas, ingrid, petra):
    client.force_login(ingrid)
    made(client, aminas.initial)
    client.force_login(petra)

    fetched = client.get(reverse("validator:paper", args=[Paper.objects.get().pk]))
    listed = client.get(reverse("validator:papers", args=[aminas.case.pk]))

    assert (fetched.status_code, listed.status_code) == (404, 404)
    assert made(client, aminas.in_depth).status_code == 404
    assert Paper.objects.count() == 1


def test_who_is_let_in_to_the_in_depth_mapping_sees_only_its_paper(client, aminas, ingrid, mirjam):
    client.force_login(ingrid)
    made(client, aminas.initial)
    made(client, aminas.in_depth)
    initial = Paper.objects.get(mapping=aminas.initial)
    aminas.case.accesses.create(
        person=mirjam,
        part="in_depth",
        ground="Assesses",
        starts_on="2026-01-01",
        granted_by=ingrid,
        granted_at=aminas.case.registered_at,
    )
    client.force_login(mirjam)

    listed = client.get(reverse("assessor:papers", args=[aminas.case.pk])).content.decode()

    assert initial.number not in listed
    assert Paper.objects.get(mapping=aminas.in_depth).number in listed
    assert client.get(reverse("assessor:paper", args=[initial.pk])).status_code == 404


def test_a_form_without_its_operation_makes_nothing_and_says_so(client, aminas, ingrid):
    client.force_login(ingrid)

    answer = client.post(reverse("validator:make_paper", args=[aminas.initial.pk]), {}, follow=True)

    assert "The page was incomplete" in answer.content.decode()
    assert Paper.objects.count() == 0


def test_a_draft_becomes_no_paper(client, aminas, ingrid):
    client.force_login(ingrid)
    client.post(reverse("validator:new_version", args=[aminas.initial.pk]))
    draft = aminas.case.mappings.get(kind="initial", version=2)

    answer = made(client, draft)

    assert answer.status_code == 302
    assert Paper.objects.count() == 0
    assert SECRET in client.get(reverse("validator:papers", args=[aminas.case.pk])).content.decode()
