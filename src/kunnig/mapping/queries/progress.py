"""How far a mapping has come, and what is missing in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnig.mapping import interview
from kunnig.mapping.queries.mappings import asked_in
from kunnig.mapping.queries.sheets import sheet_of
from kunnig.mapping.states import Basis, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunnig.mapping.models import Mapping
    from kunnig.mapping.queries.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one section has come."""

    section: interview.Section
    entries: int
    answered: int

    @property
    def has_begun(self) -> bool:
        """Say whether anything is written in the section."""
        return bool(self.entries or self.answered)


def progress_of(sheet: Sheet) -> list[Progress]:
    """Return how far each section has come, in the order they are asked."""
    answered = dict.fromkeys(interview.BY_CODE, 0)
    for (path, _side), current in sheet.said.items():
        code = path.partition("/")[0]
        if code in answered and current.text:
            answered[code] += 1
    return [
        Progress(
            section,
            len(sheet.entries(section)) if section.has_entries else 0,
            0 if section.has_entries else answered[section.code],
        )
        for section in interview.SECTIONS
    ]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an in-depth mapping has come, in numbers."""

    questions: int
    assessable: int


def reached(mapping: Mapping) -> Reached:
    """Return how many questions are asked, and of how many there is enough to assess."""
    asks = (interview.BASIS.code, interview.CLAIM.code)
    questions = [interview.paths_to(key) for key in asked_in(mapping).values_list("pk", flat=True)]
    sheet = sheet_of(mapping, paths=[paths[ask] for paths in questions for ask in asks])
    concluded = [
        interview.conclusion(
            sheet.text(paths[interview.BASIS.code], Side.NOTE),
            sheet.text(paths[interview.CLAIM.code]),
        )
        for paths in questions
    ]
    return Reached(questions=len(questions), assessable=concluded.count(Basis.ASSESSABLE))


def gaps_of(sheet: Sheet) -> Iterator[str]:
    """Yield the paths whose original nobody has rendered in Swedish; nothing taken away."""
    return (
        path
        for (path, side) in sheet.said
        if side == Side.ORIGINAL and sheet.lacks_rendering(path) and _is_told(sheet, path)
    )


def _is_told(sheet: Sheet, path: str) -> bool:
    asked = interview.asked_in_depth(path)
    if asked is not None:
        return asked[1].is_told
    place = interview.place_of(path)
    if place is None or not place.ask.is_told:
        return False
    return place.entry is None or not sheet.is_removed(place.section, place.entry)
