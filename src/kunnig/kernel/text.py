"""Text as people read it: the order of letters, what counts as the same word, words in a row."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import get_language_bidi, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable

_LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
# Letters that no accent can be taken off, as keyboards without them write them.
_PLAIN_LETTERS = str.maketrans(
    {
        "\u0131": "i",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "œ": "oe",
        "ŋ": "n",
        "ə": "e",
        "\u02bc": "'",
        "\u2019": "'",
    }
)
# Around words that run the other way than the page: what stands beside them keeps its place.
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_FROM_THE_RIGHT = frozenset({"R", "AL"})


def folded(text: str) -> str:
    """Return `text` as it is compared in a search: small letters, accents off, å ä ö kept apart.

    `Idé` finds `ide`, but `mål` never finds `mal`: å, ä and ö are letters of their own, and ø is
    Swedish ö. Other letters of other alphabets are found by the plain ones nearest to them.
    """
    kept = unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)
    kept = kept.translate(_PLAIN_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(c))
    return " ".join(bare.split())


def swedish_key(text: str) -> tuple[str, str]:
    """Return what `text` sorts by: z, å, ä, ö; accents and capitals only break ties."""
    return folded(text), text


def comma() -> str:
    """Return what stands between the words of a list, in the reader's language."""
    return pgettext("between the words of a list", ", ")


def listed(words: Iterable[str]) -> str:
    """Return words in a row, each in its own direction; empty ones are left out."""
    return comma().join(isolated(each) for each in words if each)


def isolated(text: str) -> str:
    """Return `text` so that what stands beside it keeps its place, whichever way it is written."""
    first = next((c for c in map(unicodedata.bidirectional, text) if c in {"L", "R", "AL"}), "")
    if not first or (first in _FROM_THE_RIGHT) == get_language_bidi():
        return text
    return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"
