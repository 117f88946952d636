"""What is known of stored bytes; the bytes lie on disk, under their hash."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kunnig.files.states import LONGEST_NAME, FileKind
from kunnig.people.models import Person


class StoredFile(models.Model):
    """One file that a person was given or made, as it is kept: rewritten, and without places.

    `name` is what it was called, cleaned; the ending is that of its kind. The same bytes sent
    twice are two rows over one file on disk.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind.choices)
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    taken_in_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="files_by_what_they_hold")]
        constraints = [
            models.CheckConstraint(
                name="file_kind_is_known", condition=Q(kind__in=FileKind.values)
            ),
            models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="file_has_a_whole_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="file_of_a_picture_says_how_large",
                condition=Q(kind=FileKind.PDF, width__isnull=True, height__isnull=True)
                | Q(
                    kind__in=[FileKind.JPEG, FileKind.PNG],
                    width__isnull=False,
                    height__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of(self) -> FileKind:
        """What kind it is."""
        return FileKind(self.kind)
