"""The square of black and white that a camera reads an address from: a QR code, as SVG."""

from __future__ import annotations

import re

import segno

# One mask for all: to try each of the eight takes longer than to set a page, and a camera reads
# any of them.
MASK = 3
_DARK = re.compile(rb"\x01+")


def drawn(address: str) -> str:
    """Return the square of an address, drawn as one path with its dark stretches row by row."""
    matrix = segno.make(address, error="m", mask=MASK, micro=False).matrix
    path = "".join(
        f"M{dark.start()} {row}h{dark.end() - dark.start()}v1H{dark.start()}z"
        for row, cells in enumerate(matrix)
        for dark in _DARK.finditer(cells)
    )
    side = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#000" d="{path}"/></svg>'
    )
