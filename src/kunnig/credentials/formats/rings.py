"""The rings of the front page: one for each thing a person has done, as in a tree.

Drawn here and not in the template, because Typst takes ten times as long over the sines.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

INNERMOST = 8.0  # millimetres
WIDEST_STEP = 9.0
ROOM = 58.0
CORNERS = 16
WHOLE = 'stroke="#c3b8dd" stroke-width="0.25"'
BROKEN = 'stroke="#f3a23b" stroke-width="0.36" stroke-dasharray="1.4 1.05"'
_HALF = INNERMOST + ROOM + WIDEST_STEP
SIZE = 2 * _HALF

Dot = tuple[float, float]


@lru_cache(maxsize=256)
def drawn(whole: tuple[bool, ...]) -> str:
    """Return the rings as SVG, `SIZE` millimetres wide: True is a whole ring, False a broken."""
    step = min(WIDEST_STEP, ROOM / max(len(whole), 1))
    lines = [
        f'<path d="{_ring(INNERMOST + step * (n + 0.19 * sin(n * 130 * pi / 180)))}" '
        f"{WHOLE if is_whole else BROKEN}/>"
        for n, is_whole in enumerate(whole)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}mm" height="{SIZE}mm" '
        f'viewBox="{-_HALF} {-_HALF} {SIZE} {SIZE}"><g fill="none">{"".join(lines)}</g>'
        '<circle r="3.2" fill="#f3a23b"/></svg>'
    )


def _ring(radius: float) -> str:
    """Return one ring as a path: a circle as uneven as a grown one, smooth through its corners."""
    dots = [_dot(radius, number) for number in range(-1, CORNERS + 2)]
    curves = [
        _curve(before, start, end, after)
        for before, start, end, after in zip(dots, dots[1:], dots[2:], dots[3:], strict=False)
    ]
    return f"M{dots[1][0]:.2f} {dots[1][1]:.2f}{''.join(curves)}Z"


def _dot(radius: float, number: int) -> Dot:
    turn = 2 * pi * number / CORNERS
    uneven = 0.5 * sin(turn + 0.70) + 0.32 * sin(2 * turn + 1.75) + 0.16 * sin(3 * turn)
    reach = radius * (1 + 0.045 * uneven)
    return reach * cos(turn), reach * sin(turn)


def _curve(before: Dot, start: Dot, end: Dot, after: Dot) -> str:
    """Return the curve from `start` to `end` that goes on from and towards their neighbours."""
    leaving = _moved(start, end, before, 1 / 6)
    arriving = _moved(end, after, start, -1 / 6)
    return "C" + " ".join(f"{x:.2f} {y:.2f}" for x, y in (leaving, arriving, end))


def _moved(dot: Dot, ahead: Dot, behind: Dot, by: float) -> Dot:
    return dot[0] + (ahead[0] - behind[0]) * by, dot[1] + (ahead[1] - behind[1]) * by
