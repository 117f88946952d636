"""The plain values that pages hand to components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

StepState = Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: where we have been, where we are, or where we are going.

    `mark` stands in the dot instead of the step's number; `text` is one sentence under the name,
    and `link` the words of a link to `url` after it. In a rail the name itself is the link.
    """

    name: StrOrPromise
    state: StepState
    url: str = ""
    text: StrOrPromise = ""
    link: StrOrPromise = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One cut of a list, with how many it holds when that is known."""

    words: StrOrPromise
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One of a few short answers; `note` is a smaller line under the words, in `language`."""

    value: str
    words: StrOrPromise
    note: StrOrPromise = ""
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct, and the id of the field where it is done."""

    message: StrOrPromise
    anchor: str = ""
