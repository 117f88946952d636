"""Keeping answers while they are written: the road of the page's script, one JSON each way."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions, interview
from kunnig.mapping.actions import Result
from kunnig.web.casefile import doors, wire
from kunnig.web.casefile.reading import reference_options
from kunnig.web.http import held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kunnig.mapping.actions import Outcome
    from kunnig.web.casefile.leaf import Option
    from kunnig.web.http import PersonRequest


@require_POST
def answers(request: PersonRequest, pk: UUID) -> JsonResponse:
    """Keep some answers, each with its outcome; one that came before is answered again.

    This is asked at every pause in somebody's writing, so the door is opened only where something
    is refused, to tell what is refused from what is not there. Until then the action's own policy
    guards: whoever may write in a mapping may open it (a test holds the two together).
    """
    try:
        given = wire.given_in(request.body)
        outcomes = actions.answer(mapping_id=pk, given=given, by=request.user, at=request.at)
    except wire.OtherFormError as fault:
        return refusal(request, pk, HTTPStatus.BAD_REQUEST, str(fault))
    except wire.MalformedError as fault:
        return refusal(request, pk, HTTPStatus.UNPROCESSABLE_ENTITY, str(fault))
    except Refused as refused:
        return refusal(request, pk, HTTPStatus.CONFLICT, str(refused))
    except ObjectDoesNotExist as nothing:
        raise Http404 from nothing
    answered = wire.Answered(outcomes, request.at, options_for(request, pk, outcomes))
    return JsonResponse(answered.as_sent())


def refusal(request: PersonRequest, pk: UUID, status: HTTPStatus, reason: str) -> JsonResponse:
    """Say why nothing of it was taken; to those who may not open the mapping, that it is not."""
    held(doors.mappings(request), pk)
    return JsonResponse({"v": wire.FORM, "reason": reason}, status=status)


def options_for(
    request: PersonRequest, pk: UUID, outcomes: Sequence[Outcome]
) -> dict[str, tuple[Option, ...]]:
    """Return the names of what is referred to, where a conflict needs them to be read."""
    needs_names = any(
        outcome.result is Result.CONFLICT
        and (ask := interview.ask_at(outcome.path)) is not None
        and ask.shape is interview.Shape.REFERENCES
        for outcome in outcomes
    )
    return reference_options(held(doors.mappings(request), pk).case) if needs_names else {}
