"""What can be mapped against: searched and read by anyone, criteria by assessors and teachers."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from kunnig.standards.models import Target
from kunnig.standards.queries import criteria_of
from tests import browser
from tests.factories import SyllabusFactory, TargetFactory
from tests.syllabuses import taken_in

LIST = "public:targets"
GRADING = "känner igen <strong>några</strong> vanliga växter"


@pytest.fixture
def examples(db):
    taken_in("examples/EXU.json", "examples/EXT-1.json", "examples/EXT-2.json", "practice/OVN.json")


def page_of(code, version=1):
    return reverse(
        "public:target", args=[Target.objects.get(code=code, syllabus__version=version).pk]
    )


def text_of(response):
    return unescape(response.content.decode())


def codes_in(response):
    return [row.code for row in response.context["rows"]]


def test_anyone_may_search_by_words_kind_and_school_form(client, examples):
    everything = client.get(reverse(LIST))
    levels = client.get(reverse(LIST), {"words": "textilvård", "kind": "level", "form": "VUXGY"})

    assert codes_in(everything) == ["EXUEXU01", "EXUEXU02", "EXTEXT1", "EXTEXT2", "ÖVNMAT"]
    assert codes_in(levels) == ["EXTEXT1", "EXTEXT2"]
    assert 'value="textilvård"' in text_of(levels)


@pytest.mark.parametrize(
    "asked", [{"words": "x" * 5000}, {"kind": "nonsense"}, {"page": "-1"}, {"form": "'; --"}]
)
def test_whatever_is_asked_for_is_answered(client, examples, asked):
    assert client.get(reverse(LIST), asked).status_code == 200


def test_what_is_not_found_says_how_to_go_on(client, examples):
    response = client.get(reverse(LIST), {"words": "kärnkraft"})

    assert "Nothing is found" in text_of(response)


def test_an_empty_house_says_so(client, db):
    assert "No targets here yet" in text_of(client.get(reverse(LIST)))


def test_a_long_list_is_read_page_by_page(client, db):
    syllabus = SyllabusFactory(name="Ämne")
    for number in range(30):
        TargetFactory(syllabus=syllabus, sort_order=number)

    first = client.get(reverse(LIST), {"words": "ämne"})
    second = client.get(reverse(LIST), {"words": "ämne", "page": "2"})

    assert (len(codes_in(first)), len(codes_in(second))) == (25, 5)
    assert not set(codes_in(first)) & set(codes_in(second))
    assert first.context["around"]["following"] == "?words=%C3%A4mne&page=2"


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(client, ingrid, how_many, django_assert_num_queries):
    TargetFactory.create_batch(how_many)
    client.force_login(ingrid)

    with django_assert_num_queries(5):  # session, person, assignments, school forms, list
        client.get(reverse(LIST))


def test_a_target_says_what_it_contains_covers_and_asks(client, examples):
    text = text_of(client.get(page_of("EXUEXU01")))

    assert "Vanliga buskar, träd och blommor" in text
    assert "with particular emphasis" in text
    assert "Have you worked with this, or learnt something about it?" in text
    assert "May lead to: A certificate (intyg)" in text
    assert "This is an invented example" in text


def test_questions_are_shown_in_the_readers_language(client, examples):
    english = text_of(client.get(page_of("ÖVNMAT")))
    with override("sv"):
        swedish = text_of(client.get(page_of("ÖVNMAT"), headers={"accept-language": "sv"}))

    assert "How do you plan when you are going to cook for many people?" in english
    assert "Hur planerar du när du ska laga mat till många?" in swedish


def test_an_older_version_leads_to_the_newer(client, examples):
    old = client.get(page_of("EXTEXT1", version=1))
    new = client.get(page_of("EXTEXT1", version=2))

    assert page_of("EXTEXT1", version=2) in text_of(old)
    assert "There is a newer version" not in text_of(new)


def test_what_is_not_there_is_not_found(client, db):
    address = reverse("public:target", args=["00000000-0000-4000-8000-000000000000"])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["mirjam", "tomas"])
def test_assessors_and_teachers_read_what_is_graded_by(request, client, examples, who):
    client.force_login(request.getfixturevalue(who))

    course, level = (
        text_of(client.get(page_of("EXUEXU01"))),
        text_of(client.get(page_of("EXTEXT2"))),
    )

    assert GRADING in course
    assert "hur vanliga tyger ska skötas" in level


@pytest.mark.parametrize("who", ["nobody", "amina", "ingrid", "karin", "eva", "lotta", "maj"])
def test_nobody_else_reads_a_grading_sentence(request, client, examples, who):
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    for target in Target.objects.all():
        text = text_of(client.get(reverse("public:target", args=[target.pk])))
        graded = [criterion.rich for criterion in criteria_of(target)]
        assert [sentence for sentence in graded if sentence in text] == []
        assert "What it is graded by" not in text


def test_the_richest_page_costs_few_questions(
    client, examples, mirjam, django_assert_max_num_queries
):
    client.force_login(mirjam)

    with django_assert_max_num_queries(15):
        client.get(page_of("EXTEXT2", version=2))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_have_no_barriers(live_server, page, context, client, mirjam, language):
    taken_in("examples/EXU.json", "practice/OVN.json")
    browser.sign_in(context, live_server, client, mirjam)
    browser.speak(context, live_server, language)
    found = {}

    for address in (reverse(LIST), page_of("EXUEXU01"), page_of("ÖVNMAT")):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(live_server.url + address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        found[address] = (browser.barriers_in(page), browser.cut_off(page))

    assert set(map(str, found.values())) == {"({}, [])"}
