"""The texts of the house, from code and templates to the catalogues and back; no gettext needed.

    python -m scripts.words gather     bring new texts into every catalogue, take old ones out
    python -m scripts.words compile    write what Django reads; the build hook does so too
    python -m scripts.words check      say what is missing or wrong; exit 1 if anything is

Texts are written in English in the code. Swedish and Arabic must be complete; what English lacks
is read from the code, so that its catalogue only needs the plurals. Simple Swedish holds only what
it says in other words than Swedish: its entries are added by hand, and gathered as they are.
"""

from __future__ import annotations

import gettext
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).resolve().parent.parent / "src" / "kunnig"
LOCALE = HOUSE / "locale"
CODE, COMPLETE, PARTIAL = "en", ("ar", "sv"), ("sv_Simple",)
WIDTH = 100
KEYWORDS: dict[str, Any] = {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")
BARE_PERCENT = re.compile(r"%(?!\(\w+\)[sd])")
PLURALS = re.compile(r"nplurals=(\d+);\s*plural=(.+?);?\s*$")
Key = tuple[str, str, str]


def _template_texts(
    file: Any, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str | None, Any, list[str]]]:
    """Yield the texts of a template, with percent signs doubled as Django looks them up."""
    # The build hook has no enmerkar, and enmerkar has no types.
    from enmerkar.extract import extract_django  # type: ignore[import-untyped]  # noqa: PLC0415

    for line, function, message, comments in extract_django(file, keywords, comment_tags, options):
        texts = (message,) if isinstance(message, str) else message
        doubled = tuple(BARE_PERCENT.sub("%%", text) for text in texts)
        yield line, function, doubled[0] if len(doubled) == 1 else doubled, comments


def gathered() -> dict[Key, list[str]]:
    """Return every text that the house can say, with the files that say it, in their order."""
    from babel.messages.extract import (  # noqa: PLC0415 -- the build hook lacks it
        DEFAULT_KEYWORDS,
        extract_from_file,
    )

    texts: dict[Key, list[str]] = {}
    for file in sorted(HOUSE.rglob("*")):
        method: Any = {".py": "python", ".html": _template_texts}.get(file.suffix)
        if method is None:
            continue
        place = str(file.relative_to(HOUSE))
        for _, message, _, context in extract_from_file(
            method, file, keywords=DEFAULT_KEYWORDS | KEYWORDS
        ):
            places = texts.setdefault(_key(context, message), [])
            if place not in places:
                places.append(place)
    return texts


def catalogues() -> dict[str, Path]:
    """Return the catalogue of each language."""
    return {file.parts[-3]: file for file in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}


def gather() -> None:
    """Bring every catalogue up to the texts of the house; nothing is guessed."""
    texts = gathered()
    for language, file in catalogues().items():
        old = polib.pofile(str(file))
        kept = {_key(entry.msgctxt, (entry.msgid, entry.msgid_plural)): entry for entry in old}
        new = polib.POFile(wrapwidth=WIDTH)
        new.header, new.metadata = old.header, old.metadata
        for key, places in texts.items():
            if language in PARTIAL and key not in kept:
                continue
            new.append(_entry(key, places, kept.get(key), say_plurals=language == CODE))
        new.save(str(file))


def _entry(
    key: Key, places: list[str], kept: polib.POEntry | None, *, say_plurals: bool
) -> polib.POEntry:
    """Return the entry of one text, with the translation that it had."""
    context, text, plural = key
    entry = kept or polib.POEntry(msgctxt=context or None, msgid=text, msgid_plural=plural)
    entry.occurrences = [(place, "") for place in places]
    if plural and say_plurals:
        entry.msgstr_plural = {0: text, 1: plural}
    if PLACEHOLDER.search(plural or text) and "python-format" not in entry.flags:
        entry.flags.append("python-format")
    return entry


def compile_all() -> None:
    """Write, for each catalogue, the file that Django reads."""
    for file in catalogues().values():
        polib.pofile(str(file)).save_as_mofile(str(file.with_suffix(".mo")))


def faults() -> list[str]:
    """Return everything that is missing or wrong in the catalogues, a line each."""
    texts = gathered().keys()
    found = []
    for language, file in catalogues().items():
        entries = [entry for entry in polib.pofile(str(file)) if not entry.obsolete]
        known = {_key(entry.msgctxt, (entry.msgid, entry.msgid_plural)) for entry in entries}
        wanted = texts & known if language in PARTIAL else texts
        said = [f"not gathered: {key[1]!r} (make words)" for key in sorted(wanted - known)]
        said += [f"no longer said: {key[1]!r} (make words)" for key in sorted(known - texts)]
        plurals, wrong = _plurals(polib.pofile(str(file)).metadata.get("Plural-Forms", ""))
        said += wrong
        for entry in entries:
            said += _faults_of(entry, plurals, is_needed=language in (*COMPLETE, *PARTIAL))
        found += [f"{language}: {each}" for each in said]
    return found


def _key(context: str | None, text: str | tuple[str, ...]) -> Key:
    singular, plural = (text, "") if isinstance(text, str) else text
    return context or "", singular, plural


def _plurals(header: str) -> tuple[int, list[str]]:
    """Return how many plural forms the language has; a bad header breaks every page in it."""
    try:
        told = PLURALS.match(header)
        if told:
            gettext.c2py(told[2])  # the parser that Django uses
            return int(told[1]), []
    except ValueError:
        pass
    return 0, [f"Plural-Forms is not usable: {header!r}"]


def _faults_of(entry: polib.POEntry, plurals: int, *, is_needed: bool) -> Iterator[str]:
    name = repr(entry.msgid[:60])
    if entry.fuzzy:
        yield f"fuzzy: {name}"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(translations) and (is_needed or entry.msgid_plural):
        yield f"not translated: {name}"
    elif entry.msgid_plural and len(translations) != plurals:
        yield f"{len(translations)} of {plurals} plural forms: {name}"
    yield from (f"{each}: {name}" for each in _slips(entry, [t for t in translations if t]))


def _slips(entry: polib.POEntry, translations: list[str]) -> Iterator[str]:
    """Yield what a translation lost or added of placeholders and tags."""
    source = entry.msgid_plural or entry.msgid
    wanted = set(PLACEHOLDER.findall(source))
    for text in translations:
        present = set(PLACEHOLDER.findall(text))
        # The form for one may leave the number out: "one case".
        if present - wanted or (wanted - present and not entry.msgid_plural):
            yield f"placeholders {sorted(present ^ wanted)} differ"
        if sorted(TAG.findall(text)) != sorted(TAG.findall(source)):
            yield "tags differ"


def check() -> None:
    """Print what is wrong, and exit 1 if anything is."""
    found = faults()
    for fault in found:
        print(fault)
    sys.exit(bool(found))


if __name__ == "__main__":
    {"gather": gather, "compile": compile_all, "check": check}[sys.argv[1]]()
