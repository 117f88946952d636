"""What anyone may fill in: the door, and the choice of language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, QueryDict

LONGEST = 150


class SignInForm(forms.Form):
    """A user name and a password. Every way of failing is answered alike."""

    username = forms.CharField(
        label=_("User name"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Write your user name")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password")},
    )

    def __init__(self, data: QueryDict | None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request
        self.person: AbstractBaseUser | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person, or say one thing whatever was wrong."""
        cleaned = super().clean() or {}
        if "username" in cleaned and "password" in cleaned:
            self.person = authenticate(self.request, **cleaned)
            if self.person is None:
                self.add_error("password", _("The user name and the password do not match"))
        return cleaned


class LanguageForm(forms.Form):
    """The language to be spoken to in, each by its own name."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
