"""What teachers fill in when they write what candidates are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kunnig.kernel.languages import direction_of, written_in
from kunnig.standards import policies
from kunnig.standards.formats.draft_text import CRITERIA, POINTS, fields_of, of_fields
from kunnig.standards.formats.question_set import (
    ALL_LANGUAGES,
    LONGEST_TITLE,
    LONGEST_WORDS,
)
from kunnig.standards.models import LONGEST_REASON, LONGEST_SHORT
from kunnig.web.components.marks import day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField
    from django.http import QueryDict

    from kunnig.standards.formats.draft_text import Field, FieldName, PartText
    from kunnig.standards.models import QuestionSet
    from kunnig.standards.queries import CriterionRow, PointRow

# Swedish beside simple Swedish, then the others in the order in which a page can be read.
IN_ORDER = sorted(ALL_LANGUAGES, key=[code for code, _name in settings.LANGUAGES].index)
SHORTEST_BOX, LONGER_BOX = 2, 4
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The fields of one language."""

    code: str
    name: str
    fields: Sequence[BoundField]


@dataclass(frozen=True, slots=True)
class Links:
    """What a question can speak to: points, and criteria where the writer may read them."""

    points: Sequence[PointRow]
    criteria: Sequence[CriterionRow]


class BeginForm(forms.Form):
    """What a draft begins with. Its field is a keyword of `drafting.begin`."""

    copy_of = forms.TypedChoiceField(
        label=_("Begin with"),
        coerce=lambda key: None if key == EMPTY else UUID(key),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to begin with")},
    )

    def __init__(self, data: QueryDict | None, *, copies: Sequence[QuestionSet]) -> None:
        newest = copies[0].target_id if copies else None
        choices = [(str(each.pk), _copy_words(each, each.target_id == newest)) for each in copies]
        super().__init__(data, initial={"copy_of": choices[0][0] if choices else EMPTY})
        cast("Any", self.fields["copy_of"]).choices = [*choices, (EMPTY, gettext("An empty set"))]


def _copy_words(each: QuestionSet, is_of_this: bool) -> str:  # noqa: FBT001 -- one caller, above
    told = {"version": each.version, "day": day(each.published_at)}
    if is_of_this:
        return gettext("A copy of version %(version)s, published %(day)s") % told
    return (
        gettext(
            "A copy of what was written for the former version of the target, published %(day)s"
        )
        % told
    )


class PartForm(forms.Form):
    """A question or a group in every language; a group has a title only."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    part = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | Mapping[str, Any] | None,
        *,
        text: PartText,
        links: Links | None,
        entry: int | None = None,
    ) -> None:
        initial = fields_of(text) | {"base": entry, "part": uuid4()}
        super().__init__(data, initial=initial)
        self.text = text
        self.is_group = links is None
        for language in ALL_LANGUAGES:
            self._write_in(language)
        if links is not None:
            self._link(links)

    def _write_in(self, language: str) -> None:
        lang = {"lang": written_in(language), "dir": direction_of(language)}
        if self.is_group:
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("Title"),
                required=False,
                max_length=LONGEST_TITLE,
                widget=forms.TextInput(attrs=lang),
            )
            return
        self.fields[f"text_{language}"] = forms.CharField(
            label=_("Question"),
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs=lang | {"rows": LONGER_BOX}),
        )
        self.fields[f"hint_{language}"] = forms.CharField(
            label=_("Hint"),
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs=lang | {"rows": SHORTEST_BOX}),
        )
        self.fields[f"short_{language}"] = forms.CharField(
            label=_("Short name"),
            required=False,
            max_length=LONGEST_SHORT,
            widget=forms.TextInput(attrs=lang),
        )

    def _link(self, links: Links) -> None:
        self.fields[POINTS] = forms.MultipleChoiceField(
            label=_("Points it speaks to"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(each.number), f"{each.number}. {each.text}") for each in links.points],
        )
        if links.criteria:
            self.fields[CRITERIA] = forms.MultipleChoiceField(
                label=_("Criteria it gives a basis for"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[
                    (key := f"{each.grade_step}{each.number}", f"{key}. {each.text}")
                    for each in links.criteria
                ],
            )

    @property
    def sides(self) -> list[InLanguage]:
        """The fields language by language, to be shown side by side."""
        names = dict(settings.LANGUAGES)
        kinds = ("text",) if self.is_group else ("text", "hint", "short")
        return [
            InLanguage(
                language,
                gettext(names[language]),
                [self[f"{kind}_{language}"] for kind in kinds],
            )
            for language in IN_ORDER
        ]

    @property
    def written(self) -> PartText:
        """What was filled in; links that the writer was not shown stay as they are."""
        fields = self.cleaned_data | {
            POINTS: tuple(self.cleaned_data.get(POINTS, ())),
            CRITERIA: tuple(self.cleaned_data.get(CRITERIA, self.text.criteria)),
        }
        return of_fields(fields)

    def clean(self) -> dict[str, Any]:
        """Ask the rule early that a part says something."""
        cleaned = super().clean() or {}
        if not self.errors and not (verdict := policies.asks_something(of_fields(cleaned))):
            self.add_error("text_sv", str(verdict.reason))
        return cleaned

    def tell_clashes(self, clashes: Mapping[FieldName, Field]) -> None:
        """Say beside each field what somebody else has written there meanwhile."""
        for name, theirs in clashes.items():
            said = theirs if isinstance(theirs, str) else ", ".join(theirs)
            self.add_error(
                name if name in self.fields else None,
                gettext(
                    "Somebody else has changed this meanwhile, to “%(theirs)s”. What you wrote "
                    "still stands in the box: settle on one text, and save again."
                )
                % {"theirs": said or "–"},
            )


class SendBackForm(forms.Form):
    """Why a proposal goes back. Its field is a keyword of `publishing.send_back`."""

    reason = forms.CharField(
        label=_("What has to change"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": LONGER_BOX}),
        error_messages={"required": _("Write why, so that the author knows what to change.")},
    )
