"""Fields of forms that are the same wherever they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrOrPromise


class DayField(forms.DateField):
    """One day, written or picked from a calendar; browsers send it as 2026-11-25."""

    def __init__(
        self, *, error_messages: Mapping[str, StrOrPromise] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "k-short"}),
            error_messages={
                "invalid": _("Write the day as year, month and day, such as 1988-03-14"),
                **(error_messages or {}),
            },
            **kwargs,
        )


class TelephoneField(forms.RegexField):
    """A telephone number as people write it; written down as it was."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^\+?[0-9][0-9 ()/-]{4,}$",
            max_length=40,
            widget=forms.TextInput(attrs={"type": "tel", "class": "k-short"}),
            error_messages={"invalid": _("Write a telephone number, such as 0918-140 00")},
            **kwargs,
        )


def offer(field: forms.Field, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a field its choices, in the reader's language and order."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- whoever calls knows the field
    field.choices = list(choices)


def offer_one_of(field: forms.Field, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a field its choices, none of them chosen; but if there is only one, it is."""
    found = list(choices)
    offer(field, found if len(found) == 1 else [("", _("Choose")), *found])
