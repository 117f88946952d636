"""A letter as a message: the person's language first, then Swedish, in plain text and in HTML."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from kunnig.letters.formats.texts import text_of
from kunnig.letters.states import LetterKind

if TYPE_CHECKING:
    from kunnig.letters.formats.texts import Text
    from kunnig.letters.models import Letter

BETWEEN = "\n\n– – –\n\n"


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """Return the message of a letter; made twice, it is the same message with the same key."""
    kind = LetterKind(letter.kind)
    texts = [text_of(kind, letter.facts, letter.secret, each) for each in letter.languages]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    message = EmailMultiAlternatives(
        subject=" / ".join(text.subject for text in texts),
        body=BETWEEN.join(_plain(text) for text in texts),
        to=[letter.address],
        headers={
            "Message-ID": f"<{letter.pk}@{domain}>",
            "Date": format_datetime(letter.written_at),
            "Content-Language": ", ".join(text.language for text in texts),
            "Auto-Submitted": "auto-generated",
        },
    )
    html = render_to_string("letters/letter.html", {"texts": texts})
    message.attach_alternative(html, "text/html")
    return message


def _plain(text: Text) -> str:
    return "\n\n".join([*text.before, text.link, *text.after])
