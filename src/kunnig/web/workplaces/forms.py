"""What is filled in to give somebody a role, to end it, and to let them sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kunnig.organisations import policies
from kunnig.organisations.states import Role
from kunnig.people.models import LONGEST_NAME, LONGEST_USER_NAME
from kunnig.people.policies import user_name_suffices
from kunnig.web.components.fields import DayField, TelephoneField, offer_one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunnig.kernel.verdict import Verdict
    from kunnig.organisations.models import Organisation
    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest

LARGEST_LOGO = 100_000  # bytes


class RoleForm(forms.Form):
    """A role in an organisation, for a period. Its fields are keywords of `assign`."""

    role = forms.TypedChoiceField(
        label=_("Role"),
        coerce=Role,
        widget=forms.Select(attrs={"class": "k-short"}),
        error_messages={"required": _("Choose a role")},
    )
    organisation = forms.ChoiceField(
        label=_("Where"), error_messages={"required": _("Choose where")}
    )
    starts_on = DayField(
        label=_("First day"), error_messages={"required": _("Write the first day")}
    )
    ends_on = DayField(label=_("Last day"), required=False)

    def __init__(
        self,
        request: PersonRequest,
        *,
        places: Sequence[Organisation],
        roles: Sequence[Role],
        initial: dict[str, Any] | None = None,
    ) -> None:
        today = timezone.localdate(request.at)
        data = request.POST if request.method == "POST" else None
        super().__init__(data, initial={"starts_on": today, **(initial or {})})
        self.request = request
        self.places = {str(each.pk): each for each in places}
        offer_one_of(self.fields["role"], [(role.value, role.label) for role in roles])
        offer_one_of(
            self.fields["organisation"], [(k, p.full_name) for k, p in self.places.items()]
        )

    def clean(self) -> dict[str, Any]:
        """Ask the field's rules early, so that each answer lands beside the right box."""
        cleaned = super().clean() or {}
        if "organisation" in cleaned:
            cleaned["organisation"] = self.places[cleaned["organisation"]]
        if "organisation" in cleaned and "role" in cleaned:
            by, at = self.request.user, self.request.at
            place, role = cleaned["organisation"], cleaned["role"]
            self._ask("role", policies.may_give(by, place, role, at))
        if "starts_on" in cleaned:
            verdict = policies.period_holds(cleaned["starts_on"], cleaned.get("ends_on"))
            self._ask("ends_on", verdict)
        return cleaned

    def _ask(self, field: str, verdict: Verdict) -> None:
        if not verdict:
            self.add_error(field, str(verdict.reason))


class EmployForm(RoleForm):
    """A new colleague and their role. Its fields are keywords of `employ`."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the name")},
    )
    email = forms.EmailField(
        label=_("E-mail at work"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "email", "role", "organisation", "starts_on", "ends_on")


class EndRoleForm(forms.Form):
    """The last day of a role."""

    ends_on = DayField(
        label=_("Last day"),
        help_text=_("Choose yesterday to end it at once."),
        error_messages={"required": _("Write the last day")},
    )


class SignInForm(forms.Form):
    """A way in for a colleague, or for the person of a case; the machine makes the password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=LONGEST_USER_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Write a user name")},
    )

    def __init__(self, request: PersonRequest, *, person: Person, may_open: Verdict) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.person = person
        self.may_open = may_open

    def clean_username(self) -> str:
        """Ask whether the user name can be used; never for one who may not open the way in."""
        username: str = self.cleaned_data["username"]
        if self.may_open and not (verdict := user_name_suffices(username, self.person)):
            raise forms.ValidationError(str(verdict.reason))
        return username


class NewPasswordForm(forms.Form):
    """That one who has forgotten theirs is given a password in place of the one that they had."""

    instead_of = forms.CharField(widget=forms.HiddenInput(), required=False)


class DescribeForm(forms.Form):
    """How an organisation is reached, and its logo. Its fields are keywords of `describe`."""

    telephone = TelephoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    logo = forms.FileField(
        label=_("New logo"),
        help_text=_("A plain SVG drawing. It stands on papers. Without one, the old one stays."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/svg+xml"}),
    )
    field_order = ("telephone", "email", "address", "logo")

    def __init__(self, request: PersonRequest, *, organisation: Organisation) -> None:
        is_sent = request.method == "POST"
        super().__init__(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            initial={
                "telephone": organisation.telephone,
                "email": organisation.email,
                "address": organisation.address,
            },
        )
        self.organisation = organisation

    def clean_logo(self) -> str:
        """Read the drawing as text, and ask whether it is one."""
        file = self.cleaned_data["logo"]
        if not file:
            return self.organisation.logo_svg
        if file.size > LARGEST_LOGO:
            raise forms.ValidationError(_("The file is too large for a logo"))
        try:
            svg = file.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not an SVG drawing")) from None
        verdict = policies.logo_suffices(svg)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        drawing: str = svg
        return drawing
