"""Papers as PDF: a pure function of the row, so that a paper of any age can be printed again.

Typst makes tagged PDF/UA-1 and PDF/A-2a in one, and refuses what would break them. The same row
gives the same bytes as long as Typst and the fonts are the same.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst
from django.utils import timezone

from kunnig.credentials.formats import letters, rings, square
from kunnig.credentials.formats.snapshot import (
    InDepthSnapshot,
    InitialSnapshot,
    Snapshot,
    newest,
    read,
)
from kunnig.credentials.states import PaperKind
from kunnig.kernel.languages import RIGHT_TO_LEFT
from kunnig.mapping.states import Basis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kunnig.credentials.models import Paper

# Raised when a template changes how a paper looks; the older folder stays for older papers.
TEMPLATE_VERSION = 1
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
TEMPLATES = Path(__file__).resolve().parent
SHAPES: Mapping[PaperKind, type[Snapshot]] = {
    PaperKind.INITIAL: InitialSnapshot,
    PaperKind.IN_DEPTH: InDepthSnapshot,
}

ASSESSABLE = Basis.ASSESSABLE.value
WITH_SOMETHING_TO_ASSESS = {ASSESSABLE, Basis.TEST_NEEDED.value}

# Typst would spread even a short paper over all cores, which costs more than it saves; and the
# others serve pages meanwhile.
os.environ.setdefault("RAYON_NUM_THREADS", "1")
_one_at_a_time = Lock()


def printed(paper: Paper) -> bytes:
    """Return the paper as a tagged PDF."""
    snapshot = read(SHAPES[paper.is_of], paper.snapshot)
    words = json.dumps(_words(paper, snapshot), ensure_ascii=False)
    with _one_at_a_time:
        made = _compiler(paper.template_version, paper.is_of).compile(
            format="pdf",
            sys_inputs={"paper": words},
            pdf_standards=STANDARDS,
            timestamp=int(paper.issued_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"Typst made no PDF of paper {paper.number}")
    # Without a last line end, a signature added later breaks PDF/A (6.1.9).
    return made + b"\n"


def address_of(paper: Paper, verify_at: str) -> str:
    """Return the address at which anyone can check the paper: what its square holds."""
    return f"{verify_at}{paper.code}/"


@cache
def _compiler(template_version: int, kind: PaperKind) -> typst.Compiler:
    folder = TEMPLATES / f"v{template_version}"
    return typst.Compiler(
        input=str(folder / f"{kind.value}.typ"), root=str(folder), font_paths=letters.fonts()
    )


def _words(paper: Paper, snapshot: Snapshot) -> dict[str, Any]:
    """Return all that the template needs, with nothing in it that cannot be printed."""
    printable: dict[str, Any] = letters.printable(newest(paper.snapshot))
    said = json.dumps(printable, ensure_ascii=False)
    printable["frame"]["issuer"]["logo_svg"] = snapshot.frame.issuer.logo_svg
    return {
        "has_lost_letters": letters.UNPRINTABLE in said,
        "number": paper.number,
        "code": paper.code_shown,
        "issued_on": timezone.localdate(paper.issued_at).isoformat(),
        "verify_at": snapshot.frame.verify_at,
        "verify_shown": snapshot.frame.verify_at.partition("://")[2].rstrip("/"),
        "qr": square.drawn(address_of(paper, snapshot.frame.verify_at)),
        "rings": rings.drawn(_rings(snapshot)),
        "fonts": letters.other_families(said),
        "from_the_right": sorted(RIGHT_TO_LEFT),
        "snapshot": printable,
    }


def _rings(snapshot: Snapshot) -> tuple[bool, ...]:
    """Return what has left a ring: what was done; or what can be assessed, broken before a test."""
    if isinstance(snapshot, InitialSnapshot):
        return tuple(True for field in snapshot.life for _ in field.entries)
    asked = (q for target in snapshot.targets for group in target.groups for q in group.questions)
    return tuple(q.basis == ASSESSABLE for q in asked if q.basis in WITH_SOMETHING_TO_ASSESS)
