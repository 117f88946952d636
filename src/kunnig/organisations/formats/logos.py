"""Logos: drawings in SVG that stand on pages and papers, and so must do nothing but be seen."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

LONGEST_LOGO = 40_000
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    _SVG + name
    for name in (
        "svg", "title", "desc", "g", "path", "circle", "ellipse", "rect", "line", "polyline",
        "polygon", "text", "defs", "linearGradient", "radialGradient", "stop", "clipPath",
    )
)  # fmt: skip
# Nothing that runs (on…), is fetched (href, url() elsewhere) or restyles a page (style, class).
_FORBIDDEN = re.compile(r"on.*|.*href|style|class|\{.*", re.IGNORECASE)
_ELSEWHERE = re.compile(r"url\((?!#)|[a-z]+:", re.IGNORECASE)


def is_plain_drawing(svg: str) -> bool:
    """Say whether `svg` is one drawing of shapes, colours and words about itself."""
    if len(svg) > LONGEST_LOGO or "<!" in svg or "<?" in svg:
        return False
    try:
        root = ET.fromstring(svg)  # noqa: S314 -- without declarations there are no entities
    except ET.ParseError:
        return False
    return root.tag == _SVG + "svg" and all(_only_draws(element) for element in root.iter())


def _only_draws(element: ET.Element) -> bool:
    return element.tag in _SHAPES and not any(
        _FORBIDDEN.fullmatch(name) or _ELSEWHERE.search(value)
        for name, value in element.attrib.items()
    )
