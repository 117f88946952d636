"""People: everyone who signs in or whom a case is about, one row per human."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.text import folded
from kunnig.people.states import IdentifierKind, Protection

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD_BY_THEMSELVES = EVERYWHERE = 0
LONGEST_NAME = 200
LONGEST_USER_NAME = 150


class SearchKey(models.CharField[str, str]):
    """The name as a search compares it; written with the name by every road, also in bulk."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 -- Django asks so
        """Fold the name anew at each saving."""
        key = folded(model_instance.name)  # type: ignore[attr-defined]  # only a person has this field
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Be a plain column in migrations, which import nothing of ours."""
        name, _path, args, keywords = super().deconstruct()
        return name, "django.db.models.CharField", args, keywords


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the user name they sign in with."""


class Person(AbstractBaseUser):
    """One human in the county. User name and e-mail may be missing: many never sign in.

    What a board has noted of them (contact, language, interpreter, adaptations) lies on its case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    search_key = SearchKey(max_length=2 * LONGEST_NAME, editable=False)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    username = models.CharField(
        _("user name"), max_length=LONGEST_USER_NAME, unique=True, null=True, blank=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    protection = models.CharField(
        _("protection"), max_length=30, choices=Protection.choices, default=Protection.NONE
    )
    is_active = models.BooleanField(default=True)
    # Somebody else made the password: its owner chooses another before anything else opens.
    must_choose_password = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    # A code the person chose, hashed like a password: with it they approve at somebody's table.
    table_code = models.CharField(max_length=128, blank=True)
    # At whose tables: of one board, by its key, or everywhere, where they chose it on their own.
    table_code_at = models.BigIntegerField(default=EVERYWHERE)
    table_code_failures = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        indexes = [models.Index(fields=["search_key"], name="people_by_name")]
        constraints = [
            models.CheckConstraint(
                name="person_protection_is_known", condition=Q(protection__in=Protection.values)
            ),
            models.CheckConstraint(name="person_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="person_user_name_is_missing_or_not_empty",
                condition=Q(username__isnull=True) | ~Q(username=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_protected(self) -> bool:
        """Say whether any protection holds."""
        return self.protection != Protection.NONE

    @property
    def called(self) -> str:
        """The name to greet with: the first word of the name, which may be the only one."""
        return self.name.split()[0]

    def has_code_at(self, authority: int) -> bool:
        """Say whether a code was chosen with which the person approves at a board's table."""
        return bool(self.table_code) and self.table_code_at in {EVERYWHERE, authority}


class Identifier(models.Model):
    """One number a person is known by; shown masked, revealed by a recorded action.

    `value` is as it is compared: twelve digits for Swedish numbers, else as written. Each board
    is an authority and notes for itself: `authority` is its key (boards lie above this room), or 0
    for what people told on their own. Where a number stands on two people of whom the one who
    wrote it may know one only, the second row stands `apart`, counted from 1 (decision 0014).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(_("kind"), max_length=30, choices=IdentifierKind.choices)
    issuer = models.CharField(_("issued by"), max_length=80, blank=True)
    value = models.CharField(_("number"), max_length=60)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    authority = models.BigIntegerField(default=TOLD_BY_THEMSELVES)
    apart = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "issuer", "value"], name="identifiers_of_one_number")
        ]
        constraints = [
            models.UniqueConstraint(
                name="identifier_belongs_to_one_person_in_each_authority",
                fields=["authority", "kind", "issuer", "value", "apart"],
            ),
            models.UniqueConstraint(
                name="identifier_is_noted_once_by_each_authority",
                fields=["person", "authority", "kind", "issuer", "value"],
            ),
            models.CheckConstraint(
                name="identifier_kind_is_known", condition=Q(kind__in=IdentifierKind.values)
            ),
            models.CheckConstraint(
                name="identifier_of_another_kind_and_no_other_says_who_issued_it",
                condition=Q(kind=IdentifierKind.OTHER) & ~Q(issuer="")
                | ~Q(kind=IdentifierKind.OTHER) & Q(issuer=""),
            ),
            models.CheckConstraint(name="identifier_says_something", condition=~Q(value="")),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The number with all but its first part hidden."""
        if self.kind == IdentifierKind.OTHER:
            return f"{self.issuer} ••••"
        return f"{self.value[:8]}-••••"


class SignInFailure(models.Model):
    """One secret that was tried in vain: once for the account, and once for where from.

    Both are kept as a hash, until a quarter of an hour has passed. People type passwords where
    the user name goes: nothing here can be read back.
    """

    tried = models.CharField(max_length=64)
    happened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tried", "happened_at"], name="failures_of_one_user_name")]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M}"
