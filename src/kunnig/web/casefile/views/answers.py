"""Keeping answers while they are written: the road of the page's script, one JSON each way."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, interview, queries
from kunnig.mapping.actions import Result
from kunnig.web.casefile import doors, wire
from kunnig.web.casefile.reading import reference_options
from kunnig.web.http import held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.mapping.actions import Outcome
    from kunnig.web.casefile.leaf import Option
    from kunnig.web.http import PersonRequest


@require_POST
def answers(request: PersonRequest, pk: UUID) -> JsonResponse:
    """Keep some answers, each with its outcome; one that came before is answered again."""
    mapping = held(doors.mappings(request), pk)
    try:
        given = wire.given_in(request.body)
    except wire.OtherFormError as fault:
        return refusal(HTTPStatus.BAD_REQUEST, str(fault))
    except wire.MalformedError as fault:
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(fault))
    try:
        outcomes = actions.answer(
            mapping_id=mapping.pk, given=given, by=request.user, at=request.at
        )
    except Refused as refused:
        return refusal(HTTPStatus.CONFLICT, str(refused))
    sheet = queries.sheet_of(mapping, paths={each.path for each in given})
    options = options_for(mapping.case, outcomes)
    answered = wire.Answered(outcomes, sheet, request.at, options)
    return JsonResponse(answered.as_sent())


def refusal(status: HTTPStatus, reason: str) -> JsonResponse:
    """Say why nothing of it was taken."""
    return JsonResponse({"v": wire.FORM, "reason": reason}, status=status)


def options_for(case: Case, outcomes: Sequence[Outcome]) -> dict[str, tuple[Option, ...]]:
    """Return the names of what is referred to, where a conflict needs them to be read."""
    needs_names = any(
        outcome.result is Result.CONFLICT
        and (ask := interview.ask_at(outcome.path)) is not None
        and ask.shape is interview.Shape.REFERENCES
        for outcome in outcomes
    )
    return reference_options(case) if needs_names else {}
