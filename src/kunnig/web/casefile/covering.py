"""An in-depth mapping at a glance: what is told, shown, assessable and missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kunnig.mapping import policies, queries
from kunnig.mapping.states import Basis, SelfEstimate
from kunnig.web.casefile import doors
from kunnig.web.casefile.leaf import Pen
from kunnig.web.components.parts import Step, Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Mapping as Mapped
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from kunnig.mapping.models import Mapping, MappingTarget
    from kunnig.mapping.queries import Covered, CoveredGroup, CoveredPoint, Overview
    from kunnig.web.http import PersonRequest

RANKS = {estimate: rank for rank, estimate in enumerate(SelfEstimate)}
# What a person says of themselves, as a table has room for it.
ESTIMATES: Mapped[SelfEstimate, StrOrPromise] = {
    SelfEstimate.NOT_DONE: gettext_lazy("Has not done it"),
    SelfEstimate.WITH_HELP: gettext_lazy("With help"),
    SelfEstimate.ON_MY_OWN: gettext_lazy("On their own"),
    SelfEstimate.CAN_TEACH: gettext_lazy("Can teach others"),
}
MISSING, TESTS = "missing", "tests"


@dataclass(frozen=True, slots=True)
class Row:
    """One question as the table shows it."""

    covered: Covered
    url: str
    rank: int
    estimate: StrOrPromise
    target: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one task of the trade, drawn as a meter and as rows of the table.

    `target`, here as in the rows, is named where there is more than one: each has a question A1.
    """

    group: CoveredGroup
    target: str
    tests: int
    rows: tuple[Row, ...]

    @property
    def anchor(self) -> str:
        """The place of the group in the page."""
        return f"group-{self.group.set_id.hex}-{self.group.code}"

    @property
    def total(self) -> int:
        """How many questions the group has."""
        return len(self.group.rows)


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of content, and the questions that speak to it."""

    covered: CoveredPoint
    target: str
    rows: tuple[Row, ...]


def shown_rows(overview: Overview, show: str) -> set[UUID]:
    """Return the questions that a cut of the table shows."""
    if show == MISSING:
        return {row.question.id for row in overview.rows if row.is_gap}
    if show == TESTS:
        return {row.question.id for row in overview.with_basis(Basis.TEST_NEEDED)}
    return {row.question.id for row in overview.rows}


def overview_context(request: PersonRequest, mapping: Mapping) -> dict[str, Any]:
    """Return what the overview shows, by question or by point of content."""
    pen = Pen(mapping, request.user, may_write=False)
    links = queries.targets_of(mapping)
    overview = queries.overview_of(mapping, language=pen.reads, links=links)
    names = target_names(links)
    next_gap = overview.next_gap()
    may_write = policies.may_write(request.user, mapping, request.at)
    show = request.GET.get("show", "")
    by_point = request.GET.get("by") == "point"
    shown = shown_rows(overview, show)
    to = doors.addresses(request, "question", "question", pk=mapping.pk)
    rows = {
        each.question.id: _row(to, each, names.get(each.question.set_id, ""))
        for each in overview.rows
    }
    return {
        "mapping": mapping,
        "case": mapping.case,
        "pen": pen,
        "may_write": may_write,
        # Whoever may write adds targets too, but for the person: no need to ask twice.
        "may_add_target": may_write and not pen.is_own,
        "links": links,
        "overview": overview,
        "total": len(rows),
        "assessable": len(overview.with_basis(Basis.ASSESSABLE)),
        "missing": [rows[each.question.id] for each in overview.rows if _lacks_basis(each)],
        "tests": [rows[each.question.id] for each in overview.with_basis(Basis.TEST_NEEDED)],
        "unrendered": [rows[each.question.id] for each in overview.rows if each.lacks_rendering],
        "groups": [_group(each, names, rows, shown) for each in overview.groups],
        "points": _points(overview, rows, shown) if by_point else [],
        "by_point": by_point,
        # Where every group is listed: in this page, or in the one that is not cut.
        "groups_at": "?" if by_point or show in {MISSING, TESTS} else "",
        "tabs": _tabs(overview, show, by_point=by_point),
        "next_gap": next_gap,
        "next_code": code_of(next_gap, names) if next_gap else "",
    }


def target_names(links: Sequence[MappingTarget]) -> dict[UUID, str]:
    """Return what to call the target of each question set; nothing where there is only one."""
    if len(links) == 1:
        return {}
    return {link.question_set_id: link.target.name for link in links}


def code_of(covered: Covered, names: Mapped[UUID, str], here: Covered | None = None) -> str:
    """Return the code of a question, with its target where that is another than on this page."""
    question = covered.question
    target = names.get(question.set_id, "")
    if not target or (here is not None and here.question.set_id == question.set_id):
        return question.code
    return f"{question.code} ({target})"


def _lacks_basis(row: Covered) -> bool:
    return row.basis is None or row.basis is Basis.NO_BASIS


def _row(to: Callable[[UUID], str], covered: Covered, target: str) -> Row:
    estimate = covered.estimate
    return Row(
        covered,
        to(covered.question.id),
        RANKS[estimate] if estimate is not None else 0,
        ESTIMATES[estimate] if estimate is not None else "",
        target,
    )


def _group(
    group: CoveredGroup, names: Mapped[UUID, str], rows: Mapped[UUID, Row], shown: set[UUID]
) -> Group:
    return Group(
        group,
        names.get(group.set_id, ""),
        sum(row.basis is Basis.TEST_NEEDED for row in group.rows),
        tuple(rows[each.question.id] for each in group.rows if each.question.id in shown),
    )


def _points(overview: Overview, rows: Mapped[UUID, Row], shown: set[UUID]) -> list[PointRow]:
    points = (_point(each, rows, shown) for each in overview.by_point())
    return [each for each in points if each.rows]


def _point(point: CoveredPoint, rows: Mapped[UUID, Row], shown: set[UUID]) -> PointRow:
    asked = [rows[each.question.id] for each in point.rows]
    speaking = tuple(row for row in asked if row.covered.question.id in shown)
    return PointRow(point, asked[0].target, speaking)


def _tabs(overview: Overview, show: str, *, by_point: bool) -> list[Tab]:
    """Return the cuts of the table, each with how many questions it holds."""
    words = {"": _("All"), MISSING: _("Only what is missing"), TESTS: _("Test needed")}
    by = "&by=point" if by_point else ""
    return [
        Tab(name, f"?show={cut}{by}#questions", cut == show, len(shown_rows(overview, cut)))
        for cut, name in words.items()
    ]


def group_steps(
    request: PersonRequest, mapping: Mapping, overview: Overview, here: Covered
) -> list[Step]:
    """Return the questions of the group that `here` belongs to, as steps beside the page."""
    group = next(each for each in overview.groups if here in each.rows)
    to = doors.addresses(request, "question", "question", pk=mapping.pk)
    return [
        Step(
            f"{row.question.code} {row.question.short}",
            "now" if row is here else "later" if row.is_gap else "done",
            to(row.question.id),
            mark=row.question.code,
        )
        for row in group.rows
    ]
