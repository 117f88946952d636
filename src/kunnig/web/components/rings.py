"""Rings as a tree grows them: never quite round, never quite centred, no two stems alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

POINTS = 12
FLATTEST = 0.035  # how far from round a ring may be, as a part of its radius
DRIFT = 0.03  # how far the stem's centre moves from its core, as a part of the radius

PATH = "M%.1f %.1f" + "C%.1f %.1f %.1f %.1f %.1f %.1f" * POINTS + "Z"


@dataclass(frozen=True, slots=True)
class Stem:
    """Everything that makes one person's rings their own, drawn once from a number."""

    phases: tuple[float, float, float]
    leaning: float
    steps: tuple[float, ...]

    @classmethod
    def of(cls, number: int, rings: int) -> Stem:
        """Return the stem that `number` always gives, with room for so many rings."""
        chance = Random(number)  # noqa: S311 -- a drawing, not a secret
        turns = tuple(chance.uniform(0, math.tau) for _each in range(4))
        steps = tuple(chance.uniform(0.75, 1.25) for _each in range(rings))
        return cls((turns[0], turns[1], turns[2]), turns[3], steps)

    def outline(self) -> list[float]:
        """Return the curve of the ring of radius 1 as numbers: all rings are larger or smaller.

        First where the curve begins, then three points for each of its pieces.
        """
        x, y = DRIFT * math.cos(self.leaning), DRIFT * math.sin(self.leaning)
        dots = []
        for point in range(POINTS):
            turn = math.tau * point / POINTS
            bend = sum(
                math.sin(waves * turn + phase) / waves
                for waves, phase in zip((2, 3, 5), self.phases, strict=True)
            )
            reach = 1 + FLATTEST * bend
            dots.append((x + reach * math.cos(turn), y + reach * math.sin(turn)))
        return smooth(dots)


def smooth(dots: list[tuple[float, float]]) -> list[float]:
    """Return a closed curve through all dots (Catmull-Rom, as the numbers of cubic Béziers)."""
    count = len(dots)
    numbers = [*dots[0]]
    for here in range(count):
        before, start = dots[here - 1], dots[here]
        end, after = dots[(here + 1) % count], dots[(here + 2) % count]
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        numbers += [*first, *second, *end]
    return numbers


def rings(number: int, count: int, *, core: float, outermost: float, middle: float) -> list[str]:
    """Return `count` rings as SVG paths, from inside out, always the same for one number."""
    stem = Stem.of(number, count)
    outline = stem.outline()
    whole = sum(stem.steps) or 1.0
    grown, paths = 0.0, []
    for step in stem.steps:
        grown += step
        radius = core + (outermost - core) * grown / whole
        paths.append(PATH % tuple([middle + radius * unit for unit in outline]))
    return paths
