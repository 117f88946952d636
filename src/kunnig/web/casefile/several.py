"""The page on which one answer is given for many questions of an in-depth mapping at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kunnig.mapping import interview, queries
from kunnig.mapping.actions import Said
from kunnig.mapping.queries import Sheet
from kunnig.web.casefile import posting
from kunnig.web.casefile.covering import target_names
from kunnig.web.casefile.leaf import Leaf, Pen, Place, Typed, key_of, leaf_of
from kunnig.web.casefile.reading import reference_options

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from django.http import QueryDict

    from kunnig.mapping.models import Mapping as MappingRecord
    from kunnig.mapping.models import MappingTarget
    from kunnig.mapping.queries import Covered, CoveredGroup, Overview
    from kunnig.web.http import PersonRequest

# What can be the same in many questions. A note is about one.
ASKED = (
    interview.ESTIMATE,
    interview.CLAIM,
    interview.LEARNT,
    interview.EVIDENCE,
    interview.BASIS,
)
NO_QUESTION = UUID(int=0)  # the fields of this page lie at none
TICKED = SafeString(" checked")


@dataclass(frozen=True, slots=True)
class Ticks:
    """The questions of one task of the trade, to tick all at once or one by one."""

    group: CoveredGroup
    chosen: Collection[UUID]

    @property
    def value(self) -> str:
        """By which the form names the whole group."""
        return value_of(self.group)

    @property
    def total(self) -> int:
        """How many questions it has."""
        return len(self.group.rows)

    @property
    def is_whole(self) -> bool:
        """Say whether every question of it is chosen."""
        return all(row.question.id in self.chosen for row in self.group.rows)

    @property
    def is_open(self) -> bool:
        """Say whether some of them are chosen, one by one."""
        return not self.is_whole and any(row.question.id in self.chosen for row in self.group.rows)

    def questions(self) -> SafeString:
        """Return the questions, each with a box: in Python, for a trade has more than a hundred."""
        told = format_html(' <span class="k-small k-soft">{}</span>', _("told"))
        return format_html_join(
            "",
            '<li><label class="k-check"><input class="ds-input" type="checkbox" name="question" '
            'value="{}"{}> <span lang="{}"><span class="k-num">{}</span> {}</span>{}</label></li>',
            (
                (
                    row.question.id,
                    TICKED if self.is_open and row.question.id in self.chosen else "",
                    row.question.short_language,
                    row.question.code,
                    row.question.short,
                    told if row.is_told else "",
                )
                for row in self.group.rows
            ),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The tasks of one target; `name` is empty where the mapping has no other."""

    set_id: UUID
    name: str
    total: int
    groups: tuple[Ticks, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether every question of the target is chosen."""
        return all(each.is_whole for each in self.groups)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written about several questions at once and still stands."""

    seed: UUID
    answers: int
    questions: int


def value_of(group: CoveredGroup) -> str:
    """Return by which a form names a whole group."""
    return f"{group.set_id}-{group.code}"


def chosen_in(sent: QueryDict, overview: Overview) -> list[UUID]:
    """Return the questions that a form or an address names: one by one, by task, by target."""
    targets, groups = set(sent.getlist("target")), set(sent.getlist("group"))
    questions = set(sent.getlist("question"))

    def is_chosen(group: CoveredGroup, row: Covered) -> bool:
        return (
            str(row.question.id) in questions
            or value_of(group) in groups
            or str(group.set_id) in targets
        )

    return [
        row.question.id for group in overview.groups for row in group.rows if is_chosen(group, row)
    ]


def parts_of(
    overview: Overview, names: Mapping[UUID, str], chosen: Collection[UUID]
) -> Iterator[Part]:
    """Yield the targets of a mapping with their tasks and questions to choose among."""
    for set_id, groups in groupby(overview.groups, key=lambda group: group.set_id):
        ticks = tuple(Ticks(group, chosen) for group in groups)
        yield Part(set_id, names.get(set_id, ""), sum(each.total for each in ticks), ticks)


def places_of(pen: Pen) -> list[Place]:
    """Return what is asked on the page: what the person reads, they need not choose."""
    options = reference_options(pen.mapping.case)
    return [
        Place(ask, interview.path_to(NO_QUESTION, ask), options.get(ask.code, ()))
        for ask in ASKED
        if not (ask.by_staff and pen.is_own)
    ]


def like(request: PersonRequest, pen: Pen) -> dict[str, Typed]:
    """Return the answers to the question that an address names: they are to hold for more."""
    if "like" not in request.GET:
        return {}
    key = posting.key_in(request.GET, "like")
    sheet = queries.sheet_of(pen.mapping, paths={interview.path_to(key, ask) for ask in ASKED})
    return {
        key_of(ask, side): Typed(said.text, said.language)
        for ask in ASKED
        for side in interview.sides_of(ask)
        if (said := sheet.get(interview.path_to(key, ask), side)).text
    }


def typed_in(request: PersonRequest, pen: Pen, places: Sequence[Place]) -> dict[str, Typed]:
    """Return what was written on the page."""
    return posting.touched(leaf_of(pen, Sheet({}), places), request.POST)


def said_in(leaf: Leaf) -> list[Said]:
    """Return what was written as the answers that `mapping` takes."""
    return [
        Said(field.ask, field.side, field.typed.text, field.typed.language)
        for field in leaf.fields
        if field.typed is not None and field.typed.text
    ]


def written_by(request: PersonRequest, mapping: MappingRecord) -> Written | None:
    """Return what was just written at once, by the seed that the address names, if anything."""
    if "together" not in request.GET:
        return None
    seed = posting.key_in(request.GET, "together")
    standing = queries.answered_together(mapping, seed)
    if not standing:
        return None
    return Written(seed, len(standing), len({each.about for each in standing}))


def several_context(
    pen: Pen,
    links: Sequence[MappingTarget],
    overview: Overview,
    leaf: Leaf,
    chosen: Collection[UUID],
) -> dict[str, Any]:
    """Return what the page shows."""
    return {
        "mapping": pen.mapping,
        "case": pen.mapping.case,
        "pen": pen,
        "form": leaf,
        "leaf": leaf,
        "links": links,
        "answers": {each.ask.code: each for each in leaf.asked},
        "parts": list(parts_of(overview, target_names(links), frozenset(chosen))),
    }
