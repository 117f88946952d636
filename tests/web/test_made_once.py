"""Double click, back button, two tabs: one form makes one record, however often it comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.cases.states import Path
from kunnig.mapping import actions as mapping
from kunnig.mapping.queries import fingerprint
from kunnig.people import actions as people
from kunnig.standards.actions import drafting
from tests.addresses import every_address
from tests.people import NOON, TODAY
from tests.stories import TABLE_CODE, WORK, practice_target, registered, settled, told, told_initial
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db
# What is written about what happens, not made by a form.
NOT_MADE = {"audit", "sessions", "contenttypes"}
FOUND = HTTPStatus.FOUND
DAY = f"{TODAY:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that makes something: who is at it, on which page, and what they fill in."""

    who: str
    page: str
    filled: dict = field(default_factory=dict)
    # Where it is sent, if not to its own page; and what of the opening tag tells it apart.
    to: str = ""
    marked: tuple = ("novalidate", None)
    scene: str = "registered"


CASE = {
    "home_ground": "registered",
    "origin": "sfi",
    "goal": "Kock",
    "purpose": "",
    "language": "ti",
    "needs_interpreter": "yes",
    "adaptations": "Större text",
    "own_reference": "",
}
COLLEAGUE = {"name": "Sara Lind", "email": "", "starts_on": DAY, "ends_on": ""}
GROUND = {"ground": "Grundutbildning", "starts_on": DAY, "ends_on": "2028-11-25"}
FORMS = {
    "a case of one's own": Form("goran", "candidate:register", CASE),
    "evidence": Form("ingrid", "validator:add_evidence", {"kind": "photo", "title": "Foto"}),
    "one's own evidence": Form("amina", "candidate:add_evidence", {"kind": "photo", "title": "F"}),
    "the way": Form(
        "ingrid",
        "validator:path",
        {"path": "validation", "reason": "Antagen", "decided_on": DAY},
        scene="mapped",
    ),
    "adaptations": Form("ingrid", "validator:adaptations", {"text": "Pauser"}),
    "who is let in": Form(
        "ingrid",
        "validator:let_in",
        {"part": "in_depth", "ground": "Bedömer", "starts_on": DAY, "ends_on": ""},
    ),
    "a number": Form(
        "ingrid",
        "validator:identifier",
        {"kind": "other", "number": "50-123", "issuer": "Migrationsverket"},
    ),
    "closing": Form("ingrid", "validator:close", {"reason": "Flyttade"}),
    "the initial mapping": Form("ingrid", "validator:case", to="validator:start_initial"),
    "an entry": Form("ingrid", "validator:interview", {"what": "Kock"}, scene="begun"),
    "a new version": Form("ingrid", "validator:mapping", to="validator:new_version", scene="told"),
    "the in-depth mapping": Form(
        "ingrid", "validator:start_in_depth", to="validator:start_in_depth", scene="chosen"
    ),
    "a paper": Form("ingrid", "validator:papers", to="validator:make_paper", scene="told"),
    "one's own paper": Form("amina", "candidate:papers", to="candidate:make_paper", scene="told"),
    "a qualification": Form("maj", "region:grant", GROUND | {"reach": "short"}, scene="staffed"),
    "a colleague": Form("lotta", "coordinator:employ", COLLEAGUE | {"role": "validator"}),
    "a role": Form(
        "lotta",
        "coordinator:give_role",
        {"role": "teacher", "starts_on": DAY, "ends_on": ""},
        scene="staffed",
    ),
    "a school": Form(
        "asta", "administration:make", {"kind": "provider", "name": "Folkhögskolan", "board": ""}
    ),
}
FORMS |= {
    "a draft of questions": Form("tomas", "assessor:question_set", scene="asked"),
    "a group of questions": Form("tomas", "assessor:add_part", {"text_sv": "Mat"}, scene="drafted"),
}
# Two jobs may have the same name: what is added on a page asked for anew is another one.
TOLD_TWICE = {"an entry"}
# Acts on what is there already: each leaves a state, none makes a record.
MAKES_NOTHING = {
    "describe_evidence",
    "put_back_file",
    "take_away_file",
    "take_evidence_in",
    "take_evidence_out",
    "sign_in",
    "sign_out",
    "language",
    "demo",
    "verify",
    "invited",
    "password",
    "table_code",
    "choose",
    "details",
    "responsible",
    "protect",
    "correct_person",
    "reopen",
    "reveal",
    "end_access",
    "note_original",
    "share",
    "approve",
    "approve_at_table",
    "lock",
    "add_target",
    "sitting",
    "take_away",
    "end",
    "end_role",
    "open_sign_in",
    "give_password",
    "describe",
    "municipality",
    "draft_part",
    "move_part",
    "take_part_away",
    "bring_part_back",
    "propose",
    "send_back",
    "publish",
    "set_aside",
    "take_up",
}
# Tried where the form itself is tested, with more than can be said here.
ELSEWHERE = {
    "register",
    "register_case",
    "invite",
    "answers",
    "entry",
    "question",
    "history_of_answer",
    "several",
    "take_back_several",
    "attach",
    "note_referee",
    "tie_evidence",
}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """Send the forms at the very moment when the scene was set."""
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)


