"""Tags that the page around every page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kunnig.kernel.languages import written_in
from kunnig.kernel.text import comma
from kunnig.web.layout import icons

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()
register.simple_tag(comma)
register.filter(written_in)


@register.simple_tag
def icon(name: str, *, flip: bool = False) -> SafeString:
    """Render an icon of icons.svg: `{% icon "arrow" flip=True %}`. Always beside a word."""
    return icons.icon_svg(name, flip=flip)
