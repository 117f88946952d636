"""Evidence with files, described anew, taken out and in, and what somebody who can tell said."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kunnig.audit.models import Entry
from kunnig.cases import actions as cases
from kunnig.files import formats
from kunnig.files.models import StoredFile
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions as mapping
from kunnig.mapping import interview, queries
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import MappingState
from kunnig.portfolio import actions, policies
from kunnig.portfolio.formats import law
from kunnig.portfolio.models import CaseEvidence, EvidenceFile, RefereeWords
from kunnig.portfolio.queries import (
    beside,
    evidence_in,
    files_in,
    files_taken_away,
    own_evidence,
    referee_words_in,
    taken_out_of,
)
from kunnig.portfolio.states import EvidenceKind, Means
from tests.factories import NOON, TODAY
from tests.files import sent
from tests.portfolio.test_evidence import added, seen
from tests.stories import registered, told

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=30)


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


@pytest.fixture
def other(amina, petra, county):
    """A case of Amina's with the neighbouring board."""
    return registered(amina, county.mala_board, by=petra)


def photo(operation=None, *, is_translation=False):
    cleaned = formats.cleaned(io.BytesIO(sent.picture()), "foto.jpg")
    return actions.Sent(cleaned, operation or uuid4(), is_translation)


def of(case, evidence, **more):
    return {"case_id": case.pk, "evidence_id": evidence.pk, "at": NOON, **more}


def verbs():
    return [
        line.verb
        for line in Entry.objects.order_by("pk")
        if line.verb.startswith("evidence") and not line.is_reading
    ]


# --- Files ---


def test_a_photo_is_the_persons_and_comes_with_the_evidence_once(case, amina, ingrid):
    evidence = added(case, by=ingrid)
    operation = uuid4()

    tie = actions.attach(**of(case, evidence, sent=photo(operation), by=ingrid))
    again = actions.attach(**of(case, evidence, sent=photo(operation), by=ingrid))

    assert (tie, [*files_in(case)]) == (again, [tie])
    assert (tie.file.person, tie.file.taken_in_by, tie.is_translation) == (amina, ingrid, False)
    assert StoredFile.objects.count() == 1
    assert verbs() == ["evidence.added", "evidence.file_added"]


def test_what_is_taken_away_is_put_back(case, amina, ingrid):
    evidence = added(case, by=amina)
    tie = actions.attach(**of(case, evidence, sent=photo(), by=amina))

    actions.take_away_file(case_id=case.pk, file_id=tie.pk, by=ingrid, at=LATER)
    assert ([*files_in(case)], [*files_taken_away(case, ingrid)]) == ([], [tie])
    actions.put_back_file(case_id=case.pk, file_id=tie.pk, by=amina, at=LATER)

    assert ([*files_in(case)], [*files_taken_away(case, ingrid)]) == ([tie], [])
    assert verbs()[-2:] == ["evidence.file_taken_away", "evidence.file_put_back"]


def test_what_was_taken_away_before_is_the_persons_alone_to_put_back(case, other, amina, petra):
    evidence = added(case, by=amina)
    tie = actions.attach(**of(case, evidence, sent=photo(), by=amina))
    actions.take_away_file(case_id=case.pk, file_id=tie.pk, by=amina, at=NOON)
    actions.take_evidence_in(case_id=other.pk, evidence_id=evidence.pk, by=amina, at=LATER)

    assert ([*files_taken_away(other, petra)], [*files_taken_away(other, amina)]) == ([], [tie])
    with pytest.raises(EvidenceFile.DoesNotExist):
        actions.put_back_file(case_id=other.pk, file_id=tie.pk, by=petra, at=LATER)


def test_a_photo_is_reached_only_through_a_case_that_holds_it(case, other, amina, ingrid, petra):
    tie = actions.attach(**of(case, added(case, by=amina), sent=photo(), by=amina))

    assert not files_in(other).exists()
    with pytest.raises(EvidenceFile.DoesNotExist):
        actions.take_away_file(case_id=other.pk, file_id=tie.pk, by=petra, at=NOON)


