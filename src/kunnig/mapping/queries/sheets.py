"""What a mapping says, now and earlier."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from kunnig.mapping import interview
from kunnig.mapping.models import Answer, Mapping
from kunnig.mapping.states import MappingKind, MappingState, Side

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping as Mapped
    from datetime import datetime

    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person


def entries_told_in(case: Case) -> frozenset[UUID]:
    """Return the entries that count in the initial mapping of a case, none that is taken away."""
    sheet = told_in(case)
    return frozenset(entry for section in interview.SECTIONS for entry in sheet.entries(section))


class Current(NamedTuple):
    """What one side of one place says now. `version` is 0 where nothing was ever said.

    `begun` is the key of its first version: whatever is corrected later, it tells what came when.
    """

    text: str
    version: int
    language: str
    renders: int | None
    by: UUID | None
    by_name: str
    at: datetime | None
    begun: int


_OF_AN_ENTRY = (
    f"/({interview.TITLE}|{interview.BEGINNING}|{interview.END}|{interview.REMOVED.code})$"
)
NOTHING_SAID = Current("", 0, "", None, None, "", None, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a mapping says now, by path and side."""

    said: Mapped[tuple[str, str], Current]

    def get(self, path: str, side: Side = Side.ORIGINAL) -> Current:
        """Return what is said at a place, or `NOTHING_SAID`."""
        return self.said.get((path, side), NOTHING_SAID)

    def text(self, path: str, side: Side = Side.ORIGINAL) -> str:
        """Return the text at a place, or an empty one."""
        return self.get(path, side).text

    def lacks_rendering(self, path: str) -> bool:
        """Say whether the original has words in another language that nobody has rendered yet."""
        original = self.get(path)
        if not original.text or original.language == "sv":
            return False
        rendering = self.get(path, Side.RENDERING)
        return not rendering.text or rendering.renders != original.version

    def renders_older(self, path: str) -> bool:
        """Say whether a text in Swedish stands there, but of other words than those told now."""
        return bool(self.text(path, Side.RENDERING)) and self.lacks_rendering(path)

    def entries(self, section: interview.Section) -> list[UUID]:
        """Return the entries of a section that were not taken away, in the order they came."""
        if not section.has_entries:
            return []
        return [key for key in self._entries_ever(section) if not self.is_removed(section, key)]

    def removed_entries(self, section: interview.Section) -> list[UUID]:
        """Return the entries of a section that were taken away and can be put back."""
        if not section.has_entries:
            return []
        return [key for key in self._entries_ever(section) if self.is_removed(section, key)]

    def _entries_ever(self, section: interview.Section) -> list[UUID]:
        """Return every entry of a section, in the order they were first told of.

        What is kept was asked for, so a path is read by its length alone: pages ask this often.
        """
        start = len(section.code) + 1
        begun: dict[str, int] = {}
        for (path, _side), current in self.said.items():
            if not path.startswith(f"{section.code}/"):
                continue
            key = path[start : start + interview.KEY_LENGTH]
            begun[key] = min(begun.get(key, current.begun), current.begun)
        return [UUID(key) for key in sorted(begun, key=lambda key: (begun[key], key))]

    def is_removed(self, section: interview.Section, entry: UUID) -> bool:
        """Say whether an entry was taken away."""
        removed = self.text(f"{section.code}/{entry}/{interview.REMOVED.code}")
        return removed == interview.IS_REMOVED

    def title(self, section: interview.Section, entry: UUID) -> str:
        """Return what an entry is called: its rendering in Swedish, else as it was said."""
        path = f"{section.code}/{entry}/{interview.TITLE}"
        return self.text(path, Side.RENDERING) or self.text(path)

    def with_answer(self, answer: Answer, by: Person) -> Sheet:
        """Return the sheet as it is after one more answer."""
        current = Current(
            answer.value,
            answer.version,
            answer.language,
            answer.renders,
            by.pk,
            by.name,
            answer.at,
            self.get(answer.path, Side(answer.side)).begun or answer.pk,
        )
        return Sheet({**self.said, (answer.path, answer.side): current})

    def last_at(self) -> datetime | None:
        """Return when something was last said."""
        return max((each.at for each in self.said.values() if each.at), default=None)


