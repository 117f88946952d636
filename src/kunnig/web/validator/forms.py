"""What those who work with cases fill in. One form for each verb; the fields are its keywords."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import uuid4

from django import forms
from django.db.models import Model
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as case_policies
from kunnig.cases.states import HomeGround, IdentityCheck, Origin, Part, Path
from kunnig.kernel import languages, numbers
from kunnig.kernel.verdict import Refused
from kunnig.organisations.models import Organisation
from kunnig.people import policies as people_policies
from kunnig.people.formats import identifiers
from kunnig.people.models import LONGEST_NAME, Person
from kunnig.people.states import IdentifierKind, Protection
from kunnig.web.casefile import information
from kunnig.web.casefile.forms import NewCodeForm
from kunnig.web.components.fields import DayField, offer_one_of
from kunnig.web.workplaces.forms import SignInForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from django.http import QueryDict
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

    from kunnig.kernel.verdict import Verdict
    from kunnig.web.http import PersonRequest

LONGEST_GOAL = 200
LONGEST_REFERENCE = 60
LONGEST_GROUND = 300
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


def versions() -> list[tuple[str, str]]:
    """Return the texts of information by their version."""
    return [(each, gettext("Version %s") % each) for each in information.VERSIONS]


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


# --- Who it is about ---


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


class OpenSignInForm(SignInForm):
    """A way in for the person of a case, by a password that the machine makes."""

    def __init__(self, request: PersonRequest, *, person: Person) -> None:
        super().__init__(request, person=person)
        self.fields["password"].widget = forms.HiddenInput()
        self.initial["password"] = numbers.first_password()


class GivePasswordForm(OpenSignInForm):
    """A new password that the machine makes. Its field is a keyword of `give_password`."""

    def __init__(self, request: PersonRequest, *, person: Person) -> None:
        super().__init__(request, person=person)
        del self.fields["username"]


# --- The case ---

GROUNDS = {
    HomeGround.REGISTERED: _("The person is in the population register there."),
    HomeGround.STAYING: _(
        "The person is not registered anywhere in Sweden, or has protected registration, "
        "and is there."
    ),
}


class NotesForm(forms.Form):
    """What the board notes of a case and may change. Fields of `cases.actions.change_details`."""

    goal = forms.CharField(
        label=_("Goal"),
        help_text=_("What the person wants to become or study, in a few words."),
        max_length=LONGEST_GOAL,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    purpose = text_field(
        _("Purpose"), help_text=_("What the mapping will be used for. Nothing about health.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("In which the person tells best."),
        widget=forms.Select(attrs=SHORT),
        error_messages={"required": _("Choose a language")},
    )
    needs_interpreter = YesOrNo(
        label=_("Is an interpreter needed?"),
        error_messages={"required": _("Say whether an interpreter is needed")},
    )
    own_reference = forms.CharField(
        label=_("The board’s own reference"),
        help_text=_("The number in your own register, if there is one."),
        max_length=LONGEST_REFERENCE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", **SHORT}),
    )

    def __init__(self, data: QueryDict | None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        offer_one_of(self.fields["language"], languages.choices())


class CaseForm(NotesForm):
    """A new case for somebody. Its fields are keywords of `cases.actions.register_for`."""

    board = RecordField(
        label=_("Board"),
        help_text=_("It answers for the case and for what is kept in it."),
        error_messages={"required": _("Choose a board")},
    )
    home_municipality = RecordField(
        label=_("Home municipality"),
        widget=forms.Select(attrs=SHORT),
        error_messages={"required": _("Choose the home municipality")},
    )
    home_ground = forms.TypedChoiceField(
        label=_("Why is it the home municipality?"),
        choices=partial(explained, GROUNDS),
        coerce=HomeGround,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why it is the home municipality")},
    )
    origin = forms.TypedChoiceField(
        label=_("Where does the person come from?"),
        choices=[("", _("Choose")), *Origin.choices],
        coerce=Origin,
        widget=forms.Select(attrs=SHORT),
        error_messages={"required": _("Choose where the person comes from")},
    )
    adaptations = text_field(
        _("Adaptations"),
        help_text=_(
            "What the person needs to take part, such as large print or a room without stairs. "
            "Not why. Only those let in to the adaptations read this."
        ),
    )
    information_text = forms.ChoiceField(
        label=_("Information the person has been given"),
        choices=versions,
        widget=forms.RadioSelect,
        error_messages={"required": _("Give the person the information, and say which text")},
    )
    is_practice = forms.BooleanField(
        label=_("This is a practice case"),
        help_text=_("For training only. It is not counted, and fills nobody’s experiences."),
        required=False,
    )
    operation = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ["home_municipality", "home_ground", "board", "origin"]

    def __init__(
        self,
        data: QueryDict | None,
        *,
        boards: Iterable[Organisation],
        municipalities: Iterable[Organisation],
    ) -> None:
        found = list(boards)
        home = {"home_municipality": str(found[0].parent_id)} if len(found) == 1 else {}
        super().__init__(data, initial=home)
        records(self.fields["board"]).offer(found, lambda each: each.full_name)
        records(self.fields["home_municipality"]).offer(municipalities)


def records(field: forms.Field) -> RecordField:
    """Return a field as the one that offers records."""
    assert isinstance(field, RecordField)  # noqa: S101 -- whoever calls knows the field
    return field


class AdaptationForm(forms.Form):
    """What the person needs from now on."""

    text = text_field(
        _("What does the person need?"),
        _("Write what the person needs"),
        help_text=_("What we shall do, not why the person needs it."),
        rows=5,
    )


# --- Who works with it ---

PARTS = {
    Part.WHOLE: _("Everything but the adaptations; may change it"),
    Part.INITIAL: _("What the person told about their life and work"),
    Part.IN_DEPTH: _("What the person can, question by question"),
    Part.ADAPTATIONS: _("What the person needs to take part"),
}


class ColleagueForm(forms.Form):
    """A colleague of the board of the case."""

    person = RecordField(label=_("Colleague"), error_messages={"required": _("Choose a colleague")})

    def __init__(
        self,
        data: QueryDict | None,
        *,
        colleagues: Iterable[Person],
        at: datetime,
        words: Callable[[Person], StrOrPromise] = str,
    ) -> None:
        super().__init__(data)
        self.at = at
        records(self.fields["person"]).offer(colleagues, words)


class LetInForm(ColleagueForm):
    """A colleague to let in. Its fields are the keywords of `cases.actions.let_in`."""

    part = forms.TypedChoiceField(
        label=_("To what?"),
        choices=partial(explained, PARTS),
        coerce=Part,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to let the colleague in to")},
    )
    ground = forms.CharField(
        label=_("On what ground?"),
        help_text=_("Why the colleague needs it for their work. The person may read this."),
        max_length=LONGEST_GROUND,
        error_messages={"required": _("Write why the colleague needs it")},
    )
    starts_on = DayField(label=_("From"), error_messages={"required": _("Write from which day")})
    ends_on = DayField(label=_("To"), required=False, help_text=_("Empty: until somebody ends it."))

    def __init__(self, data: QueryDict | None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        """Ask about the period early."""
        cleaned = super().clean() or {}
        if "starts_on" in cleaned and "ends_on" in cleaned:
            verdict = case_policies.period_holds(cleaned["starts_on"], cleaned["ends_on"], self.at)
            if not verdict:
                self.add_error("ends_on", str(verdict.reason))
        return cleaned


PROTECTIONS = {
    Protection.NONE: _("The case is open to the board’s staff as other cases are."),
    Protection.SECRECY_MARKING: _("The tax agency has marked that the data may be secret."),
    Protection.PROTECTED_REGISTRATION: _("The person is registered where they do not live."),
    Protection.ASSUMED_IDENTITY: _("The person lives under another name."),
}


class ProtectionForm(forms.Form):
    """How strongly the person is protected. What holds now is not shown, so nothing is chosen."""

    level = forms.TypedChoiceField(
        label=_("Protection from now on"),
        choices=partial(explained, PROTECTIONS),
        coerce=Protection,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the person is protected")},
    )


# --- Where it goes ---

PATHS = {
    Path.GUIDANCE_ONLY: _("The person goes on with guidance and needs no validation."),
    Path.REFERRAL: _(
        "Somebody else takes over: a university, the council for higher education or a trade."
    ),
    Path.EXAMINATION: _("The person is examined by a teacher and gets a grade."),
    Path.AWAITING_ADMISSION: _("The person has applied to a course. Decide anew when admitted."),
    Path.VALIDATION: _("The person is admitted. An in-depth mapping follows."),
    Path.OTHER_ROUTE: _("Outside adult education. An in-depth mapping follows."),
}


class PathForm(forms.Form):
    """What follows the initial mapping. Its fields are the keywords of `decide_path`."""

    path = forms.TypedChoiceField(
        label=_("Which way?"),
        choices=partial(explained, PATHS),
        coerce=Path,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a way")},
    )
    reason = text_field(
        _("Why this way?"),
        _("Write why this way was chosen"),
        help_text=_("The person reads this. Say what you agreed and what spoke for it."),
        rows=4,
    )
    decided_on = DayField(
        label=_("Day of the decision"),
        error_messages={"required": _("Write the day of the decision")},
    )
    operation = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: QueryDict | None, *, today: date, at: datetime) -> None:
        super().__init__(data, initial={"decided_on": today})
        self.at = at

    def clean_decided_on(self) -> date:
        """Ask about the day early."""
        day: date = self.cleaned_data["decided_on"]
        verdict = case_policies.day_has_come(day, self.at)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day


class ReasonForm(forms.Form):
    """Why a case is closed, or opened again."""

    reason = text_field(_("Why?"), _("Write why"), help_text=_("The person may read this."), rows=4)


# --- The person's own code ---


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
