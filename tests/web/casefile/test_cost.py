"""What the pages of a case ask of the database: the same for little and for much."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kunnig.mapping import interview, queries
from kunnig.mapping.states import Basis, SelfEstimate, Side
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio.states import EvidenceKind
from tests.factories import NOON

pytestmark = pytest.mark.django_db

MOST_QUESTIONS = 15
MOST_RENDERS = 60


def cost_of(client, url):
    """Return how many questions a page takes to the database, once what never changes is kept."""
    assert client.get(url).status_code == 200
    renders = []

    def count(template, **_others):
        renders.append(template.name)

    template_rendered.connect(count)
    try:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
    finally:
        template_rendered.disconnect(count)
    assert len(renders) <= MOST_RENDERS, renders
    assert len(asked) <= MOST_QUESTIONS, [each["sql"][:80] for each in asked]
    return len(asked)


def tell_jobs(draft, how_many, say, by):
    keys = [uuid4() for _job in range(how_many)]
    for key in keys:
        say(draft, "Carer", by=by, path=f"work/{key}/what")
        say(draft, "غسلت", by=by, path=f"work/{key}/usual_day")
    return keys


@pytest.mark.parametrize("name", ["interview", "entry", "mapping"])
def test_an_interview_costs_the_same_with_one_job_and_with_three(knock, draft, say, ingrid, name):
    client = knock("ingrid")
    (key,) = tell_jobs(draft, 1, say, ingrid)
    where = {"interview": {"section": "work"}, "entry": {"section": "work", "entry": key}}
    url = reverse(f"validator:{name}", kwargs={"pk": draft.pk, **where.get(name, {})})
    with_one = cost_of(client, url)

    tell_jobs(draft, 2, say, ingrid)

    assert cost_of(client, url) == with_one


def tell_questions(in_depth, keys, say, by, evidence):
    for key in keys:
        at = {code: interview.path_to(key, ask) for code, ask in interview.IN_DEPTH.items()}
        say(in_depth, SelfEstimate.CAN_TEACH, by=by, path=at["estimate"])
        say(in_depth, "أطبخ", by=by, path=at["claim"])
        say(in_depth, str(evidence.pk), by=by, path=at["evidence"])
        say(in_depth, Basis.ASSESSABLE, by=by, path=at["basis"], side=Side.NOTE)


@pytest.fixture
def add(case, ingrid):
    def added():
        return portfolio.add_evidence(
            case_id=case.pk,
            described=portfolio.Described(EvidenceKind.PHOTO, "A cake"),
            operation=uuid4(),
            by=ingrid,
            at=NOON,
        )

    return added


@pytest.mark.parametrize("name", ["overview", "question", "mapping"])
def test_an_in_depth_mapping_costs_the_same_with_one_answer_and_with_three(
    knock, in_depth, question, say, ingrid, add, name
):
    client = knock("ingrid")
    others = sorted(queries.question_keys(in_depth) - {question.pk})
    where = {"question": {"question": question.pk}}.get(name, {})
    url = reverse(f"validator:{name}", kwargs={"pk": in_depth.pk, **where})
    tell_questions(in_depth, [question.pk], say, ingrid, add())
    with_one = cost_of(client, url)

    tell_questions(in_depth, others[:2], say, ingrid, add())

    assert cost_of(client, url) == with_one


def test_evidence_costs_the_same_with_one_piece_and_with_three(knock, case, add):
    client = knock("ingrid")
    url = reverse("validator:evidence", kwargs={"pk": case.pk})
    add()
    with_one = cost_of(client, url)

    add()
    add()

    assert cost_of(client, url) == with_one


def test_saving_one_answer_asks_little(knock, draft, say, ingrid):
    client = knock("ingrid")
    say(draft, "Cook", by=ingrid)
    sent = {
        "operation": str(uuid4()),
        "author": str(ingrid.pk),
        "path": "goal/wish",
        "side": "original",
        "base": 1,
        "text": "Bake",
        "language": "ar",
    }
    url = reverse("validator:answers", kwargs={"pk": draft.pk})

    with CaptureQueriesContext(connection) as asked:
        response = client.post(url, {"v": 1, "given": [sent]}, content_type="application/json")

    assert response.json()["outcomes"][0]["result"] == "saved"
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) <= MOST_QUESTIONS - 3
