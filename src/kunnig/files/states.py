"""Kinds of files that are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What is stored; HEIC is stored as JPEG."""

    JPEG = "jpeg", _("Photo (JPEG)")
    PNG = "png", _("Picture (PNG)")
    PDF = "pdf", _("Document (PDF)")

    @property
    def is_picture(self) -> bool:
        """Say whether it is shown on a page, rather than opened from one."""
        return self is not FileKind.PDF


# How files of each kind are named and told to a browser: from here, never from who sent them.
ENDINGS = {FileKind.JPEG: "jpg", FileKind.PNG: "png", FileKind.PDF: "pdf"}
MEDIA_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.PDF: "application/pdf",
}
LARGEST = 25 * 1024 * 1024  # bytes, of what is sent
LARGEST_IN_WORDS = "25 MB"
LONGEST_NAME = 80  # characters
