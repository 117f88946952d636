"""The wire form of answers, number 1: what the script of a page sends, and what it is told back.

The number is raised when the form changes; what a device has kept unsent in the last form is
still read then.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from kunnig.kernel.text import isolated, listed
from kunnig.mapping import interview
from kunnig.mapping.actions import Given, Outcome, Result
from kunnig.mapping.interview import Shape
from kunnig.mapping.states import Side
from kunnig.web.casefile.drawing import all_saved_words, moment, saved_words
from kunnig.web.casefile.posting import as_kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kunnig.web.casefile.leaf import Option

FORM = 1
MOST_AT_ONCE = 100
LONGEST_PATH = 120
LARGEST_VERSION = 2**31 - 1  # what the column holds
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})?")


class MalformedError(ValueError):
    """What was sent is not the wire form; the message says where."""


class OtherFormError(ValueError):
    """What was sent is of a form that is not read here."""


def given_in(body: bytes) -> list[Given]:
    """Return the answers that a body holds. Raises `OtherFormError` and `MalformedError`."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise OtherFormError(_("This is not JSON.")) from fault
    number = sent.get("v") if isinstance(sent, dict) else None
    if isinstance(number, bool) or number != FORM:
        raise OtherFormError(_("This page is from another version of the service. Load it again."))
    given = sent.get("given")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_AT_ONCE:
        raise MalformedError(_("There must be between one and a hundred answers."))
    return [_given(each) for each in given]


def _given(sent: Any) -> Given:
    if not isinstance(sent, dict):
        raise MalformedError(_("An answer is not an object."))
    try:
        return Given(
            operation=UUID(_text(sent, "operation")),
            author=UUID(_text(sent, "author")),
            path=_path(sent),
            side=Side(_text(sent, "side")),
            base=_base(sent),
            text=as_kept(_text(sent, "text")),
            language=_language(sent),
            device_at=_moment(sent),
        )
    except MalformedError:
        raise
    except ValueError as fault:
        raise MalformedError(str(fault)) from fault


def _text(sent: Mapping[str, Any], name: str) -> str:
    """Return a text that can be written as UTF-8: half a character cannot."""
    text = sent.get(name)
    if not isinstance(text, str):
        raise MalformedError(_("“%(name)s” is missing.") % {"name": name})
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise MalformedError(_("“%(name)s” holds half a character.") % {"name": name}) from fault
    return text


def _path(sent: Mapping[str, Any]) -> str:
    path = _text(sent, "path")
    if len(path) > LONGEST_PATH or "\x00" in path:
        raise MalformedError(_("There is no such question."))
    return path


def _base(sent: Mapping[str, Any]) -> int:
    base = sent.get("base")
    if isinstance(base, bool) or not isinstance(base, int) or not 0 <= base <= LARGEST_VERSION:
        raise MalformedError(_("“%(name)s” is missing.") % {"name": "base"})
    return base


def _language(sent: Mapping[str, Any]) -> str:
    language = _text(sent, "language")
    if not _LANGUAGE.fullmatch(language):
        raise MalformedError(_("“%(name)s” is missing.") % {"name": "language"})
    return language


def _moment(sent: Mapping[str, Any]) -> datetime | None:
    """Return the device's own time; a device whose clock is wrong is believed about its text."""
    text = sent.get("device_at")
    at = parse_datetime(text) if isinstance(text, str) else None
    return at if at is not None and is_aware(at) else None


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of some answers, with the words that the page shows for it."""

    outcomes: Sequence[Outcome]
    at: datetime
    options: Mapping[str, Sequence[Option]]

    def as_sent(self) -> dict[str, Any]:
        """Return it in the wire form."""
        return {
            "v": FORM,
            "all": all_saved_words(self.at, self.at),
            "outcomes": [self._outcome(outcome) for outcome in self.outcomes],
        }

    def _outcome(self, outcome: Outcome) -> dict[str, Any]:
        said: dict[str, Any] = {
            "operation": str(outcome.operation),
            "path": outcome.path,
            "side": outcome.side,
            "result": outcome.result,
            "version": outcome.version,
        }
        match outcome.result:
            case Result.SAVED:
                said["said"] = saved_words(outcome.at or self.at, self.at)
                said["language"] = outcome.language
                said["lacks_rendering"] = outcome.renders_older
            case Result.CONFLICT:
                said |= self._conflict(outcome)
            case Result.REFUSED:
                said["reason"] = str(outcome.reason)
        return said

    def _conflict(self, outcome: Outcome) -> dict[str, Any]:
        when = moment(outcome.at, self.at) if outcome.at is not None else ""
        return {
            "theirs": outcome.theirs,
            "shown": self._shown(outcome),
            "by": outcome.by_name,
            "whose": _("The text of %(name)s, %(time)s")
            % {
                "name": isolated(outcome.by_name),
                "time": when,
            },
        }

    def _shown(self, outcome: Outcome) -> str:
        """Return the other text as a person reads it: of a choice, the words of what was chosen."""
        ask = interview.ask_at(outcome.path)
        if ask is None or ask.shape in {Shape.TEXT, Shape.LINE, Shape.WHEN}:
            return outcome.theirs
        words = dict(ask.choices) | {
            each.value: each.full for each in self.options.get(ask.code, ())
        }
        return listed(str(words.get(value, value)) for value in outcome.theirs.split())
