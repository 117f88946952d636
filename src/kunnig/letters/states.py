"""The life of a letter, what it is about, and why it did not go out."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.languages import written_in
from kunnig.kernel.states import StateTable


class LetterKind(models.TextChoices):
    """What a letter is about."""

    INVITATION = "invitation", _("Invitation")


class LetterState(models.TextChoices):
    """Where a letter stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    WITHDRAWN = "withdrawn", _("Withdrawn before it was sent")


LETTER_LIFE = StateTable(
    {
        LetterState.QUEUED: frozenset(
            {LetterState.SENT, LetterState.FAILED, LetterState.WITHDRAWN}
        ),
        LetterState.SENT: frozenset(),
        LetterState.FAILED: frozenset(),
        # It was on its way in the moment when it was withdrawn. That it went is then told.
        LetterState.WITHDRAWN: frozenset({LetterState.SENT}),
    }
)


class Failure(models.TextChoices):
    """Why a letter did not go out; the words of the mail server are not kept."""

    REFUSED = "refused", _("The address does not take letters")
    GAVE_UP = "gave_up", _("The mail server could not be reached")


# How long to wait after each attempt in vain; after the last there is none: it failed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=16),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(PAUSES) + 1
# Longer than a mail server is waited for: whoever holds a letter longer was killed.
CLAIM = timedelta(minutes=5)


def languages_for(spoken: str) -> tuple[str, ...]:
    """Return the languages of a letter: the person's first, and always Swedish.

    Who speaks one that the house does not write reads simple Swedish, and English.
    """
    if spoken not in dict(settings.LANGUAGES):
        return ("sv-simple", "en")
    return (spoken,) if written_in(spoken) == "sv" else (spoken, "sv")
