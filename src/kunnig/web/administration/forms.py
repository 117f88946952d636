"""What administrators fill in: new schools and providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kunnig.organisations.policies import lies_where_it_can
from kunnig.organisations.states import OrganisationKind
from kunnig.web.components.fields import TelephoneField, offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kunnig.organisations.models import Organisation

MADE_HERE = (OrganisationKind.SCHOOL_UNIT, OrganisationKind.PROVIDER)


class MakeForm(forms.Form):
    """A school unit or another provider. Its fields are keywords of `organisations.make`."""

    kind = forms.TypedChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in MADE_HERE],
        coerce=OrganisationKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        error_messages={"required": _("Write the name")},
    )
    board = forms.ChoiceField(
        label=_("Works with the cases of"),
        help_text=_("A school unit always works under a board. A provider may."),
        required=False,
    )
    telephone = TelephoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def __init__(self, data: QueryDict | None, *, boards: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.boards = {str(each.pk): each for each in boards}
        named = [(key, each.full_name) for key, each in self.boards.items()]
        offer(self.fields["board"], [("", _("No board")), *named])

    def clean(self) -> dict[str, Any]:
        """Place the school in the municipality of its board, and ask whether it can lie there."""
        cleaned = super().clean() or {}
        if "kind" not in cleaned or "board" not in cleaned:
            return cleaned
        kind, board = cleaned["kind"], self.boards.get(cleaned["board"])
        is_school = kind is OrganisationKind.SCHOOL_UNIT
        cleaned["board"] = board
        cleaned["parent"] = board.parent if is_school and board is not None else None
        if is_school and board is None:
            self.add_error("board", _("Choose the board that the school works under"))
        elif not (verdict := lies_where_it_can(kind, cleaned["parent"], board)):
            self.add_error("board", str(verdict.reason))
        return cleaned
