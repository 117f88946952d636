"""Logos for the demo county: rings as of a felled tree and two letters, nobody's coat of arms."""

from __future__ import annotations

import colorsys
from math import cos, pi, sin

SIZE = 96
_CORNERS = 24
_STEPS = 0.381966  # the golden part of a turn: neighbours in the list get unlike colours


def drawn(number: int, letters: str) -> str:
    """Return the logo of the organisation with this number in the county, as SVG."""
    colour = _colour(number)
    rings = "".join(
        f'<path d="{_ring(number, radius)}" fill="none" stroke="#fff" stroke-opacity="0.55" '
        'stroke-width="1.6"/>'
        for radius in (40, 34, 28)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<path d="{_ring(number, 46)}" fill="{colour}"/>{rings}'
        f'<text x="{SIZE // 2}" y="{SIZE // 2 + 10}" font-family="Hanken Grotesk, sans-serif" '
        f'font-size="28" font-weight="700" fill="#fff" text-anchor="middle">{letters}</text></svg>'
    )


def _ring(number: int, radius: float) -> str:
    """Return a closed line that is nearly a circle, as a tree grows them."""
    corners = []
    for step in range(_CORNERS):
        turn = 2 * pi * step / _CORNERS
        grown = radius * (1 + 0.025 * sin(2 * turn + number) + 0.015 * cos(3 * turn - number))
        corners.append(f"{SIZE / 2 + grown * cos(turn):.1f} {SIZE / 2 + grown * sin(turn):.1f}")
    return "M" + "L".join(corners) + "Z"


def _colour(number: int) -> str:
    """Return a colour dark enough for white letters."""
    red, green, blue = colorsys.hls_to_rgb(number * _STEPS % 1, 0.28, 0.5)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
