"""Mappings and the answers in them: append-only, so that no acknowledged word is ever lost."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kunnig.cases.models import Case
from kunnig.mapping.states import (
    MAPPING_LIFE,
    SETTLED,
    WRITABLE,
    ApprovedHow,
    MappingKind,
    MappingState,
    Mode,
    Side,
)
from kunnig.people.models import Person
from kunnig.standards.models import QuestionSet, Target
from kunnig.training.models import Qualification

HASH_LENGTH = 64  # SHA-256 in hexadecimal
_APPROVED = frozenset({MappingState.APPROVED, *SETTLED})


class Mapping(models.Model):
    """One version of one mapping of one case.

    `state` moves only through `move_to`. A locked version never changes; a new one supersedes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="mappings")
    kind = models.CharField(_("kind"), max_length=10, choices=MappingKind.choices)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=12, choices=MappingState.choices, default=MappingState.DRAFT
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_how = models.CharField(max_length=20, choices=ApprovedHow.choices, blank=True)
    approved_hash = models.CharField(max_length=HASH_LENGTH, blank=True)
    locked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=HASH_LENGTH, blank=True)
    # What lay beside the answers at the lock; of what was locked before it was kept, nothing.
    beside = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mapping_kind_is_known", condition=Q(kind__in=MappingKind.values)
            ),
            models.CheckConstraint(
                name="mapping_state_is_known", condition=Q(state__in=MappingState.values)
            ),
            models.UniqueConstraint(
                name="mapping_version_is_unique_in_its_case", fields=["case", "kind", "version"]
            ),
            models.UniqueConstraint(
                name="mapping_one_open_of_each_kind_in_a_case",
                fields=["case", "kind"],
                condition=Q(state__in=sorted(WRITABLE)),
            ),
            models.UniqueConstraint(
                name="mapping_one_locked_of_each_kind_in_a_case",
                fields=["case", "kind"],
                condition=Q(state=MappingState.LOCKED),
            ),
            models.CheckConstraint(
                name="mapping_approved_means_by_whom_when_how_and_of_what",
                condition=Q(
                    Q(state__in=sorted(_APPROVED), approved_by__isnull=False)
                    & Q(approved_at__isnull=False)
                    & ~Q(approved_how="")
                    & ~Q(approved_hash="")
                )
                | Q(
                    ~Q(state__in=sorted(_APPROVED))
                    & Q(approved_by__isnull=True, approved_at__isnull=True)
                    & Q(approved_how="", approved_hash="")
                ),
            ),
            models.CheckConstraint(
                name="mapping_locked_means_by_whom_when_and_what_was_approved",
                condition=Q(
                    Q(state__in=sorted(SETTLED), locked_by__isnull=False)
                    & Q(locked_at__isnull=False, content_hash=F("approved_hash"))
                )
                | Q(
                    ~Q(state__in=sorted(SETTLED))
                    & Q(locked_by__isnull=True, locked_at__isnull=True, content_hash="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.kind} · {self.version}"

    @property
    def standing(self) -> MappingState:
        """The state as the enum it is, not the string the column holds."""
        return MappingState(self.state)

    @property
    def is_in_depth(self) -> bool:
        """Say whether the mapping is held against targets."""
        return self.kind == MappingKind.IN_DEPTH

    def move_to(self, target: MappingState) -> None:
        """Step to `target`, or raise `Refused`. Does not save."""
        MAPPING_LIFE.may_move(self.standing, target).require()
        self.state = target


class MappingTarget(models.Model):
    """A target that an in-depth mapping is held against, and the questions asked about it."""

    mapping = models.ForeignKey(Mapping, models.CASCADE, related_name="targets")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mapping_has_a_target_once", fields=["mapping", "target"])
        ]

    def __str__(self) -> str:
        return f"{self.mapping} · {self.target}"


class Answer(models.Model):
    """One version of one answer: its own line in the trail. Never changed, never erased.

    The current text of a path and side is the highest version. A rendering names the version of
    the original that it renders, so that a newer original opens the gap again.
    """

    mapping = models.ForeignKey(Mapping, models.PROTECT, related_name="answers")
    path = models.CharField(max_length=120)
    side = models.CharField(max_length=10, choices=Side.choices)
    version = models.PositiveIntegerField()
    value = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    renders = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    qualification = models.ForeignKey(Qualification, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)
    operation = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="answer_version_is_unique", fields=["mapping", "path", "side", "version"]
            ),
            models.CheckConstraint(name="answer_side_is_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(
                name="answer_versions_count_from_one", condition=Q(version__gte=1)
            ),
            models.CheckConstraint(
                name="answer_only_a_rendering_renders",
                condition=Q(side=Side.RENDERING, renders__isnull=False)
                | Q(~Q(side=Side.RENDERING) & Q(renders__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} · {self.side} · {self.version}"


class Sitting(models.Model):
    """One stretch of work on a mapping by one person (samtal)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mapping = models.ForeignKey(Mapping, models.PROTECT, related_name="sittings")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    mode = models.CharField(_("how"), max_length=12, choices=Mode.choices, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mapping", "-started_at"], name="sittings_of_one_mapping")]
        constraints = [
            models.CheckConstraint(
                name="sitting_ends_after_it_starts", condition=Q(last_at__gte=F("started_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.mapping} · {self.started_at:%Y-%m-%d}"
