"""What the region's coordinator fills in: plans, qualifications and why they end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kunnig.training import policies
from kunnig.training.states import Reach
from kunnig.web.components.fields import DayField

MOST_PLANNED = 200


class PlanForm(forms.Form):
    """The planning figure of one municipality."""

    validators = forms.IntegerField(
        label=_("Planned validators"),
        min_value=1,
        max_value=MOST_PLANNED,
        widget=forms.NumberInput(attrs={"class": "k-short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many validators are planned"),
            "invalid": _("Write a whole number, such as 2"),
            "min_value": _("Every municipality has at least one validator."),
            "max_value": _("That is more than any municipality needs"),
        },
    )


class GrantForm(forms.Form):
    """A qualification to map. Its fields are keywords of `training.actions.grant`."""

    reach = forms.TypedChoiceField(
        label=_("What it is good for"),
        choices=Reach.choices,
        coerce=Reach,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is good for")},
    )
    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("For example the training, where and when it was held."),
        max_length=policies.LONGEST_REASON,
        error_messages={"required": _("Write the ground")},
    )
    starts_on = DayField(
        label=_("First day"), error_messages={"required": _("Write the first day")}
    )
    ends_on = DayField(label=_("Last day"), error_messages={"required": _("Write the last day")})

    def clean(self) -> dict[str, Any]:
        """Ask the rule of periods early."""
        cleaned = super().clean() or {}
        if "starts_on" in cleaned and "ends_on" in cleaned:
            verdict = policies.period_is_of_practice(cleaned["starts_on"], cleaned["ends_on"])
            if not verdict:
                self.add_error("ends_on", str(verdict.reason))
        return cleaned


class EndForm(forms.Form):
    """Why a qualification ends before its last day."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The person can read it."),
        max_length=policies.LONGEST_REASON,
        error_messages={"required": _("Write why")},
    )
