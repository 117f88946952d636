"""A county to measure with: many cases, one board that holds half, and one rich case."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kunnig.cases.models import Access, Case, PathDecision
from kunnig.cases.states import CaseState, HomeGround, Origin, Part, Path
from kunnig.credentials.formats.pdf import TEMPLATE_VERSION
from kunnig.credentials.formats.snapshot import as_json, hashed
from kunnig.credentials.models import Paper
from kunnig.credentials.states import PaperKind
from kunnig.kernel import numbers
from kunnig.mapping import actions as mapping_actions
from kunnig.mapping import interview
from kunnig.mapping.models import Answer, Mapping
from kunnig.mapping.queries import question_keys
from kunnig.mapping.states import (
    ApprovedHow,
    Basis,
    MappingKind,
    MappingState,
    SelfEstimate,
    Side,
)
from kunnig.organisations.models import Assignment, Organisation
from kunnig.organisations.states import OrganisationKind, Role
from kunnig.people.models import Person
from kunnig.standards.models import (
    Point,
    Question,
    QuestionGroup,
    QuestionGroupText,
    QuestionSet,
    QuestionText,
    Syllabus,
    Target,
)
from kunnig.standards.states import LeadsTo, Mandate, SyllabusKind, TargetKind
from kunnig.standards.states import Origin as SetOrigin
from kunnig.training.models import Qualification
from kunnig.training.states import Reach
from tests.credentials import samples

if TYPE_CHECKING:
    from uuid import UUID

GOALS = ("Undersköterska", "Snickare", "Kock", "Lastbilsförare", "Barnskötare")
GIVEN = ("Amina", "Göran", "Oksana", "Dawit", "Hodan", "Mikko", "Samira", "Åke", "Östen")
FAMILY = ("Haddad", "Åström", "Bondar", "Tesfaye", "Abdi", "Niemi", "Yousef", "Öberg")
QUESTIONS = 40
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Bench:
    """Whom and what the pages are measured with."""

    counsellor: Person
    candidate: Person
    case: Case
    initial: Mapping
    entry: UUID
    in_depth: Mapping
    question: UUID
    paper: Paper


def _person(name: str, at: datetime, **known: object) -> Person:
    return Person.objects.create(name=name, registered_at=at, **known)


def _boards() -> list[Organisation]:
    boards = []
    region = Organisation.objects.create(kind=OrganisationKind.REGION, name="Region", code="99")
    for number in range(15):
        place = Organisation.objects.create(
            kind=OrganisationKind.MUNICIPALITY,
            name=f"Kommun {number}",
            code=f"99{number:02}",
            parent=region,
        )
        boards.append(
            Organisation.objects.create(
                kind=OrganisationKind.BOARD, name="Utbildningsnämnden", parent=place
            )
        )
    return boards


def _cases(boards: list[Organisation], amount: int, by: Person, at: datetime) -> None:
    """Write `amount` cases: every other with the first board, the rest spread over all."""
    chance = random.Random(4)  # noqa: S311 -- the same county every run, no secret
    for start in range(0, amount, BATCH):
        numbers = range(start, min(start + BATCH, amount))
        people = Person.objects.bulk_create(
            Person(
                name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {number}", registered_at=at
            )
            for number in numbers
        )
        Case.objects.bulk_create(
            _case(number, person, boards[number % 15 if number % 2 else 0], by, at)
            for number, person in zip(numbers, people, strict=True)
        )


def _case(number: int, person: Person, board: Organisation, by: Person, at: datetime) -> Case:
    return Case(
        number=f"2026-B{number:06}",
        person=person,
        board=board,
        home_municipality=board.parent,
        home_ground=HomeGround.REGISTERED,
        origin=Origin.SELF,
        goal=GOALS[number % len(GOALS)],
        language="ar",
        information_text="2026-11",
        responsible=by if number % 50 == 0 and number % 2 == 0 else None,
        registered_by=by,
        registered_at=at - timedelta(minutes=number),
        operation=uuid.uuid4(),
    )


def _target(at: datetime) -> Target:
    """Return a target with 40 questions in five groups, texts in Swedish and English."""
    syllabus = Syllabus.objects.create(
        code="BENCH",
        version=1,
        name="Mätning",
        kind=SyllabusKind.SECTOR,
        owner="Bench",
        mandate=Mandate.SECTOR,
        valid_from=at.date() - timedelta(days=365),
        content_hash="b" * 64,
        source="bench",
        imported_at=at,
    )
    target = Target.objects.create(
        syllabus=syllabus,
        kind=TargetKind.MODULE,
        code="BENCH1",
        name="Mätning 1",
        sort_order=1,
        leads_to=LeadsTo.SECTOR_PROOF,
        search_key="bench1 matning",
    )
    # The points come with the version: once a set asks about it, the database takes no more.
    points = Point.objects.bulk_create(
        Point(target=target, number=number + 1, text=f"Punkt {number + 1} om arbetet.")
        for number in range(QUESTIONS)
    )
    questions = QuestionSet.objects.create(
        target=target,
        version=1,
        origin=SetOrigin.WRITTEN,
        content_hash="b" * 64,
        published_at=at,
    )
    for number in range(5):
        _group(questions, points[number * 8 : number * 8 + 8], number)
    return target


def _group(questions: QuestionSet, points: list[Point], number: int) -> None:
    letter = "ABCDE"[number]
    group = QuestionGroup.objects.create(question_set=questions, number=number, code=letter)
    for language in ("sv", "en"):
        QuestionGroupText.objects.create(group=group, language=language, title=f"Uppgift {letter}")
    for place, point in enumerate(points):
        question = Question.objects.create(
            group=group, number=place + 1, code=f"{letter}{place + 1}"
        )
        question.points.add(point)
        for language in ("sv", "en"):
            QuestionText.objects.create(
                question=question,
                language=language,
                text="Hur gör du när du hjälper en person att flytta sig säkert?",
                hint="Tänk på en gång när det var svårt.",
                short="Förflytta en person säkert",
            )


def _say(mapping: Mapping, path: str, text: str, by: Person, at: datetime, side: Side) -> None:
    Answer.objects.create(
        mapping=mapping,
        path=path,
        side=side,
        version=1,
        value=text,
        language="sv" if side is not Side.ORIGINAL else "ar",
        renders=1 if side is Side.RENDERING else None,
        by=by,
        at=at,
        operation=uuid.uuid4(),
    )


def _initial(case: Case, by: Person, at: datetime) -> tuple[Mapping, UUID]:
    mapping = mapping_actions.start_initial(case_id=case.pk, by=by, at=at)
    entries = [uuid.uuid4() for _ in range(6)]
    for entry in entries:
        for ask in interview.BY_CODE["work"].asks:
            path = f"work/{entry}/{ask.code}"
            text = "full" if ask.code == "extent" else "Jag hjälpte människor varje dag. " * 8
            _say(mapping, path, text, by, at, Side.ORIGINAL)
            if ask.is_told:
                _say(mapping, path, text, by, at, Side.RENDERING)
    return mapping, entries[0]


def _in_depth(case: Case, by: Person, at: datetime) -> tuple[Mapping, UUID]:
    mapping = Mapping.objects.create(
        case=case, kind=MappingKind.IN_DEPTH, started_by=by, started_at=at
    )
    target = _target(at)
    mapping.targets.create(target=target, question_set=target.question_sets.get())
    keys = sorted(question_keys(mapping))
    for number, key in enumerate(keys):
        said = {
            interview.ESTIMATE: SelfEstimate.values[number % 4],
            interview.CLAIM: "Jag gjorde det varje dag i tolv år. " * 6,
        }
        for ask, text in said.items():
            _say(mapping, interview.path_to(key, ask), text, by, at, Side.ORIGINAL)
        if number % 3:
            path = interview.path_to(key, interview.BASIS)
            _say(mapping, path, Basis.values[number % 3], by, at, Side.NOTE)
    return mapping, keys[len(keys) // 2]


def _paper(case: Case, by: Person, at: datetime) -> Paper:
    """Return the paper of a case in which all is locked already."""
    said = as_json(samples.initial())
    mapping = Mapping.objects.create(
        case=case,
        kind=MappingKind.INITIAL,
        state=MappingState.LOCKED,
        started_by=by,
        started_at=at,
        approved_by=case.person,
        approved_at=at,
        approved_how=ApprovedHow.OWN_DEVICE,
        approved_hash="b" * 64,
        locked_by=by,
        locked_at=at,
        content_hash="b" * 64,
    )
    return Paper.objects.create(
        case=case,
        mapping=mapping,
        kind=PaperKind.INITIAL,
        number="2026-BBBBB",
        code=numbers.unguessable(),
        snapshot=said,
        content_hash=hashed(said),
        template_version=TEMPLATE_VERSION,
        law_version="bench",
        issued_by=by,
        issued_at=at,
        operation=uuid.uuid4(),
    )


def built(amount: int) -> Bench:
    """Fill an empty database with `amount` cases and one rich case."""
    at = timezone.now()
    boards = _boards()
    counsellor = _person("Karin Lundmark", at, username="karin")
    Assignment.objects.create(
        person=counsellor,
        organisation=boards[0],
        role=Role.COUNSELLOR,
        starts_on=at.date() - timedelta(days=400),
    )
    Qualification.objects.create(
        person=counsellor,
        reach=Reach.FULL,
        ground="Bench",
        starts_on=at.date() - timedelta(days=400),
        ends_on=at.date() + timedelta(days=400),
        granted_by=_person("Maj Wikström", at),
        granted_at=at,
    )
    _cases(boards, amount, counsellor, at)
    candidate = _person("Amina Haddad", at, username="amina")
    case = _case(9_999_998, candidate, boards[0], counsellor, at + timedelta(days=10))
    case.responsible = counsellor
    case.save()
    for part in (Part.WHOLE, Part.ADAPTATIONS):
        Access.objects.create(
            case=case,
            person=counsellor,
            part=part,
            ground="Bench",
            starts_on=at.date() - timedelta(days=1),
            granted_by=counsellor,
            granted_at=at,
        )
    initial, entry = _initial(case, counsellor, at)
    PathDecision.objects.create(
        case=case,
        number=1,
        path=Path.VALIDATION,
        reason="Bench",
        decided_on=at.date(),
        decided_by=counsellor,
        decided_at=at,
        operation=uuid.uuid4(),
    )
    Case.objects.filter(pk=case.pk).update(state=CaseState.IN_DEPTH)
    in_depth, question = _in_depth(case, counsellor, at)
    paper = _paper(Case.objects.exclude(pk=case.pk)[0], counsellor, at)
    return Bench(counsellor, candidate, case, initial, entry, in_depth, question, paper)
