"""Whatever a candidate can reach, and every paper, is free of the sentences that grade.

The criteria are those of the agency's own course where it was fetched (tests/syllabuses.py).
"""

from __future__ import annotations

import json

import pytest
from django.utils.html import escape, strip_tags

from kunnig.mapping.queries import question_keys
from kunnig.standards.models import Criterion
from tests.addresses import every_address
from tests.credentials.pdfs import words_of
from tests.people import NOON
from tests.stories import SECRET, handed_out, told
from tests.syllabuses import a_course_to_map
from tests.web.test_walk import ASKED, crawl

pytestmark = pytest.mark.django_db
SHORTEST = 20  # characters: what is shorter is no sentence


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)


@pytest.fixture
def aminas(amina, ingrid, county):
    """Amina's whole case, mapped against a course that is graded, with papers."""
    course = a_course_to_map()
    return handed_out(told(amina, county.norsjo_board, by=ingrid, target=course), by=ingrid)


def sentences():
    """Return every sentence that anyone is graded by, without its emphasis."""
    texts = [" ".join(strip_tags(text).split()) for text in criteria()]
    assert texts
    return texts


def criteria():
    texts = Criterion.objects.values_list("text", flat=True)
    return [text for text in texts if len(text) > SHORTEST]


def said_in(text):
    """Return the sentences that grade in a page or a document, however they are written there."""
    plain = " ".join(strip_tags(text).split())
    forms = {sentence: {sentence, escape(sentence)} for sentence in sentences()}
    return [one for one, written in forms.items() if any(each in plain for each in written)]


def pages_of_candidates(client, story):
    """Yield every page that a candidate has of a case, and all that links lead to."""
    keys = story.keys() | {"question": list(question_keys(story.in_depth))}
    for address in every_address():
        if address.audience == "candidate":
            for url in address.filled(keys):
                answer = client.get(url, ASKED.get(address.short))
                if answer.get("Content-Type", "").startswith("text/"):
                    yield url, answer
    yield from crawl(client, most=300)


def test_nothing_that_a_candidate_can_reach_holds_a_grading_sentence(client, aminas, amina):
    client.force_login(amina)
    met, opened = {}, set()

    for url, answer in pages_of_candidates(client, aminas):
        text = answer.content.decode()
        opened |= {url} if answer.status_code == 200 else set()
        if found := said_in(text):
            met[url] = found

    assert met == {}
    assert {f"/standards/{aminas.target.pk}/", "/my/papers/"} <= opened


def test_no_paper_holds_a_grading_sentence(aminas):
    for paper in aminas.papers:
        assert said_in(json.dumps(paper.snapshot, ensure_ascii=False)) == []
    assert SECRET in json.dumps(aminas.papers[-1].snapshot)


def test_no_printed_paper_holds_a_grading_sentence(client, aminas, amina):
    client.force_login(amina)
    (address,) = (each for each in every_address() if each.name == "candidate:paper")

    for url in address.filled(aminas.keys()):
        words = words_of(client.get(url).content)
        assert "Amina Haddad" in words
        assert said_in(words) == []


def test_those_who_grade_read_them(client, aminas, mirjam):
    """What could have leaked is there: the tests above would see it."""
    client.force_login(mirjam)

    answer = client.get(f"/standards/{aminas.target.pk}/")

    assert len(said_in(answer.content.decode())) > len(sentences()) / 4
