"""The fields that these forms share."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.db.models import Model
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kunnig.web.components.fields import offer_one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

LONGEST_TEXT = 5_000
YES, NO = "yes", "no"

SHORT = {"class": "k-short"}
Record = TypeVar("Record", bound=Model)


class RecordField(forms.ChoiceField):
    """One of a few records that a query offers; the cleaned value is the record."""

    records: Mapping[str, Model] = MappingProxyType({})

    def offer(
        self, records: Iterable[Record], words: Callable[[Record], StrOrPromise] = str
    ) -> None:
        """Offer `records`; when there is only one, it is chosen."""
        named = [(each, str(each.pk)) for each in records]
        self.records = {key: each for each, key in named}
        offer_one_of(self, [(key, words(each)) for each, key in named])

    def clean(self, value: Any) -> Model | None:
        """Return the record behind a choice."""
        return self.records.get(super().clean(value))


class YesOrNo(forms.TypedChoiceField):
    """A question to be answered, not a box that may have been forgotten."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(YES, _("Yes")), (NO, _("No"))],
            coerce=lambda answer: answer == YES,
            widget=forms.RadioSelect,
            **options,
        )


def explained(notes: Mapping[Any, StrOrPromise]) -> list[tuple[str, SafeString]]:
    """Return choices whose cards say, in a smaller line, what each one means.

    Called for each page: the words are those of the reader's language.
    """
    return [
        (each.value, format_html("{}<small>{}</small>", each.label, note))
        for each, note in notes.items()
    ]


def text_field(label: StrOrPromise, required: StrOrPromise = "", **options: Any) -> forms.CharField:
    """Return a field of some lines; `required` is what to say when it is empty."""
    rows = options.pop("rows", 3)
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": required} if required else {},
        **options,
    )


def records(field: forms.Field) -> RecordField:
    """Return a field as the one that offers records."""
    assert isinstance(field, RecordField)  # noqa: S101 -- whoever calls knows the field
    return field
