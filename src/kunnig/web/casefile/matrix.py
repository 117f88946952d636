"""The rows of the coverage matrix, drawn without a template for each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kunnig.mapping.states import Basis
from kunnig.web.components.marks import have, level, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunnig.mapping.queries import Covered
    from kunnig.web.casefile.covering import Row

ROW = (
    '<tr role="row"{}><th scope="row" role="rowheader">'
    '<a href="{}">{} <span lang="{}">{}</span></a></th>'
    '<td role="cell" data-label="{}">{}</td><td role="cell" data-label="{}">{}</td>'
    '<td role="cell" data-label="{}">{}</td><td role="cell" data-label="{}">{}</td></tr>'
)


def matrix_rows(rows: Sequence[Row]) -> SafeString:
    """Return the rows of some questions: every cell has a word or a number."""
    heads = (_("Own estimate"), _("Told"), _("Evidence"), _("Can be assessed"))
    gap, none = SafeString(" data-gap"), SafeString()
    return format_html_join(
        "",
        ROW,
        (
            (
                gap if row.covered.is_gap else none,
                row.url,
                row.covered.question.code,
                row.covered.question.short_language,
                row.covered.question.short,
                heads[0],
                estimate_cell(row),
                heads[1],
                told_cell(row.covered),
                heads[2],
                evidence_cell(row.covered),
                heads[3],
                basis_cell(row.covered),
            )
            for row in rows
        ),
    )


def estimate_cell(row: Row) -> SafeString:
    """Return what the person says of their own ability."""
    return level(row.rank, row.estimate) if row.estimate else missing(_("Not asked"))


def told_cell(covered: Covered) -> SafeString:
    """Return whether the person has told what they did, and whether it is in Swedish."""
    if covered.lacks_rendering:
        return missing(_("Not in Swedish"))
    return have(_("Yes")) if covered.is_told else missing()


def evidence_cell(covered: Covered) -> SafeString:
    """Return how many pieces of evidence support it."""
    if not covered.evidence:
        return missing()
    return have(str(covered.evidence), unit=_("pieces of evidence"))


def basis_cell(covered: Covered) -> SafeString:
    """Return what the mapper has concluded."""
    if covered.basis is Basis.ASSESSABLE:
        return have(_("Yes"))
    if covered.basis is Basis.TEST_NEEDED:
        return have(_("Test needed"), icon="test")
    return missing(_("No basis") if covered.basis is Basis.NO_BASIS else _("Not yet"))


def join_facts(*facts: str) -> SafeString:
    """Return the facts that are known, one after another; each keeps its own direction."""
    return format_html_join(", ", "<bdi>{}</bdi>", ((fact,) for fact in facts if fact))


def legend(levels: Sequence[tuple[int, str]]) -> SafeString:
    """Return what the rings mean."""
    items = format_html_join("", "<li>{}</li>", ((level(rank, words),) for rank, words in levels))
    return format_html('<ul class="k-legend">{}</ul>', items)
