"""Syllabuses as the National Agency's Syllabus API writes them (`ReadSubject`), made into ours.

Reads one answer and returns all of it, or raises `Unreadable` with every fault and its place.
Our own files have the same shape, and say in `apiPublisher` that they are ours.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kunnig.standards.formats import markup
from kunnig.standards.formats.checked import Fault, Unreadable, loaded
from kunnig.standards.formats.purposes import covered_purposes
from kunnig.standards.formats.sentences import sentences
from kunnig.standards.formats.syllabus_text import (
    CriterionText,
    PointText,
    PurposeText,
    SyllabusText,
    TargetText,
)
from kunnig.standards.states import GradeStep, Mandate, SyllabusKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunnig.standards.formats.checked import Checked

AGENCY = "Skolverket"
OURSELVES = "Kunnig"
PUBLISHERS: Mapping[str, Mapping[str, SyllabusKind]] = {
    AGENCY: {
        "SUBJECT_SYLLABUS": SyllabusKind.COURSES,
        "GRADE_SUBJECT_SYLLABUS": SyllabusKind.LEVELS,
    },
    OURSELVES: {
        "SUBJECT_SYLLABUS": SyllabusKind.COURSES,
        "GRADE_SUBJECT_SYLLABUS": SyllabusKind.LEVELS,
        "PRACTICE": SyllabusKind.PRACTICE,
    },
}

LONGEST_CODE = 40
MOST_POINTS = 9999
HIGHEST_ORDER = 9999

# What says nothing about the content. The agency's own number does not tell changes apart.
_NOT_CONTENT = frozenset({"version", "versionInfo", "modifiedDate"})


def read(answer: bytes) -> SyllabusText:
    """Return the syllabus that an answer of the API holds."""
    whole = loaded(answer)
    subject = whole.part("subject")
    whole.require()
    if subject is None:
        said = whole.text("message", longest=None)
        what = f"no subject; the answer says {said!r}" if said else "no subject"
        raise Unreadable([Fault("", what)])
    owner = whole.text("apiPublisher") or AGENCY
    kinds = PUBLISHERS.get(owner)
    if kinds is None:
        raise Unreadable([Fault("apiPublisher", f"is {owner!r}, not {AGENCY!r}")])
    # Places are told from the subject down: `courses[0].centralContent`.
    text = _syllabus(replace(subject, place=""), owner, kinds)
    subject.require()
    return text


def _syllabus(subject: Checked, owner: str, kinds: Mapping[str, SyllabusKind]) -> SyllabusText:
    kind = _kind(subject, kinds)
    purpose = subject.text("purpose", longest=None)
    purposes = _purposes(purpose)
    criteria = _criteria(subject) if kind is SyllabusKind.LEVELS else ()
    if kind is SyllabusKind.LEVELS and not criteria:
        subject.fault("knowledgeRequirements", "no criteria of the subject")
    valid_from, valid_to = _validity(subject)
    targets = _targets(subject, kind, len(purposes), criteria)
    return SyllabusText(
        code=subject.text("code", longest=LONGEST_CODE, is_needed=True),
        name=subject.text("name", is_needed=True),
        english_name=subject.text("englishName"),
        kind=kind,
        owner=owner,
        mandate=_mandate(owner, kind),
        school_forms=subject.codes("schoolTypes"),
        valid_from=valid_from,
        valid_to=valid_to,
        description=markup.structured(subject.text("description", longest=None)),
        purpose=markup.structured(purpose),
        purposes=purposes,
        targets=targets,
        criteria=criteria,
        content_hash=_content_hash(subject.holder),
        remarks=tuple(_remarks(targets, len(purposes))),
    )


def _kind(subject: Checked, kinds: Mapping[str, SyllabusKind]) -> SyllabusKind:
    said = subject.text("typeOfSyllabus", is_needed=True)
    if said and said not in kinds:
        subject.fault("typeOfSyllabus", f"is {said!r}; what can be read is {', '.join(kinds)}")
    return kinds.get(said, SyllabusKind.COURSES)


def _mandate(owner: str, kind: SyllabusKind) -> Mandate:
    if owner == AGENCY:
        return Mandate.NATIONAL
    return Mandate.OWN if kind is SyllabusKind.PRACTICE else Mandate.EXAMPLE


def _validity(subject: Checked) -> tuple[date, date | None]:
    subject.text("startDate", is_needed=True)
    valid_from = subject.date("startDate") or date.min
    valid_to = subject.date("endDate", "validTo")
    if valid_to is not None and valid_to < valid_from:
        subject.fault("endDate", "is before startDate")
    return valid_from, valid_to


def _purposes(purpose: str) -> tuple[PurposeText, ...]:
    numbered = [block for block in markup.blocks(purpose) if block.kind == "numbered"]
    return tuple(PurposeText(number, one.markup) for number, one in enumerate(numbered, start=1))


def _targets(
    subject: Checked,
    kind: SyllabusKind,
    how_many_purposes: int,
    criteria_of_subject: tuple[CriterionText, ...],
) -> tuple[TargetText, ...]:
    home = subject.text("code", longest=None)
    targets: dict[str, TargetText] = {}
    for number, course in enumerate(subject.parts("courses"), start=1):
        target = _target(course, number)
        # A course of another subject may stand here too: its numbers mean that subject's purposes.
        if target.code.startswith(home):
            purposes = covered_purposes(target.description, how_many_purposes)
            target = replace(target, purposes=purposes)
        if target.code in targets:
            course.fault("code", f"{target.code!r} stands twice")
        targets[target.code] = _with_criteria(target, course, kind, criteria_of_subject)
    if not targets:
        subject.fault("courses", "no courses or levels")
    return tuple(targets.values())


def _with_criteria(
    target: TargetText,
    course: Checked,
    kind: SyllabusKind,
    criteria_of_subject: tuple[CriterionText, ...],
) -> TargetText:
    """Return the target with its own criteria, or with none where they are the subject's.

    Skollagen 20:37: in a subject with levels the criteria belong to the subject as a whole.
    """
    if kind is SyllabusKind.COURSES and not target.criteria:
        course.fault("knowledgeRequirements", "no criteria of the course")
    if kind is not SyllabusKind.LEVELS:
        return target
    if target.criteria not in {(), criteria_of_subject}:
        course.fault("knowledgeRequirements", "are not those of the subject")
    return replace(target, criteria=())


def _target(course: Checked, number: int) -> TargetText:
    content, beside = _content(course)
    order = course.whole_number("sortOrder", most=HIGHEST_ORDER)
    return TargetText(
        code=course.text("code", longest=LONGEST_CODE, is_needed=True),
        name=course.text("name", is_needed=True),
        english_name=course.text("englishName"),
        points=course.whole_number("points", most=MOST_POINTS),
        sort_order=number if order is None else order,
        description=markup.structured(course.text("description", longest=None)) + beside,
        purposes=(),
        content=content,
        criteria=_criteria(course),
    )


def _remarks(targets: tuple[TargetText, ...], how_many_purposes: int) -> Iterator[Fault]:
    for number, target in enumerate(targets):
        beyond = [one.number for one in target.purposes if one.number > how_many_purposes]
        if beyond:
            named = ", ".join(map(str, beyond))
            what = f"names purpose {named}, but the subject has {how_many_purposes}"
            yield Fault(f"courses[{number}].description", what)


def _content(course: Checked) -> tuple[tuple[PointText, ...], str]:
    """Return the points of content with their headings, and what stands beside the lists.

    A heading or a paragraph that ends in a colon only leads on to the list.
    """
    central = course.part("centralContent")
    source = "" if central is None else central.text("text", longest=None)
    points: list[PointText] = []
    beside: list[str] = []
    heading = ""
    for block in markup.blocks(source):
        if block.kind in {"item", "numbered"}:
            points.append(PointText(len(points) + 1, heading, block.markup))
        elif block.is_all_strong or (block.kind == "heading" and not block.plain.endswith(":")):
            heading = block.plain.rstrip(":")
        elif not block.plain.endswith(":"):
            beside.append(f"<p>{block.markup}</p>")
    if not points:
        course.fault("centralContent", "no list of points")
    return tuple(points), "".join(beside)


def _criteria(holder: Checked) -> tuple[CriterionText, ...]:
    criteria: dict[GradeStep, list[CriterionText]] = {}
    for part in holder.parts("knowledgeRequirements"):
        said = part.text("gradeStep", is_needed=True)
        if said not in GradeStep.values:
            if said:
                part.fault("gradeStep", f"is {said!r}, not one of {', '.join(GradeStep.values)}")
            continue
        step = GradeStep(said)
        if step in criteria:
            part.fault("gradeStep", f"{said!r} stands twice")
        criteria[step] = _of_one_step(part, step)
    return tuple(one for step in GradeStep for one in criteria.get(step, ()))


def _of_one_step(part: Checked, step: GradeStep) -> list[CriterionText]:
    found: list[CriterionText] = []
    paragraphs = [
        block for block in markup.blocks(part.text("text", longest=None)) if block.kind != "heading"
    ]
    for paragraph, block in enumerate(paragraphs, start=1):
        found += [
            CriterionText(step, paragraph, len(found) + ahead, sentence)
            for ahead, sentence in enumerate(sentences(block.runs), start=1)
        ]
    if not found:
        part.fault("text", "no sentence")
    return found


def _content_hash(subject: Mapping[str, Any]) -> str:
    content = {key: value for key, value in subject.items() if key not in _NOT_CONTENT}
    written = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
