"""Forms about who works with a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from kunnig.cases import policies as case_policies
from kunnig.cases.states import Part
from kunnig.people.states import Protection
from kunnig.web.components.fields import DayField
from kunnig.web.validator.forms.fields import RecordField, explained, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from typing import Any

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from kunnig.people.models import Person

LONGEST_GROUND = 300

PARTS = {
    Part.WHOLE: _("Everything but the adaptations; may change it"),
    Part.INITIAL: _("What the person told about their life and work"),
    Part.IN_DEPTH: _(
        "What the person can, question by question; with names and times of what they told"
    ),
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
