"""Reading JSON that others wrote: every fault is gathered and named by its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_NAME = 200
LONGEST_CODE = 20
# JSON can hold half a character; no database can.
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class Unreadable(Exception):  # noqa: N818 -- reads as the sentence it is
    """A file is not what it should be; carries every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


def loaded(written: bytes) -> Checked:
    """Return the one object that some JSON holds; raises `Unreadable` when it is no such thing."""
    try:
        whole = json.loads(written)
    except UnicodeDecodeError as fault:
        raise Unreadable([Fault("", "is not text in UTF-8")]) from fault
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise Unreadable([Fault(place, f"is not JSON: {fault.msg}")]) from fault
    except (RecursionError, ValueError) as fault:
        raise Unreadable([Fault("", "is not JSON that can be read")]) from fault
    if not isinstance(whole, dict):
        raise Unreadable([Fault("", "is not a JSON object")])
    return Checked(whole)


@dataclass(frozen=True, slots=True)
class Checked:
    """One JSON object and its place; what is not as it should be adds a fault and reads as empty.

    All parts of one file share one list of faults.
    """

    holder: dict[str, Any]
    place: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, what: str) -> None:
        """Add a fault at `key`, or at the object itself when `key` is empty."""
        self.faults.append(Fault(self._place_of(key), what))

    def text(self, key: str, *, longest: int | None = LONGEST_NAME, is_needed: bool = False) -> str:
        """Return one text without the space around it."""
        value = self.holder.get(key)
        if value is None or value == "":
            if is_needed:
                self.fault(key, "missing")
            return ""
        what = _wrong_with(value, longest)
        if what:
            self.fault(key, what)
            return ""
        return str(value).strip()

    def date(self, *keys: str) -> date | None:
        """Return the first date that stands under one of `keys`."""
        for key in keys:
            said = self.text(key)
            if said and said != "-":
                try:
                    return date.fromisoformat(said[:10])
                except ValueError:
                    self.fault(key, f"{said!r} is not a date like 2025-07-01")
        return None

    def whole_number(self, key: str, *, most: int) -> int | None:
        """Return a whole number, written as a number or as text."""
        value = self.holder.get(key)
        if value in (None, "", "-"):
            return None
        digits = str(value)
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))
        if isinstance(value, bool) or not is_number or int(digits) > most:
            self.fault(key, f"{value!r} is not a whole number from 0 to {most}")
            return None
        return int(digits)

    def codes(self, key: str) -> tuple[str, ...]:
        """Return a list of short texts, each once."""
        said = self._list(key)
        codes = [one for one in said if isinstance(one, str) and 0 < len(one) <= LONGEST_CODE]
        if len(codes) < len(said):
            self.fault(key, "is not a list of codes")
        return tuple(dict.fromkeys(codes))

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        said = self._list(key)
        texts = [one for one in said if not _wrong_with(one, LONGEST_NAME)]
        if len(texts) < len(said):
            self.fault(key, "is not a list of texts")
        return texts

    def part(self, key: str) -> Checked | None:
        """Return the object under `key`."""
        value = self.holder.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, "is not an object")
            return None
        return Checked(value, self._place_of(key), self.faults)

    def parts(self, key: str) -> Iterator[Checked]:
        """Yield the objects of the list under `key`, each with its place."""
        for number, value in enumerate(self._list(key)):
            name = f"{key}[{number}]"
            if isinstance(value, dict):
                yield Checked(value, self._place_of(name), self.faults)
            else:
                self.fault(name, "is not an object")

    def require(self) -> None:
        """Raise `Unreadable` if anything read so far was at fault."""
        if self.faults:
            raise Unreadable(self.faults)

    def _place_of(self, key: str) -> str:
        return ".".join(filter(None, (self.place, key)))

    def _list(self, key: str) -> list[Any]:
        value = self.holder.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, "is not a list")
            return []
        return value


def _wrong_with(value: object, longest: int | None) -> str:
    if not isinstance(value, str):
        return "is not a text"
    if longest is not None and len(value.strip()) > longest:
        return f"is longer than {longest} characters"
    if _NO_CHARACTER.search(value):
        return "holds something that is not a character"
    return ""
