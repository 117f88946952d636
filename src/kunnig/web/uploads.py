"""Uploads end where the largest file that is taken does: what follows is not stored anywhere."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from kunnig.files.states import LARGEST


class NoLargerThanTaken(FileUploadHandler):
    """Hands on what is sent until it is larger than is taken: enough to see that it is too big."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Return a piece for the handlers after this one, or nothing."""
        return None if start > LARGEST else raw_data

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002 -- Django's signature
        """Leave it to the handlers after this one to make a file of it."""
        return None
