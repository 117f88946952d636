"""What a change does to an approval, said once it has been done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from kunnig.mapping import queries
from kunnig.mapping.states import MappingState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunnig.cases.models import Case
    from kunnig.mapping.models import Mapping
    from kunnig.web.http import PersonRequest


def tell_if_taken_back(request: PersonRequest, mapping: Mapping) -> None:
    """Say that an approval was taken back, where `mapping` had it before the act."""
    if mapping.state != MappingState.APPROVED:
        return
    mapping.refresh_from_db(fields=["state"])
    if mapping.state == MappingState.APPROVED:
        return
    if request.user == mapping.case.person:
        words = _("You had approved this. What you changed took the approval back: approve again.")
        messages.warning(request, words)
    else:
        words = _(
            "%(name)s had approved this. What you changed took the approval back: "
            "ask for it again when you are done."
        )
        messages.warning(request, words % {"name": mapping.case.person.called})


def approved_in(case: Case) -> list[Mapping]:
    """Return the mappings of a case that are approved, to tell of afterwards."""
    approved = list(queries.approved_in(case))
    for each in approved:
        each.case = case
    return approved


def tell_each_taken_back(request: PersonRequest, approved: Iterable[Mapping]) -> None:
    """Say of each that was approved before the act whether the approval was taken back."""
    for mapping in approved:
        tell_if_taken_back(request, mapping)
