"""One answer for many questions: it fills what is empty, and is taken back in one act."""

from __future__ import annotations

import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, interview, queries
from kunnig.mapping.actions import Said
from kunnig.mapping.interview import BASIS, CLAIM, ESTIMATE, EVIDENCE, LEARNT, NOTE
from kunnig.mapping.models import Answer
from kunnig.mapping.states import Side
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio.states import EvidenceKind
from kunnig.standards.actions.syllabuses import import_syllabuses
from kunnig.standards.formats import sources
from kunnig.standards.formats.question_set import shipped
from kunnig.standards.models import Target
from tests.people import NOON
from tests.syllabuses import REAL
from tests.web.casefile.forms import fields_of as fields_by

pytestmark = pytest.mark.django_db
COOKED, IN_SWEDISH = "طبخت لمئة شخص", "Jag lagade mat åt hundra"
HOLDS = (
    Said(ESTIMATE, Side.ORIGINAL, "on_my_own", "sv"),
    Said(CLAIM, Side.ORIGINAL, COOKED, "ar"),
    Said(CLAIM, Side.RENDERING, IN_SWEDISH, "sv"),
    Said(BASIS, Side.NOTE, "assessable", "sv"),
)


def at(name, record, audience="validator"):
    return reverse(f"{audience}:{name}", kwargs={"pk": record.pk})


def fields_of(response, attribute="novalidate", value=None):
    return fields_by(response, attribute, value)


def keys(mapping):
    return sorted(queries.question_keys(mapping))


def texts(mapping, question):
    sheet = queries.sheet_of(mapping)
    return {
        (ask, side): text
        for ask in interview.IN_DEPTH.values()
        for side in Side
        if (text := sheet.text(interview.path_to(question, ask), side))
    }


def together(mapping, *, by, questions=None, said=HOLDS, seed=None):
    return actions.answer_together(
        mapping_id=mapping.pk,
        seed=seed or uuid4(),
        questions=keys(mapping) if questions is None else questions,
        said=said,
        by=by,
        at=NOON,
    )


def taken_back(mapping, seed, *, by):
    return actions.take_back_together(mapping_id=mapping.pk, seed=seed, by=by, at=NOON)


# --- The act ---


def test_one_answer_holds_for_many_and_what_was_told_stays(in_depth, say, ingrid):
    first, second, *others = keys(in_depth)
    say(in_depth, "من قبل", by=ingrid, path=interview.path_to(first, CLAIM))

    written = together(in_depth, by=ingrid)

    assert texts(in_depth, first)[CLAIM, Side.ORIGINAL] == "من قبل"
    # Words in Swedish would say something else than what they stand beside.
    assert (CLAIM, Side.RENDERING) not in texts(in_depth, first)
    assert texts(in_depth, second) == {(one.ask, one.side): one.text for one in HOLDS}
    assert written == len(HOLDS) * (2 + len(others)) - 2
    assert not queries.sheet_of(in_depth).lacks_rendering(interview.path_to(second, CLAIM))


def test_it_is_taken_back_in_one_act_but_for_what_was_changed_since(in_depth, say, ingrid):
    first, second, *_others = keys(in_depth)
    seed = uuid4()
    together(in_depth, by=ingrid)
    note = Said(NOTE, Side.NOTE, "Berättar säkert", "sv")
    together(in_depth, by=ingrid, said=[note], seed=seed)
    path = interview.path_to(first, NOTE)
    say(in_depth, "Ändrat", by=ingrid, path=path, side=Side.NOTE, base=1, language="sv")

    taken = taken_back(in_depth, seed, by=ingrid)

    assert texts(in_depth, first)[NOTE, Side.NOTE] == "Ändrat"
    # What another act wrote stays.
    assert texts(in_depth, second) == {(one.ask, one.side): one.text for one in HOLDS}
    assert taken == len(keys(in_depth)) - 1
    assert taken_back(in_depth, seed, by=ingrid) == 0


