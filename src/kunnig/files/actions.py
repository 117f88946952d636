"""What changes stored files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kunnig.files import wires
from kunnig.files.models import StoredFile

if TYPE_CHECKING:
    from datetime import datetime

    from kunnig.files.formats import Cleaned
    from kunnig.people.models import Person

# Between its bytes and its row, a file is nobody's for as long as a transaction takes.
SPARED = timedelta(days=1)


@transaction.atomic
def take_in(*, cleaned: Cleaned, person: Person, by: Person, at: datetime) -> StoredFile:
    """Keep a file of `person`, its bytes first; whoever ties it to something leaves the line.

    If the transaction around it fails, there is no row, and `sweep` takes the bytes.
    """
    return StoredFile.objects.create(
        person=person,
        sha256=wires.write(cleaned.content),
        kind=cleaned.kind,
        size=len(cleaned.content),
        width=cleaned.width,
        height=cleaned.height,
        name=cleaned.name,
        taken_in_by=by,
        taken_in_at=at,
    )


def sweep(*, at: datetime) -> int:
    """Take away bytes that no row tells of, older than a day; return how many files that were."""
    before = at - SPARED
    old = list(wires.written_before(before))
    told = set(
        StoredFile.objects.filter(sha256__in=[file.name for file in old]).values_list(
            "sha256", flat=True
        )
    )
    return sum(wires.remove(file, written_before=before) for file in old if file.name not in told)
