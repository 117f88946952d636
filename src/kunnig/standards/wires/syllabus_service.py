"""The National Agency's Syllabus API, asked for one subject at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from kunnig.standards.formats.checked import Fault, Unreadable
from kunnig.standards.formats.sources import MOST_BYTES, Source

if TYPE_CHECKING:
    from http.client import HTTPResponse


@dataclass(frozen=True, slots=True)
class SyllabusService:
    """The service at one address (`…/syllabus`); every failure is `Unreadable` and says why."""

    address: str
    timeout_seconds: float = 30

    def source(self, code: str) -> Source:
        """Return the subject of this code as a source; it is fetched when its turn comes."""
        where = f"{self.address}/v1/subjects/{quote(code, safe='')}"
        return Source(code, where, lambda: self._fetched(where))

    def _fetched(self, where: str) -> bytes:
        if urlsplit(where).scheme not in {"http", "https"}:
            raise Unreadable([Fault(where, "is not a web address")])
        request = Request(where, headers={"Accept": "application/json"})  # noqa: S310 -- checked above
        try:
            with urlopen(request, timeout=self.timeout_seconds) as answer:  # noqa: S310 -- likewise
                return _bounded(answer, where)
        except HTTPError as refusal:
            raise Unreadable([Fault(where, _said(refusal))]) from refusal
        except URLError as fault:
            raise Unreadable([Fault(where, f"does not answer: {fault.reason}")]) from fault
        except (OSError, HTTPException) as fault:
            raise Unreadable([Fault(where, f"broke off: {fault}")]) from fault


def _bounded(answer: HTTPResponse, where: str) -> bytes:
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Unreadable([Fault(where, f"answered with more than {MOST_BYTES} bytes")])
    if answer.length:
        raise Unreadable([Fault(where, f"broke off, {answer.length} bytes early")])
    return body


def _said(refusal: HTTPError) -> str:
    """Return the status and, where the service gives one, its own message."""
    try:
        said = json.loads(refusal.read(MOST_BYTES)).get("message", "")
    except (ValueError, AttributeError, OSError):
        said = ""
    return f"answered {refusal.code}: {said or refusal.reason}"
