"""A whole mapping as the person reads it: what they told, in which words, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form

from kunnig.kernel.partial_dates import understood
from kunnig.kernel.text import listed
from kunnig.mapping import interview, policies, queries
from kunnig.mapping.interview import SECTIONS
from kunnig.mapping.states import MappingState
from kunnig.portfolio.queries import evidence_in
from kunnig.standards.queries import questions_of
from kunnig.web.casefile import doors
from kunnig.web.casefile.covering import target_names
from kunnig.web.casefile.forms import CodeForm
from kunnig.web.casefile.leaf import Asked, Option, Pen, Place, leaf_of
from kunnig.web.casefile.sections import card_of, noted_in, period_of, places_of
from kunnig.web.http import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kunnig.cases.models import Case
    from kunnig.mapping.formats.beside import Beside
    from kunnig.mapping.interview import Section
    from kunnig.mapping.models import Mapping
    from kunnig.mapping.queries import Sheet
    from kunnig.standards.queries import AskedQuestion
    from kunnig.web.http import PersonRequest


MOST_SITTINGS = 50  # the latest; all of them lie in the trail


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told of: an entry, a question of a target, or what a section asks at once."""

    title: str
    language: str
    when: str
    question: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mapping; `url` leads to where it is written, empty where it cannot be.

    `target` is named where the mapping is held against several.
    """

    name: str
    language: str
    url: str
    told: tuple[Told, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One answer that nobody has written in Swedish yet, and where to do it."""

    words: str
    url: str


def parts_of(request: HttpRequest, pen: Pen, sheet: Sheet) -> list[Part]:
    """Return the parts of a mapping in which something is told."""
    make = _in_depth_parts if pen.mapping.is_in_depth else _initial_parts
    return [part for part in make(request, pen, sheet) if part.told]


def _read(pen: Pen, sheet: Sheet, places: list[Place]) -> tuple[Asked, ...]:
    """Return the questions that something is said to; the others are not even made."""
    told = [place for place in places if sheet.text(place.path, place.ask.side)]
    return leaf_of(pen, sheet, told).asked


def _initial_parts(request: HttpRequest, pen: Pen, sheet: Sheet) -> Iterator[Part]:
    for section in SECTIONS:
        url = doors.address(request, "interview", pk=pen.mapping.pk, section=section.code)
        told = (
            _entries(pen, sheet, section) if section.has_entries else _at_once(pen, sheet, section)
        )
        yield Part(str(section.name), "", url, told)


def _at_once(pen: Pen, sheet: Sheet, section: Section) -> tuple[Told, ...]:
    asked = _read(pen, sheet, places_of(section))
    return (Told("", "", "", "", asked),) if asked else ()


def _entries(pen: Pen, sheet: Sheet, section: Section) -> tuple[Told, ...]:
    """Return the entries of a section, the latest in time first."""
    entries = sorted(
        sheet.entries(section),
        key=lambda entry: understood(
            sheet.text(f"{section.code}/{entry}/{interview.BEGINNING}")
        ).key(),
        reverse=True,
    )
    return tuple(_entry(pen, sheet, section, entry) for entry in entries)


def _entry(pen: Pen, sheet: Sheet, section: Section, entry: UUID) -> Told:
    card = card_of(sheet, section, entry)
    asked = _read(pen, sheet, places_of(section, entry))
    rest = tuple(each for each in asked if each.ask.code != interview.TITLE or each.rendered.text)
    return Told(card.title or str(section.entry), card.language, card.when, "", rest)


def _in_depth_parts(request: HttpRequest, pen: Pen, sheet: Sheet) -> Iterator[Part]:
    links = queries.targets_of(pen.mapping)
    sets, names = [link.question_set_id for link in links], target_names(links)
    options = reference_options(pen.mapping.case)
    groups: dict[tuple[UUID, int], list[AskedQuestion]] = {}
    for question in questions_of(sets, pen.reads):
        groups.setdefault((question.set_id, question.group_number), []).append(question)
    url = doors.address(request, "overview", pk=pen.mapping.pk)
    for questions in groups.values():
        told = [_question(pen, sheet, question, options) for question in questions]
        first = questions[0]
        name = f"{first.group_code}. {first.group_title}"
        answered = tuple(each for each in told if each.asked)
        yield Part(name, first.group_language, url, answered, names.get(first.set_id, ""))


def _question(
    pen: Pen, sheet: Sheet, question: AskedQuestion, options: dict[str, tuple[Option, ...]]
) -> Told:
    asked = _read(pen, sheet, question_places(question.id, options))
    title = f"{question.code} {question.short}"
    return Told(title, question.short_language, "", question.text, asked)


