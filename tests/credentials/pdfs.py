"""Papers that are not in any database, and the words of a PDF as a reader finds them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

from kunnig.credentials.formats import pdf
from kunnig.credentials.formats.snapshot import InDepthSnapshot, as_json, hashed
from kunnig.credentials.models import Paper
from kunnig.credentials.states import PaperKind
from tests.credentials import samples
from tests.machine import needs

CODE = "KQ7XM4PDB2C3D4F5G6H7"


def paper(whole, **changes):
    """Return a paper that says `whole`."""
    stored = as_json(whole)
    is_in_depth = isinstance(whole, InDepthSnapshot)
    fields = {
        "kind": PaperKind.IN_DEPTH if is_in_depth else PaperKind.INITIAL,
        "number": "2026-XKQ7M",
        "code": CODE,
        "snapshot": stored,
        "content_hash": hashed(stored),
        "template_version": pdf.TEMPLATE_VERSION,
        "law_version": "2025-09",
        "issued_at": samples.NOON,
    }
    return Paper(**{**fields, **changes})


def printed(whole, **changes):
    return pdf.printed(paper(whole, **changes))


def framed(whole, **changes):
    """Return the same with another frame around it."""
    return replace(whole, frame=replace(whole.frame, **changes))


def words_of(made):
    """Return the words of a PDF in their order, each line and run of spaces as one space."""
    return " ".join(pages_of(made))


def pages_of(made):
    """Return the words of each page of a PDF, as far as they lie on the paper."""
    needs("pdftotext", packages="poppler-utils", present=shutil.which("pdftotext"))
    on_the_paper = ["-x", "0", "-y", "0", "-W", "595", "-H", "842"]
    told = subprocess.run(
        ["pdftotext", *on_the_paper, "-", "-"], input=made, capture_output=True, check=True
    )
    return [" ".join(page.split()) for page in told.stdout.decode().split("\f")[:-1]]