def counted():
    """Return how many rows there are of everything that a form can make."""
    return {
        table._meta.label: table.objects.count()
        for table in apps.get_models()
        if table._meta.app_label not in NOT_MADE
    }


@pytest.fixture
def keys(request, county, amina, ingrid, lars):
    """Return the keys of the scene that a form is at."""

    def at(scene):
        if scene in {"asked", "drafted"}:
            tomas, target = request.getfixturevalue("tomas"), practice_target()
            held = {"target": [target.pk]}
            if scene == "drafted":
                held["draft"] = [
                    drafting.begin(target_id=target.pk, copy_of=None, by=tomas, at=NOON).pk
                ]
            return held
        if scene == "told":
            return told(amina, county.norsjo_board, by=ingrid).keys()
        case = registered(amina, county.norsjo_board, by=ingrid)
        held = {"cases": [case.pk], "people": [lars.pk], "section": [WORK]}
        if scene == "begun":
            held["mappings"] = [mapping.start_initial(case_id=case.pk, by=ingrid, at=NOON).pk]
        if scene in {"mapped", "chosen"}:
            settled(told_initial(case, by=ingrid)[0], by=ingrid)
        if scene == "chosen":
            cases.decide_path(
                case_id=case.pk,
                path=Path.VALIDATION,
                reason="Antagen",
                decided_on=TODAY,
                operation=uuid4(),
                by=ingrid,
                at=NOON,
            )
        return held

    return at


def address_of(name, keys):
    """Return an address filled with the first keys of its kinds."""
    among = [each.filled(keys) for each in every_address() if each.name == name]
    return next(urls[0] for urls in among if urls)


@pytest.mark.parametrize("what", FORMS)
def test_a_form_that_comes_again_makes_nothing_more(
    request, client, county, keys, goran, mirjam, what
):
    form = FORMS[what]
    held = keys(form.scene)
    client.force_login(request.getfixturevalue(form.who))
    page = address_of(form.page, held)
    to = address_of(form.to or form.page, held)
    marked = ("action", to) if form.to and to != page else form.marked
    chosen = {
        "a case of one's own": {"home_municipality": county.norsjo.pk},
        "who is let in": {"person": mirjam.pk},
        "the in-depth mapping": {"target": practice_target().pk},
        "a colleague": {"organisation": county.norsjo_unit.pk},
        "a role": {"organisation": county.norsjo_unit.pk},
    }.get(what, {})

    tabs = [fields_of(client.get(page), *marked) | form.filled | chosen for _ in range(2)]
    before = counted()
    first = client.post(to, tabs[0])
    once = counted()
    for again in ("double click", "back button"):
        answer = client.post(to, tabs[0])
        assert counted() == once, again
        if what not in TOLD_TWICE:
            assert answer.status_code == first.status_code == FOUND, again
    assert once != before
    if what not in TOLD_TWICE:
        client.post(to, tabs[1])
        assert counted() == once, "another tab"