def question_places(question: UUID, options: dict[str, tuple[Option, ...]]) -> list[Place]:
    """Return where the answers about one question of a target belong."""
    return [
        Place(ask, interview.path_to(question, ask), options.get(ask.code, ()))
        for ask in interview.IN_DEPTH.values()
    ]


def reference_options(case: Case) -> dict[str, tuple[Option, ...]]:
    """Return what an answer by references can name: what was told in the case, and its evidence."""
    evidence = tuple(Option(str(each.pk), each.title) for each in evidence_in(case))
    learnt = learnt_options(queries.told_in(case))
    return {interview.LEARNT.code: learnt, interview.EVIDENCE.code: evidence}


def learnt_options(told: Sheet) -> tuple[Option, ...]:
    """Return the entries that the initial mapping that counts tells of, with when they were."""
    return tuple(
        Option(str(entry), told.title(section, entry), when=period_of(told, section, entry))
        for section in SECTIONS
        for entry in told.entries(section)
    )


def gaps_of(request: HttpRequest, mapping: Mapping, parts: Sequence[Part]) -> list[Gap]:
    """Return the answers that nobody has written in Swedish yet, with where to do it."""
    return [
        Gap(
            f"{_in_target(part, told.title or part.name)}: {asked.question}",
            _written_at(request, mapping, asked.path),
        )
        for part in parts
        for told in part.told
        for asked in told.asked
        if asked.lacks_rendering
    ]


def _in_target(part: Part, words: str) -> str:
    return listed((part.target, words))


def _written_at(request: HttpRequest, mapping: Mapping, path: str) -> str:
    """Return the page on which an answer is written."""
    if (asked := interview.asked_in_depth(path)) is not None:
        return doors.address(request, "question", pk=mapping.pk, question=asked[0])
    place = interview.place_of(path)
    if place is None:
        return ""
    code = place.section.code
    if place.entry is None:
        return doors.address(request, "interview", pk=mapping.pk, section=code)
    return doors.address(request, "entry", pk=mapping.pk, section=code, entry=place.entry)


def mapping_page(
    request: PersonRequest,
    mapping: Mapping,
    *,
    code: CodeForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Answer with the whole mapping and what can be settled about it, or why it was refused."""
    form: Form | None = code
    if refusal:
        form = Form({})
        form.add_error(None, refusal)
    sheet = queries.sheet_of(mapping)
    pen = Pen(mapping, request.user, may_write=False)
    parts = parts_of(request, pen, sheet)
    versions = [each for each in queries.of_case(mapping.case) if each.kind == mapping.kind]
    sittings = list(queries.sittings_of(mapping)[:MOST_SITTINGS])
    beside = queries.beside(mapping, sheet)
    context: dict[str, Any] = {
        "mapping": mapping,
        "case": mapping.case,
        "pen": pen,
        "parts": parts,
        "gaps": [] if pen.is_own else gaps_of(request, mapping, parts),
        "begun": sum(each.has_begun for each in queries.progress_of(sheet)),
        "sections": len(SECTIONS),
        "versions": versions,
        "newer": next((each for each in versions if each.version > mapping.version), None),
        "onward": _onward(sheet),
        "form": form,
        "code": code or CodeForm(),
        "sittings": sittings,
        "evidence": beside.evidence,
        **_to_settle(request, mapping, sheet, beside),
    }
    if context["may_write"] and not pen.is_own:
        context["sitting"] = noted_in(sittings, pen)
    return page(request, "casefile/mapping.html", context)


def _onward(sheet: Sheet) -> str:
    """Return the part to go on with: the first that nothing is told in, else the first."""
    untold = (each.section.code for each in queries.progress_of(sheet) if not each.has_begun)
    return next(untold, SECTIONS[0].code)


# What may follow on each state that is not settled, and who may let it.
NEXT = {
    MappingState.DRAFT: ("may_share", policies.may_share),
    MappingState.SHARED: ("may_approve", policies.may_approve),
    MappingState.APPROVED: ("may_lock", policies.may_lock),
}


def _to_settle(
    request: PersonRequest, mapping: Mapping, sheet: Sheet, beside: Beside
) -> dict[str, Any]:
    """Return what may be done with a version as it stands: one verdict, and whether to write."""
    by, at = request.user, request.at
    name, may = NEXT.get(mapping.standing, ("may_renew", policies.may_start_new_version))
    verdict = may(by, mapping, at)
    context: dict[str, Any] = {name: verdict}
    # Who may settle a version that is not locked may write in it: no need to ask twice.
    is_writable = bool(verdict) and mapping.standing in NEXT
    context["may_write"] = verdict if is_writable else policies.may_write(by, mapping, at)
    if mapping.standing is MappingState.SHARED:
        context["shown_hash"] = queries.fingerprint(mapping, sheet, beside)
    return context
