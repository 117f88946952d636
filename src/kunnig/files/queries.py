"""Reading stored files. Which of them somebody may see is for the rooms that hold them to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.files import wires

if TYPE_CHECKING:
    from kunnig.files.models import StoredFile


def content_of(stored: StoredFile) -> bytes:
    """Return what a file holds, once it is found to be what was stored."""
    return wires.read(stored.sha256)
