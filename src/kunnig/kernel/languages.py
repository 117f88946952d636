"""The languages that people speak here, by their codes: what cases and texts are marked with.

Those of the county's candidates and its national minorities; whoever speaks another one is noted
as such, and nothing written is lost by it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kunnig.kernel.text import swedish_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

ANOTHER = "und"  # BCP 47: undetermined
SPOKEN: Mapping[str, StrOrPromise] = {
    "sq": _("Albanian"),
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "bn": _("Bengali"),
    "bs": _("Bosnian"),
    "bg": _("Bulgarian"),
    "my": _("Burmese"),
    "zh": _("Chinese"),
    "hr": _("Croatian"),
    "prs": _("Dari"),
    "en": _("English"),
    "et": _("Estonian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "ka": _("Georgian"),
    "de": _("German"),
    "el": _("Greek"),
    "hi": _("Hindi"),
    "hu": _("Hungarian"),
    "it": _("Italian"),
    "rw": _("Kinyarwanda"),
    "kmr": _("Kurdish (Kurmanji)"),
    "ckb": _("Kurdish (Sorani)"),
    "lv": _("Latvian"),
    "ln": _("Lingala"),
    "lt": _("Lithuanian"),
    "smj": _("Lule Sami"),
    "fit": _("Meänkieli"),
    "ne": _("Nepali"),
    "se": _("Northern Sami"),
    "ps": _("Pashto"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "rom": _("Romani"),
    "ru": _("Russian"),
    "sr": _("Serbian"),
    "so": _("Somali"),
    "sma": _("Southern Sami"),
    "es": _("Spanish"),
    "sw": _("Swahili"),
    "sv": _("Swedish"),
    "swl": _("Swedish sign language"),
    "ta": _("Tamil"),
    "th": _("Thai"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "sju": _("Ume Sami"),
    "ur": _("Urdu"),
    "uz": _("Uzbek"),
    "vi": _("Vietnamese"),
    "yi": _("Yiddish"),
    ANOTHER: _("Another language"),
}
SIMPLE_SWEDISH = "sv-simple"  # a way to write Swedish, not a language that anyone speaks
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "prs", "ps", "ur", "yi"})


# Stands for a language until it is known in which letters the words are (BCP 47: private use).
BY_LETTERS = "qaa"
OTHER_LETTERS = RIGHT_TO_LEFT | {
    *("am", "bg", "bn", "el", "hi", "ka", "my", "ne", "ru", "ta", "th", "ti", "uk", "zh")
}


def by_letters(text: str, told_in: str) -> str:
    """Guess the language of words noted for somebody who tells in `told_in`, by their letters.

    Latin letters are Swedish where the language is written in others; a person can say otherwise.
    """
    if told_in not in OTHER_LETTERS:
        return told_in
    named = [unicodedata.name(each, "") for each in text if each.isalpha()]
    latin = sum(name.startswith("LATIN") for name in named)
    return "sv" if latin > len(named) / 2 else told_in


def written_in(code: str) -> str:
    """Return the language that words in `code` are in: simple Swedish is Swedish to a reader."""
    return code.partition("-")[0]


def name_of(code: str) -> str:
    """Return what a language is called in the reader's own."""
    return str(SPOKEN.get(code, code))


def direction_of(code: str) -> str:
    """Return which way a language is written."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def choices() -> list[tuple[str, str]]:
    """Return the languages by name in the reader's own order, another one last."""
    named = sorted(
        ((code, str(name)) for code, name in SPOKEN.items() if code != ANOTHER),
        key=lambda pair: swedish_key(pair[1]),
    )
    return [*named, (ANOTHER, str(SPOKEN[ANOTHER]))]