def test_other_words_by_the_same_form_are_taken_back_too(in_depth, ingrid):
    question, seed = keys(in_depth)[0], uuid4()

    for words in ("först", "sedan"):
        said = [Said(CLAIM, Side.ORIGINAL, words, "sv")]
        together(in_depth, by=ingrid, questions=[question], said=said, seed=seed)
        assert taken_back(in_depth, seed, by=ingrid) == 1
        assert texts(in_depth, question) == {}


def test_more_evidence_is_added_to_what_is_there_and_comes_off_again(in_depth, ingrid):
    question, seed = keys(in_depth)[0], uuid4()
    photo, certificate = (
        portfolio.add_evidence(
            case_id=in_depth.case_id,
            described=portfolio.Described(kind, "Kök"),
            operation=uuid4(),
            by=ingrid,
            at=NOON,
        )
        for kind in (EvidenceKind.PHOTO, EvidenceKind.CERTIFICATE)
    )
    for evidence, act in ((photo, uuid4()), (certificate, seed)):
        said = Said(EVIDENCE, Side.ORIGINAL, str(evidence.pk), "sv")
        together(in_depth, by=ingrid, questions=[question], said=[said], seed=act)

    both = texts(in_depth, question)[EVIDENCE, Side.ORIGINAL]
    taken_back(in_depth, seed, by=ingrid)

    assert both.split() == [str(photo.pk), str(certificate.pk)]
    assert texts(in_depth, question)[EVIDENCE, Side.ORIGINAL] == str(photo.pk)


def test_the_same_form_sent_twice_is_one_act(in_depth, ingrid):
    seed = uuid4()

    once, twice = (together(in_depth, by=ingrid, seed=seed) for _time in range(2))

    assert once == twice == Answer.objects.filter(mapping=in_depth).count()


REFUSED = (
    ([], HOLDS, "Choose at least one question."),
    (None, [HOLDS[0]._replace(text="")], "Write or choose what holds for these questions."),
    (None, [HOLDS[0]._replace(text="often")], "Choose one of the answers."),
    (None, [HOLDS[3]], "Nothing is told yet. Write what the person has done first."),
    ([uuid4()], HOLDS, "There is no such question."),
    (None, [*HOLDS, Said(LEARNT, Side.ORIGINAL, str(uuid4()), "sv")], "That is not in the case."),
)


def test_what_does_not_hold_for_one_is_written_in_none(in_depth, ingrid):
    for questions, said, why in REFUSED:
        with pytest.raises(Refused, match=why):
            together(in_depth, by=ingrid, questions=questions, said=said)

        assert not Answer.objects.filter(mapping=in_depth).exists(), why


def test_the_person_answers_many_too_but_concludes_nothing(in_depth, amina):
    assert together(in_depth, by=amina, said=HOLDS[:2]) == 2 * len(keys(in_depth))

    with pytest.raises(Refused, match=r"Only the mapper writes here\."):
        together(in_depth, by=amina, said=[HOLDS[3]])


# --- The page ---


def test_it_is_written_on_one_page_told_in_the_overview_and_taken_back_there(knock, in_depth):
    client = knock("ingrid")
    page = client.get(at("several", in_depth))
    group = re.search(r'name="group" value="([^"]+)"', page.content.decode())[1]
    filled = fields_of(page) | {
        "group": [group],
        "estimate-original": "on_my_own",
        "claim-original": COOKED,
        "claim-rendering": IN_SWEDISH,
        "basis-note": "assessable",
    }

    response = client.post(at("several", in_depth), filled)

    told = client.get(response["Location"])
    covered = queries.overview_of(in_depth, language="sv")
    in_group = len(covered.groups[0].rows)
    assert f"Written in {in_group} questions" in told.content.decode()
    assert [row.is_told for row in covered.rows] == [
        place < in_group for place in range(len(covered.rows))
    ]

    nothing = client.post(at("several", in_depth), filled | {"operation": [str(uuid4())]})
    assert nothing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "These questions were answered already. Nothing is written." in nothing.content.decode()
    assert fields_of(nothing)["claim-original"] == [COOKED]

    undo = fields_of(told, "action", at("take_back_several", in_depth))
    back = client.post(at("take_back_several", in_depth), undo, follow=True)

    assert "Taken back. The questions stand as they did before." in back.content.decode()
    assert not any(row.is_told for row in queries.overview_of(in_depth, language="sv").rows)


