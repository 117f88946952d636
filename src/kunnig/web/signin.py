"""How a person arrives: with the assignments that every page and every policy will ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import ModelBackend
from django.db.models import Prefetch

from kunnig.organisations.models import Assignment
from kunnig.people.models import Person

if TYPE_CHECKING:
    from uuid import UUID


class PersonBackend(ModelBackend):
    """Fetch the signed-in person together with their assignments, once per request."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Return the person behind the session, if still active."""
        person = (
            Person.objects.prefetch_related(
                Prefetch("assignments", Assignment.objects.select_related("organisation__parent"))
            )
            .filter(pk=user_id)
            .first()
        )
        return person if person is not None and self.user_can_authenticate(person) else None
