"""The in-depth mapping: what to map against, what is covered, and its questions."""

from __future__ import annotations

import re
from itertools import pairwise
from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.cases.states import Part
from kunnig.mapping import actions, interview, queries
from kunnig.mapping.models import Answer, Mapping, MappingTarget
from kunnig.mapping.states import Basis, SelfEstimate, Side
from kunnig.portfolio import actions as portfolio_actions
from kunnig.portfolio import queries as portfolio
from kunnig.portfolio.states import EvidenceKind
from kunnig.standards.models import Question, Target
from kunnig.standards.queries import targets_open_for_mapping
from tests.factories import NOON
from tests.stories import practice_target, settled
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(response.content.decode().split())


def at(name, record, audience="validator", **where):
    return reverse(f"{audience}:{name}", kwargs={"pk": record.pk, **where})


def asked(in_depth, question, audience="validator"):
    return at("question", in_depth, audience, question=question.pk)


# --- What to map against ---


def test_a_target_is_found_by_its_words_chosen_and_begun(knock, chosen):
    target = practice_target()
    client = knock("ingrid")
    url = at("start_in_depth", chosen)
    assert "No target is chosen" in text_of(client.get(url))

    found = client.get(url, {"q": target.name.split()[0].upper()})
    assert target.name in text_of(found)
    assert "for practice" in text_of(found)
    (choose,) = re.findall(r'href="(\?[^"]*target=[^"]*)"', found.content.decode())

    picked = client.get(url + choose.replace("&amp;", "&"))
    assert "One target is chosen" in text_of(picked)
    response = client.post(url, {"target": [target.pk]})

    mapping = Mapping.objects.get(kind="in_depth")
    assert response["Location"] == at("overview", mapping)
    assert [link.target for link in queries.targets_of(mapping)] == [target]


def test_several_targets_are_chosen_and_one_is_taken_away_again(knock, chosen):
    practice_target()
    first, second = targets_open_for_mapping(NOON).order_by("code")[:2]
    client = knock("ingrid")
    url = at("start_in_depth", chosen)

    both = client.get(url, {"target": [first.pk, second.pk]})
    assert "2 targets are chosen" in text_of(both)

    client.post(url, {"target": [first.pk, second.pk]})
    mapping = Mapping.objects.get(kind="in_depth")
    assert {link.target for link in queries.targets_of(mapping)} == {first, second}


