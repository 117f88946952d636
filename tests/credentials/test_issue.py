"""Making a paper of a locked mapping: by whom, once, and what it says."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.models import Access
from kunnig.cases.states import Part
from kunnig.credentials import actions, policies
from kunnig.credentials.formats import law, pdf
from kunnig.credentials.formats.snapshot import InDepthSnapshot, InitialSnapshot, as_json, read
from kunnig.credentials.models import Paper
from kunnig.credentials.queries import contents, papers
from kunnig.credentials.states import PaperKind, Standing
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions as mapping
from kunnig.standards.models import Criterion
from tests import stories
from tests.credentials.samples import VERIFY_AT
from tests.credentials.test_snapshot import in_the_first_form
from tests.factories import NOON, AccessFactory, CaseFactory, MappingFactory, PaperFactory

LATER = NOON + timedelta(days=30)


@pytest.fixture
def told(amina, county, ingrid):
    return stories.told(amina, county.norsjo_board, by=ingrid)


def issue(locked, *, by, at=NOON, operation=None, verify_at=VERIFY_AT, language="en"):
    return actions.issue(
        mapping_id=locked.pk,
        language=language,
        operation=operation or uuid4(),
        verify_at=verify_at,
        by=by,
        at=at,
    )


def verbs():
    return list(Entry.objects.filter(verb__startswith="paper.").values_list("verb", flat=True))


def test_a_paper_is_stored_traced_and_the_persons_own(told, amina, ingrid):
    paper = issue(told.initial, by=ingrid)

    stored = papers.own(amina).get()
    assert (stored, stored.kind, stored.issued_by, stored.issued_at, stored.shows_name) == (
        paper,
        PaperKind.INITIAL,
        ingrid,
        NOON,
        False,
    )
    assert verbs() == ["paper.issued"]


def test_the_person_makes_the_paper_of_what_is_their_own(told, amina):
    assert issue(told.in_depth, by=amina).is_of is PaperKind.IN_DEPTH


def test_a_paper_says_what_the_mapping_says(told, ingrid):
    paper = issue(told.initial, by=ingrid)

    said = read(InitialSnapshot, paper.snapshot)
    (work,) = said.life
    (job,) = work.entries
    assert (said.frame.holder.name, said.frame.holder.home_municipality) == (
        "Amina Haddad",
        "Norsjö kommun",
    )
    assert said.frame.origin.mappers == ("Ingrid Sandström",)
    assert said.frame.origin.approval.by == "Amina Haddad"
    assert said.frame.origin.mapping_hash == told.initial.content_hash
    assert said.goal[0].said.text == f"أريد أن أعمل {stories.SECRET}"
    assert said.goal[0].said.rendering == ""
    assert job.title.text == f"عملت {stories.SECRET}"
    assert {each.said.rendering for each in job.told} == {f"Jag arbetade {stories.SECRET}"}
    assert [each.chosen.other for each in job.facts if each.chosen] == ["Full time"]
    assert [each.asked.other for each in said.conclusions] == [
        "What may be worth validating or doing otherwise",
        "Alternatives we talked about",
        "The next step we agreed on",
    ]
    assert said.conclusions[-1].said.text == f"Söka till komvux {stories.SECRET}"
    assert said.evidence == ()  # it came when the mapping was locked


def test_the_summary_of_the_in_depth_mapping_says_what_is_told_about_each_question(told, ingrid):
    paper = issue(told.in_depth, by=ingrid)

    said = read(InDepthSnapshot, paper.snapshot)
    (target,) = said.targets
    asked = [question for group in target.groups for question in group.questions]
    assert (target.code, target.version) == (told.target.code, told.target.syllabus.version)
    assert {(each.estimate, each.basis, each.evidence) for each in asked} == {
        ("on_my_own", "assessable", (1,))
    }
    assert {each.claim.text for each in asked} == {f"فعلت ذلك {stories.SECRET}"}
    assert {each.claim.rendering for each in asked} == {f"Jag gjorde det {stories.SECRET}"}
    assert {each.note.text for each in asked} == {f"Berättar säkert {stories.SECRET}"}
    assert all(each.asked.sv and each.asked.other for each in asked)
    assert [each.title for each in said.evidence] == [f"Praktikintyg {stories.SECRET}"]


def test_a_paper_holds_no_grading_sentence(told, ingrid):
    criteria = list(Criterion.objects.values_list("text", flat=True))

    said = str(issue(told.in_depth, by=ingrid).snapshot)

    assert criteria
    assert [text for text in criteria if text in said] == []


def test_what_is_issued_can_be_printed(told, ingrid):
    for locked in (told.initial, told.in_depth):
        assert pdf.printed(issue(locked, by=ingrid)).startswith(b"%PDF-1.7")


def test_the_same_form_sent_twice_makes_one_paper(told, ingrid):
    operation = uuid4()

    once = issue(told.initial, by=ingrid, operation=operation)
    twice = issue(told.initial, by=ingrid, operation=operation, at=LATER)

    assert once == twice
    assert (Paper.objects.count(), verbs()) == (1, ["paper.issued"])


def test_two_windows_make_one_paper_of_the_same_words(told, amina, ingrid):
    once = issue(told.initial, by=ingrid)
    other = issue(told.initial, by=amina, at=LATER)

    assert once == other
    assert Paper.objects.count() == 1


def test_a_paper_of_the_first_form_that_says_the_same_is_not_made_again(told, ingrid):
    stamp = contents.Stamp(law.on(NOON.date()), VERIFY_AT, "en")
    stored = in_the_first_form(as_json(contents.of(told.initial, stamp)))
    before = PaperFactory(mapping=told.initial, snapshot=stored)

    assert issue(told.initial, by=ingrid, at=LATER) == before


def test_a_form_is_not_used_for_another_mapping_or_by_another_person(told, amina, ingrid):
    operation = uuid4()
    issue(told.initial, by=ingrid, operation=operation)

    with pytest.raises(Refused, match="already used"):
        issue(told.in_depth, by=ingrid, operation=operation)
    with pytest.raises(Refused, match="already used"):
        issue(told.initial, by=amina, operation=operation)


def test_a_name_put_right_gives_a_new_paper_in_place_of_the_old(told, amina, ingrid):
    first = issue(told.initial, by=ingrid)
    actions.choose(paper_id=first.pk, shows_name=True, by=amina, at=NOON)
    amina.name = "Amina Haddad-Nilsson"
    amina.save()

    second = issue(told.initial, by=ingrid, at=LATER)

    first.refresh_from_db()
    assert (first.successor, second.predecessor, second.shows_name) == (second, first, True)
    assert verbs() == ["paper.issued", "paper.choice_changed", "paper.replaced", "paper.issued"]
    assert papers.in_force(told.case, PaperKind.INITIAL) == second


def test_arabic_stands_beside_the_swedish_where_it_is_asked_for_and_takes_the_place_of_english(
    told, ingrid
):
    english = [issue(each, by=ingrid) for each in (told.initial, told.in_depth)]

    initial, in_depth = [
        issue(each, by=ingrid, language="ar", at=LATER) for each in (told.initial, told.in_depth)
    ]

    assert [(each.languages, each.predecessor) for each in (initial, in_depth)] == [
        ("sv ar", english[0]),
        ("sv ar", english[1]),
    ]
    life = read(InitialSnapshot, initial.snapshot).life
    assert [(each.name.sv, each.name.other) for each in life] == [("Arbete", "العمل")]
    (target,) = read(InDepthSnapshot, in_depth.snapshot).targets
    beside = [question.asked.other for group in target.groups for question in group.questions]
    assert all("\u0600" < words[0] < "\u06ff" for words in beside)


def test_what_is_told_of_a_date_in_another_language_is_read_in_swedish_too(told, ingrid):
    (job,) = read(InitialSnapshot, issue(told.initial, by=ingrid).snapshot).life[0].entries
    when = next(each.said for each in job.facts if each.asked.sv == "Från när?")

    assert (when.text, when.rendering) == (f"ربيع 2004 {stories.SECRET}", "våren 2004")


def test_no_paper_is_made_in_a_language_that_lacks_its_words(told, ingrid):
    for language in ("so", "sv", ""):
        with pytest.raises(Refused, match="not made in this language"):
            issue(told.initial, by=ingrid, language=language)


def test_a_newer_version_gives_a_newer_paper(told, ingrid):
    first = issue(told.initial, by=ingrid)
    draft = mapping.start_new_version(mapping_id=told.initial.pk, by=ingrid, at=LATER)
    newer = stories.settled(draft, by=ingrid)

    second = issue(newer, by=ingrid, at=LATER)

    first.refresh_from_db()
    assert first.successor == second
    assert [row.standing for row in papers.rows(papers.of_case(told.case))] == [
        Standing.UNCHANGED,
        Standing.REPLACED,
    ]


def test_the_two_kinds_do_not_replace_each_other(told, ingrid):
    for locked in (told.initial, told.in_depth):
        issue(locked, by=ingrid)

    assert {row.standing for row in papers.rows(papers.of_case(told.case))} == {Standing.UNCHANGED}


def test_only_a_locked_mapping_becomes_a_paper(amina):
    draft = MappingFactory(case=CaseFactory(person=amina))
    approved = MappingFactory(case=CaseFactory(person=amina), approved=True)

    for each in (draft, approved):
        with pytest.raises(Refused, match="approved and locked first"):
            issue(each, by=amina)


def test_an_older_version_becomes_no_paper(told, ingrid):
    draft = mapping.start_new_version(mapping_id=told.initial.pk, by=ingrid, at=NOON)
    stories.settled(draft, by=ingrid)
    told.initial.refresh_from_db()

    with pytest.raises(Refused, match="newer version"):
        issue(told.initial, by=ingrid)


def test_no_paper_is_made_of_practice(amina):
    practice = MappingFactory(case=CaseFactory(person=amina, is_practice=True), locked=True)

    with pytest.raises(Refused, match="practice case"):
        issue(practice, by=amina)


def test_a_closed_case_still_gives_the_person_their_paper(told, amina, ingrid):
    cases.close(case_id=told.case.pk, reason="Flyttar", by=ingrid, at=NOON)

    assert issue(told.initial, by=amina).number


@pytest.mark.parametrize("name", ["karin", "eva", "lotta"])
def test_the_leaders_of_the_board_make_papers(told, request, name):
    assert issue(told.initial, by=request.getfixturevalue(name)).number


@pytest.mark.parametrize("name", ["goran", "per_ola", "petra", "maj", "asta"])
def test_nobody_else_makes_papers(told, request, name):
    with pytest.raises(Refused, match="Only the person and those who work"):
        issue(told.initial, by=request.getfixturevalue(name))


@pytest.mark.parametrize(
    ("part", "may_initial", "may_in_depth"),
    [(Part.INITIAL, True, False), (Part.IN_DEPTH, False, True), (Part.WHOLE, True, True)],
)
def test_who_is_let_in_to_a_part_makes_the_paper_of_that_part(
    told, mirjam, part, may_initial, may_in_depth
):
    AccessFactory(case=told.case, person=mirjam, part=part)

    assert bool(policies.may_issue(mirjam, told.initial, NOON)) is may_initial
    assert bool(policies.may_issue(mirjam, told.in_depth, NOON)) is may_in_depth


def test_the_paper_of_a_protected_person_is_made_by_the_named_and_keeps_where_they_stay(
    told, ingrid, lotta, karin
):
    stories.protected(told, by=ingrid)
    Access.objects.exclude(person=ingrid).delete()

    for colleague in (lotta, karin):
        with pytest.raises(Refused):
            issue(told.initial, by=colleague)
    paper = issue(told.initial, by=ingrid)

    assert read(InitialSnapshot, paper.snapshot).frame.holder.home_municipality == ""
    assert papers.visible_to(lotta, NOON).count() == 0
    assert papers.visible_to(ingrid, NOON).get() == paper


def test_a_paper_is_opened_by_who_may_open_its_mapping(told, county, ingrid, mirjam, petra):
    initial, in_depth = (issue(each, by=ingrid) for each in (told.initial, told.in_depth))
    AccessFactory(case=told.case, person=mirjam, part=Part.IN_DEPTH)

    assert set(papers.visible_to(ingrid, NOON)) == {initial, in_depth}
    assert list(papers.visible_to(mirjam, NOON)) == [in_depth]
    assert list(papers.visible_to(petra, NOON)) == []
    assert list(papers.visible_to(told.person, NOON)) == []


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_list_of_papers_costs_one_question_however_long(
    amina, how_many, django_assert_num_queries
):
    for _ in range(how_many):
        PaperFactory(mapping__case=CaseFactory(person=amina))

    with django_assert_num_queries(1):
        assert len(papers.rows(papers.own(amina))) == how_many


def test_only_the_person_chooses_what_the_paper_shows(told, amina, ingrid):
    paper = issue(told.initial, by=ingrid)

    with pytest.raises(Refused, match="Only the person chooses"):
        actions.choose(paper_id=paper.pk, shows_name=True, by=ingrid, at=NOON)
    actions.choose(paper_id=paper.pk, shows_name=True, by=amina, at=NOON)
    actions.choose(paper_id=paper.pk, shows_name=True, by=amina, at=NOON)

    paper.refresh_from_db()
    assert paper.shows_name
    assert verbs() == ["paper.issued", "paper.choice_changed"]


# --- What the database refuses ------------------------------------------------------------------


def refuses(change, error=DatabaseError):
    with pytest.raises(error), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "2026-ZZZZZ"),
        ("code", "Z" * 20),
        ("snapshot", {"form": 1}),
        ("kind", PaperKind.IN_DEPTH),
        ("issued_at", LATER),
        ("content_hash", "f" * 64),
        ("template_version", 9),
        ("law_version", "1862"),
        ("languages", "sv"),
        ("operation", uuid4()),
    ],
)
def test_what_was_handed_out_is_never_changed(db, column, value):
    paper = PaperFactory()

    refuses(lambda: Paper.objects.filter(pk=paper.pk).update(**{column: value}))


def test_a_successor_is_set_once(db):
    first, second, third = PaperFactory.create_batch(3)
    Paper.objects.filter(pk=first.pk).update(successor=second)

    refuses(lambda: Paper.objects.filter(pk=first.pk).update(successor=third))
    refuses(lambda: Paper.objects.filter(pk=first.pk).update(successor=None))


def test_a_paper_is_nobodys_successor_twice_and_never_its_own(db):
    first, second, third = PaperFactory.create_batch(3)
    Paper.objects.filter(pk=first.pk).update(successor=third)

    refuses(lambda: Paper.objects.filter(pk=second.pk).update(successor=third), IntegrityError)
    refuses(lambda: Paper.objects.filter(pk=third.pk).update(successor=third), IntegrityError)


def test_a_number_and_a_code_belong_to_one_paper(db):
    paper = PaperFactory()

    refuses(lambda: PaperFactory(number=paper.number), IntegrityError)
    refuses(lambda: PaperFactory(code=paper.code), IntegrityError)
    refuses(lambda: PaperFactory(operation=paper.operation), IntegrityError)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"code": "SHORT"},
        {"number": ""},
        {"snapshot": {}, "content_hash": "0" * 64},
        {"content_hash": ""},
        {"kind": "diploma"},
    ],
)
def test_a_paper_that_says_nothing_is_refused(db, nonsense):
    refuses(lambda: PaperFactory(**nonsense))


def test_one_paper_of_a_kind_is_in_force_in_a_case(db):
    paper = PaperFactory()

    refuses(lambda: PaperFactory(mapping=paper.mapping), IntegrityError)


def test_a_paper_is_of_a_locked_mapping_of_its_own_case_and_kind(db):
    locked = MappingFactory(locked=True)

    refuses(lambda: PaperFactory(mapping=MappingFactory(approved=True)))
    refuses(lambda: PaperFactory(mapping=locked, case=CaseFactory()))
    refuses(lambda: PaperFactory(mapping=locked, kind=PaperKind.IN_DEPTH))
    assert PaperFactory(in_depth=True).kind == PaperKind.IN_DEPTH
