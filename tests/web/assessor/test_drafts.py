"""Teachers write what candidates are asked, and a second one publishes it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.organisations.states import Role
from kunnig.standards import queries
from kunnig.standards.actions import drafting, publishing
from kunnig.standards.models import SetDraft, Target
from kunnig.standards.queries import current_question_set
from tests.people import NOON, employed
from tests.standards.test_drafts import added, asks, whole
from tests.syllabuses import taken_in
from tests.web.casefile.forms import fields_of
from tests.web.validator import cost_of, links_of, text_of

pytestmark = pytest.mark.usefixtures("noon")
LIST = "/assess/questions/"


@pytest.fixture
def course(db):
    taken_in("examples/EXU.json", "practice/OVN.json")
    return Target.objects.select_related("syllabus").get(code="EXUEXU01")


@pytest.fixture
def sara(county):
    """A second teacher, in the municipality next door."""
    return employed("Sara Lind", county.mala_unit, Role.TEACHER)


def at(name, draft, **more):
    return reverse(f"assessor:{name}", kwargs={"draft": draft.pk} | more)


PAGES = ("draft", "preview", "coverage", "draft_history", "add_part", "send_back")


def test_a_teacher_writes_a_set_and_a_second_one_publishes_it(knock, course, tomas, sara):
    client = knock("tomas")
    shown = client.get(LIST)
    to = reverse("assessor:question_set", kwargs={"target": course.pk})
    assert to in links_of(shown)
    form = fields_of(client.get(to), "novalidate")
    begun = client.post(to, form | {"copy_of": "empty"})
    draft = SetDraft.objects.get()
    assert begun["Location"] == at("draft", draft)
    assert "Nothing is written yet" in text_of(client.get(begun["Location"]))

    add = at("add_part", draft)
    empty = client.post(add, fields_of(client.get(add), "novalidate"))
    assert (empty.status_code, "at least one language" in text_of(empty)) == (422, True)
    client.post(add, fields_of(client.get(add), "novalidate") | {"text_sv": "Mat"})
    (group,) = queries.outline_of(draft).groups
    add = f"{add}?group={group.id}"
    points = [str(point.number) for point in course.content.all()]
    sentence = next(one.text for one in queries.criteria_of(course) if len(one.text.split()) > 4)
    asked = {"points": points, "criteria": ["E1"], "text_sv": f"Hur? {sentence}"}
    refused = client.post(add, fields_of(client.get(add), "novalidate") | asked)
    assert (refused.status_code, "graded by" in text_of(refused)) == (422, True)
    client.post(add, fields_of(refused, "novalidate") | asked | {"text_sv": "Hur gör du?"})
    assert "See what is missing" not in text_of(client.get(at("draft", draft)))
    assert "Without words in: Arabic" in text_of(client.get(at("coverage", draft)))
    seen = client.get(at("preview", draft), {"language": "ar"})
    assert "Hur gör du?" in text_of(seen)
    assert 'dir="rtl"' in seen.content.decode()
    client.post(at("propose", draft))
    own = text_of(client.get(at("draft", draft)))
    assert "You have a part in this draft" in own
    client.post(at("publish", draft))
    assert current_question_set(course).version == 1

    client.force_login(sara)
    assert "Publish the questions" in text_of(client.get(at("draft", draft)))
    client.post(at("send_back", draft), {"reason": "Mer om dryck"})
    assert "Mer om dryck" in text_of(client.get(at("draft", draft)))
    client.force_login(tomas)
    client.post(at("propose", draft))
    client.force_login(sara)
    client.post(at("publish", draft))
    assert current_question_set(course).version == 2
    assert "published by Sara Lind" in text_of(client.get(to))
    assert "Mer om dryck" in text_of(client.get(at("draft_history", draft)))
    assert client.get(at("draft_part", draft, part=group.id)).status_code == 200


def test_what_somebody_else_wrote_meanwhile_is_told_and_nothing_is_lost(knock, course, tomas, sara):
    draft, group, question = whole(course, by=tomas)
    client, to = knock("tomas"), at("draft_part", draft, part=question.pk)
    tab = fields_of(client.get(to), "novalidate")
    base = queries.outline_of(draft).questions[0]
    drafting.write(
        draft_id=draft.pk,
        part_id=question.pk,
        base=base.entry,
        text=asks("Hur lagar du?", *base.text.points, criteria=base.text.criteria, en="How?"),
        by=sara,
        at=NOON,
    )

    answer = client.post(to, tab | {"text_sv": "Hur kokar du?"})

    assert answer.status_code == 422
    assert "Hur lagar du?" in text_of(answer)
    both = fields_of(answer, "novalidate")
    assert (both["text_sv"], both["text_en"]) == (["Hur kokar du?"], ["How?"])
    assert client.post(to, both).status_code == 302
    (now,) = queries.outline_of(draft).questions
    assert (now.text.title, now.text.in_language("en").text) == ("Hur kokar du?", "How?")

    client.post(at("take_part_away", draft, part=question.pk))
    assert "Bring back" in text_of(client.get(at("draft", draft)))
    assert client.get(to).status_code == 404
    client.post(at("bring_part_back", draft, part=question.pk))
    added(draft, asks("Och sen?", "1"), by=tomas, group=group)
    client.post(at("move_part", draft, part=question.pk), {"step": "down:A1"})
    assert [one.text.title for one in queries.outline_of(draft).questions] == [
        "Och sen?",
        "Hur kokar du?",
    ]
    assert client.post(at("move_part", draft, part=uuid4()), {"step": "up:A1"}).status_code == 404
    client.post(at("set_aside", draft))
    client.post(at("take_up", draft))
    assert queries.history_of(draft)[0].deed == "taken_up"


@pytest.mark.parametrize("who", ["amina", "ingrid", "per_ola", "lotta", "asta"])
def test_drafts_are_for_those_who_write(knock, course, tomas, county, who):
    draft, *_parts = whole(course, by=tomas)
    client = knock(who)

    answers = {
        client.get(LIST).status_code,
        *(client.get(at(each, draft)).status_code for each in PAGES),
    }

    assert answers == {404}


def test_the_regions_coordinator_writes_where_no_school_grades(knock, course, tomas, maj):
    draft, *_parts = whole(course, by=tomas)
    client = knock("maj")
    practice = Target.objects.get(code="ÖVNMAT")

    (link,) = [
        each for each in links_of(client.get(LIST)) if each.startswith(LIST) and each != LIST
    ]

    assert link == reverse("assessor:question_set", kwargs={"target": practice.pk})
    assert {client.get(at(each, draft)).status_code for each in PAGES} == {404}
    own = drafting.begin(target_id=practice.pk, copy_of=None, by=maj, at=NOON)
    assert "Criteria it gives" not in text_of(client.get(at("add_part", own)))


@pytest.mark.parametrize("how_many", [1, 9])
def test_the_list_and_a_draft_cost_the_same_however_long(knock, course, tomas, how_many):
    draft, group, _question = whole(course, by=tomas)
    for number in range(how_many - 1):
        added(draft, asks(f"Hur {number}?", "1"), by=tomas, group=group)
    client = knock("tomas")

    assert {each: cost_of(client, at(each, draft)) for each in PAGES[:4]} == {
        "draft": 10,
        "preview": 7,
        "coverage": 9,
        "draft_history": 5,
    }
    assert cost_of(client, LIST) == 6
    publishing.propose(draft_id=draft.pk, by=tomas, at=NOON)