def test_two_presses_begin_one_mapping(knock, chosen):
    target = practice_target()
    client = knock("ingrid")
    url = at("start_in_depth", chosen)

    answers = [client.post(url, {"target": [target.pk]}) for _press in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Mapping.objects.filter(kind="in_depth").count() == 1


@pytest.mark.parametrize("sent", [{}, {"target": "no key"}, {"target": "0" * 32}])
def test_nothing_begins_against_nothing(knock, chosen, sent):
    response = knock("ingrid").post(at("start_in_depth", chosen), sent, follow=True)

    assert "Choose at least one target." in text_of(response)
    assert not Mapping.objects.filter(kind="in_depth").exists()


def test_before_the_way_is_chosen_the_page_says_what_is_missing(knock, case):
    text = text_of(knock("ingrid").get(at("start_in_depth", case)))

    assert "Decide the path first." in text
    assert "Begin the in-depth mapping" not in text


def test_beside_a_locked_mapping_none_is_offered_but_the_way_to_a_new_version(
    knock, in_depth, chosen, ingrid
):
    settled(in_depth, by=ingrid)
    client = knock("ingrid")
    url = at("start_in_depth", chosen)

    response = client.post(url, {"target": practice_target().pk}, follow=True)

    text = text_of(response)
    assert "Make a new version of it, and add targets there." in text
    assert at("mapping", in_depth) in text
    assert "Begin the in-depth mapping" not in text
    assert Mapping.objects.filter(kind="in_depth").count() == 1


def test_beside_an_open_mapping_the_page_leads_to_it(knock, in_depth, chosen, ingrid):
    settled(in_depth, by=ingrid)
    new = actions.start_new_version(mapping_id=in_depth.pk, by=ingrid, at=NOON)

    text = text_of(knock("ingrid").get(at("start_in_depth", chosen)))

    assert "There is an in-depth mapping already" in text
    assert at("mapping", new) in text


def test_one_more_target_is_added_to_an_open_mapping(knock, in_depth):
    already = queries.targets_of(in_depth)[0].target
    other = targets_open_for_mapping(NOON).exclude(pk=already.pk).order_by("code")[0]
    client = knock("ingrid")
    url = at("add_target", in_depth)
    assert str(already.pk) not in text_of(client.get(url))

    response = client.post(url, {"target": other.pk})

    assert response["Location"] == at("overview", in_depth)
    assert MappingTarget.objects.filter(mapping=in_depth).count() == 2


# --- At a glance ---


def test_the_overview_counts_what_is_told_shown_and_missing(knock, in_depth, question, say, ingrid):
    before = text_of(knock("ingrid").get(at("overview", in_depth)))
    assert "0 of 10 questions can be assessed" in before
    assert "10 lack a basis" in before

    paths = {ask.code: interview.path_to(question.pk, ask) for ask in interview.IN_DEPTH.values()}
    say(in_depth, SelfEstimate.CAN_TEACH, by=ingrid, path=paths["estimate"])
    say(in_depth, "أطبخ", by=ingrid, path=paths["claim"])
    say(in_depth, Basis.TEST_NEEDED, by=ingrid, path=paths["basis"], side=Side.NOTE)

    after = text_of(knock("ingrid").get(at("overview", in_depth)))
    assert "9 lack a basis" in after
    assert "1 needs a test" in after
    assert "1 is not in Swedish" in after
    assert after.count("Can teach others") == before.count("Can teach others") + 1


@pytest.mark.parametrize(("show", "count"), [("", 10), ("missing", 9), ("tests", 1)])
def test_the_table_is_cut_to_what_is_missing_or_needs_a_test(
    knock, in_depth, question, say, ingrid, show, count
):
    path = interview.path_to(question.pk, interview.BASIS)
    say(in_depth, Basis.TEST_NEEDED, by=ingrid, path=path, side=Side.NOTE)

    text = knock("ingrid").get(at("overview", in_depth), {"show": show}).content.decode()

    assert text.count('<th scope="row" role="rowheader">') == count


@pytest.mark.parametrize("cut", [{"show": "missing"}, {"show": "tests"}, {"by": "point"}])
def test_a_bar_leads_to_its_questions_also_from_a_table_that_is_cut(knock, in_depth, cut):
    client, url = knock("ingrid"), at("overview", in_depth)
    groups = re.findall(r' id="(group-[^"]+)"', client.get(url).content.decode())

    text = client.get(url, cut).content.decode()

    assert re.findall(r'href="\?#(group-[^"]+)"', text) == groups


def test_the_same_is_seen_by_point_of_content(knock, in_depth):
    target = queries.targets_of(in_depth)[0].target

    text = text_of(knock("ingrid").get(at("overview", in_depth), {"by": "point"}))

    assert "All points of content" in text
    assert text.count('role="rowheader"') == target.content.count()


def test_with_two_targets_every_bar_row_and_code_says_which(knock, in_depth, ingrid):
    one, other = against_two(in_depth, by=ingrid)

    text = text_of(knock("ingrid").get(at("overview", in_depth)))

    for number, target in enumerate((one, other), start=1):
        assert f'<h3 id="covered-{number}" lang="sv">{target.name}</h3>' in text
        assert f'aria-labelledby="covered-{number}"' in text
        assert f'<bdi lang="sv">{target.name}</bdi>: <a href=' in text
        assert f'<span lang="sv">{target.name}</span>: A. <span lang=' in text
    assert f"Go on with A1 ({one.name})" in text
    anchors = re.findall(r' id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    tiles = re.findall(r'href="#(group-[^"]+)"', text)
    assert tiles == re.findall(r' id="(group-[^"]+)"', text)


