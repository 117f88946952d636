"""The house's own icons, drawn in one file and shown beside a word."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHEET = "kunnig/icons.svg"


@lru_cache(maxsize=128)
def icon_svg(name: str, *, flip: bool = False) -> SafeString:
    """Return one icon as SVG, hidden from screen readers; `flip` turns arrows with the text.

    Kept once drawn: a page shows dozens of them, and where the sheet lies never changes.
    """
    turned = mark_safe(" data-flip") if flip else ""
    return format_html(
        '<svg class="k-icon" aria-hidden="true"{}><use href="{}#{}"/></svg>',
        turned,
        static(SHEET),
        name,
    )