@dataclass(frozen=True, slots=True)
class Act:
    """An act that leaves a state: who does it, after which others, and what they fill in."""

    who: str
    name: str
    after: tuple = ()
    filled: dict = field(default_factory=dict)


READY = Act("ingrid", "validator:share")
APPROVED = Act("amina", "candidate:approve", (READY,))
CLOSED = Act("ingrid", "validator:close", (), {"reason": "Flyttade"})
ACTS = {
    "ready": READY,
    "approved": APPROVED,
    "approved at the table": Act(
        "ingrid", "validator:approve_at_table", (READY,), {"code": TABLE_CODE}
    ),
    "locked": Act("ingrid", "validator:lock", (READY, APPROVED)),
    "closed": CLOSED,
    "opened again": Act("ingrid", "validator:reopen", (CLOSED,), {"reason": "Kom hem"}),
}


@pytest.mark.parametrize("what", ACTS)
def test_an_act_that_comes_again_is_answered_as_the_first_was(
    request, client, county, amina, ingrid, what
):
    case = registered(amina, county.norsjo_board, by=ingrid)
    draft, _entry = told_initial(case, by=ingrid)
    people.choose_table_code(person_id=amina.pk, code=TABLE_CODE, by=amina, at=NOON)
    held = {"cases": [case.pk], "mappings": [draft.pk]}

    def do(act):
        client.force_login(request.getfixturevalue(act.who))
        shown = {"shown_hash": fingerprint(draft)}
        return client.post(address_of(act.name, held), shown | act.filled)

    for before in ACTS[what].after:
        do(before)
    first = do(ACTS[what])
    lines = Entry.objects.filter(is_reading=False).count()
    again = do(ACTS[what])

    assert (first.status_code, again.status_code) == (FOUND, FOUND)
    assert again["Location"] == first["Location"]
    assert Entry.objects.filter(is_reading=False).count() == lines


def test_what_is_approved_is_not_shared_anew(client, county, amina, ingrid):
    case = registered(amina, county.norsjo_board, by=ingrid)
    draft, _entry = told_initial(case, by=ingrid)
    mapping.share(mapping_id=draft.pk, by=ingrid, at=NOON)
    shown = fingerprint(draft)
    mapping.approve(mapping_id=draft.pk, shown_hash=shown, by=amina, at=NOON)
    client.force_login(ingrid)

    answer = client.post(address_of("validator:share", {"mappings": [draft.pk]}))

    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (FOUND, "approved")


def test_a_case_opened_in_two_tabs_is_asked_about(client, county, ingrid):
    client.force_login(ingrid)
    who = {"name": "Dawit Tesfaye", "birth_date": "1990-05-17", "kind": "", "number": ""}
    what = CASE | {
        "board": county.norsjo_board.pk,
        "home_municipality": county.norsjo.pk,
        "information_text": "2026-11",
    }
    asked = [client.post(reverse("validator:register"), who) for _tab in range(2)]
    tabs = [fields_of(answer, "novalidate") | who | what for answer in asked]
    to = reverse("validator:register_case")
    before = counted()

    client.post(to, tabs[0])
    once = counted()
    client.post(to, tabs[0])
    answer = client.post(to, tabs[1])

    assert once != before
    assert counted() == once
    assert b"Perhaps there is a case already" in answer.content


def test_every_form_is_tried_or_makes_nothing():
    """A new address that takes forms is put on one of the lists above."""
    tried = {name for form in FORMS.values() for name in (form.page, form.to) if name}
    known = {name.partition(":")[2] for name in tried} | MAKES_NOTHING | ELSEWHERE
    # What only answers a question is told from the rest by refusing what is sent to it.
    takes_forms = {each.short for each in every_address() if takes_posts(each.view)}

    assert takes_forms - known == set()


def takes_posts(view):
    """Say whether an address takes what is sent to it."""
    cells = []
    while view is not None:
        cells += [cell.cell_contents for cell in view.__closure__ or ()]
        view = getattr(view, "__wrapped__", None)
    return any(isinstance(each, list) and "POST" in each for each in cells)
