"""What people write in and choose from, drawn without a template for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from kunnig.web.components.parts import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.forms import BaseForm, BoundField
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

    from kunnig.web.components.parts import Card

Voice = Literal["self", "pro"]


def given(**attributes: Any) -> SafeString:
    """Return the attributes that are not None; `aria_label` is written aria-label."""
    return flatatt({name.strip("_").replace("_", "-"): it for name, it in attributes.items()})


def input_of(field: BoundField) -> SafeString:
    """Return the widget of a field with the classes of the design system."""
    named = f"ds-input {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": named})


def choice(box: SafeString, words: StrOrPromise, note: SafeString | str = "") -> SafeString:
    """Return one card to choose: the whole card is the target."""
    return format_html('<label class="k-choice">{} <span>{}{}</span></label>', box, words, note)


def choices_of(field: BoundField, by: str = "", columns: int = 0) -> SafeString:
    """Return the radios or ticks of a field as cards; amber with `by="self"`."""
    cards = format_html_join("", "{}", ((option_card(each.data),) for each in field.subwidgets))
    around = given(class_="k-choices", data_by=by or None, data_cols=columns or None)
    return format_html("<div{}>{}</div>", around, cards)


def option_card(option: dict[str, Any]) -> SafeString:
    """Return one option of a field as a card."""
    box = given(
        class_="ds-input",
        type=option["type"],
        name=option["name"],
        value=option["value"],
        **option["attrs"],
    )
    return choice(format_html("<input{}>", box), option["label"])


def cards(name: str, options: Iterable[Card], chosen: str = "", by: str = "") -> SafeString:
    """Return radios as cards from plain values, for pages that read what was posted themselves."""
    drawn = format_html_join("", "{}", ((plain_card(name, card, chosen),) for card in options))
    return format_html("<div{}>{}</div>", given(class_="k-choices", data_by=by or None), drawn)


def plain_card(name: str, card: Card, chosen: str) -> SafeString:
    """Return one plain value as a card."""
    box = given(
        class_="ds-input",
        type="radio",
        name=name,
        value=card.value,
        checked=card.value == chosen,
    )
    note: SafeString | str = ""
    if card.note:
        spoken = given(lang=card.language or None, dir=card.direction or None)
        note = format_html("<small{}>{}</small>", spoken, card.note)
    return choice(format_html("<input{}>", box), card.words, note)


def answer(  # noqa: PLR0913 -- one part of a form, with all that screen readers need of it
    name: str,
    label: StrOrPromise,
    value: str = "",
    *,
    by: Voice = "self",
    anchor: str = "",
    rows: int = 4,
    language: str = "",
    question: str = "",
    hint: str = "",
    saved: SafeString | str = "",
) -> SafeString:
    """Return a field for free text in the colour of whoever speaks; direction follows the text.

    `question` and `hint` are ids of what the field answers and of its guidance.
    """
    anchor = anchor or f"id_{name}"
    field = given(
        class_="ds-input",
        id=anchor,
        name=name,
        rows=rows,
        dir="auto",
        lang=language or None,
        aria_labelledby=f"{question} {anchor}_label" if question else None,
        aria_describedby=hint or None,
    )
    return format_html(
        '<div class="k-answer"{}><label for="{}"><span id="{}_label">{}</span>{}</label>'
        "<textarea{}>\n{}</textarea></div>",
        given(data_by=None if by == "self" else by),
        anchor,
        anchor,
        label,
        saved,
        field,
        value,
    )


def faults_of(form: BaseForm) -> Iterator[Fault]:
    """Yield what is to be corrected in a form, in the order of its fields, then the whole."""
    for field in form:
        anchor = field.id_for_label or f"{field.auto_id}_0"
        for message in field.errors:
            yield Fault(str(message), anchor)
    for message in form.non_field_errors():
        yield Fault(str(message))
