"""One's own experiences, readings and papers."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.audit import actions as audit
from kunnig.credentials.models import Paper
from kunnig.people.states import Protection
from kunnig.portfolio.models import Experience
from tests.factories import AssignmentFactory, PaperFactory, PersonFactory
from tests.people import NOON
from tests.stories import registered, settled, told, told_initial
from tests.web.validator import cost_of, links_of, text_of

EXPERIENCES = "/my/experiences/"
READINGS = "/my/readings/"
PAPERS = "/my/papers/"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def experience(person, title):
    told_so = {"what": {"original": title, "language": "sv", "rendering": ""}}
    return Experience.objects.create(
        pk=uuid4(), person=person, field="work", title=title, told=told_so, taken_in_at=NOON
    )


# Experiences.


def test_experiences_are_shown_as_they_were_told(knock, case, ingrid):
    settled(told_initial(case, by=ingrid)[0], by=ingrid)

    response = knock("amina").get(EXPERIENCES)
    page = response.content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert "What did you do on a usual day?" in page
    assert "Full time" in page
    assert "spring 2004" in page  # told in Arabic; a date is read in the page's own language


def test_evidence_is_shown_with_whether_its_original_was_seen(knock, amina, ingrid, county):
    told(amina, county.norsjo_board, by=ingrid)

    assert "Praktikintyg" in text_of(knock("amina").get(EXPERIENCES))


def test_nobody_else_s_experiences_are_shown(knock, case, ingrid, goran):
    settled(told_initial(case, by=ingrid)[0], by=ingrid)

    for who in ("goran", "ingrid"):
        assert "Nothing here yet" in text_of(knock(who).get(EXPERIENCES))


def test_many_experiences_are_shown_page_by_page_at_the_same_cost(knock, amina):
    experience(amina, "Bagare")
    once = cost_of(knock("amina"), EXPERIENCES)
    for number in range(26):
        experience(amina, f"Yrke {number}")

    first = knock("amina").get(EXPERIENCES)
    last = knock("amina").get(EXPERIENCES, {"page": "2"})

    assert cost_of(knock("amina"), EXPERIENCES) == once <= 5
    assert "?page=2" in links_of(first)
    assert len(last.context["parts"][0].entries) == 2
    assert "?page=1" in links_of(last)


# Readings.


def test_readings_are_folded_by_hour_with_names_and_tasks(knock, case, amina, ingrid):
    for _once_more in range(2):
        audit.record_reading(of=case, about=amina, by=ingrid, at=NOON, file=case)

    text = text_of(knock("amina").get(READINGS))

    assert "25 November 2026, between 12:00 and 13:00" in text
    assert "Ingrid Sandström" in text
    assert "Validator, Vuxenutbildningen, Norsjö kommun" in text
    assert "Your case, 2 times" in text


def test_a_protected_colleague_is_told_by_task_alone(knock, case, amina, karin):
    karin.protection = Protection.SECRECY_MARKING
    karin.save(update_fields=["protection"])
    audit.record_reading(of=case, about=amina, by=karin, at=NOON, file=case)

    text = text_of(knock("amina").get(READINGS))

    assert "A colleague" in text
    assert "Counsellor, Vuxenutbildningen, Norsjö kommun" in text
    assert "Karin" not in text


def test_who_has_left_since_they_read_is_still_named(knock, case, amina):
    left = PersonFactory(name="Sara Lind")
    audit.record_reading(of=case, about=amina, by=left, at=NOON, file=case)

    assert "Sara Lind" in text_of(knock("amina").get(READINGS))


def test_nobody_reads_who_has_read_of_another(knock, case, amina, ingrid, goran):
    audit.record_reading(of=case, about=amina, by=ingrid, at=NOON, file=case)

    assert "Nobody has read anything yet" in text_of(knock("goran").get(READINGS))


def test_readings_cost_the_same_however_many_have_read(knock, case, amina, ingrid, county):
    audit.record_reading(of=case, about=amina, by=ingrid, at=NOON, file=case)
    once = cost_of(knock("amina"), READINGS)
    for _another in range(3):
        reader = PersonFactory()
        AssignmentFactory(person=reader, organisation=county.norsjo_unit)
        audit.record_reading(of=case, about=amina, by=reader, at=NOON, file=case)

    assert cost_of(knock("amina"), READINGS) == once <= 5


# Papers.


def test_papers_are_shown_with_what_a_check_tells(knock, amina):
    paper = PaperFactory(mapping__case__person=amina)

    text = text_of(knock("amina").get(PAPERS))

    assert f"Number {paper.number}, made on 25 November 2026" in text
    assert "but not your name" in text


def test_the_person_chooses_that_their_name_is_shown(knock, amina):
    paper = PaperFactory(mapping__case__person=amina)
    choose = reverse("candidate:choose", kwargs={"pk": paper.pk})

    for choice, shown in (("yes", True), ("yes", True), ("no", False)):
        assert knock("amina").post(choose, {"shows_name": choice}).url == PAPERS
        paper.refresh_from_db()
        assert paper.shows_name is shown


def test_nobody_chooses_for_another(knock, amina, goran, ingrid, lotta):
    paper = PaperFactory(mapping__case__person=amina)
    choose = reverse("candidate:choose", kwargs={"pk": paper.pk})

    for who in ("goran", "ingrid", "lotta"):
        assert knock(who).post(choose, {"shows_name": "yes"}).status_code == 404
        assert paper.number not in text_of(knock(who).get(PAPERS))
    assert not Paper.objects.get().shows_name


def test_papers_cost_the_same_however_many(knock, amina):
    PaperFactory(mapping__case__person=amina)
    once = cost_of(knock("amina"), PAPERS)
    PaperFactory.create_batch(2, mapping__case__person=amina)

    assert cost_of(knock("amina"), PAPERS) == once <= 5


def test_without_papers_the_page_says_what_will_come(knock, amina):
    assert "No papers yet" in text_of(knock("amina").get(PAPERS))


def test_a_locked_mapping_is_made_a_paper_once_and_fetched(knock, case, ingrid):
    settled(told_initial(case, by=ingrid)[0], by=ingrid)
    client = knock("amina")
    offered = client.get(PAPERS).context["to_make"][0]

    for _sent_twice in range(2):
        response = client.post(
            offered.url,
            {"operation": offered.operation, "language": offered.language, "next": PAPERS},
        )

    paper = Paper.objects.get()
    assert response.url == PAPERS
    fetch = reverse("candidate:paper", kwargs={"pk": paper.pk})
    page = client.get(PAPERS)
    assert fetch in links_of(page)
    assert page.context["to_make"] == []
    assert client.get(fetch).content.startswith(b"%PDF")
    assert knock("goran").get(fetch).status_code == 404