def test_the_person_is_told_what_the_rings_say_of_themselves(knock, in_depth):
    own = text_of(knock("amina").get(at("overview", in_depth, "candidate")))

    assert "The rings show what you say of your own ability." in own
    assert "Amina says of their own ability" not in own
    theirs = text_of(knock("ingrid").get(at("overview", in_depth)))
    assert "The rings show what Amina says of their own ability." in theirs


def test_the_goal_and_what_is_mapped_against_have_each_a_name(knock, in_depth, question):
    text = text_of(knock("ingrid").get(asked(in_depth, question)))

    target = queries.targets_of(in_depth)[0].target
    assert re.search(rf"Mapped against\W.*?{target.name}", text)


def test_one_target_alone_is_not_named_at_every_question(knock, in_depth):
    target = queries.targets_of(in_depth)[0].target

    text = text_of(knock("ingrid").get(at("overview", in_depth)))

    assert text.count(target.name) == 1
    assert "Go on with A1 <svg" in text


def test_points_of_two_targets_stand_under_the_name_of_theirs(knock, in_depth, ingrid):
    names = [target.name for target in against_two(in_depth, by=ingrid)]

    text = text_of(knock("ingrid").get(at("overview", in_depth), {"by": "point"}))

    assert re.findall(r'role="rowheader" lang="sv">([^<]+)</th>', text) == names


def against_two(in_depth, *, by):
    """Hold an in-depth mapping against one more target, and return both in their order."""
    (link,) = queries.targets_of(in_depth)
    other = targets_open_for_mapping(NOON).exclude(pk=link.target_id).order_by("code")[0]
    actions.add_target(mapping_id=in_depth.pk, target=other, by=by, at=NOON)
    return [each.target for each in queries.targets_of(in_depth)]


# --- One question ---


def test_everything_about_a_question_is_answered_on_one_page(knock, in_depth, question, case):
    client = knock("ingrid")
    add = reverse("validator:add_evidence", kwargs={"pk": case.pk})
    blank = fields_of(client.get(add), "novalidate")
    client.post(add, blank | {"kind": "certificate", "title": "Certificate of practice"})
    (evidence,) = portfolio.evidence_in(case)
    (entry,) = queries.entries_told_in(case)
    page = client.get(asked(in_depth, question))

    response = client.post(
        asked(in_depth, question),
        fields_of(page)
        | {
            "estimate-original": "on_my_own",
            "claim-original": "أطبخ",
            "claim-rendering": "Jag lagar mat",
            "learnt-original": [str(entry)],
            "evidence-original": [str(evidence.pk)],
            "note-note": "Tells surely",
            "basis-note": "assessable",
        },
    )

    assert response["Location"] == at("overview", in_depth)
    sheet = queries.sheet_of(in_depth)
    said = {
        (ask.code, side): sheet.text(interview.path_to(question.pk, ask), side)
        for ask in interview.IN_DEPTH.values()
        for side in Side
    }
    assert {key: text for key, text in said.items() if text} == {
        ("estimate", Side.ORIGINAL): "on_my_own",
        ("claim", Side.ORIGINAL): "أطبخ",
        ("claim", Side.RENDERING): "Jag lagar mat",
        ("learnt", Side.ORIGINAL): str(entry),
        ("evidence", Side.ORIGINAL): str(evidence.pk),
        ("note", Side.NOTE): "Tells surely",
        ("basis", Side.NOTE): "assessable",
    }
    again = fields_of(client.get(asked(in_depth, question)))
    assert again["evidence-original"] == [str(evidence.pk)]
    assert again["learnt-original"] == [str(entry)]


