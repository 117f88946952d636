"""Drafts of question sets: what teachers write until a second one publishes it.

Nothing in a draft is overwritten: an entry is added for all that is done, and the newest one of a
part is how it reads. The database refuses to change an entry, and to write in a draft that is
proposed or published; it lets nobody publish who has written in it (migration 0005).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kunnig.people.models import Person
from kunnig.standards.models.question_sets import QuestionSet
from kunnig.standards.models.syllabuses import Target
from kunnig.standards.states import (
    DRAFT_LIFE,
    DRAFTS_IN_USE,
    OPEN_DRAFTS,
    TELLING,
    WRITING,
    Deed,
    DraftState,
    PartKind,
)

LONGEST_REASON = 500
_LEFT_THE_TABLE = sorted({DraftState.PROPOSED, *DRAFTS_IN_USE})


class SetDraft(models.Model):
    """A question set over one version of a target while it is written; `state` moves by `move_to`.

    Once published it says who wrote and who published the set that came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="drafts", db_index=False)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=12, choices=DraftState.choices, default=DraftState.DRAFT
    )
    copied_from = models.ForeignKey(QuestionSet, models.PROTECT, null=True, related_name="+")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    question_set = models.OneToOneField(
        QuestionSet, models.PROTECT, null=True, related_name="draft"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="set_draft_number_is_unique_in_its_target", fields=["target", "number"]
            ),
            models.CheckConstraint(
                name="set_draft_state_is_known", condition=Q(state__in=DraftState.values)
            ),
            models.UniqueConstraint(
                name="set_draft_one_open_of_a_target",
                fields=["target"],
                condition=Q(state__in=sorted(OPEN_DRAFTS)),
            ),
            models.UniqueConstraint(
                name="set_draft_one_published_of_a_target",
                fields=["target"],
                condition=Q(state=DraftState.PUBLISHED),
            ),
            models.CheckConstraint(
                name="set_draft_proposed_means_by_whom_and_when",
                condition=Q(
                    state__in=_LEFT_THE_TABLE, proposed_by__isnull=False, proposed_at__isnull=False
                )
                | Q(
                    ~Q(state__in=_LEFT_THE_TABLE),
                    proposed_by__isnull=True,
                    proposed_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="set_draft_published_means_by_whom_when_and_which_set",
                condition=Q(
                    state__in=sorted(DRAFTS_IN_USE),
                    published_by__isnull=False,
                    published_at__isnull=False,
                    question_set__isnull=False,
                )
                | Q(
                    ~Q(state__in=sorted(DRAFTS_IN_USE)),
                    published_by__isnull=True,
                    published_at__isnull=True,
                    question_set__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="set_draft_is_published_by_a_second_person",
                condition=Q(published_by__isnull=True)
                | ~Q(published_by=F("begun_by")) & ~Q(published_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} · {self.number}"

    @property
    def standing(self) -> DraftState:
        """The state as the enum it is, not the string the column holds."""
        return DraftState(self.state)

    @property
    def is_open(self) -> bool:
        """Say whether the draft waits for somebody to write or to publish."""
        return self.standing in OPEN_DRAFTS

    def move_to(self, target: DraftState) -> None:
        """Step to `target`, or raise `Refused`. Does not save."""
        DRAFT_LIFE.may_move(self.standing, target).require()
        self.state = target

    def was_written_by(self, person: Person) -> bool:
        """Say whether `person` began the draft or has a part in what it says."""
        if person.pk == self.begun_by_id:
            return True
        return self.entries.filter(by=person, deed__in=sorted(WRITING)).exists()


class DraftPart(models.Model):
    """A group of a draft, or a question in a group: where it stands. What it says, entries tell."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(SetDraft, models.CASCADE, related_name="parts")
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind.choices)
    group = models.ForeignKey("self", models.CASCADE, null=True, related_name="questions")
    place = models.PositiveIntegerField()
    is_taken_away = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_part_is_a_group_or_a_question_in_one",
                condition=Q(kind=PartKind.GROUP, group__isnull=True)
                | Q(kind=PartKind.QUESTION, group__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"

    @property
    def is_group(self) -> bool:
        """Say whether questions lie in it."""
        return self.kind == PartKind.GROUP


class DraftEntry(models.Model):
    """One deed in a draft: who, when, and how the part reads from then on if it was written."""

    draft = models.ForeignKey(SetDraft, models.CASCADE, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()
    part = models.ForeignKey(DraftPart, models.CASCADE, null=True, related_name="entries")
    deed = models.CharField(_("deed"), max_length=12, choices=Deed.choices)
    content = models.JSONField(null=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "draft entries"
        constraints = [
            models.UniqueConstraint(
                name="draft_entry_number_is_unique_in_its_draft", fields=["draft", "number"]
            ),
            models.CheckConstraint(
                name="draft_entry_deed_is_known", condition=Q(deed__in=Deed.values)
            ),
            models.CheckConstraint(
                name="draft_entry_that_tells_says_of_what_and_what",
                condition=Q(deed__in=sorted(TELLING), part__isnull=False, content__isnull=False)
                | Q(~Q(deed__in=sorted(TELLING)), content__isnull=True),
            ),
            models.CheckConstraint(
                name="draft_entry_sent_back_has_a_reason",
                condition=~Q(deed=Deed.SENT_BACK) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.deed}"
