"""The National Agency's Syllabus API, asked for one subject at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from http.client import HTTPResponse

# The largest syllabus of the agency is a third of a megabyte.
MOST_BYTES = 8 * 1024 * 1024


class Unanswered(Exception):  # noqa: N818 -- reads as the sentence it is
    """The service gave no answer that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class SyllabusService:
    """The service at one address (`…/syllabus`)."""

    address: str
    timeout_seconds: float = 30

    def address_of(self, code: str) -> str:
        """Return where the subject of this code is asked for."""
        return f"{self.address}/v1/subjects/{quote(code, safe='')}"

    def subject(self, code: str) -> bytes:
        """Return the answer about one subject, as it came; raises `Unanswered`."""
        where = self.address_of(code)
        if urlsplit(where).scheme not in {"http", "https"}:
            raise Unanswered("the address is not one of the web")
        request = Request(where, headers={"Accept": "application/json"})  # noqa: S310 -- checked above
        try:
            with urlopen(request, timeout=self.timeout_seconds) as answer:  # noqa: S310 -- likewise
                return _bounded(answer)
        except HTTPError as refusal:
            raise Unanswered(_said(refusal)) from refusal
        except URLError as fault:
            raise Unanswered(f"does not answer: {fault.reason}") from fault
        except (OSError, HTTPException) as fault:
            raise Unanswered(f"broke off: {fault}") from fault


def _bounded(answer: HTTPResponse) -> bytes:
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Unanswered(f"answered with more than {MOST_BYTES} bytes")
    if answer.length:
        raise Unanswered(f"broke off, {answer.length} bytes early")
    return body


def _said(refusal: HTTPError) -> str:
    """Return the status and, where the service gives one, its own message."""
    try:
        said = json.loads(refusal.read(MOST_BYTES)).get("message", "")
    except (ValueError, AttributeError, OSError):
        said = ""
    return f"answered {refusal.code}: {said or refusal.reason}"