def test_those_who_do_not_work_with_the_case_change_nothing(case, amina, ingrid, petra, goran):
    evidence = added(case, by=amina)
    tie = actions.attach(**of(case, evidence, sent=photo(), by=amina))
    described = actions.Described(EvidenceKind.OTHER, "x")
    heard = actions.Heard("ok", Means.PHONE, TODAY)
    cases.close(case_id=case.pk, reason="Flyttade", by=ingrid, at=NOON)
    before = StoredFile.objects.count()

    for who in (petra, goran, ingrid, amina):
        for act in (
            lambda who=who: actions.attach(**of(case, evidence, sent=photo(), by=who)),
            lambda who=who: actions.take_away_file(
                case_id=case.pk, file_id=tie.pk, by=who, at=NOON
            ),
            lambda who=who: actions.describe_evidence(
                **of(case, evidence, described=described, by=who)
            ),
            lambda who=who: actions.take_evidence_out(**of(case, evidence, by=who)),
            lambda who=who: actions.take_evidence_in(**of(case, evidence, by=who)),
            lambda who=who: actions.note_referee(
                **of(case, evidence, heard=heard, operation=uuid4(), by=who)
            ),
        ):
            with pytest.raises(Refused):
                act()
    assert StoredFile.objects.count() == before


# --- Described anew ---


def test_what_is_described_anew_must_be_seen_again_if_it_says_something_else(case, amina, ingrid):
    evidence = seen(case, added(case, by=amina), by=ingrid)
    told_of = {
        "kind": EvidenceKind.CERTIFICATE,
        "title": "Praktikintyg",
        "issuer": "Hemmet",
        "country": "Syrien",
        "issued": "våren 2014",
    }

    def described(**changes):
        return actions.describe_evidence(
            **of(case, evidence, described=actions.Described(**told_of | changes), by=amina)
        )

    assert described(translation="Hon skötte köket.").original_seen_by == ingrid
    assert described(translation="Hon skötte köket.").original_seen_by == ingrid
    changed = described(issued="våren 2015")

    changed.refresh_from_db()
    assert (changed.issued, changed.translation) == ("våren 2015", "")
    assert (changed.original_seen_by, changed.original_seen_on) == (None, None)
    assert verbs().count("evidence.described") == 2


# --- In a case, and out of it ---


def test_the_person_alone_brings_to_another_board_what_they_have_shown(
    case, other, amina, ingrid, petra
):
    evidence = added(case, by=ingrid)
    actions.attach(**of(case, evidence, sent=photo(), by=ingrid))
    assert [*beside(other)] == [evidence]

    with pytest.raises(Refused, match="Only the person"):
        actions.take_evidence_in(**of(other, evidence, by=petra))
    actions.take_evidence_in(**of(other, evidence, by=amina))
    actions.take_evidence_in(**of(other, evidence, by=amina))

    assert [*evidence_in(other)] == [*evidence_in(case)] == [evidence]
    assert files_in(other).count() == 1
    assert verbs().count("evidence.taken_in") == 1


def test_what_is_taken_out_stays_the_persons_and_can_be_put_back(case, amina, ingrid):
    evidence = added(case, by=amina)

    actions.take_evidence_out(**of(case, evidence, by=ingrid))

    assert ([*evidence_in(case)], [*taken_out_of(case)], [*beside(case)]) == (
        [],
        [evidence],
        [evidence],
    )
    assert not own_evidence(amina).exists()
    actions.take_evidence_in(**of(case, evidence, by=ingrid))
    assert [*evidence_in(case)] == [*own_evidence(amina)] == [evidence]
    assert not taken_out_of(case).exists()


