"""Organisations: the region, its municipalities, their boards and schools, and who works where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kunnig.organisations.states import OrganisationKind, Role
from kunnig.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

_WITHOUT_BOARD = (OrganisationKind.REGION, OrganisationKind.BOARD)
_ON_TOP = (OrganisationKind.REGION, OrganisationKind.PROVIDER)


class Organisation(models.Model):
    """A region, a municipality, a board, a school unit or another provider.

    A board is the authority that answers for cases. Every other organisation but the region
    names the board whose cases its people work with.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=160)
    code = models.CharField(_("code"), max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    board = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="workplaces"
    )
    logo_svg = models.TextField(_("logo"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_kind_is_known", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.UniqueConstraint(
                name="organisation_name_is_unique_under_its_parent",
                fields=["parent", "kind", "name"],
            ),
            models.UniqueConstraint(
                name="organisation_code_is_unique_in_its_kind",
                fields=["kind", "code"],
                condition=~Q(code=""),
            ),
            models.CheckConstraint(
                name="organisation_school_units_name_their_board",
                condition=~Q(kind=OrganisationKind.SCHOOL_UNIT) | Q(board__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_boards_and_regions_name_no_board",
                condition=~Q(kind__in=_WITHOUT_BOARD) | Q(board__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_lies_under_another_unless_region_or_provider",
                condition=Q(kind__in=_ON_TOP) | Q(parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with the municipality it lies in: many schools and boards share one.

        Costs no question where `parent` was fetched together with the organisation.
        """
        if self.kind in _ON_TOP or self.kind == OrganisationKind.MUNICIPALITY:
            return self.name
        assert self.parent is not None  # noqa: S101 -- the database sees to it
        return f"{self.name}, {self.parent.name}"

    @property
    def board_key(self) -> int | None:
        """The key of the board whose cases its people work with: its own, if it is a board."""
        return self.pk if self.kind == OrganisationKind.BOARD else self.board_id


class Assignment(models.Model):
    """One person's role in one organisation, from a day and perhaps to a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "starts_on"], name="assignment_is_unique"
            ),
            models.CheckConstraint(
                name="assignment_role_is_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.role}"

    def runs_on(self, day: date) -> bool:
        """Say whether the assignment holds on `day`, both ends included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def held_by(person: Person, at: datetime) -> Iterator[Assignment]:
    """Yield the assignments of `person` that hold at `at`.

    The sign-in has fetched them, with their organisations, together with the person: nothing
    here asks the database again.
    """
    day = timezone.localdate(at)
    return (each for each in person.assignments.all() if each.runs_on(day))


class PlanningFigure(models.Model):
    """How many validators one municipality is planned to have (stok.md S5)."""

    municipality = models.OneToOneField(
        Organisation, models.CASCADE, related_name="planning_figure"
    )
    validators = models.PositiveSmallIntegerField(_("planned validators"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="planning_figure_is_at_least_one", condition=Q(validators__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.validators}"
