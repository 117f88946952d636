"""The few tags that a standard's text may keep: everything else is stripped, its words kept.

What is stored is HTML that only this module writes. `rendered` does not trust even that: it
escapes every character again, save the known tags, so no other tag can reach a page.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Sequence

BlockKind = Literal["heading", "paragraph", "item", "numbered"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OPENS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "p": "paragraph",
    "div": "paragraph",
    "li": "item",
    "td": "item",
}
_EMPHASIS = frozenset({"strong", "b"})
_SILENT = frozenset({"script", "style", "template", "title"})
_KEPT_TAG = re.compile(r"(</?(?:strong|p|h4|ul|ol|li)>)")
_WRITTEN: dict[BlockKind, tuple[str, str]] = {
    "heading": ("<h4>", "</h4>"),
    "paragraph": ("<p>", "</p>"),
    "item": ("<li>", "</li>"),
    "numbered": ("<li>", "</li>"),
}
_LISTS: dict[BlockKind, str] = {"item": "ul", "numbered": "ol"}


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, emphasised or not."""

    text: str
    is_strong: bool


@dataclass(slots=True)
class Block:
    """A heading, a paragraph or an item of a list."""

    kind: BlockKind
    runs: list[Run] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The words without any emphasis."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def markup(self) -> str:
        """The words with their emphasis, as they are stored."""
        return written(self.runs)

    @property
    def is_all_strong(self) -> bool:
        """Say whether every word is emphasised, as in a heading set in bold."""
        return bool(self.plain) and all(run.is_strong or not run.text.strip() for run in self.runs)


class _Reader(HTMLParser):
    """Takes HTML apart into blocks of runs; whatever it does not know is only words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: Block | None = None
        self._lists: list[str] = []
        self._strong = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's own signature
        if tag in _SILENT:
            self._silent += 1
        elif tag in _EMPHASIS:
            self._strong += 1
        elif tag in {"ul", "ol"}:
            self._open = None
            self._lists.append(tag)
        elif tag in _OPENS:
            self._begin(_OPENS[tag])
        elif tag == "br" and self._open is not None:
            self._open.runs.append(Run(" ", is_strong=False))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _EMPHASIS:
            self._strong = max(0, self._strong - 1)
        elif tag in {"ul", "ol"}:
            self._open = None
            if self._lists:
                self._lists.pop()
        elif tag in _OPENS:
            if self._open is not None and self._is_inside_an_item(_OPENS[tag]):
                self._open.runs.append(Run(" ", is_strong=False))
            else:
                self._open = None

    def handle_data(self, data: str) -> None:
        if self._silent or (self._open is None and not data.strip()):
            return
        if self._open is None:
            self._begin("paragraph")
        assert self._open is not None  # noqa: S101 -- `_begin` has opened one
        self._open.runs.append(Run(data, is_strong=self._strong > 0))

    def _is_inside_an_item(self, kind: BlockKind) -> bool:
        """Say whether a paragraph is the words of an item, and no block of its own."""
        return kind == "paragraph" and self._open is not None and self._open.kind in _LISTS

    def _begin(self, kind: BlockKind) -> None:
        if self._is_inside_an_item(kind):
            return
        if kind == "item" and self._lists and self._lists[-1] == "ol":
            kind = "numbered"
        self._open = Block(kind)
        self.blocks.append(self._open)


def blocks(source: str) -> list[Block]:
    """Return the headings, paragraphs and items of some HTML, in order, empty ones left out."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return [block for block in reader.blocks if block.plain]


def written(runs: Sequence[Run]) -> str:
    """Return runs as stored markup: escaped words, `<strong>` around the emphasised ones."""
    pieces: list[str] = []
    strong = False
    for run in runs:
        if run.is_strong != strong and run.text:
            pieces.append("<strong>" if run.is_strong else "</strong>")
            strong = run.is_strong
        pieces.append(html.escape(run.text, quote=False))
    if strong:
        pieces.append("</strong>")
    return _tidied("".join(pieces))


def structured(source: str) -> str:
    """Return some HTML as stored markup that keeps headings, paragraphs, lists and emphasis."""
    pieces: list[str] = []
    inside = ""
    for block in blocks(source):
        around = _LISTS.get(block.kind, "")
        if around != inside:
            pieces += [f"</{inside}>"] if inside else []
            pieces += [f"<{around}>"] if around else []
            inside = around
        opening, closing = _WRITTEN[block.kind]
        pieces.append(f"{opening}{block.markup}{closing}")
    if inside:
        pieces.append(f"</{inside}>")
    return "".join(pieces)


def plain(markup: str) -> str:
    """Return stored markup as words alone."""
    return " ".join(html.unescape(_KEPT_TAG.sub("", markup)).split())


def rendered(markup: str) -> SafeString:
    """Return stored markup for a page."""
    return mark_safe(  # noqa: S308 -- every piece is either a known tag or escaped here
        "".join(
            piece if _KEPT_TAG.fullmatch(piece) else escape(html.unescape(piece))
            for piece in _KEPT_TAG.split(markup)
        )
    )


def _tidied(markup: str) -> str:
    """Return markup with single spaces, none at its ends and none hugging the inside of a tag."""
    text = " ".join(markup.split())
    if "<strong>" not in text:
        return text
    text = text.replace("<strong> ", " <strong>").replace(" </strong>", "</strong> ")
    return " ".join(text.replace("<strong></strong>", "").split())
