"""Sentences: a criterion is one, and keeps its emphasis when its paragraph is taken apart."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from kunnig.standards.formats.markup import Run, written

if TYPE_CHECKING:
    from collections.abc import Sequence

# After these a capital does not begin a sentence.
_ABBREVIATIONS = ("t.ex.", "bl.a.", "dvs.", "s.k.", "ca.", "resp.", "inkl.", "exkl.", "kap.")
_END = re.compile(r"(?<=[.!?])\s+(?=[\"”»(]?[A-ZÅÄÖ0-9])")


def sentences(runs: Sequence[Run]) -> list[str]:
    """Return the sentences of one paragraph as markup, in order."""
    whole = "".join(run.text for run in runs)
    ends = [
        found.start()
        for found in _END.finditer(whole)
        if not whole[: found.start()].endswith(_ABBREVIATIONS)
    ]
    if not ends:
        return [written(runs)]
    bounds = [0, *ends, len(whole)]
    parts = (written(_between(runs, start, end)) for start, end in itertools.pairwise(bounds))
    return [part for part in parts if part]


def _between(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    cut: list[Run] = []
    at = 0
    for run in runs:
        if at >= end:
            break
        text = run.text[max(0, start - at) : end - at]
        if text:
            cut.append(Run(text, run.is_strong))
        at += len(run.text)
    return cut