def test_what_is_refused_comes_back_with_every_word_and_tick(knock, in_depth):
    client = knock("ingrid")
    page = client.get(at("several", in_depth))
    question = str(keys(in_depth)[0])
    filled = fields_of(page) | {"question": [question], "basis-note": "assessable"}

    refused = client.post(at("several", in_depth), filled)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    again = fields_of(refused)
    assert (again["question"], again["basis-note"]) == ([question], ["assessable"])
    assert "Nothing is told yet. Write what the person has done first." in refused.content.decode()


def test_an_answer_to_one_question_is_where_more_begin(knock, in_depth, question):
    client = knock("ingrid")
    asked = reverse("validator:question", kwargs={"pk": in_depth.pk, "question": question.pk})
    filled = fields_by(client.get(asked)) | {"claim-original": COOKED, "to": "several"}

    response = client.post(asked, filled)

    assert fields_of(client.get(response["Location"]))["claim-original"] == [COOKED]
    for maimed in ("?like=x", "?together=x", f"?together={uuid4()}&like={uuid4()}"):
        for name in ("several", "overview"):
            assert client.get(at(name, in_depth) + maimed).status_code == HTTPStatus.OK


def test_the_person_finds_no_conclusion_there(knock, in_depth):
    page = knock("amina").get(at("several", in_depth, "candidate")).content.decode()

    assert 'name="claim-original"' in page
    assert "basis" not in page


# --- A carpenter ---

ACTS = 40
COURSES = {"HUS": 4, "TRÄ": 5}


@pytest.mark.skipif(REAL is None, reason="the agency's files are not beside the clone")
def test_a_carpenter_tells_of_nine_courses_in_forty_acts(knock, chosen, ingrid):
    """Count each tick, choice and field that is filled in, and each button that is pressed."""
    for subject in COURSES:
        import_syllabuses(sources.in_path(REAL / f"{subject}.json"), at=NOON)
    written = list(
        Target.objects.filter(code__in=shipped(), syllabus__code__in=COURSES).order_by("code")
    )
    assert len(written) == sum(COURSES.values())
    in_depth = actions.start_in_depth(case_id=chosen.pk, targets=written, by=ingrid, at=NOON)
    client, acts = knock("ingrid"), 0
    houses, wood, machines = written[:4], written[4:7], written[7:]
    stories = {"Jag har byggt hus": houses, "Jag har byggt med trä": wood, "Maskiner": machines}
    sets = {link.target_id: str(link.question_set_id) for link in queries.targets_of(in_depth)}
    (entry,) = queries.entries_told_in(in_depth.case)

    for story, targets in stories.items():
        acts += 1  # the link to the page
        filled = {
            "target": [sets[target.pk] for target in targets],
            "estimate-original": "on_my_own",
            "claim-original": story,
            "claim-original-language": "sv",
            "learnt-original": [str(entry)],
            "basis-note": "assessable",
        }
        page = client.get(at("several", in_depth))
        told = client.post(at("several", in_depth), fields_of(page) | filled)
        assert told.status_code == HTTPStatus.FOUND
        acts += len(targets) + len(filled)  # the last but one: the ticks are counted, a button is

    overview = queries.overview_of(in_depth, language="sv")
    assert len(overview.by_point()) == 136
    assert all(point.is_assessable for point in overview.by_point())
    assert {row.learnt for row in overview.rows} == {1}
    assert acts <= ACTS
