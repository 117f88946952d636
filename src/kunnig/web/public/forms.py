"""What anyone may fill in: the door, and the choice of language."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kunnig.people.models import LONGEST_USER_NAME


class SignInForm(forms.Form):
    """A user name and a password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=LONGEST_USER_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Write your user name")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password")},
    )


class LanguageForm(forms.Form):
    """The language to be spoken to in, each by its own name."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
