"""The parts that pages are built from; see them all at /components/ and in docs/pages.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kunnig.kernel import text
from kunnig.web.components import controls, marks
from kunnig.web.layout import icons

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BaseForm, BoundField
    from django.template import Context
    from django_stubs_ext import StrOrPromise

    from kunnig.web.components.parts import Card, Fault, Step, Tab

Tone = Literal["plain", "now", "calm"]
Mood = Literal["info", "warning", "danger", "success"]

register = template.Library()

# Signs and controls that need no template of their own.
register.simple_tag(marks.saved)
register.simple_tag(marks.have)
register.simple_tag(marks.missing)
register.simple_tag(marks.level)
register.simple_tag(marks.verdict)
register.simple_tag(marks.meter)
register.simple_tag(marks.seal)
register.simple_tag(controls.answer)
register.filter("clock", marks.clock)
register.filter("day", marks.day)
register.filter("listed", text.listed)
register.filter("isolated", text.isolated)
register.simple_tag(marks.apart)
register.simple_tag(text.comma)


def rendered(name: str, **values: Any) -> SafeString:
    """Return one part, rendered from its template with plain values."""
    return render_to_string(f"components/{name}.html", values)


def anchor_of(heading: StrOrPromise) -> str:
    """Return the id that a heading gets, so that its part can be named by it."""
    return f"part-{slugify(heading, allow_unicode=True)}"


@register.simple_tag
def icon(name: str, *, flip: bool = False) -> SafeString:
    """Render an icon: `{% icon "arrow" flip=True %}`. Always beside a word."""
    return icons.icon_svg(name, flip=flip)


# What a page is divided into.


@register.simple_block_tag
def section(
    content: SafeString, heading: StrOrPromise, gap: str = "", level: int = 2
) -> SafeString:
    """Render a titled part of a page: `{% section heading %}…{% endsection %}`."""
    return rendered(
        "section",
        content=content,
        heading=heading,
        gap=gap,
        level=level,
        anchor=anchor_of(heading),
    )


@register.simple_block_tag
def panel(
    content: SafeString,
    heading: StrOrPromise = "",
    tone: Tone = "plain",
    over: StrOrPromise = "",
    level: int = 2,
) -> SafeString:
    """Render one thing to read or do: `{% panel heading tone="now" over=when %}…{% endpanel %}`.

    `now` is the next step, once a page; `calm` is a summary.
    """
    return rendered(
        "panel",
        content=content,
        heading=heading,
        tone=tone,
        over=over,
        level=level,
        anchor=anchor_of(heading) if heading else "",
    )


@register.simple_block_tag
def decision(content: SafeString, heading: StrOrPromise) -> SafeString:
    """Render the one place on a page where something is settled, last on the page."""
    return rendered("decision", content=content, heading=heading, anchor=anchor_of(heading))


@register.simple_block_tag(takes_context=True)
def removal(
    context: Context,
    content: SafeString,
    heading: StrOrPromise,
    button: StrOrPromise,
    keep_url: str,
) -> SafeString:
    """Render the question before something is taken away: name the thing and the loss.

    `{% removal _("Remove the photo?") _("Remove the photo") back %}…{% endremoval %}`
    """
    return rendered(
        "removal",
        content=content,
        heading=heading,
        button=button,
        keep_url=keep_url,
        anchor=anchor_of(heading),
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_block_tag
def fold(content: SafeString, summary: StrOrPromise) -> SafeString:
    """Render what most do not need to see: `{% fold summary %}…{% endfold %}`."""
    return format_html(
        '<details class="k-fold k-panel"><summary>{}</summary>'
        '<div class="k-stack">{}</div></details>',
        summary,
        content,
    )


# What is said, and by whom.


@register.simple_block_tag
def notice(content: SafeString, heading: StrOrPromise = "", mood: Mood = "info") -> SafeString:
    """Render something to know: `{% notice heading mood="warning" %}<p>…</p>{% endnotice %}`."""
    return rendered("notice", content=content, heading=heading, mood=mood)


@register.simple_block_tag
def done(content: SafeString, heading: StrOrPromise) -> SafeString:
    """Render what went well, with a link onward: `{% done heading %}<p>…</p>{% enddone %}`."""
    return rendered("done", content=content, heading=heading)


@register.simple_block_tag
def empty(content: SafeString, heading: StrOrPromise) -> SafeString:
    """Render that nothing is here yet: what will come, and one thing to do."""
    return rendered("empty", content=content, heading=heading)


@register.simple_block_tag
def voice(content: SafeString, by: StrOrPromise = "") -> SafeString:
    """Render what the person said, in paragraphs: `{% voice by=source %}<p>…</p>{% endvoice %}`."""
    return said("k-voice", content, by)


@register.simple_block_tag
def pro(content: SafeString, by: StrOrPromise = "") -> SafeString:
    """Render what staff wrote, in paragraphs: `{% pro by=name %}<p>…</p>{% endpro %}`."""
    return said("k-pro", content, by)


def said(name: str, content: SafeString, by: StrOrPromise) -> SafeString:
    """Return words with whose they are."""
    source = format_html('<p class="k-by">{}</p>', by) if by else ""
    return format_html('<div class="{}">{}{}</div>', name, content, source)


@register.simple_block_tag
def evidence(  # noqa: PLR0913 -- what a reader must know of it, each by name
    content: SafeString,
    title: StrOrPromise,
    *,
    kind: str = "file",
    url: str = "",
    facts: StrOrPromise = "",
    tick: SafeString | str = "",
) -> SafeString:
    """Render one piece of evidence as a card; `kind` is an icon, `tick` a checkbox in a label."""
    return rendered(
        "evidence", content=content, title=title, kind=kind, url=url, facts=facts, tick=tick
    )


# Where we are.


@register.simple_tag
def crumbs(*pairs: StrOrPromise, here: StrOrPromise = "") -> SafeString:
    """Render the way here: `{% crumbs cases_url _("Cases") case_url name here=heading %}`."""
    above = zip(pairs[::2], pairs[1::2], strict=True)
    links = format_html_join("", '<li><a class="ds-link" href="{}">{}</a></li>', above)
    last = format_html('<li><span aria-current="page">{}</span></li>', here) if here else ""
    return format_html(
        '<nav class="ds-breadcrumbs" aria-label="{}"><ol>{}{}</ol></nav>',
        _("You are here"),
        links,
        last,
    )


@register.simple_tag
def facts(*pairs: StrOrPromise, kind: Literal["facts", "dl"] = "facts") -> SafeString:
    """Render facts by name, the empty ones left out: `{% facts _("Case") number … %}`.

    In a line for a head; `kind="dl"` for a list in a panel.
    """
    known = [(name, it) for name, it in zip(pairs[::2], pairs[1::2], strict=True) if it]
    pattern = "<div><dt>{}</dt><dd>{}</dd></div>" if kind == "facts" else "<dt>{}</dt><dd>{}</dd>"
    return format_html('<dl class="k-{}">{}</dl>', kind, format_html_join("", pattern, known))


@register.simple_tag
def path(steps: Sequence[Step]) -> SafeString:
    """Render a case as steps, each with a sentence: `{% path steps %}`."""
    return rendered("path", steps=steps)


@register.simple_tag
def rail(steps: Sequence[Step], label: StrOrPromise) -> SafeString:
    """Render steps as links beside the page, folded on phones: `{% rail steps label %}`."""
    now = next((place for place, step in enumerate(steps) if step.state == "now"), None)
    place = (
        _("%(label)s, %(number)s of %(count)s: %(name)s")
        % {
            "label": label,
            "number": now + 1,
            "count": len(steps),
            "name": steps[now].name,
        }
        if now is not None
        else label
    )
    drawn = marks.rail_steps(steps)
    return format_html(
        '<nav class="k-sticky k-only-wide" aria-label="{}">{}</nav>'
        '<details class="k-fold k-panel k-only-narrow"><summary>{}</summary>{}</details>',
        label,
        drawn,
        place,
        drawn,
    )


@register.simple_tag
def tabs(cuts: Iterable[Tab], label: StrOrPromise = "") -> SafeString:
    """Render the few common cuts of a list, with counts: `{% tabs cuts %}`."""
    return rendered("tabs", cuts=cuts, label=label or _("Show"))


@register.simple_block_tag
def filters(
    content: SafeString, label: StrOrPromise, button: StrOrPromise = "", part: str = ""
) -> SafeString:
    """Render fields that narrow a list, as a form that asks by address.

    With `part`, htmx swaps in just that part of the page while the person types.
    """
    return rendered("filters", content=content, label=label, button=button or _("Show"), part=part)


@register.simple_tag
def pages(previous: str = "", following: str = "", label: StrOrPromise = "") -> SafeString:
    """Render the way to the neighbouring pages of a list: `{% pages previous next %}`.

    On a page with several lists, `label` says of which.
    """
    return (
        rendered("pages", previous=previous, following=following, label=label)
        if previous or following
        else SafeString()
    )


@register.simple_tag
def sorted_head(
    words: StrOrPromise,
    url: str,
    order: Literal["", "ascending", "descending"] = "",
    kind: str = "",
) -> SafeString:
    """Render a head that sorts its table: `{% sorted_head _("Last") url "ascending" %}`."""
    arrow = {"ascending": " ↑", "descending": " ↓"}.get(order, "")
    return format_html(
        '<th scope="col" role="columnheader" aria-sort="{}"{}><a class="k-sort" href="{}">{}'
        '<span aria-hidden="true">{}</span></a></th>',
        order or "none",
        controls.given(class_=kind or None),
        url,
        words,
        arrow,
    )


# What is written and chosen.


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Render a field with label, help and faults: `{% field form.name %}`. Up to ten a form."""
    return bound.as_field_group()


