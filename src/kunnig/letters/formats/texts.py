"""What each kind of letter says, in one language; plain words, nothing of what a case is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kunnig.kernel.languages import direction_of, written_in
from kunnig.letters.states import LetterKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A letter in one language: a subject, what stands before its link, and what stands after."""

    language: str
    direction: str
    subject: str
    before: tuple[str, ...]
    link: str
    after: tuple[str, ...]


def text_of(kind: LetterKind, facts: Mapping[str, str], secret: str, language: str) -> Text:
    """Return what a letter of `kind` says in `language`."""
    with override(language):
        subject, before, after = WORDS[kind](facts)
    code = written_in(language)
    link = f"{facts['page']}{secret}/?language={language}"
    return Text(code, direction_of(code), subject, before, link, after)


def _invitation(facts: Mapping[str, str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    until = date.fromisoformat(facts["until"])
    day = formatted(until, pgettext("how a day is written", "j F Y"))
    who = {"municipality": facts["municipality"]}
    before = (
        _("Hello!"),
        _("%(municipality)s has opened a page for you in Kunnig.") % who,
        _("Open the link and choose a password:"),
    )
    after = [
        _("The link works once, until %(day)s.") % {"day": day},
        _("Did you not expect this letter? Then you need do nothing."),
        _("This letter cannot be answered."),
    ]
    if telephone := facts["telephone"]:
        after[2:] = [
            _("This letter cannot be answered. Call %(municipality)s: %(telephone)s.")
            % (who | {"telephone": telephone})
        ]
    return _("%(municipality)s invites you to Kunnig") % who, before, tuple(after)


WORDS: Mapping[
    LetterKind, Callable[[Mapping[str, str]], tuple[str, tuple[str, ...], tuple[str, ...]]]
] = {LetterKind.INVITATION: _invitation}
