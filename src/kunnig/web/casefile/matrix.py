"""The rows of the coverage matrix, drawn without a template for each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kunnig.mapping.states import Basis
from kunnig.web.components.marks import have, level, meter, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kunnig.mapping.queries import Covered
    from kunnig.web.casefile.covering import Group, Row

ROW = (
    '<tr role="row"{{}}><th scope="row" role="rowheader">'
    '<a href="{{}}">{{}} <span lang="{{}}">{{}}</span></a></th>'
    '<td role="cell" data-label="{}">{{}}</td><td role="cell" data-label="{}">{{}}</td>'
    '<td role="cell" data-label="{}">{{}}</td><td role="cell" data-label="{}">{{}}</td></tr>'
)


def matrix_rows(rows: Sequence[Row]) -> SafeString:
    """Return the rows of some questions: every cell has a word or a number."""
    cells = Cells()
    # The heads are the same in every row: they are written into it once.
    heads = (_("Own estimate"), _("Told"), _("Evidence"), _("Can be assessed"))
    pattern = format_html(ROW, *heads)
    gap, none = SafeString(" data-gap"), SafeString()
    return format_html_join(
        "",
        pattern,
        (
            (
                gap if row.covered.is_gap else none,
                row.url,
                row.covered.question.code,
                row.covered.question.short_language,
                row.covered.question.short,
                cells.estimate(row),
                cells.told(row.covered),
                cells.evidence(row.covered),
                cells.basis(row.covered),
            )
            for row in rows
        ),
    )


def tiles(groups: Sequence[Group], level: int, page: str) -> SafeString:
    """Return the tasks of a trade, each with how much of it can be assessed.

    Their headings are of `level`; `page` leads to where their questions are listed.
    """
    heading = f"h{level}"
    return format_html_join(
        "",
        '<li class="k-stack" data-gap="sm">'
        '<{0}><a href="{1}#{2}">{4}. <span lang="{3}">{5}</span></a></{0}>{6}'
        '<p class="k-small k-soft">{7}</p></li>',
        (
            (
                heading,
                page,
                each.anchor,
                each.group.language,
                each.group.code,
                each.group.title,
                meter(each.group.assessable, each.tests, each.total),
                _("%(assessable)s of %(total)s can be assessed")
                % {"assessable": each.group.assessable, "total": each.total},
            )
            for each in groups
        ),
    )


class Cells:
    """Draws the cells of one table; the few there are of each kind are drawn once."""

    def __init__(self) -> None:
        self.drawn: dict[object, SafeString] = {}

    def _once(self, key: object, draw: Callable[[], SafeString]) -> SafeString:
        if key not in self.drawn:
            self.drawn[key] = draw()
        return self.drawn[key]

    def estimate(self, row: Row) -> SafeString:
        """Return what the person says of their own ability."""
        if not row.estimate:
            return self._once("not asked", lambda: missing(_("Not asked")))
        return self._once(row.covered.estimate, lambda: level(row.rank, row.estimate))

    def told(self, covered: Covered) -> SafeString:
        """Return whether the person has told what they did, and whether it is in Swedish."""
        if covered.lacks_rendering:
            return self._once("not in Swedish", lambda: missing(_("Not in Swedish")))
        return self._yes() if covered.is_told else self._missing()

    def evidence(self, covered: Covered) -> SafeString:
        """Return how many pieces of evidence support it."""
        count = covered.evidence
        if not count:
            return self._missing()
        return self._once(count, lambda: have(str(count), unit=_("pieces of evidence")))

    def basis(self, covered: Covered) -> SafeString:
        """Return what the mapper has concluded."""
        if covered.basis is Basis.ASSESSABLE:
            return self._yes()
        if covered.basis is Basis.TEST_NEEDED:
            return self._once("test", lambda: have(_("Test needed"), icon="test"))
        if covered.basis is Basis.NO_BASIS:
            return self._once("no basis", lambda: missing(_("No basis")))
        return self._once("not yet", lambda: missing(_("Not yet")))

    def _yes(self) -> SafeString:
        return self._once("yes", lambda: have(_("Yes")))

    def _missing(self) -> SafeString:
        return self._once("missing", missing)


def legend(levels: Sequence[tuple[int, str]]) -> SafeString:
    """Return what the rings mean."""
    items = format_html_join("", "<li>{}</li>", ((level(rank, words),) for rank, words in levels))
    return format_html('<ul class="k-legend">{}</ul>', items)
