"""The page of one section of an initial mapping, or of one entry in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kunnig.kernel.partial_dates import period
from kunnig.mapping import policies, queries
from kunnig.mapping.interview import BEGINNING, END, REMOVED, SECTIONS, TITLE
from kunnig.mapping.states import Mode, Side
from kunnig.web.casefile import doors
from kunnig.web.casefile.leaf import Pen, Place, leaf_of
from kunnig.web.components.parts import Fault, Step
from kunnig.web.http import page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from kunnig.mapping.interview import Section
    from kunnig.mapping.models import Mapping, Sitting
    from kunnig.mapping.queries import Sheet
    from kunnig.web.casefile.leaf import Leaf
    from kunnig.web.components.parts import StepState
    from kunnig.web.http import PersonRequest


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One entry as the list of its section shows it; `removed` is the version of its removal."""

    id: UUID
    title: str
    language: str
    when: str
    answered: int
    asked: int
    removed: int


@dataclass(frozen=True, slots=True)
class Adding:
    """The form that adds an entry, with what was typed in it and why it was not taken."""

    name: str = ""
    fault: str = ""
    entry: UUID = field(default_factory=uuid.uuid4)
    operation: UUID = field(default_factory=uuid.uuid4)

    @property
    def faults(self) -> list[Fault]:
        """The same, as the summary above the page lists it."""
        return [Fault(self.fault, "what")] if self.fault else []

    @property
    def errors(self) -> str:
        """Why the entry was not added, by the name that a page asks its form for."""
        return self.fault


def places_of(section: Section, entry: UUID | None = None) -> list[Place]:
    """Return where the answers of a section, or of one entry in it, belong."""
    prefix = section.code if entry is None else f"{section.code}/{entry}"
    return [Place(ask, f"{prefix}/{ask.code}") for ask in section.asks]


def after(section: Section) -> Section | None:
    """Return the section that follows, None after the last."""
    place = SECTIONS.index(section) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None


def rail_of(
    request: HttpRequest, mapping: Mapping, sheet: Sheet, here: Section | None
) -> list[Step]:
    """Return the sections as steps beside the page: told something in, here, or not yet."""
    to = doors.addresses(request, "interview", "section", pk=mapping.pk)
    return [
        Step(progress.section.name, _state_of(progress, here), to(progress.section.code))
        for progress in queries.progress_of(sheet)
    ]


def _state_of(progress: queries.Progress, here: Section | None) -> StepState:
    if progress.section is here:
        return "now"
    return "done" if progress.has_begun else "later"


def card_of(sheet: Sheet, section: Section, entry: UUID) -> EntryCard:
    """Return one entry as a list shows it."""
    path = f"{section.code}/{entry}"
    asked = [ask for ask in section.asks if ask.code != TITLE]
    title = sheet.get(f"{path}/{TITLE}")
    return EntryCard(
        id=entry,
        title=sheet.title(section, entry),
        language="" if sheet.text(f"{path}/{TITLE}", Side.RENDERING) else title.language,
        when=period_of(sheet, section, entry),
        answered=sum(bool(sheet.text(f"{path}/{ask.code}")) for ask in asked),
        asked=len(asked),
        removed=sheet.get(f"{path}/{REMOVED.code}").version,
    )


def period_of(sheet: Sheet, section: Section, entry: UUID) -> str:
    """Return when an entry began and ended, as far as that is told."""
    path = f"{section.code}/{entry}"
    return period(sheet.text(f"{path}/{BEGINNING}"), sheet.text(f"{path}/{END}"))


def section_page(  # noqa: PLR0913 -- what a page may come back with
    request: PersonRequest,
    mapping: Mapping,
    section: Section,
    entry: UUID | None = None,
    *,
    leaf: Leaf | None = None,
    adding: Adding | None = None,
) -> HttpResponse:
    """Answer with the page of a section or an entry, or with what is left to settle on it."""
    may_write = policies.may_write(request.user, mapping, request.at)
    sheet = queries.sheet_of(mapping)
    is_list = section.has_entries and entry is None
    pen = Pen(mapping, request.user, bool(may_write) or leaf is not None)
    if leaf is None:
        leaf = leaf_of(pen, sheet, [] if is_list else places_of(section, entry))
    context: dict[str, Any] = {
        "mapping": mapping,
        "case": mapping.case,
        "pen": pen,
        "may_write": may_write,
        "section": section,
        "rail": rail_of(request, mapping, sheet, section),
        "following": after(section),
        "leaf": leaf,
        "form": adding or leaf,
    }
    if is_list:
        context |= entries_context(pen, sheet, section, adding)
    elif entry is not None:
        context["card"] = card_of(sheet, section, entry)
    if not may_write:
        context["may_renew"] = policies.may_start_new_version(request.user, mapping, request.at)
    elif not pen.is_own:
        context["sitting"] = sitting_note(mapping, pen)
    return page(request, "casefile/entries.html" if is_list else "casefile/interview.html", context)


def entries_context(
    pen: Pen, sheet: Sheet, section: Section, adding: Adding | None
) -> dict[str, Any]:
    """Return what the list of a section's entries shows."""
    title = section.ask(TITLE)
    return {
        "cards": [card_of(sheet, section, entry) for entry in sheet.entries(section)],
        "removed": [card_of(sheet, section, entry) for entry in sheet.removed_entries(section)],
        "title": title,
        "adding": adding or Adding(),
        "languages": pen.languages(queries.NOTHING_SAID),
    }


@dataclass(frozen=True, slots=True)
class SittingNote:
    """How the sitting that runs is held, to note or to change."""

    mode: str = ""
    interpreter: str = ""

    @property
    def modes(self) -> list[tuple[str, StrOrPromise]]:
        """The ways to hold a sitting, to choose among."""
        return list(Mode.choices)


def sitting_note(mapping: Mapping, pen: Pen) -> SittingNote:
    """Return how one's own sitting with a mapping is held, as far as it was noted."""
    noted = queries.sittings_of(mapping).filter(by=pen.by).values_list("mode", "interpreter")
    found = noted.first()
    return SittingNote() if found is None else SittingNote(*found)


def noted_in(sittings: Sequence[Sitting], pen: Pen) -> SittingNote:
    """Return the same from sittings that were fetched, the latest first."""
    mine = next((each for each in sittings if each.by_id == pen.by.pk), None)
    return SittingNote() if mine is None else SittingNote(mine.mode, mine.interpreter)