def sheet_of(mapping: Mapping, *, paths: Collection[str] | None = None) -> Sheet:
    """Return what a mapping says now, in one query; of all its places, or of some `paths`."""
    answers = Answer.objects.filter(mapping=mapping)
    return _sheet(answers if paths is None else answers.filter(path__in=paths))


def sheets_of(mapping: Mapping) -> tuple[Sheet, Sheet]:
    """Return what an in-depth mapping says now, and what `told_in` says of its case: in one query.

    The page of a question needs both, and is asked for more often than any other.
    """
    initial = Q(case=mapping.case_id, kind=MappingKind.INITIAL, state=MappingState.LOCKED)
    both = Mapping.objects.filter(Q(pk=mapping.pk) | initial)
    said: dict[UUID, dict[tuple[str, str], Current]] = defaultdict(dict)
    for of, path, side, *current in _rows(
        Answer.objects.filter(
            Q(mapping=mapping.pk) | Q(path__regex=_OF_AN_ENTRY), mapping__in=both
        ),
        "mapping",
    ):
        said[of][path, side] = Current._make(current)
    own = said.pop(mapping.pk, {})
    return Sheet(own), Sheet(next(iter(said.values()), {}))


def told_in(case: Case) -> Sheet:
    """Return which entries the initial mapping that counts in a case holds, and when they were.

    In one query, and without what is told of them at length.
    """
    return _sheet(
        Answer.objects.filter(
            path__regex=_OF_AN_ENTRY,
            mapping__case=case,
            mapping__kind=MappingKind.INITIAL,
            mapping__state=MappingState.LOCKED,
        )
    )


# Written out: every page of a mapping asks this, and building it from expressions each time costs
# more than the database needs to answer it. The unique constraint on versions is its index.
IS_NEWEST = """NOT EXISTS (
  SELECT 1 FROM mapping_answer AS later
  WHERE later.mapping_id = mapping_answer.mapping_id AND later.path = mapping_answer.path
    AND later.side = mapping_answer.side AND later.version > mapping_answer.version
)"""
_BEGUN = """CASE WHEN mapping_answer.version = 1 THEN mapping_answer.id ELSE (
  SELECT earliest.id FROM mapping_answer AS earliest
  WHERE earliest.mapping_id = mapping_answer.mapping_id AND earliest.path = mapping_answer.path
    AND earliest.side = mapping_answer.side AND earliest.version = 1
) END"""

# The columns of an answer that make a `Current`, in its order.
_CURRENT = ("value", "version", "language", "renders", "by", "by__name", "at", "begun")


def _sheet(answers: QuerySet[Answer]) -> Sheet:
    """Return what answers of one mapping say now: the highest version of each place and side."""
    return Sheet({(path, side): Current._make(said) for path, side, *said in _rows(answers)})


def _rows(answers: QuerySet[Answer], *before: str) -> QuerySet[Answer, tuple[Any, ...]]:
    """Return path, side and what a `Current` holds of those answers that nothing came after."""
    return (
        # No word of it comes from outside.
        answers.extra(select={"begun": _BEGUN}, where=[IS_NEWEST])  # noqa: S610
        .order_by("path", "side")
        .values_list(*before, "path", "side", *_CURRENT)
    )


def texts_at(
    mapping: Mapping, versions: Collection[tuple[str, Side, int]]
) -> dict[tuple[str, Side, int], str]:
    """Return what some places said in earlier versions, in one query; version 0 said nothing."""
    wanted = set(versions)
    if not wanted:
        return {}
    rows = Answer.objects.filter(
        mapping=mapping, path__in={path for path, _side, _version in wanted}
    ).values_list("path", "side", "version", "value")
    said = {(path, Side(side), version): value for path, side, version, value in rows}
    return {key: said.get(key, "") for key in wanted}


def history_of(mapping: Mapping, path: str, side: Side) -> QuerySet[Answer]:
    """Return every version of one answer, newest first."""
    return (
        Answer.objects.filter(mapping=mapping, path=path, side=side)
        .select_related("by")
        .order_by("-version")
    )