def test_what_nothing_is_told_of_is_never_assessable(knock, in_depth, question, say, ingrid):
    client = knock("ingrid")
    at_question = asked(in_depth, question)
    page = fields_of(client.get(at_question))

    refused = client.post(at_question, page | {"basis-note": "assessable"})

    assert refused.status_code == 422
    assert 'id="basis-note-fault">Nothing is told yet.' in text_of(refused)
    # Told and concluded at once is fine; the claim taken away again, the conclusion falls.
    page |= {"basis-note": "assessable", "claim-original": "أطبخ", "claim-rendering": "Lagar mat"}
    client.post(at_question, page)
    (row,) = [
        r for r in queries.overview_of(in_depth, language="sv").rows if r.question.id == question.pk
    ]
    assert row.basis is Basis.ASSESSABLE
    path = interview.path_to(question.pk, interview.CLAIM)
    say(in_depth, "", by=ingrid, path=path, base=1)
    (row,) = [
        r for r in queries.overview_of(in_depth, language="sv").rows if r.question.id == question.pk
    ]
    assert (row.basis, row.is_gap) == (None, True)


def test_the_person_is_not_offered_what_staff_do(knock, in_depth, question, say, ingrid, amina):
    path = interview.path_to(question.pk, interview.CLAIM)
    say(in_depth, "أطبخ", by=ingrid, path=path)
    theirs = text_of(knock("ingrid").get(at("overview", in_depth)))
    assert ("is not in Swedish" in theirs, "Add a target" in theirs) == (True, True)

    client = knock("amina")
    own = text_of(client.get(at("overview", in_depth, "candidate")))

    assert ("not in Swedish" in own, "Add a target" in own) == (False, False)
    assert "Read it all and say that it is ready" in own
    add = at("add_target", in_depth, "candidate")
    assert "Your validator adds targets." in text_of(client.get(add))
    other = targets_open_for_mapping(NOON).exclude(pk=in_depth.targets.get().target_id)[0]
    client.post(add, {"target": other.pk})
    assert MappingTarget.objects.filter(mapping=in_depth).count() == 1


def test_the_buttons_lead_to_the_question_before_and_after(knock, in_depth, question):
    client = knock("ingrid")
    after = question.group.questions.get(number=2)
    sent = fields_of(client.get(asked(in_depth, question)))

    response = client.post(asked(in_depth, question), sent | {"to": str(after.pk)})

    assert response["Location"] == asked(in_depth, after)
    text = text_of(client.get(response["Location"]))
    assert f'value="{question.pk}"' in text


def test_a_question_says_its_target_and_when_another_is_of_the_other(
    knock, in_depth, say, ingrid, case
):
    one, other = against_two(in_depth, by=ingrid)
    rows = [row.question for row in queries.overview_of(in_depth, language="en").rows]
    before, after = next(pair for pair in pairwise(rows) if pair[0].set_id != pair[1].set_id)
    evidence = a_photo(case, by=ingrid)
    say(in_depth, str(evidence.pk), by=ingrid, path=interview.path_to(after.id, interview.EVIDENCE))

    text = text_of(knock("ingrid").get(at("question", in_depth, question=before.id)))

    assert f'<p class="k-over" lang="sv">{one.name}</p>' in text
    assert f"<title>{before.code} {before.short} – {one.name} – Amina Haddad" in text
    assert f"Save, next: {after.code} ({other.name})" in text
    assert f"Also supports {after.code} ({other.name})." in text


def test_a_whole_mapping_against_two_targets_is_read_target_by_target(knock, in_depth, say, ingrid):
    names = [target.name for target in against_two(in_depth, by=ingrid)]
    for row in queries.overview_of(in_depth, language="en").rows:
        path = interview.path_to(row.question.id, interview.ESTIMATE)
        say(in_depth, SelfEstimate.WITH_HELP, by=ingrid, path=path)

    text = text_of(knock("ingrid").get(at("mapping", in_depth)))

    heads = re.findall(r'<h2 id="part-[0-9]+"><span lang="sv">([^<]+)</span>: <span', text)
    assert list(dict.fromkeys(heads)) == names


def a_photo(case, *, by):
    """Describe a photo in a case, and return it."""
    return portfolio_actions.add_evidence(
        case_id=case.pk,
        described=portfolio_actions.Described(EvidenceKind.PHOTO, "A cake"),
        operation=uuid4(),
        by=by,
        at=NOON,
    )


