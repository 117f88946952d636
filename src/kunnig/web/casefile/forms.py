"""Forms of the pages of a case. Answers are not among them: their fields are data of `mapping`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kunnig.mapping.states import Mode
from kunnig.people.policies import code_suffices
from kunnig.web.casefile import making

if TYPE_CHECKING:
    from django.http import QueryDict

    from kunnig.people.models import Person


class SittingForm(forms.Form):
    """How a sitting is held. Its fields are the keywords of `mapping.actions.note_sitting`.

    It only reads what was posted: the page writes its two fields itself, for it is on many pages.
    """

    mode = forms.TypedChoiceField(
        choices=Mode.choices, coerce=Mode, error_messages={"required": _("Choose how you meet")}
    )
    interpreter = forms.CharField(required=False, max_length=120)


class CodeForm(forms.Form):
    """The code that only the person knows, and what they were shown when they typed it."""

    code = forms.CharField(
        label=_("Your own code"),
        max_length=40,
        error_messages={"required": _("Write your code")},
        widget=forms.PasswordInput(
            attrs={"class": "k-short", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )


class NewCodeForm(forms.Form):
    """A code of one's own, typed twice: nobody can read it back to its owner."""

    code = forms.CharField(
        label=_("Your new code"),
        help_text=_("Six to twelve digits. Not your date of birth, and nothing easy to guess."),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "class": "k-short"}
        ),
        error_messages={"required": _("Write a code")},
    )
    again = forms.CharField(
        label=_("The same code again"),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "class": "k-short"}
        ),
        error_messages={"required": _("Write the code again")},
    )

    def __init__(self, data: QueryDict | None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Ask the rule of codes early, and for the same code twice."""
        cleaned = super().clean() or {}
        if "code" in cleaned:
            verdict = code_suffices(self.person, cleaned["code"])
            if not verdict:
                self.add_error("code", str(verdict.reason))
            elif "again" in cleaned and cleaned["again"] != cleaned["code"]:
                self.add_error("again", _("The two codes are not the same"))
        cleaned.pop("again", None)
        return cleaned


class OperationForm(forms.Form):
    """A button that makes something, once however often it is pressed."""

    operation = forms.UUIDField(widget=forms.HiddenInput)


class PaperForm(OperationForm):
    """The paper of a locked mapping: which language stands beside Swedish."""

    language = forms.ChoiceField(choices=making.languages_to_choose)
