"""No page of a candidate holds a grading sentence: what is asked is never what is graded."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils.html import escape

from kunnig.mapping import queries
from kunnig.organisations.states import Role
from kunnig.standards.models import Criterion
from tests.factories import AssignmentFactory
from tests.stories import settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def graded(graded, chosen, let_in, mirjam):
    """The same, with an assessor let in."""
    let_in(chosen, mirjam)
    return graded


def pages_of(case, initial, in_depth):
    """Return every page of the case as its own person has it."""
    here = {"pk": in_depth.pk}
    yield reverse("candidate:case", kwargs={"pk": case.pk})
    yield reverse("candidate:start_in_depth", kwargs={"pk": case.pk})
    yield reverse("candidate:evidence", kwargs={"pk": case.pk})
    yield reverse("candidate:mapping", kwargs={"pk": initial.pk})
    yield reverse("candidate:mapping", kwargs=here)
    yield reverse("candidate:overview", kwargs=here)
    yield reverse("candidate:overview", kwargs=here) + "?by=point"
    yield reverse("candidate:add_target", kwargs=here)
    for question in queries.question_keys(in_depth):
        yield reverse("candidate:question", kwargs=here | {"question": question})


def sentences():
    """Return the sentences that anyone is graded by, as they stand in a page or in JSON."""
    texts = [text for text in Criterion.objects.values_list("text", flat=True) if len(text) > 20]
    assert texts
    return [form for text in texts for form in (text, escape(text), json.dumps(text)[1:-1])]


def test_no_page_of_a_candidate_holds_a_grading_sentence(knock, chosen, told, graded, ingrid):
    graded_by = sentences()

    for _before_and_after_the_lock in range(2):
        for url in pages_of(chosen, told[0], graded):
            text = knock("amina").get(url).content.decode()
            assert [sentence for sentence in graded_by if sentence in text] == [], url
        if graded.state == "draft":
            graded = settled(graded, by=ingrid)


def test_the_same_question_shows_them_to_the_assessor(knock, graded):
    """What could have leaked is there: the test above would see it."""
    found = set()
    for question in queries.question_keys(graded):
        where = {"pk": graded.pk, "question": question}
        text = knock("mirjam").get(reverse("assessor:question", kwargs=where)).content.decode()
        found |= {sentence for sentence in sentences() if sentence in text}

    assert found


def test_an_assessor_with_a_case_of_their_own_reads_no_criteria_in_it(
    client, chosen, told, graded, county
):
    amina = chosen.person
    AssignmentFactory(person=amina, organisation=county.mala_unit, role=Role.ASSESSOR)
    client.force_login(amina)

    for url in pages_of(chosen, told[0], graded):
        text = client.get(url).content.decode()
        assert [sentence for sentence in sentences() if sentence in text] == [], url