def test_two_who_choose_differently_see_both_choices_in_words(
    knock, in_depth, question, say, amina
):
    client = knock("ingrid")
    sent = fields_of(client.get(asked(in_depth, question)))
    path = interview.path_to(question.pk, interview.ESTIMATE)
    say(in_depth, SelfEstimate.NOT_DONE, by=amina, path=path)

    response = client.post(asked(in_depth, question), sent | {"estimate-original": "can_teach"})

    text = text_of(response)
    assert response.status_code == 422
    assert "I can teach others" in text
    assert "I have not done it" in text
    theirs = fields_of(response) | {"estimate-original-choice": "theirs"}
    client.post(asked(in_depth, question), theirs)
    assert queries.sheet_of(in_depth).text(path) == SelfEstimate.NOT_DONE


def test_evidence_that_is_not_in_the_case_cannot_be_named(knock, in_depth, question):
    client = knock("ingrid")
    sent = fields_of(client.get(asked(in_depth, question)))
    sent |= {"evidence-original": "00000000-0000-4000-8000-000000000001"}

    response = client.post(asked(in_depth, question), sent | {"evidence-original-base": "0"})

    assert response.status_code == 422
    assert "That is not in the case." in text_of(response)
    assert not Answer.objects.filter(path__endswith="/evidence").exists()


def test_a_question_of_another_target_is_not_found(knock, in_depth):
    other = Target.objects.filter(kind="level")[0].question_sets.get()
    foreign = other.groups.first().questions.first()

    assert knock("ingrid").get(asked(in_depth, foreign)).status_code == 404


def test_the_initial_mapping_has_no_overview_and_no_questions(knock, in_depth, question, told):
    initial = told[0]

    assert knock("ingrid").get(at("overview", initial)).status_code == 404
    assert knock("ingrid").get(asked(initial, question)).status_code == 404


def test_an_assessor_who_is_let_in_maps_and_reads_the_criteria(
    knock, graded, mirjam, let_in, chosen
):
    criterion, question = graded_by(graded)
    url = asked(graded, question, "assessor")
    assert knock("mirjam").get(url).status_code == 404

    let_in(chosen, mirjam)

    response = knock("mirjam").get(url)
    assert criterion in response.content.decode()
    sent = fields_of(response) | {"claim-original": "Cook"}
    assert knock("mirjam").post(url, sent).status_code == 302


def test_one_let_in_to_the_initial_mapping_only_does_not_open_the_in_depth_one(
    knock, in_depth, question, mirjam, let_in, chosen
):
    let_in(chosen, mirjam, Part.INITIAL)

    assert knock("mirjam").get(asked(in_depth, question, "assessor")).status_code == 404


def test_a_mapper_reads_no_criteria(knock, graded):
    criterion, question = graded_by(graded)

    text = knock("ingrid").get(asked(graded, question)).content.decode()

    assert criterion not in text


def graded_by(mapping):
    """Return a sentence that a mapping's course is graded by, and a question that it asks."""
    link = mapping.targets.get()
    question = Question.objects.filter(group__question_set=link.question_set).first()
    return link.target.criteria.first().text, question


def test_what_is_locked_is_read_question_by_question(knock, in_depth, question, ingrid):
    settled(in_depth, by=ingrid)

    response = knock("ingrid").get(asked(in_depth, question))

    assert fields_of(response) == {}
    assert "Missing" in text_of(response)
    assert knock("ingrid").get(at("overview", in_depth)).status_code == 200


def test_the_person_estimates_and_tells_alone(knock, in_depth, question):
    client = knock("amina")
    url = asked(in_depth, question, "candidate")

    fields = fields_of(client.get(url))
    assert not any(name.startswith(("note", "basis", "claim-rendering")) for name in fields)
    client.post(url, fields | {"estimate-original": "with_help", "claim-original": "أطبخ"})

    path = interview.path_to(question.pk, interview.ESTIMATE)
    assert queries.sheet_of(in_depth).text(path) == "with_help"
