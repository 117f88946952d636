"""One letter to one person, from the act that wrote it until it is sent, failed or withdrawn."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kunnig.letters.states import (
    LETTER_LIFE,
    MOST_ATTEMPTS,
    Failure,
    LetterKind,
    LetterState,
    languages_for,
)
from kunnig.people.models import Person

SECRET_LENGTH = 32  # 128 bits in hexadecimal digits


class Letter(models.Model):
    """One letter by e-mail. Its key is its message's, so that one sent twice is known as one.

    `address` is as it was when the letter was written. `facts` are what the text of its kind
    needs and nothing more: never what a case is about, its number, or a trade. `file` is the
    label of the case whose staff see how it went; this room lies under the cases.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(max_length=30, choices=LetterKind.choices)
    facts = models.JSONField(default=dict)
    file = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=LetterState.choices, default=LetterState.QUEUED)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=20, choices=Failure.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="letters_that_wait",
                condition=Q(state=LetterState.QUEUED),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="letter_kind_is_known", condition=Q(kind__in=LetterKind.values)
            ),
            models.CheckConstraint(
                name="letter_state_is_known", condition=Q(state__in=LetterState.values)
            ),
            models.CheckConstraint(name="letter_has_an_address", condition=~Q(address="")),
            models.CheckConstraint(
                name="letter_settled_means_when_and_held_by_nobody",
                condition=Q(state=LetterState.QUEUED, settled_at__isnull=True)
                | ~Q(state=LetterState.QUEUED)
                & Q(settled_at__isnull=False, claimed_until__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_failed_means_why",
                condition=Q(state=LetterState.FAILED, failure__in=Failure.values)
                | ~Q(state=LetterState.FAILED) & Q(failure=""),
            ),
            models.CheckConstraint(
                name="letter_is_tried_a_stated_number_of_times",
                condition=Q(attempts__lte=MOST_ATTEMPTS),
            ),
            models.CheckConstraint(
                name="letter_sent_was_tried",
                condition=~Q(state=LetterState.SENT) | Q(attempts__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.written_at:%Y-%m-%d}"

    @property
    def standing(self) -> LetterState:
        """The state as the enum it is, not the string the column holds."""
        return LetterState(self.state)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return languages_for(self.language)

    @property
    def secret(self) -> str:
        """What a link in this letter opens by: made anew from its key, kept nowhere."""
        made = salted_hmac("kunnig.letters.secret", str(self.pk), algorithm="sha256")
        return made.hexdigest()[:SECRET_LENGTH]

    def move_to(self, target: LetterState) -> None:
        """Step to `target`, or raise `Refused`. Does not save."""
        LETTER_LIFE.may_move(self.standing, target).require()
        self.state = target
