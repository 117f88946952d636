"""Whole cases, told through the rooms' own verbs: what crawls, journeys and papers start from."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from kunnig.cases import actions as cases
from kunnig.cases.states import HomeGround, Origin, Part, Path
from kunnig.credentials import actions as credentials
from kunnig.files import formats
from kunnig.mapping import actions as mapping
from kunnig.mapping import interview
from kunnig.mapping.actions import Given
from kunnig.mapping.queries import fingerprint, question_keys
from kunnig.mapping.states import ApprovedHow, Basis, SelfEstimate, Side
from kunnig.people import actions as people
from kunnig.people.states import Protection
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio.states import EvidenceKind, Means
from kunnig.standards.actions.syllabuses import load_own_standards
from kunnig.standards.models import Target
from tests.factories import NOON, TODAY, IdentifierFactory
from tests.files import sent

# A word of the person's own that stands in every free text of a told case and nowhere else.
SECRET = "hemlighetsord"
NUMBER = "189-SECRET-77"
TABLE_CODE = "739154"
WORK = "work"
VERIFY_AT = "http://testserver/verify/"


@dataclass(frozen=True, slots=True)
class ToldCase:
    """The keys of everything that one whole case holds."""

    person: object
    case: object
    access: object
    identifier: object
    initial: object
    entry: UUID
    in_depth: object
    question: UUID
    evidence: object
    file: object
    target: object
    papers: tuple = ()

    def keys(self):
        """Return every key by which an address can name a part of the case, by its kind."""
        papers = [paper.pk for paper in self.papers]
        return {
            "cases": [self.case.pk],
            "mappings": [self.initial.pk, self.in_depth.pk],
            "papers": papers,
            "paper": papers,
            "access": [self.access.pk],
            "identifier": [self.identifier.pk],
            "evidence": [self.evidence.pk],
            "file": [self.file.pk],
            "section": [WORK],
            "entry": [self.entry],
            "question": [self.question],
            "people": [self.person.pk],
            "code": [paper.code for paper in self.papers],
        }


def given(path, text, *, by, side=Side.ORIGINAL, base=0, language="ar", operation=None):
    return Given(
        operation=operation or uuid4(),
        author=by.pk,
        path=path,
        side=side,
        base=base,
        text=text,
        language=language if side is Side.ORIGINAL else "sv",
    )


def registered(person, board, *, by, secret=SECRET, **details):
    """Return a case that `by` has opened for `person`, whose protection is marked afterwards."""
    case = cases.register(
        person=person,
        board=board,
        home_municipality=board.parent,
        home_ground=HomeGround.REGISTERED,
        origin=Origin.SFI,
        language="ar",
        information_text="2026-11",
        operation=uuid4(),
        by=by,
        at=NOON,
        goal=f"Arbeta inom vården {secret}",
        purpose=f"Vill läsa {secret}",
        own_reference=f"DNR-{secret}",
        **details,
    )
    cases.note_adaptation(case_id=case.pk, text=f"Behöver stor text {secret}", by=by, at=NOON)
    return case


def told_initial(case, *, by, secret=SECRET):
    """Return an initial mapping with one job in it, and the key of the job."""
    draft = mapping.start_initial(case_id=case.pk, by=by, at=NOON)
    entry = uuid4()
    words = [given("goal/wish", f"أريد أن أعمل {secret}", by=by)]
    for ask in interview.BY_CODE[WORK].asks:
        path = f"{WORK}/{entry}/{ask.code}"
        told = {"extent": "full", "from": f"ربيع 2004 {secret}"}.get(ask.code, f"عملت {secret}")
        words.append(given(path, told, by=by))
        if ask.is_told:
            rendering = f"Jag arbetade {secret}"
            words.append(given(path, rendering, by=by, side=Side.RENDERING))
    words.append(given("next/next_step", f"Söka till komvux {secret}", by=by, side=Side.NOTE))
    outcomes = mapping.answer(mapping_id=draft.pk, given=words, by=by, at=NOON)
    assert {outcome.result for outcome in outcomes} == {mapping.Result.SAVED}
    return draft, entry


def settled(draft, *, by):
    """Return the mapping locked: shared, approved at the table, locked."""
    mapping.share(mapping_id=draft.pk, by=by, at=NOON)
    people.choose_table_code(
        person_id=draft.case.person_id, code=TABLE_CODE, by=draft.case.person, at=NOON
    )
    approved = mapping.approve_at_table(
        mapping_id=draft.pk, shown_hash=fingerprint(draft), code=TABLE_CODE, by=by, at=NOON
    )
    assert approved.approved_how == ApprovedHow.AT_THE_TABLE
    return mapping.lock(mapping_id=draft.pk, by=by, at=NOON)


def told_in_depth(case, target, evidence, *, by, secret=SECRET):
    """Return an in-depth mapping in which every question is answered and concluded."""
    draft = mapping.start_in_depth(case_id=case.pk, targets=[target], by=by, at=NOON)
    keys = sorted(question_keys(draft))
    words = []
    for key in keys:
        at = {code: interview.path_to(key, ask) for code, ask in interview.IN_DEPTH.items()}
        words += [
            given(at["estimate"], SelfEstimate.ON_MY_OWN, by=by),
            given(at["claim"], f"فعلت ذلك {secret}", by=by),
            given(at["claim"], f"Jag gjorde det {secret}", by=by, side=Side.RENDERING),
            given(at["evidence"], str(evidence.pk), by=by),
            given(at["note"], f"Berättar säkert {secret}", by=by, side=Side.NOTE),
            given(at["basis"], Basis.ASSESSABLE, by=by, side=Side.NOTE),
        ]
    outcomes = mapping.answer(mapping_id=draft.pk, given=words, by=by, at=NOON)
    assert {outcome.result for outcome in outcomes} == {mapping.Result.SAVED}
    return draft, keys[0]


def told(person, board, *, by, secret=SECRET, number=NUMBER, target=None):
    """Return a case that has come all the way to a locked in-depth mapping."""
    case = registered(person, board, by=by, secret=secret)
    identifier = IdentifierFactory(person=person, value=number, noted_by=by)
    initial, entry = told_initial(case, by=by, secret=secret)
    initial = settled(initial, by=by)
    cases.decide_path(
        case_id=case.pk,
        path=Path.VALIDATION,
        reason=f"Antagen {secret}",
        decided_on=TODAY,
        operation=uuid4(),
        by=by,
        at=NOON,
    )
    evidence = portfolio.add_evidence(
        case_id=case.pk,
        described=portfolio.Described(
            EvidenceKind.CERTIFICATE,
            f"Praktikintyg {secret}",
            issuer=f"Hemmet {secret}",
            country="Syrien",
            issued="våren 2014",
            description=f"Från praktiken {secret}",
            translation=f"På svenska {secret}",
        ),
        sent=portfolio.Sent(
            formats.cleaned(io.BytesIO(sent.picture(size=(8, 8))), f"{secret}.jpg"), uuid4()
        ),
        operation=uuid4(),
        by=by,
        at=NOON,
    )
    portfolio.note_referee(
        case_id=case.pk,
        evidence_id=evidence.pk,
        heard=portfolio.Heard(f"Hon kan {secret}", Means.PHONE, TODAY),
        operation=uuid4(),
        by=by,
        at=NOON,
    )
    target = target or practice_target()
    in_depth, question = told_in_depth(case, target, evidence, by=by, secret=secret)
    in_depth = settled(in_depth, by=by)
    case.refresh_from_db()
    return ToldCase(
        person=person,
        case=case,
        access=case.accesses.filter(part=Part.WHOLE).get(),
        identifier=identifier,
        initial=initial,
        entry=entry,
        in_depth=in_depth,
        question=question,
        evidence=evidence,
        file=evidence.file_ties.get(),
        target=target,
    )


def handed_out(told_case, *, by):
    """Return the told case with the papers of both its mappings made."""
    papers = [
        credentials.issue(
            mapping_id=mapped.pk,
            language="en",
            operation=uuid4(),
            verify_at=VERIFY_AT,
            by=by,
            at=NOON,
        )
        for mapped in (told_case.initial, told_case.in_depth)
    ]
    return replace(told_case, papers=tuple(papers))


def practice_target():
    """Return a target that has a written question set of ours."""
    load_own_standards(at=NOON - timedelta(days=1))
    return Target.objects.filter(kind="practice").order_by("code")[0]


def protected(told_case, *, by):
    """Mark the person of a told case, and return the case as only the named see it."""
    cases.protect(
        case_id=told_case.case.pk, level=Protection.PROTECTED_REGISTRATION, by=by, at=NOON
    )
    told_case.person.refresh_from_db()
    return told_case
