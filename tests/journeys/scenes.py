"""Cases at every state, all in Norsjö and Ingrid's: what the pages of a case are looked at with."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from kunnig.cases import actions as cases
from kunnig.cases.states import Part, Path
from kunnig.mapping import actions as mapping
from kunnig.mapping.queries import question_keys
from tests.factories import NOON, TODAY, PersonFactory
from tests.stories import (
    WORK,
    handed_out,
    practice_target,
    protected,
    registered,
    settled,
    told,
    told_initial,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One case as it stands, whose it is, and the keys of its addresses."""

    person: object
    case: object
    keys: dict


def scene(case, mappings=(), **keys):
    held = {"cases": [case.pk], "mappings": [each.pk for each in mappings], "section": ["goal"]}
    return Scene(case.person, case, held | keys)


def whole(person, board, by, teacher):
    """All told, locked and handed out; a teacher is let in to both mappings."""
    story = handed_out(told(person, board, by=by), by=by)
    for part in (Part.INITIAL, Part.IN_DEPTH):
        cases.let_in(
            case_id=story.case.pk,
            person=teacher,
            part=part,
            ground="Betygsätter",
            starts_on=TODAY,
            ends_on=None,
            by=by,
            at=NOON,
        )
    return Scene(person, story.case, story.keys())


def begun(board, by):
    """A mapping in which nothing is told yet."""
    case = registered(PersonFactory(name="Yosef"), board, by=by)
    draft = mapping.start_initial(case_id=case.pk, by=by, at=NOON)
    return scene(case, [draft], section=["goal", WORK])


def renewed(person, board, by):
    """A locked mapping, and a newer version that is being written."""
    case = registered(person, board, by=by)
    draft, entry = told_initial(case, by=by)
    locked = settled(draft, by=by)
    newer = mapping.start_new_version(mapping_id=locked.pk, by=by, at=NOON)
    return scene(case, [locked, newer], section=["goal", WORK], entry=[entry])


def decided(board, by):
    """A case whose way is chosen."""
    case = registered(PersonFactory(name="Dawit Tesfaye"), board, by=by)
    settled(told_initial(case, by=by)[0], by=by)
    cases.decide_path(
        case_id=case.pk,
        path=Path.VALIDATION,
        reason="Antagen",
        decided_on=TODAY,
        operation=uuid4(),
        by=by,
        at=NOON,
    )
    return scene(case)


def shared(board, by):
    """An in-depth mapping with gaps, ready to be approved."""
    case = decided(board, by).case
    draft = mapping.start_in_depth(case_id=case.pk, targets=[practice_target()], by=by, at=NOON)
    mapping.share(mapping_id=draft.pk, by=by, at=NOON)
    return scene(case, [draft], question=sorted(question_keys(draft))[:1])


def closed(board, by):
    """A case that was closed."""
    case = registered(PersonFactory(name="Zainab Omar"), board, by=by)
    cases.close(case_id=case.pk, reason="Flyttade", by=by, at=NOON)
    return scene(case)


def hidden(person, board, by):
    """The case of somebody who lives under protection."""
    story = protected(told(person, board, by=by, number="50-777"), by=by)
    return Scene(person, story.case, {"cases": [story.case.pk]})
