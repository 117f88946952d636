"""Forms about the person: numbers, name, the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kunnig.cases.policies import inviting
from kunnig.cases.states import IdentityCheck, InvitedBy, SpokenCheck
from kunnig.kernel.verdict import Refused
from kunnig.people import policies as people_policies
from kunnig.people.formats import identifiers
from kunnig.people.models import LONGEST_NAME, LONGEST_USER_NAME
from kunnig.people.states import IdentifierKind
from kunnig.web.casefile.forms import NewCodeForm
from kunnig.web.components.fields import DayField
from kunnig.web.validator.forms.fields import SHORT

if TYPE_CHECKING:
    from datetime import date
    from typing import Any, ClassVar

    from django.http import QueryDict

    from kunnig.cases.models import Case, Invitation
    from kunnig.kernel.verdict import Verdict
    from kunnig.people.models import Person


def name_field() -> forms.CharField:
    """Return a field for what a person is called."""
    return forms.CharField(
        label=_("Name"),
        help_text=_("As the person is called. One word is enough."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={
            "required": _("Write the person’s name"),
            "max_length": _("The name is longer than %(limit_value)d characters."),
        },
    )


def birth_date_field() -> forms.DateField:
    """Return a field for a date of birth, which may not be known."""
    return DayField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Leave it empty if it is not known."),
    )


class NumberForm(forms.Form):
    """One number that a person is known by."""

    kind = forms.ChoiceField(
        label=_("Kind of number"),
        required=False,
        choices=[("", _("No number is known")), *IdentifierKind.choices],
        widget=forms.Select(attrs=SHORT),
    )
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=identifiers.LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **SHORT}),
    )
    issuer = forms.CharField(
        label=_("Who issued it?"),
        help_text=_("Only for another number: an authority or a country."),
        required=False,
        max_length=identifiers.LONGEST_ISSUER,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_required: ClassVar[bool] = True

    def __init__(self, data: QueryDict | None, *, on: date) -> None:
        super().__init__(data)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """Read the number as its kind is written, and say beside the field what is wrong."""
        cleaned = super().clean() or {}
        kind, written = cleaned.get("kind", ""), cleaned.get("number", "")
        if not kind and (written or self.is_required):
            self.add_error("kind", _("Choose what kind of number it is"))
        elif kind and not written:
            self.add_error("number", _("Write the number"))
        elif kind == IdentifierKind.OTHER and not cleaned.get("issuer"):
            self.add_error("issuer", _("Write who issued the number"))
        elif kind:
            self._read(cleaned, IdentifierKind(kind))
        return cleaned

    def _read(self, cleaned: dict[str, Any], kind: IdentifierKind) -> None:
        try:
            cleaned["read"] = identifiers.read(
                kind, cleaned["number"], on=self.on, issuer=cleaned.get("issuer", "")
            )
        except Refused as refusal:
            self.add_error("number", str(refusal))


class PersonForm(NumberForm):
    """Whom a new case is about: what is needed to find the person again, or to make a new one."""

    name = name_field()
    birth_date = birth_date_field()
    field_order = ["name", "birth_date", "kind", "number", "issuer"]
    is_required = False

    def clean(self) -> dict[str, Any]:
        """Ask the rules of names and dates early, so that the answer lands beside the field."""
        cleaned = super().clean()
        number = cleaned.pop("read", None)
        cleaned["identifiers"] = [] if number is None else [number]
        for name, verdict in (
            ("name", people_policies.name_suffices(cleaned.get("name", "-"))),
            (
                "birth_date",
                people_policies.birth_date_agrees(
                    cleaned.get("birth_date"), cleaned["identifiers"], self.on
                ),
            ),
        ):
            if not verdict:
                self.add_error(name, str(verdict.reason))
        return cleaned

    @property
    def known(self) -> dict[str, Any]:
        """What was found out, as the keywords of `cases.actions.register_for`."""
        return {key: self.cleaned_data[key] for key in ("name", "birth_date", "identifiers")}


class CorrectionForm(forms.Form):
    """What is put right about a person. Its fields are keywords of `correct_person`."""

    name = name_field()
    birth_date = birth_date_field()

    def __init__(self, data: QueryDict | None, *, person: Person, on: date) -> None:
        super().__init__(data, initial={"name": person.name, "birth_date": person.birth_date})
        self.person = person
        self.on = on

    def clean(self) -> dict[str, Any]:
        """Ask the rules of names and dates early, so that the answer lands beside the field."""
        cleaned = super().clean() or {}
        if "name" in cleaned:
            self._ask("name", people_policies.name_suffices(cleaned["name"]))
        if "birth_date" in cleaned:
            fits = people_policies.birth_date_fits(cleaned["birth_date"], self.person, self.on)
            self._ask("birth_date", fits)
        return cleaned

    def _ask(self, field: str, verdict: Verdict) -> None:
        if not verdict:
            self.add_error(field, str(verdict.reason))


class TableCodeForm(NewCodeForm):
    """A code that the person chooses on the device of somebody who works with the case."""

    identity = forms.TypedChoiceField(
        label=_("How do you know who it is?"),
        choices=IdentityCheck.choices,
        coerce=IdentityCheck,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you know who it is")},
    )
    field_order = ("identity", "code", "again")


class InviteForm(forms.Form):
    """An invitation by e-mail or on paper. Its fields are keywords of `invite`."""

    way = forms.TypedChoiceField(
        label=_("How does the person get it?"),
        choices=InvitedBy.choices,
        coerce=InvitedBy,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the person gets it")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Only for a link by e-mail. The letter tells nothing of the case."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    username = forms.CharField(
        label=_("User name"),
        help_text=_("The person signs in with it later, and a password of their own."),
        max_length=LONGEST_USER_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Write a user name")},
    )
    check = forms.TypedChoiceField(
        label=_("How did you make sure who asks for it?"),
        choices=SpokenCheck.choices,
        coerce=SpokenCheck,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you made sure who it is.")},
    )
    instead_of = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(
        self, data: QueryDict | None, *, case: Case, latest: Invitation | None, may_invite: Verdict
    ) -> None:
        email = "" if latest is None or latest.letter is None else latest.letter.address
        super().__init__(data, initial={"instead_of": inviting.key_of(latest), "email": email})
        self.case = case
        self.may_invite = may_invite
        if case.person.username is not None:
            del self.fields["username"]
        if not inviting.must_make_sure(case, latest):
            del self.fields["check"]

    def clean_username(self) -> str:
        """Ask whether the user name can be used; never for one who may not invite."""
        username: str = self.cleaned_data["username"]
        verdict = people_policies.user_name_suffices(username, self.case.person)
        if self.may_invite and not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return username

    def clean(self) -> dict[str, Any]:
        """Ask for the address of a letter by e-mail, and fill in what is not asked for."""
        cleaned = super().clean() or {}
        is_missing = not cleaned.get("email") and "email" not in self.errors
        if cleaned.get("way") is InvitedBy.EMAIL and is_missing:
            self.add_error("email", gettext("Write the e-mail address"))
        return {"username": "", "check": None, **cleaned}
