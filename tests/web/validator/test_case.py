"""The page of one case: who opens it, what it calls for, and what each of them sees."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kunnig.audit.models import Entry
from kunnig.cases import actions
from kunnig.cases.models import Case, PathDecision
from kunnig.cases.states import CaseState, Part, Path
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import MappingKind, MappingState
from kunnig.people.states import Protection
from kunnig.web.validator import urls
from tests.factories import (
    AccessFactory,
    IdentifierFactory,
    MappingFactory,
    QualificationFactory,
    newer_version,
)
from tests.people import NOON, TODAY
from tests.stories import SECRET, registered
from tests.web.validator import cost_of, links_of, text_of, url

# Every address of the audience that names a case, and nothing but a case.
PAGES = [
    "case",
    "history",
    "details",
    "adaptations",
    "path",
    "close",
    "reopen",
    "let_in",
    "responsible",
    "protect",
    "correct_person",
    "table_code",
    "open_sign_in",
    "invite",
    "give_password",
    "identifier",
]
STRANGERS = ("lars", "mirjam", "tomas", "petra", "maj", "asta", "amina", "goran")


def next_step(response):
    step = response.context["next"]
    return step.heading, step.words, step.reason


def decided(case, ingrid, path):
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPED)
    MappingFactory(case=case, locked=True)
    actions.decide_path(
        case_id=case.pk,
        path=path,
        reason="Antagen till kursen",
        decided_on=TODAY,
        operation=uuid4(),
        by=ingrid,
        at=NOON,
    )


# Who opens it.


def test_the_pages_below_are_all_there_are():
    own = {
        each.name
        for each in urls.urlpatterns
        if getattr(each, "name", None) and set(each.pattern.converters) == {"pk"}
    }
    assert own == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_strangers_do_not_learn_that_it_exists(knock, case, name):
    for who in STRANGERS:
        client = knock(who)
        assert client.get(url(name, case.pk)).status_code == 404
        assert client.post(url(name, case.pk)).status_code in {404, 405}
    assert not Entry.objects.filter(is_reading=True).exists()


@pytest.mark.parametrize("name", PAGES)
def test_what_does_not_exist_is_answered_alike(knock, county, name):
    assert knock("karin").get(url(name, uuid4())).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_protected_case_is_not_there_for_colleagues_who_are_not_named(knock, case, ingrid, name):
    actions.protect(case_id=case.pk, level=Protection.SECRECY_MARKING, by=ingrid, at=NOON)

    for who in ("karin", "eva", "lotta"):
        assert knock(who).get(url(name, case.pk)).status_code == 404
    assert knock("ingrid").get(url(name, case.pk)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["ingrid", "karin", "eva", "lotta"])
def test_those_who_work_with_it_open_it_and_it_is_noted(knock, request, case, name, who):
    assert knock(who).get(url(name, case.pk)).status_code == 200

    person = request.getfixturevalue(who)
    readings = Entry.objects.filter(is_reading=True)
    assert [(each.verb, each.about, each.actor, each.file) for each in readings] == [
        ("case.read", str(case.person_id), str(person.pk), f"cases.case:{case.pk}")
    ]


def test_those_signed_out_are_asked_to_sign_in(client, case):
    assert client.get(url("case", case.pk)).url.startswith("/sign-in/")


# What they see.


def test_the_page_tells_what_is_known(knock, case, ingrid):
    IdentifierFactory(person=case.person, value="50-123456")

    page = text_of(knock("ingrid").get(url("case", case.pk)))

    for words in (
        "Amina Haddad",
        case.number,
        f"Arbeta inom vården {SECRET}",
        f"Vill läsa {SECRET}",
        f"Behöver stor text {SECRET}",
        "Norsjö kommun (Registered there)",
        "Swedish for immigrants (sfi)",
        "Arabic",
        "Version 2026-11",
        "14 March 1988",
        "The migration agency ••••",
        "Ingrid Sandström: The whole case, Adaptations",
        "Noted adaptations",
        "Registered the case",
    ):
        assert words in page
    assert "50-123456" not in page


@pytest.mark.parametrize("who", ["karin", "eva", "lotta"])
def test_a_role_does_not_show_the_adaptations(knock, case, who):
    page = text_of(knock(who).get(url("case", case.pk)))

    assert f"Vill läsa {SECRET}" in page
    assert "Behöver stor text" not in page


@pytest.mark.parametrize("part", [Part.INITIAL, Part.IN_DEPTH])
def test_one_let_in_to_a_part_sees_that_part_and_no_more(knock, case, mirjam, part):
    AccessFactory(case=case, person=mirjam, part=part)
    IdentifierFactory(person=case.person, value="50-123456")
    PathDecision.objects.create(
        case=case,
        number=1,
        path=Path.VALIDATION,
        reason="Hemlig grund",
        decided_on=TODAY,
        decided_by=case.responsible,
        decided_at=NOON,
        operation=uuid4(),
    )
    Case.objects.filter(pk=case.pk).update(state=CaseState.PATH_DECIDED)
    kinds = (MappingKind.INITIAL, MappingKind.IN_DEPTH)
    own = {Part.INITIAL: "initial", Part.IN_DEPTH: "in_depth"}[part]
    for kind in kinds:
        MappingFactory(case=case, kind=kind)

    response = knock("mirjam").get(url("case", case.pk))

    assert [each.kind for each in response.context["versions"]] == [own]
    page = text_of(response)
    assert "You are let in to a part of this case." in page
    for words in (
        "Vill läsa",
        "Behöver stor text",
        "migration agency",
        "14 March 1988",
        "DNR",
        "Hemlig",
    ):
        assert words not in page


def test_one_let_in_to_the_adaptations_sees_them(knock, case, tomas):
    AccessFactory(case=case, person=tomas, part=Part.ADAPTATIONS)

    page = text_of(knock("tomas").get(url("case", case.pk)))

    assert f"Behöver stor text {SECRET}" in page
    assert "Vill läsa" not in page


def test_the_protected_case_warns_the_named_and_never_says_how(knock, case, ingrid):
    actions.protect(case_id=case.pk, level=Protection.ASSUMED_IDENTITY, by=ingrid, at=NOON)

    page = text_of(knock("ingrid").get(url("case", case.pk)))

    assert "Only those named in this case can open it." in page
    assert "Assumed identity" not in page


def test_a_protected_colleague_has_no_name_in_the_history(knock, case, ingrid, karin):
    ingrid.protection = Protection.SECRECY_MARKING
    ingrid.save(update_fields=["protection"])

    response = knock("karin").get(url("case", case.pk))

    assert {line.who for line in response.context["history"]} == {"A colleague"}


def test_a_practice_case_says_so(knock, case):
    Case.objects.filter(pk=case.pk).update(is_practice=True)

    assert "This is a practice case." in text_of(knock("ingrid").get(url("case", case.pk)))


# What it calls for.


def test_a_new_case_calls_for_the_initial_mapping(knock, case):
    response = knock("ingrid").get(url("case", case.pk))

    assert next_step(response) == ("Begin the initial mapping", "Begin", "")
    assert url("start_initial", case.pk) in links_of(response)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("lotta", "Only validators and counsellors"),
        ("eva", "Only validators and counsellors"),
    ],
)
def test_one_who_does_not_map_is_told_why_instead(knock, case, who, reason):
    heading, words, why = next_step(knock(who).get(url("case", case.pk)))

    assert (heading, words) == ("Begin the initial mapping", "")
    assert reason in why


def test_one_whose_qualification_has_lapsed_is_told_whom_to_ask(knock, case, lars):
    AccessFactory(case=case, person=lars)

    _heading, words, why = next_step(knock("lars").get(url("case", case.pk)))

    assert words == ""
    assert "You need a current qualification to map. Ask the region" in why


UNDER_WAY = [
    ({}, "Go on with the initial mapping", "Go on"),
    ({"shared": True}, "Amina reads the mapping", "Open the mapping"),
    ({"approved": True}, "Amina has approved. Lock the mapping", "Read and lock"),
    ({"kind": MappingKind.IN_DEPTH}, "Go on with the in-depth mapping", "Go on"),
]


@pytest.mark.parametrize(("traits", "heading", "words"), UNDER_WAY)
def test_a_mapping_under_way_is_gone_on_with(knock, case, traits, heading, words):
    mapping = MappingFactory(case=case, **traits)
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPING)

    response = knock("ingrid").get(url("case", case.pk))

    assert next_step(response) == (heading, words, "")
    assert url("mapping", mapping.pk) in links_of(response)


@pytest.mark.parametrize(("traits", "heading", "_words"), UNDER_WAY)
@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("lars", "You need a current qualification to map. Ask the region's coordinator."),
        ("eva", "Only validators and counsellors of the board map."),
    ],
)
def test_one_who_cannot_go_on_is_told_why_instead(
    knock, request, case, traits, heading, _words, who, reason
):
    AccessFactory(case=case, person=request.getfixturevalue(who))
    MappingFactory(case=case, **traits)
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPING)

    response = knock(who).get(url("case", case.pk))

    assert next_step(response) == (heading, "", reason)
    assert reason in text_of(response)
    assert (
        "ds-button" not in response.content.decode().partition('id="next"')[2].split("</section")[0]
    )


def test_a_locked_initial_mapping_calls_for_a_choice(knock, case):
    MappingFactory(case=case, locked=True)
    Case.objects.filter(pk=case.pk).update(state=CaseState.MAPPED)

    response = knock("ingrid").get(url("case", case.pk))

    assert next_step(response) == ("Choose the way together with Amina", "Choose the way", "")
    assert url("path", case.pk) in links_of(response)


@pytest.mark.parametrize("path", [Path.VALIDATION, Path.OTHER_ROUTE])
def test_a_way_that_leads_on_calls_for_the_in_depth_mapping(knock, case, ingrid, path):
    decided(case, ingrid, path)

    response = knock("ingrid").get(url("case", case.pk))

    assert next_step(response) == ("Begin the in-depth mapping", "Choose the target", "")
    assert "Antagen till kursen" in text_of(response)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (Path.GUIDANCE_ONLY, "close"),
        (Path.REFERRAL, "close"),
        (Path.EXAMINATION, "close"),
        (Path.AWAITING_ADMISSION, "path"),
    ],
)
def test_another_way_calls_for_its_own_end(knock, case, ingrid, path, name):
    decided(case, ingrid, path)

    response = knock("ingrid").get(url("case", case.pk))

    assert next_step(response)[0] == path.label
    assert url(name, case.pk) in links_of(response)
    assert "In-depth mapping" not in [str(step.name) for step in response.context["steps"]]


def test_a_locked_in_depth_mapping_calls_for_a_paper(knock, case, ingrid):
    decided(case, ingrid, Path.VALIDATION)
    MappingFactory(case=case, kind=MappingKind.IN_DEPTH, locked=True)
    Case.objects.filter(pk=case.pk).update(state=CaseState.IN_DEPTH_MAPPED)

    heading, _words, why = next_step(knock("ingrid").get(url("case", case.pk)))

    assert (heading, why) == ("The in-depth mapping is locked", "")


def test_a_closed_case_says_why_and_can_be_opened_again(knock, case, ingrid):
    actions.close(case_id=case.pk, reason="Flyttade till Umeå", by=ingrid, at=NOON)

    response = knock("ingrid").get(url("case", case.pk))

    assert next_step(response) == ("The case is closed", "Open it again", "")
    assert "Flyttade till Umeå" in text_of(response)
    links = links_of(response)
    assert url("reopen", case.pk) in links
    for name in (
        "details",
        "close",
        "responsible",
        "correct_person",
        "table_code",
        "open_sign_in",
        "identifier",
    ):
        assert url(name, case.pk) not in links


@pytest.mark.parametrize(
    ("state", "states"),
    [
        (CaseState.REGISTERED, ["done", "now", "later", "later"]),
        (CaseState.MAPPING, ["done", "now", "later", "later"]),
        (CaseState.MAPPED, ["done", "done", "now", "later"]),
        (CaseState.PATH_DECIDED, ["done", "done", "done", "now"]),
        (CaseState.IN_DEPTH, ["done", "done", "done", "now"]),
        (CaseState.IN_DEPTH_MAPPED, ["done", "done", "done", "done"]),
    ],
)
def test_the_steps_show_where_the_case_stands(knock, case, state, states):
    Case.objects.filter(pk=case.pk).update(state=state)

    response = knock("karin").get(url("case", case.pk))

    assert [step.state for step in response.context["steps"]] == states


@pytest.mark.parametrize(
    ("state", "done"),
    [
        (CaseState.REGISTERED, 1),
        (CaseState.MAPPING, 1),
        (CaseState.MAPPED, 2),
        (CaseState.PATH_DECIDED, 3),
        (CaseState.IN_DEPTH, 3),
        (CaseState.IN_DEPTH_MAPPED, 4),
    ],
)
@pytest.mark.parametrize("who", ["ingrid", "mirjam"])
def test_what_was_done_stays_done_in_a_closed_case_and_nothing_more_is_offered(
    knock, case, ingrid, mirjam, state, done, who
):
    AccessFactory(case=case, person=mirjam, part=Part.INITIAL)
    MappingFactory(case=case, locked=True)
    MappingFactory(case=case, kind=MappingKind.IN_DEPTH)
    Case.objects.filter(pk=case.pk).update(state=state)
    actions.close(case_id=case.pk, reason="Flyttade till Umeå", by=ingrid, at=NOON)

    response = knock(who).get(url("case", case.pk))

    steps = response.context["steps"]
    assert [step.state for step in steps] == ["done"] * done + ["later"] * (4 - done)
    assert not any(step.url for step in steps[done:])
    assert ("Flyttade till Umeå" in text_of(response)) is (who == "ingrid")


def test_a_closed_case_whose_way_led_elsewhere_is_done_all_along(knock, case, ingrid):
    decided(case, ingrid, Path.REFERRAL)
    actions.close(case_id=case.pk, reason="Studievägledaren tog vid", by=ingrid, at=NOON)

    steps = knock("ingrid").get(url("case", case.pk)).context["steps"]

    assert [step.state for step in steps] == ["done", "done", "done"]


# What it costs.


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize(
    "state", [CaseState.REGISTERED, CaseState.MAPPED, CaseState.PATH_DECIDED, CaseState.CLOSED]
)
def test_the_page_costs_the_same_however_much_is_in_it(
    knock, case, ingrid, mirjam, tomas, county, state, how_many
):
    if state in {CaseState.PATH_DECIDED, CaseState.CLOSED}:
        decided(case, ingrid, Path.VALIDATION)
    for number in range(how_many):
        IdentifierFactory(person=case.person, value=f"50-{number}")
        AccessFactory(case=case, person=(mirjam, tomas, ingrid)[number], part=Part.IN_DEPTH)
        actions.note_adaptation(case_id=case.pk, text=f"Behov {number}", by=ingrid, at=NOON)
        if state is not CaseState.REGISTERED:
            locked = Mapping.objects.filter(case=case, state=MappingState.LOCKED).first()
            newer_version(locked) if locked else MappingFactory(case=case, locked=True)
        QualificationFactory(person=ingrid)
    if state is CaseState.CLOSED:
        actions.close(case_id=case.pk, reason="Done", by=ingrid, at=NOON)
    else:
        Case.objects.filter(pk=case.pk).update(state=state)

    assert cost_of(knock("ingrid"), url("case", case.pk)) <= 15
    assert cost_of(knock("ingrid"), url("case", case.pk)) == COSTS[state]


COSTS = {
    CaseState.REGISTERED: 11,
    CaseState.MAPPED: 11,
    CaseState.PATH_DECIDED: 12,
    CaseState.CLOSED: 12,
}


def test_the_case_of_somebody_else_in_the_same_board_is_another_case(
    knock, case, goran, county, karin
):
    other = registered(goran, county.norsjo_board, by=karin)

    assert "Amina" not in text_of(knock("karin").get(url("case", other.pk)))
