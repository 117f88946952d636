"""What candidates fill in about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kunnig.cases.states import HomeGround, Origin
from kunnig.kernel import languages
from kunnig.web.components.fields import offer, offer_one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kunnig.organisations.models import Organisation

LONGEST_GOAL = 200
YES, NO = "yes", "no"

# The same as `HomeGround` and `Origin`, as one says it of oneself.
OWN_GROUNDS = [
    (HomeGround.REGISTERED, _("I am registered there")),
    (HomeGround.STAYING, _("I stay there, but am not registered there")),
]
OWN_ORIGINS = [
    (Origin.SELF, _("I found it myself")),
    (Origin.EMPLOYMENT_SERVICE, _("The employment service")),
    (Origin.SFI, _("My teachers at sfi")),
    (Origin.ADULT_EDUCATION, _("Another school for adults")),
    (Origin.SOCIAL_SERVICES, _("Social services")),
    (Origin.EMPLOYER, _("My employer")),
    (Origin.OTHER, _("Somebody else")),
]


class RegisterForm(forms.Form):
    """One's own case. Its fields are keywords of `cases.actions.register`."""

    home_municipality = forms.ChoiceField(
        label=_("Your home municipality"),
        help_text=_("Where you live."),
        widget=forms.Select(attrs={"class": "k-short"}),
        error_messages={"required": _("Choose your municipality")},
    )
    home_ground = forms.TypedChoiceField(
        label=_("Are you registered there?"),
        choices=OWN_GROUNDS,
        coerce=HomeGround,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are registered there")},
    )
    origin = forms.TypedChoiceField(
        label=_("Who told you about this?"),
        choices=OWN_ORIGINS,
        coerce=Origin,
        initial=Origin.SELF,
        widget=forms.Select(attrs={"class": "k-short"}),
    )
    goal = forms.CharField(
        label=_("What do you want to do?"),
        help_text=_("A job or an education, in a few words. It is fine not to know yet."),
        max_length=LONGEST_GOAL,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    purpose = forms.CharField(
        label=_("What do you want to use it for?"),
        help_text=_("For example to study, to find a job, or to get further where you work."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("In which language do you tell best?"),
        widget=forms.Select(attrs={"class": "k-short"}),
        error_messages={"required": _("Choose a language")},
    )
    needs_interpreter = forms.TypedChoiceField(
        label=_("Do you want an interpreter when we meet?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        coerce=lambda answer: answer == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you want an interpreter")},
    )
    operation = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, data: QueryDict | None, *, municipalities: Sequence[Organisation], language: str
    ) -> None:
        super().__init__(data, initial={"language": language})
        self.municipalities = {str(each.pk): each for each in municipalities}
        choices = [(key, each.name) for key, each in self.municipalities.items()]
        offer_one_of(self.fields["home_municipality"], choices)
        offer(self.fields["language"], languages.choices())

    def clean(self) -> dict[str, Any]:
        """Turn the municipality chosen into the board whose case it will be."""
        cleaned = super().clean() or {}
        if key := cleaned.get("home_municipality"):
            municipality = self.municipalities[key]
            cleaned["home_municipality"] = municipality
            cleaned["board"] = municipality.board
        return cleaned


class PasswordForm(forms.Form):
    """One's own new password; the old one is asked for, so that a lent screen is not enough."""

    current = forms.CharField(
        label=_("The password you have now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write the password you have now")},
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Three words that do not belong together are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write a new password")},
    )
