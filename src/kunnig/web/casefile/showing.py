"""Forms of what a person can show: described, with photos and documents, and who could tell."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kunnig.files import formats
from kunnig.kernel.verdict import Refused
from kunnig.portfolio import policies
from kunnig.portfolio.actions import Described, Heard, Sent
from kunnig.portfolio.states import EvidenceKind, Means
from kunnig.web.components.fields import DayField

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from kunnig.files.formats import Cleaned


class SentField(forms.FileField):
    """A photo or a document, made fit to be kept, or refused beside its box.

    The browser is told to offer pictures of any kind: telephones then offer their camera too, and
    an HEIC that they would otherwise hide. What it really is, its content tells.
    """

    widget = forms.FileInput(attrs={"accept": "image/*,application/pdf"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Photo or PDF"),
            help_text=_(
                "At most 25 MB. JPEG, PNG, HEIC or PDF. "
                "Where the photo was taken is not kept. Show no other people."
            ),
            allow_empty_file=True,  # refused in our own words
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Cleaned | None:
        """Return what is to be kept of what was sent, None for nothing."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        try:
            return formats.cleaned(sent, sent.name)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


class EvidenceForm(forms.Form):
    """What is told of something a person can show. Its fields are those of `Described`."""

    kind = forms.TypedChoiceField(
        label=pgettext_lazy("evidence", "What is it?"),
        choices=EvidenceKind.choices,
        coerce=EvidenceKind,
        error_messages={"required": _("Choose what it is")},
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=200,
        help_text=_("For example “Certificate of practice, the Fjällbruden home”."),
        error_messages={"required": _("Write what you call it")},
    )
    issuer = forms.CharField(label=_("From whom?"), max_length=200, required=False)
    country = forms.CharField(
        label=_("From which country?"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"class": "k-short"}),
    )
    issued = forms.CharField(
        label=pgettext_lazy("evidence", "From when?"),
        max_length=60,
        required=False,
        help_text=_("A year is enough. “Spring 1998” or “I do not know” is fine."),
        widget=forms.TextInput(attrs={"class": "k-short"}),
    )
    description = forms.CharField(
        label=_("What does it show?"),
        max_length=5000,
        required=False,
        help_text=_("Write nothing of other people, and nothing about illness."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def described(self) -> Described:
        """Return what was told."""
        told = {
            key: value
            for key, value in self.cleaned_data.items()
            if key in Described.__dataclass_fields__
        }
        return Described(**told)


class NewEvidenceForm(EvidenceForm):
    """Something a person can show, with a photo or a document of it."""

    sent = SentField(required=False)
    # The question on whose page it was asked for.
    question = forms.UUIDField(required=False, widget=forms.HiddenInput)
    operation = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the file once more where something else is missing: a browser keeps none."""
        cleaned = super().clean() or {}
        if cleaned.get("sent") and self.errors:
            self.add_error("sent", _("Choose the file once more. Everything else is kept."))
        return cleaned

    def sent_along(self) -> Sent | None:
        """Return what is sent with the description."""
        cleaned, operation = self.cleaned_data["sent"], self.cleaned_data["operation"]
        return None if cleaned is None else Sent(cleaned, uuid.uuid5(operation, "sent"))


class DescribeForm(EvidenceForm):
    """What is told of it, told anew, and what it says in Swedish."""

    translation = forms.CharField(
        label=_("What does it say, in Swedish?"),
        max_length=5000,
        required=False,
        help_text=_("If nobody has translated it on paper."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    translated_by = forms.CharField(
        label=_("Who put it into Swedish?"), max_length=200, required=False
    )


class AttachForm(forms.Form):
    """One more photo or document of a piece of evidence."""

    sent = SentField(error_messages={"required": _("Choose a photo or a PDF")})
    is_translation = forms.BooleanField(label=_("This is a translation"), required=False)
    operation = forms.UUIDField(widget=forms.HiddenInput)

    def sent_now(self) -> Sent:
        """Return what was sent."""
        told = self.cleaned_data
        return Sent(told["sent"], told["operation"], is_translation=told["is_translation"])


class RefereeForm(forms.Form):
    """What somebody said of the person. Its fields but the last are those of `Heard`."""

    words = forms.CharField(
        label=_("What was said?"),
        max_length=5000,
        help_text=_("Write as it was said. The person can read this."),
        error_messages={"required": _("Write what was said")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    means = forms.TypedChoiceField(
        label=_("How were you told?"),
        choices=Means.choices,
        coerce=Means,
        error_messages={"required": _("Choose how you were told")},
        widget=forms.RadioSelect,
    )
    told_on = DayField(label=_("Which day?"), error_messages={"required": _("Write which day")})
    operation = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, at: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.at = at

    def clean(self) -> dict[str, Any]:
        """Ask early whether the day has been."""
        cleaned = super().clean() or {}
        if "told_on" in cleaned:
            verdict = policies.was_heard(cleaned["told_on"], self.at)
            if not verdict:
                self.add_error("told_on", str(verdict.reason))
        return cleaned

    def heard(self) -> Heard:
        """Return what was said, when and how."""
        told = self.cleaned_data
        return Heard(told["words"], told["means"], told["told_on"])
