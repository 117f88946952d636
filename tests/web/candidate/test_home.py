"""One's own case: what is next, the way so far, whom to call, and who has read."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.states import Path
from kunnig.credentials.states import PaperKind
from kunnig.mapping import actions as mapping
from kunnig.mapping.queries import fingerprint
from kunnig.people.states import Protection
from tests.factories import CaseFactory, PaperFactory
from tests.people import NOON, TODAY
from tests.stories import given, registered, settled, told, told_initial
from tests.web.validator import cost_of, links_of, text_of

HOME = "/my/"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


def next_of(response):
    return response.context["next"]


def states(response):
    return [(str(step.name), step.state) for step in response.context["steps"]]


def decided(case, path, *, by):
    return cases.decide_path(
        case_id=case.pk,
        path=path,
        reason="Vi kom fram till det tillsammans",
        decided_on=TODAY,
        operation=uuid4(),
        by=by,
        at=NOON,
    )


def test_a_protected_colleague_is_named_to_no_candidate(knock, case, ingrid):
    client = knock("ingrid")
    client.get(reverse("validator:case", args=[case.pk]))
    assert "Ingrid" in text_of(knock("amina").get(HOME))
    ingrid.protection = Protection.SECRECY_MARKING
    ingrid.save()

    assert "Ingrid" not in text_of(knock("amina").get(HOME))


# Before there is a case.


def test_without_a_case_the_next_step_is_to_open_one(knock, goran, county):
    response = knock("goran").get(HOME)

    assert "Hello Göran" in text_of(response)
    assert reverse("candidate:register") in links_of(response)


def test_a_protected_person_is_told_to_call(knock, rania, county):
    response = knock("rania").get(HOME)

    assert "Your data are protected. Call your municipality." in text_of(response)
    assert reverse("candidate:register") not in links_of(response)
    assert reverse("public:municipalities") in links_of(response)


def test_where_no_municipality_takes_part_the_page_says_so(knock, goran, db):
    assert "No municipality takes part yet." in text_of(knock("goran").get(HOME))


# The next step, as the case goes on.


def test_a_new_case_begins_with_telling(knock, case):
    response = knock("amina").get(HOME)

    assert next_of(response).heading == "Begin to tell what you have done"
    assert next_of(response).is_act
    assert "until you meet Ingrid" in next_of(response).text
    assert response.context["rings"] is None
    begun = knock("amina").post(next_of(response).url)
    assert begun.status_code == 302


def test_a_draft_is_gone_on_with_where_nothing_is_written_yet(knock, case, amina):
    draft = mapping.start_initial(case_id=case.pk, by=amina, at=NOON)
    words = [given("goal/wish", "أريد", by=amina)]
    mapping.answer(mapping_id=draft.pk, given=words, by=amina, at=NOON)

    response = knock("amina").get(HOME)

    where = {"pk": draft.pk, "section": "education"}
    assert next_of(response).url == reverse("candidate:interview", kwargs=where)
    assert "Something was last written on 25 November 2026 at 12:00." in next_of(response).text
    assert response.context["rings"].words == (
        "Each ring is a part of your life. You have told about 1 of 11."
    )


def test_what_is_shared_is_read_and_approved(knock, case, ingrid):
    draft, _entry = told_initial(case, by=ingrid)
    mapping.share(mapping_id=draft.pk, by=ingrid, at=NOON)

    response = knock("amina").get(HOME)

    assert next_of(response).heading == "Read and approve what you have told"
    assert next_of(response).url == reverse("candidate:mapping", kwargs={"pk": draft.pk})


def test_what_is_approved_waits_for_the_one_responsible(knock, case, amina, ingrid):
    draft, _entry = told_initial(case, by=ingrid)
    mapping.share(mapping_id=draft.pk, by=ingrid, at=NOON)
    mapping.approve(mapping_id=draft.pk, shown_hash=fingerprint(draft), by=amina, at=NOON)

    assert "Ingrid locks" in next_of(knock("amina").get(HOME)).text


def test_what_is_locked_leads_to_a_choice_of_way(knock, case, ingrid):
    draft, _entry = told_initial(case, by=ingrid)
    settled(draft, by=ingrid)

    response = knock("amina").get(HOME)

    assert next_of(response).heading == "Choose your way together with Ingrid"
    assert states(response) == [
        ("Your case was opened", "done"),
        ("You told about your life and your work", "done"),
        ("You choose your way", "now"),
        ("You go through what you can", "later"),
        ("You get it as a paper", "later"),
    ]
    assert "You have taken 2 of 5 steps." in text_of(response)


@pytest.mark.parametrize(
    ("path", "heading", "goes_on"),
    [
        (Path.GUIDANCE_ONLY, "Talk with a counsellor about what suits you", False),
        (Path.REFERRAL, "Somebody else helps you further", False),
        (Path.EXAMINATION, "Prepare for your examination", False),
        (Path.AWAITING_ADMISSION, "You wait for a place to study", False),
        (Path.VALIDATION, "Soon you go through what you can", True),
        (Path.OTHER_ROUTE, "Soon you go through what you can", True),
    ],
)
def test_the_way_that_was_chosen_decides_what_comes(knock, case, ingrid, path, heading, goes_on):
    settled(told_initial(case, by=ingrid)[0], by=ingrid)
    decided(case, path, by=ingrid)

    response = knock("amina").get(HOME)

    assert next_of(response).heading == heading
    assert (("You go through what you can", "now") in states(response)) is goes_on
    assert "Vi kom fram till det tillsammans" in text_of(response)


def test_what_is_gone_through_and_locked_can_be_had_as_a_paper(knock, amina, ingrid, county):
    told(amina, county.norsjo_board, by=ingrid)

    response = knock("amina").get(HOME)

    assert next_of(response).url == reverse("candidate:papers")
    rings = response.context["rings"]
    assert rings.done == rings.total > 0
    assert [state for _name, state in states(response)] == ["done"] * 4 + ["now"]


def test_a_new_version_is_told_of_beside_the_one_that_counts(knock, amina, ingrid, county):
    story = told(amina, county.norsjo_board, by=ingrid)
    assert "A new version has begun" not in text_of(knock("amina").get(HOME))
    mapping.start_new_version(mapping_id=story.in_depth.pk, by=ingrid, at=NOON)

    assert text_of(knock("amina").get(HOME)).count("A new version has begun") == 1


def test_the_way_ends_with_the_paper_of_its_last_mapping(knock, amina, ingrid, county):
    story = told(amina, county.norsjo_board, by=ingrid)
    PaperFactory(mapping=story.initial)
    before = states(knock("amina").get(HOME))
    PaperFactory(mapping=story.in_depth, kind=PaperKind.IN_DEPTH)

    after = states(knock("amina").get(HOME))

    assert before[-1] == ("You get it as a paper", "now")
    assert after[-1] == ("You have it as a paper", "done")


def test_a_closed_case_keeps_what_was_told(knock, case, ingrid):
    cases.close(case_id=case.pk, reason="Flyttar", by=ingrid, at=NOON)

    response = knock("amina").get(HOME)

    assert next_of(response).heading == "Your case is closed"
    assert "now" not in {state for _name, state in states(response)}


def test_a_case_that_goes_on_is_shown_before_a_closed_one(knock, case, amina, ingrid, county):
    newer = registered(amina, county.norsjo_board, by=ingrid)
    cases.close(case_id=newer.pk, reason="Dubblett", by=ingrid, at=NOON)

    response = knock("amina").get(HOME)

    assert response.context["case"] == case
    assert reverse("candidate:case", kwargs={"pk": newer.pk}) in links_of(response)


# Who sees what.


def test_nobody_opens_another_s_own_case(knock, case):
    for who in ("goran", "ingrid", "lotta", "petra", "maj", "asta"):
        fixture = knock(who)
        assert fixture.get(reverse("candidate:case", kwargs={"pk": case.pk})).status_code == 404


def test_one_s_own_reading_leaves_no_line(knock, case):
    client = knock("amina")

    assert client.get(reverse("candidate:case", kwargs={"pk": case.pk})).status_code == 200

    assert not Entry.objects.filter(is_reading=True).exists()


def test_the_page_says_whom_to_call_and_who_has_read(knock, case, county):
    county.norsjo_board.telephone = "0918-140 00"
    county.norsjo_board.save(update_fields=["telephone"])
    knock("ingrid").get(reverse("validator:case", kwargs={"pk": case.pk}))

    response = knock("amina").get(HOME)

    assert "tel:091814000" in links_of(response)
    assert "Utbildningsnämnden, Norsjö kommun" in text_of(response)
    assert "Ingrid Sandström was the last to read, on 25 November 2026." in text_of(response)


def test_a_protected_person_sees_their_own_case(knock, case, amina, ingrid):
    cases.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    assert next_of(knock("amina").get(HOME)).heading == "Begin to tell what you have done"


def test_the_page_costs_the_same_however_many_cases(knock, amina, ingrid, county):
    told(amina, county.norsjo_board, by=ingrid)
    once = cost_of(knock("amina"), HOME)
    earlier = NOON - timedelta(days=1)
    CaseFactory.create_batch(3, person=amina, board=county.norsjo_board, registered_at=earlier)

    assert cost_of(knock("amina"), HOME) == once
    assert once <= 15
