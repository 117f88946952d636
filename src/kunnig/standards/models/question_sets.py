"""What a candidate is asked about one version of a target; once published, it never changes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kunnig.standards.models.syllabuses import Criterion, Point, Target
from kunnig.standards.states import Origin

LONGEST_SHORT = 60


class QuestionSet(models.Model):
    """One version of what a candidate is asked about one version of a target."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="question_sets", db_index=False)
    version = models.PositiveIntegerField(_("version"))
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices)
    # Of the file it came from; empty when it was generated.
    content_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_set_version_is_unique_in_its_target", fields=["target", "version"]
            ),
            models.CheckConstraint(
                name="question_set_version_counts_from_one", condition=Q(version__gte=1)
            ),
            models.CheckConstraint(
                name="question_set_origin_is_known", condition=Q(origin__in=Origin.values)
            ),
            models.CheckConstraint(
                name="question_set_that_was_written_knows_its_file",
                condition=Q(origin=Origin.WRITTEN) & ~Q(content_hash="")
                | Q(origin=Origin.GENERATED, content_hash=""),
            ),
            models.UniqueConstraint(
                name="question_set_of_one_file_is_attached_once",
                fields=["target", "content_hash"],
                condition=~Q(content_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} · {self.version}"


class QuestionGroup(models.Model):
    """Questions that belong to one task of the trade."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, related_name="groups", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_group_number_is_unique_in_its_set", fields=["question_set", "number"]
            ),
            models.UniqueConstraint(
                name="question_group_code_is_unique_in_its_set", fields=["question_set", "code"]
            ),
        ]

    def __str__(self) -> str:
        return self.code


class QuestionGroupText(models.Model):
    """What a group of questions is called, in one language.

    In a generated set no question has words of its own: each asks what its group `asks`, about the
    point it speaks to. Where the standard itself has a heading there, the title is empty.
    """

    group = models.ForeignKey(QuestionGroup, models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300, blank=True)
    asks = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_group_has_one_text_a_language", fields=["group", "language"]
            ),
            models.CheckConstraint(
                name="question_group_text_says_something", condition=~Q(title="", asks="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.asks


class Question(models.Model):
    """One question a candidate is asked, and the points and criteria it speaks to.

    `code` is the group's code and the number ("A4"): unique in its set, and what answers name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        QuestionGroup, models.CASCADE, related_name="questions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)
    points = models.ManyToManyField(Point, related_name="questions")
    criteria = models.ManyToManyField(Criterion, related_name="questions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_number_is_unique_in_its_group", fields=["group", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.code


class QuestionText(models.Model):
    """The words of a question in one language; `short` names it where there is little room."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=12)
    text = models.TextField()
    hint = models.TextField(blank=True)
    short = models.CharField(max_length=LONGEST_SHORT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_has_one_text_a_language", fields=["question", "language"]
            ),
            models.CheckConstraint(name="question_text_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
