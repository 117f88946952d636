"""The case file: a person, the board that answers for them, and who is let in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kunnig.cases.states import (
    CASE_LIFE,
    INVITATION_LIFE,
    CaseState,
    HomeGround,
    InvitationState,
    InvitedBy,
    Origin,
    Part,
    Path,
)
from kunnig.kernel import numbers
from kunnig.letters.models import Letter
from kunnig.organisations.models import Organisation
from kunnig.people.models import Person

if TYPE_CHECKING:
    from datetime import date, datetime


class Case(models.Model):
    """One matter of one person with one board (ärende).

    `state` moves only through `move_to`; `kunnig.cases.actions` decides when. What the board has
    noted of the person (language, interpreter) lies here, not on the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("case number"), max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    board = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    home_municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    home_ground = models.CharField(_("ground"), max_length=20, choices=HomeGround.choices)
    state = models.CharField(
        _("state"), max_length=20, choices=CaseState.choices, default=CaseState.REGISTERED
    )
    origin = models.CharField(_("origin"), max_length=30, choices=Origin.choices)
    own_reference = models.CharField(_("the board's own reference"), max_length=60, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    goal = models.CharField(_("goal"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    information_text = models.CharField(_("information given"), max_length=40)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="responsible_for"
    )
    is_practice = models.BooleanField(_("practice case"), default=False)
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    operation = models.UUIDField(unique=True)  # a form sent twice registers one case

    class Meta:
        indexes = [
            models.Index(fields=["board", "-registered_at", "id"], name="cases_of_one_board"),
            models.Index(
                fields=["responsible", "-registered_at", "id"], name="cases_of_one_colleague"
            ),
            models.Index(fields=["person", "-registered_at", "id"], name="cases_of_one_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_state_is_known", condition=Q(state__in=CaseState.values)
            ),
            models.CheckConstraint(
                name="case_origin_is_known", condition=Q(origin__in=Origin.values)
            ),
            models.CheckConstraint(
                name="case_home_ground_is_known", condition=Q(home_ground__in=HomeGround.values)
            ),
            models.CheckConstraint(
                name="case_is_never_ones_own_work",
                condition=Q(responsible__isnull=True) | ~Q(responsible=F("person")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> CaseState:
        """The state as the enum it is, not the string the column holds."""
        return CaseState(self.state)

    @property
    def has_table_code(self) -> bool:
        """Say whether the person has a code with which they approve at this board's table."""
        return self.person.has_code_at(self.board_id)

    def move_to(self, target: CaseState) -> None:
        """Step to `target`, or raise `Refused`. Does not save."""
        CASE_LIFE.may_move(self.standing, target).require()
        self.state = target


class Access(models.Model):
    """Somebody let in to one part of one case, on a ground, for a period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="accesses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="accesses")
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    ground = models.CharField(_("ground"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "accesses"
        indexes = [models.Index(fields=["person", "case"], name="accesses_of_one_colleague")]
        constraints = [
            models.CheckConstraint(name="access_part_is_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(name="access_has_a_ground", condition=~Q(ground="")),
            models.CheckConstraint(
                name="access_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="access_ended_means_by_whom_and_when",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="access_to_a_part_runs_once_at_a_time",
                fields=["case", "person", "part"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.case} · {self.part}"

    def runs_on(self, day: date) -> bool:
        """Say whether the access holds on `day`, both ends included."""
        return self.starts_on <= day and not self.is_over_on(day)

    def is_over_on(self, day: date) -> bool:
        """Say whether the access was ended, or has run out by `day`."""
        return self.ended_at is not None or (self.ends_on is not None and self.ends_on < day)

    @staticmethod
    def running_on(day: date) -> Q:
        """Return the same as `runs_on`, for the database to ask."""
        return Q(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), ended_at__isnull=True, starts_on__lte=day
        )


class Adaptation(models.Model):
    """What a person needs to take part on equal terms; never edited, replaced by a later one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="adaptations")
    number = models.PositiveIntegerField()  # counts in the case: the highest holds
    text = models.TextField(_("adaptations"))
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="adaptation_number_is_unique_in_its_case", fields=["case", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.noted_at:%Y-%m-%d}"


class PathDecision(models.Model):
    """What was decided after the initial mapping, by whom and why; the latest one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="path_decisions")
    number = models.PositiveIntegerField()  # counts in the case: the highest holds
    path = models.CharField(_("path"), max_length=30, choices=Path.choices)
    reason = models.TextField(_("reason"))
    decided_on = models.DateField(_("date"))
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    operation = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="path_decision_number_is_unique_in_its_case", fields=["case", "number"]
            ),
            models.CheckConstraint(
                name="path_decision_path_is_known", condition=Q(path__in=Path.values)
            ),
            models.CheckConstraint(name="path_decision_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.path}"


class Closing(models.Model):
    """That a case was closed, or opened again, by whom and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    left_state = models.CharField(max_length=20, choices=CaseState.choices)
    reason = models.TextField(_("reason"))
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    reopened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_because = models.TextField(_("reason for opening again"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="closing_is_open_once_at_a_time",
                fields=["case"],
                condition=Q(reopened_at__isnull=True),
            ),
            models.CheckConstraint(name="closing_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="closing_reopened_means_by_whom_when_and_why",
                condition=Q(reopened_by__isnull=True, reopened_at__isnull=True, reopened_because="")
                | Q(reopened_by__isnull=False, reopened_at__isnull=False) & ~Q(reopened_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.closed_at:%Y-%m-%d}"


class Invitation(models.Model):
    """That the person of a case was invited to choose a password; the highest number holds.

    Of the link or the code there is only a hash: nobody who reads this table gets in by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="invitations")
    number = models.PositiveIntegerField()  # counts in the case: the highest holds
    way = models.CharField(max_length=20, choices=InvitedBy.choices)
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="invitation")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_number_is_unique_in_its_case", fields=["case", "number"]
            ),
            models.UniqueConstraint(
                name="invitation_is_open_once_at_a_time",
                fields=["case"],
                condition=Q(state=InvitationState.OPEN),
            ),
            models.CheckConstraint(
                name="invitation_state_is_known", condition=Q(state__in=InvitationState.values)
            ),
            models.CheckConstraint(
                name="invitation_by_email_has_its_letter",
                condition=Q(way=InvitedBy.EMAIL, letter__isnull=False)
                | Q(way=InvitedBy.LETTER, letter__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_settled_means_when",
                condition=Q(state=InvitationState.OPEN, settled_at__isnull=True)
                | ~Q(state=InvitationState.OPEN) & Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_ends_after_it_begins",
                condition=Q(expires_at__gt=F("invited_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.number}"

    @property
    def standing(self) -> InvitationState:
        """The state as the enum it is, not the string the column holds."""
        return InvitationState(self.state)

    @staticmethod
    def hash_of(secret: str) -> str:
        """Return what a link or a code is known by, however it is typed."""
        stored = numbers.as_stored(secret)
        return salted_hmac("kunnig.cases.invitation", stored, algorithm="sha256").hexdigest()

    def is_too_old(self, at: datetime) -> bool:
        """Say whether it opens nothing any longer because time has passed."""
        return self.standing is InvitationState.OPEN and self.expires_at <= at

    def move_to(self, target: InvitationState) -> None:
        """Step to `target`, or raise `Refused`. Does not save."""
        INVITATION_LIFE.may_move(self.standing, target).require()
        self.state = target
