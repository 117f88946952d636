"""Forms about the case: how it begins, what is noted of it, and where it goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as case_policies
from kunnig.cases.states import HomeGround, Origin, Path
from kunnig.kernel import languages
from kunnig.web.casefile import information
from kunnig.web.components.fields import DayField, offer_one_of
from kunnig.web.validator.forms.fields import (
    SHORT,
    RecordField,
    YesOrNo,
    explained,
    records,
    text_field,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from django.http import QueryDict

    from kunnig.cases.models import Case
    from kunnig.organisations.models import Organisation

LONGEST_GOAL = 200
LONGEST_REFERENCE = 60


def versions() -> list[tuple[str, str]]:
    """Return the texts of information by their version."""
    return [(each, gettext("Version %s") % each) for each in information.VERSIONS]


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


class AdaptationForm(forms.Form):
    """What the person needs from now on."""

    text = text_field(
        _("What does the person need?"),
        _("Write what the person needs"),
        help_text=_("What we shall do, not why the person needs it."),
        rows=5,
    )


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

    def __init__(self, data: QueryDict | None, *, case: Case, at: datetime) -> None:
        super().__init__(data, initial={"decided_on": localdate(at)})
        self.case = case
        self.at = at

    def clean_decided_on(self) -> date:
        """Ask about the day early."""
        day: date = self.cleaned_data["decided_on"]
        verdict = case_policies.day_has_come(day, self.case, self.at)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day


class ReasonForm(forms.Form):
    """Why a case is closed, or opened again."""

    reason = text_field(_("Why?"), _("Write why"), help_text=_("The person may read this."), rows=4)
