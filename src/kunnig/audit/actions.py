"""Writing the trail. It stands under all other rooms and knows rows by label and key only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.audit.models import OUTSIDER, Entry, label_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model


def record(
    *,
    verb: str,
    target: Model,
    by: Model,
    at: datetime,
    about: Model | None = None,
    file: Model | str | None = None,
    capacity: str = "",
) -> Entry:
    """Add one line to the trail: of the case `file`, and of the person whom it is `about`.

    A room that lies under the cases has the label of one, not the case.
    """
    return Entry.objects.create(
        verb=verb,
        target=label_of(target),
        file=_label(file),
        about="" if about is None else str(about.pk),
        actor=str(by.pk),
        capacity=capacity,
        happened_at=at,
    )


def _label(file: Model | str | None) -> str:
    if file is None or isinstance(file, str):
        return file or ""
    return label_of(file)


def record_reading(
    *, of: Model, about: Model, by: Model, at: datetime, file: Model | None = None
) -> Entry | None:
    """Note that someone opened what another person's file holds; one's own reading is not noted."""
    if by.pk == about.pk:
        return None
    return Entry.objects.create(
        verb=f"{of._meta.model_name}.read",
        target=label_of(of),
        file="" if file is None else label_of(file),
        about=str(about.pk),
        actor=str(by.pk),
        is_reading=True,
        happened_at=at,
    )


def record_reading_by_code(
    *,
    verb: str,
    of: Model,
    about: Model,
    at: datetime,
    by: Model | None = None,
    file: Model | None = None,
) -> Entry:
    """Note that somebody read what the person let them read: `by`, or whom nobody knows."""
    return Entry.objects.create(
        verb=verb,
        target=label_of(of),
        file="" if file is None else label_of(file),
        about=str(about.pk),
        actor=OUTSIDER if by is None else str(by.pk),
        is_reading=True,
        happened_at=at,
    )