@register.simple_tag
def input_of(bound: BoundField) -> SafeString:
    """Render only the widget of a field."""
    return controls.input_of(bound)


@register.simple_tag
def choices(bound: BoundField, by: str = "", columns: int = 0) -> SafeString:
    """Render only the radios or ticks of a field, as cards; amber with `by="self"`."""
    return controls.choices_of(bound, by, columns)


@register.simple_tag
def cards(name: str, options: Iterable[Card], chosen: str = "", by: str = "") -> SafeString:
    """Render radios from plain values, inside a fieldset of the page."""
    return controls.cards(name, options, chosen, by)


@register.simple_tag
def error_summary(
    form: BaseForm | None = None, faults: Sequence[Fault] | None = None
) -> SafeString:
    """Render all that is to be corrected, under the heading: `{% error_summary form %}`."""
    found = [
        *(controls.faults_of(form) if form is not None and form.is_bound else ()),
        *(faults or ()),
    ]
    return rendered("error_summary", faults=found) if found else SafeString()


@register.simple_block_tag
def savebar(content: SafeString, saved: SafeString | str = "") -> SafeString:
    """Render the bar that stays at the bottom: a saved state, then the buttons."""
    return format_html(
        '<div class="k-savebar"><div>{}<span class="k-row">{}</span></div></div>', saved, content
    )


@register.simple_tag
def print_button(words: StrOrPromise = "") -> SafeString:
    """Render a button that prints the page; it shows only where scripts run."""
    return format_html(
        '<button class="ds-button" data-variant="secondary" type="button" data-print hidden>'
        "{} {}</button>",
        icons.icon_svg("print"),
        words or _("Print"),
    )
