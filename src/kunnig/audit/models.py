"""The trail: who did or read what, when. No foreign keys, so nothing living can be held by it."""

from __future__ import annotations

from uuid import UUID

from django.db import models

# The actor of what somebody does whom nobody knows, such as who holds the code of a paper.
OUTSIDER = str(UUID(int=0))


def label_of(record: models.Model) -> str:
    """Return the name by which the trail knows a record."""
    return f"{record._meta.label_lower}:{record.pk}"


class Entry(models.Model):
    """One thing that happened to one record, and who made it happen.

    `target` and `file` are `label:key` of the record and of the case it belongs to (or empty);
    `about` and `actor` are keys of persons. Names are looked up when a line is shown.
    """

    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=80)
    file = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=40)
    # In which role, where somebody may hold several and it matters: to give roles and ways in.
    capacity = models.CharField(max_length=80, blank=True)
    is_reading = models.BooleanField(default=False)
    happened_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-happened_at"], name="trail_of_one_person"),
            models.Index(fields=["file", "-happened_at"], name="trail_of_one_case"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d} {self.actor} {self.verb} {self.target}"
