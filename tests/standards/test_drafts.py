"""A question set from draft to publishing: who may, what is kept, what the database refuses."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.organisations.states import Role
from kunnig.standards import policies, queries
from kunnig.standards.actions import drafting, publishing, question_sets
from kunnig.standards.formats.draft_text import PartText, merged, of_fields
from kunnig.standards.formats.question_set import Words
from kunnig.standards.models import DraftEntry, QuestionSet, SetDraft, Target
from kunnig.standards.queries import current_question_set, questions_of
from kunnig.standards.states import Origin
from tests.factories import NOON
from tests.people import employed
from tests.syllabuses import taken_in

pytestmark = pytest.mark.django_db
COURSE = "EXUEXU01"


@pytest.fixture
def course(db):
    taken_in("examples/EXU.json", "practice/OVN.json")
    return Target.objects.select_related("syllabus").get(code=COURSE)


@pytest.fixture
def sara(county):
    """A second teacher, in the municipality next door."""
    return employed("Sara Lind", county.mala_unit, Role.TEACHER)


def asks(swedish, *points, criteria=(), **others):
    words = {"sv": Words(swedish, "", "")} if swedish else {}
    more = {language: Words(text, "", "") for language, text in others.items()}
    return PartText(words | more, points, criteria)


def added(draft, text, *, by, group=None):
    return drafting.add(
        draft_id=draft.pk, part_id=uuid4(), group_id=group and group.pk, text=text, by=by, at=NOON
    )


def whole(course, *, by):
    """Return a draft that asks about every point in one question."""
    draft = drafting.begin(target_id=course.pk, copy_of=None, by=by, at=NOON)
    group = added(draft, asks("Mat", en="Food", ar="طعام"), by=by)
    points = [str(point.number) for point in course.content.all()]
    linked = ("E1",) if course.criteria.exists() else ()
    question = added(draft, asks("Hur gör du?", *points, criteria=linked), group=group, by=by)
    return draft, group, question


def proposed(course, *, by):
    draft, *_parts = whole(course, by=by)
    return publishing.propose(draft_id=draft.pk, by=by, at=NOON)


def codes(draft):
    return [(part.code, part.text.title) for part in queries.outline_of(draft).parts]


def test_a_draft_becomes_the_set_that_new_mappings_ask(course, tomas, sara):
    before = current_question_set(course)
    draft, *_parts = whole(course, by=tomas)
    again = drafting.begin(target_id=course.pk, copy_of=before.pk, by=sara, at=NOON)
    assert again == draft

    publishing.propose(draft_id=draft.pk, by=tomas, at=NOON)
    made = publishing.publish(draft_id=draft.pk, by=sara, at=NOON)

    assert publishing.publish(draft_id=draft.pk, by=sara, at=NOON) == made
    assert current_question_set(course) == made
    assert (made.version, made.origin) == (before.version + 1, Origin.WRITTEN)
    (question,) = questions_of([made.pk], "en")
    assert (question.code, question.text, question.group_title) == ("A1", "Hur gör du?", "Food")
    assert len(question.points) == course.content.count()
    assert queries.criteria_by_question([made.pk])[question.id]
    assert questions_of([before.pk], "sv")  # an open mapping keeps what it has
    draft.refresh_from_db()
    assert (draft.state, draft.published_by, draft.question_set) == ("published", sara, made)
    verbs = [line.verb for line in Entry.objects.order_by("pk")]
    assert verbs == [
        f"set_draft.{each}" for each in ("begun", "written", "written", "proposed", "published")
    ]
    assert [(row.deed, row.who) for row in queries.history_of(draft)][:2] == [
        ("published", "Sara Lind"),
        ("proposed", "Tomas Lindgren"),
    ]

    newer = drafting.begin(target_id=course.pk, copy_of=made.pk, by=sara, at=NOON)
    (kept,) = queries.outline_of(newer).questions
    assert (kept.text.criteria, len(kept.text.points)) == (("E1",), course.content.count())
    with pytest.raises(Refused, match="new yet"):
        publishing.propose(draft_id=newer.pk, by=sara, at=NOON)
    added(newer, asks("Och sen?", "1"), by=sara, group=newer.parts.get(group=None))
    publishing.propose(draft_id=newer.pk, by=sara, at=NOON)
    publishing.publish(draft_id=newer.pk, by=tomas, at=NOON)
    draft.refresh_from_db()
    assert draft.state == "superseded"
    question_sets.attach_shipped(at=NOON)
    assert current_question_set(course).version == made.version + 1


def test_what_was_published_here_is_not_replaced_by_what_comes_with_the_house(tomas, sara):
    taken_in("practice/OVN.json")
    practice = Target.objects.get(code="ÖVNMAT")
    draft = proposed(practice, by=tomas)
    made = publishing.publish(draft_id=draft.pk, by=sara, at=NOON)
    QuestionSet.objects.filter(target=practice, draft=None).delete()

    given, remarks = question_sets.attach_shipped(at=NOON)

    assert (given, current_question_set(practice)) == (0, made)
    assert remarks == ["ÖVNMAT keeps the questions that were published here"]


def test_only_a_second_person_publishes(course, tomas, sara, per_ola, maj):
    draft = proposed(course, by=tomas)

    for person in (tomas, per_ola, maj):
        with pytest.raises(Refused):
            publishing.publish(draft_id=draft.pk, by=person, at=NOON)
    draft = publishing.send_back(draft_id=draft.pk, reason="Fler frågor", by=sara, at=NOON)
    assert queries.history_of(draft)[0].reason == "Fler frågor"
    added(draft, asks("Vad var svårast?", "1"), by=sara, group=draft.parts.get(group=None))
    with pytest.raises(Refused, match="part in this draft"):
        publishing.publish(
            draft_id=publishing.propose(draft_id=draft.pk, by=tomas, at=NOON).pk, by=sara, at=NOON
        )

    draft.refresh_from_db()
    made = current_question_set(course)
    published = {"state": "published", "published_at": NOON, "question_set": made}
    for person, why in (
        (tomas, "second_person|has written in a draft"),
        (sara, "has written in a draft"),
    ):
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            SetDraft.objects.filter(pk=draft.pk).update(published_by=person, **published)
    part = draft.parts.first()
    with pytest.raises(IntegrityError, match="not being written"), transaction.atomic():
        DraftEntry.objects.create(draft=draft, number=99, part=part, deed="moved", by=sara, at=NOON)
    with pytest.raises(IntegrityError, match="not being written"), transaction.atomic():
        draft.parts.update(place=7)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        draft.entries.update(by=sara)


def test_who_writes_is_told_by_what_a_target_leads_to(course, tomas, maj, per_ola, ingrid):
    practice = Target.objects.get(code="ÖVNMAT")
    may = {
        (person.name.split()[0], target.code): bool(policies.may_write_about(person, target, NOON))
        for person in (tomas, maj, per_ola, ingrid)
        for target in (course, practice)
    }

    assert [key for key, allowed in may.items() if allowed] == [
        ("Tomas", COURSE),
        ("Tomas", "ÖVNMAT"),
        ("Maj", "ÖVNMAT"),
    ]
    assert [target.code for target in queries.open_to_writers(maj, NOON)] == ["ÖVNMAT"]
    draft = drafting.begin(target_id=course.pk, copy_of=None, by=tomas, at=NOON)
    assert list(queries.drafts_for(tomas, NOON)) == [draft]
    assert [*queries.drafts_for(maj, NOON), *queries.drafts_for(ingrid, NOON)] == []


def test_two_who_write_at_once_lose_nothing(course, tomas, sara):
    draft, _group, question = whole(course, by=tomas)
    base = queries.outline_of(draft).questions[0]
    where = {"draft_id": draft.pk, "part_id": question.pk, "base": base.entry, "at": NOON}
    points = base.text.points

    drafting.write(text=asks("Hur gör du?", *points, en="How?"), by=sara, **where)
    both = drafting.write(text=asks("Hur gjorde du?", "1"), by=tomas, **where)
    assert (both.text.in_language("sv").text, both.text.in_language("en").text) == (
        "Hur gjorde du?",
        "How?",
    )
    clash = drafting.write(text=asks("Vad gjorde du?", *points), by=sara, **where)

    assert clash.clashes == {"text_sv": "Hur gjorde du?"}
    assert queries.outline_of(draft).questions[0].text == both.text
    lines = Entry.objects.count()
    seen = where | {"base": clash.entry}
    drafting.write(text=both.text, by=sara, **seen)  # nothing new: nothing noted
    assert Entry.objects.count() == lines
    settled = drafting.write(text=asks("Vad gjorde du?", "1"), by=sara, **seen)
    assert settled.text.title == "Vad gjorde du?"


def test_fields_that_only_one_has_changed_are_put_together():
    base = of_fields({"text_sv": "A", "hint_sv": "B"})

    together, clashes = merged(base, of_fields({"text_sv": "A", "hint_sv": "Ny"}), base)

    assert (together.in_language("sv").hint, clashes) == ("Ny", {})


def test_parts_are_moved_taken_away_and_brought_back(course, tomas):
    draft, first, question = whole(course, by=tomas)
    second = added(draft, asks("Dryck"), by=tomas)
    added(draft, asks("Vad serverade du?", "1"), by=tomas, group=second)

    def move(part, seen_as, *, is_up):
        drafting.move(
            draft_id=draft.pk, part_id=part.pk, is_up=is_up, seen_as=seen_as, by=tomas, at=NOON
        )

    for _double_click in range(2):
        move(question, "A1", is_up=False)
    assert codes(draft)[2:] == [("B1", "Hur gör du?"), ("B2", "Vad serverade du?")]
    move(question, "B1", is_up=False)
    move(second, "B", is_up=True)
    move(second, "A", is_up=True)  # first already
    assert codes(draft) == [
        ("A", "Dryck"),
        ("B", "Mat"),
        ("A1", "Vad serverade du?"),
        ("A2", "Hur gör du?"),
    ]

    for _double_click in range(2):
        drafting.take_away(draft_id=draft.pk, part_id=question.pk, by=tomas, at=NOON)
    assert [part.text.title for part in queries.outline_of(draft).taken_away] == ["Hur gör du?"]
    drafting.bring_back(draft_id=draft.pk, part_id=question.pk, by=tomas, at=NOON)
    assert codes(draft)[-1] == ("A2", "Hur gör du?")
    drafting.take_away(draft_id=draft.pk, part_id=first.pk, by=tomas, at=NOON)
    with pytest.raises(Refused, match="taken the group away"):
        added(draft, asks("Mer?"), by=tomas, group=first)
    deeds = [row.deed for row in queries.history_of(draft)][:5]
    assert deeds == ["taken_away", "brought_back", "taken_away", "moved", "moved"]


def test_a_question_never_holds_a_grading_sentence_nor_stands_twice(course, tomas):
    draft, group, _question = whole(course, by=tomas)
    sentence = next(row.text for row in queries.criteria_of(course) if len(row.text.split()) > 4)

    with pytest.raises(Refused, match="graded by"):
        added(draft, asks(f"Stämmer det? {sentence.upper()}", "1"), by=tomas, group=group)
    with pytest.raises(Refused, match="in the draft already"):
        added(draft, asks("Hur gör du?", "1"), by=tomas, group=group)
    with pytest.raises(Refused, match="at least one language"):
        added(draft, asks("", "1"), by=tomas, group=group)


def test_what_is_missing_is_told_and_keeps_a_draft_from_being_proposed(course, tomas):
    draft = drafting.begin(target_id=course.pk, copy_of=None, by=tomas, at=NOON)
    group = added(draft, asks("Mat"), by=tomas)
    added(draft, asks("", en="How?"), by=tomas, group=group)
    added(draft, asks("Hur?", "2"), by=tomas, group=group)

    found = queries.coverage(draft, queries.outline_of(draft))

    assert [part.code for part in found.questions_without_point] == ["A1"]
    assert "1" in found.points_left_out
    assert "2" not in found.points_left_out
    assert {each.language: [part.code for part in each.parts] for each in found.lacking} == {
        "sv": ["A1"],
        "en": ["A", "A2"],
        "ar": ["A", "A1", "A2"],
    }
    with pytest.raises(Refused, match="missing"):
        publishing.propose(draft_id=draft.pk, by=tomas, at=NOON)


def test_a_draft_that_is_set_aside_makes_room_and_can_be_taken_up(course, tomas, sara):
    generated = current_question_set(course)
    first = drafting.begin(target_id=course.pk, copy_of=None, by=tomas, at=NOON)
    with pytest.raises(Refused):
        publishing.set_aside(draft_id=first.pk, by=sara, at=NOON)
    publishing.set_aside(draft_id=first.pk, by=tomas, at=NOON)
    second = drafting.begin(target_id=course.pk, copy_of=generated.pk, by=sara, at=NOON)

    outline = queries.outline_of(second)
    assert [one.text.points for one in outline.questions] == [
        (str(point.number),) for point in course.content.order_by("number")
    ]
    assert queries.coverage(second, outline).lacks_what_is_needed
    with pytest.raises(Refused, match="Another draft"):
        publishing.take_up(draft_id=first.pk, by=tomas, at=NOON)
    publishing.set_aside(draft_id=second.pk, by=sara, at=NOON)
    assert publishing.take_up(draft_id=first.pk, by=tomas, at=NOON).state == "draft"
    publishing.set_aside(draft_id=first.pk, by=tomas, at=NOON)
    other = QuestionSet.objects.exclude(target=course)[0]
    with pytest.raises(Refused, match="newer set"):
        drafting.begin(target_id=course.pk, copy_of=other.pk, by=sara, at=NOON)
