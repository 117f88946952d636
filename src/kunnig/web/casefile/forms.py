"""Forms of the pages of a case. Answers are not among them: their fields are data of `mapping`."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kunnig.mapping.states import Mode


class SittingForm(forms.Form):
    """How a sitting is held. Its fields are the keywords of `mapping.actions.note_sitting`."""

    mode = forms.TypedChoiceField(
        label=_("How do you meet?"),
        choices=Mode.choices,
        coerce=Mode,
        error_messages={"required": _("Choose how you meet")},
        widget=forms.Select(attrs={"class": "k-short"}),
    )
    interpreter = forms.CharField(
        label=_("Who interprets?"),
        required=False,
        max_length=120,
        help_text=_("The name or the number of the interpreter. Empty if nobody does."),
        widget=forms.TextInput(attrs={"class": "k-short"}),
    )


class TableCodeForm(forms.Form):
    """The code that only the person knows, and what they were shown when they typed it."""

    code = forms.CharField(
        label=_("Your own code"),
        max_length=40,
        error_messages={"required": _("Write your code")},
        widget=forms.PasswordInput(
            attrs={"class": "k-short", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