def test_what_a_question_is_answered_with_stays_until_its_tick_is_taken_away(amina, ingrid, county):
    story = told(amina, county.norsjo_board, by=ingrid)
    evidence, case = story.evidence, story.case
    with pytest.raises(Refused, match="locked mapping"):
        mapping.take_evidence_out(**of(case, evidence, by=ingrid))
    draft = mapping.start_new_version(mapping_id=story.in_depth.pk, by=ingrid, at=NOON)
    Mapping.objects.filter(pk=story.in_depth.pk).update(state=MappingState.SUPERSEDED)
    wanted = {*queries.question_keys(draft)}

    def tie(questions):
        return mapping.tie_evidence(
            mapping_id=draft.pk, evidence_id=evidence.pk, questions=questions, by=ingrid, at=NOON
        )

    tie(wanted)
    assert {each.question for each in queries.supported_by(evidence.pk, case)} == wanted
    assert all(
        row.evidence
        for row in queries.overview_of(draft, language="sv").rows
        if row.question.id in wanted
    )
    with pytest.raises(Refused, match="Take away the tick"):
        mapping.take_evidence_out(**of(case, evidence, by=ingrid))
    assert (tie(set()), tie(set())) == (len(wanted), 0)
    assert queries.supported_by(evidence.pk, case) == []
    path = interview.path_to(next(iter(wanted)), interview.EVIDENCE)
    assert queries.sheet_of(draft).text(path) == ""
    mapping.take_evidence_out(**of(case, evidence, by=ingrid))
    with pytest.raises(Refused, match="not in the case"):
        tie(wanted)


# --- Somebody who can tell ---


def noted(case, evidence, by, operation=None, **changes):
    heard = {"words": "Hon ledde köket.", "means": Means.PHONE, "told_on": TODAY} | changes
    return actions.note_referee(
        **of(
            case,
            evidence,
            heard=actions.Heard(**heard),
            operation=operation or uuid4(),
            by=by,
        )
    )


def test_what_was_said_is_noted_with_when_how_and_by_which_law(case, other, amina, ingrid):
    evidence = added(case, by=amina, kind=EvidenceKind.REFEREE)
    operation = uuid4()

    words = noted(case, evidence, ingrid, operation)

    assert noted(case, evidence, ingrid, operation) == words
    assert [*referee_words_in(case, evidence)] == [words]
    assert (words.noted_by, words.told_on, words.means) == (ingrid, TODAY, Means.PHONE)
    assert "27 § förvaltningslagen" in law.called(words.law, "sv")
    assert law.called(words.law, "so") == law.called(words.law, "sv")
    assert law.on(TODAY.replace(year=2000)) == law.versions()[0]
    assert verbs().count("evidence.referee_heard") == 1
    # What one board noted goes nowhere with the evidence.
    actions.take_evidence_in(**of(other, evidence, by=amina))
    assert not referee_words_in(other, evidence).exists()


def test_nobody_notes_what_was_said_of_themselves_or_tomorrow(case, amina, ingrid):
    evidence = added(case, by=amina)

    assert not policies.may_note_referee(amina, case, NOON)
    with pytest.raises(Refused, match="in the future"):
        noted(case, evidence, ingrid, told_on=TODAY + timedelta(days=1))


# --- What must never be false ---


def test_the_database_knows_who_took_what_away_and_how_somebody_was_heard(case, amina, ingrid):
    evidence = added(case, by=amina)
    actions.attach(**of(case, evidence, sent=photo(), by=amina))
    noted(case, evidence, ingrid)

    for change in (
        lambda: EvidenceFile.objects.update(taken_away_by=amina),
        lambda: EvidenceFile.objects.update(taken_away_at=NOON),
        lambda: CaseEvidence.objects.update(taken_out_by=amina),
        lambda: CaseEvidence.objects.update(taken_out_at=NOON),
        lambda: RefereeWords.objects.update(means="rumour"),
        lambda: RefereeWords.objects.update(words=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
