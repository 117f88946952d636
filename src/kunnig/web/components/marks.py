"""Small signs beside words: saved or not, there or missing, how much, how judged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.utils.dateformat import format as formatted
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kunnig.kernel.text import comma
from kunnig.web.components.rings import rings
from kunnig.web.layout.icons import icon_svg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from kunnig.web.components.parts import Step

SaveState = Literal["saved", "saving", "offline", "waiting", "failed", "changed", "empty"]
Verdict = Literal["met", "partly", "not", "none"]

SAVE_ICONS = {
    "saved": "check",
    "saving": "clock",
    "offline": "offline",
    "waiting": "cloud",
    "failed": "alert",
    "changed": "people",
}
CORE = '<circle class="on" cx="12" cy="12" r="3.4"/>'
INNER = '<circle cx="12" cy="12" r="6.3"/>'
OUTER = '<circle cx="12" cy="12" r="9.5"/>'
TO_COME = '<circle class="off" cx="12" cy="12" r="9.5"/>'
LEVEL_RINGS = (TO_COME, CORE + TO_COME, CORE + INNER + TO_COME, CORE + INNER + OUTER)
VERDICT_SHAPES: dict[Verdict, str] = {
    "met": '<circle class="fill" cx="12" cy="12" r="9.5"/>'
    '<path class="cut" d="m7.5 12.3 3.2 3.2 6-6.5"/>',
    "partly": '<circle cx="12" cy="12" r="9"/><path class="fill" d="M12 3a9 9 0 0 0 0 18Z"/>',
    "not": '<circle cx="12" cy="12" r="9"/><path d="M7.5 12h9"/>',
    "none": '<circle cx="12" cy="12" r="9" stroke-dasharray="2 3.3"/>',
}
SEAL_SIZE = 230


def rail_steps(steps: Sequence[Step]) -> SafeString:
    """Return steps as a list of links: in Python, for a mapping has dozens of them."""
    check = icon_svg("check")
    said = {"done": _("done"), "now": _("you are here"), "later": _("not done yet")}
    between = comma()
    drawn = format_html_join(
        "",
        '<li data-state="{}"{}><span class="k-path__dot" aria-hidden="true">{}</span>'
        '<span class="k-path__name">{}<span class="ds-sr-only">{}{}</span></span></li>',
        (
            (
                step.state,
                SafeString(' aria-current="step"') if step.state == "now" else "",
                check if step.state == "done" else step.mark or number,
                format_html('<a href="{}">{}</a>', step.url, step.name) if step.url else step.name,
                between,
                said[step.state],
            )
            for number, step in enumerate(steps, 1)
        ),
    )
    return format_html('<ol class="k-path" data-kind="rail">{}</ol>', drawn)


def clock(at: datetime) -> str:
    """Return a time of day as the reader writes it: 10.42 in Swedish, 10:42 in English."""
    here = localtime(at) if is_aware(at) else at
    return formatted(here, pgettext("how a time of day is written", "H:i"))


def apart(*words: StrOrPromise) -> SafeString:
    """Return words in a row, each in its own direction; those that are empty are left out."""
    return format_html_join(comma(), "<bdi>{}</bdi>", ((each,) for each in words if each))


def day(on: date) -> str:
    """Return a day as the reader writes it: 3 December 2026."""
    here = localtime(on) if isinstance(on, datetime) and is_aware(on) else on
    return formatted(here, pgettext("how a day is written", "j F Y"))


def save_words(state: SaveState, at: datetime | None, count: int) -> str:
    """Return what a saved state says."""
    if state == "saved":
        return _("Saved %(time)s") % {"time": clock(at)} if at else _("Saved")
    if state == "waiting":
        said = ngettext(
            "%(count)s answer is not sent yet", "%(count)s answers are not sent yet", count
        )
        return said % {"count": count}
    return {
        "saving": _("Saving …"),
        "offline": _("Saved here. Will be sent when the network is back"),
        "failed": _("Could not save. The text is still here. Try again"),
        "changed": _("Someone else changed this"),
        "empty": _("Nothing written yet"),
    }[state]


def saved(state: SaveState, at: datetime | None = None, count: int = 1) -> SafeString:
    """Return a saved state: always a word, a time when there is one, never only a colour."""
    sign = icon_svg(SAVE_ICONS[state]) if state in SAVE_ICONS else ""
    words = save_words(state, at, count)
    return format_html('<span class="k-saved" data-state="{}">{} {}</span>', state, sign, words)


def have(words: StrOrPromise, icon: str = "check", unit: StrOrPromise = "") -> SafeString:
    """Return what is there: a tick and a word or number, with its unit for screen readers."""
    more = format_html('<span class="ds-sr-only"> {}</span>', unit) if unit else ""
    return format_html('<span class="k-have">{}{}{}</span>', icon_svg(icon), words, more)


def missing(words: StrOrPromise = "") -> SafeString:
    """Return what is not there yet: a dashed outline, never an alarm."""
    return format_html('<span class="k-missing">{}</span>', words or _("Missing"))


def level(rank: int, words: StrOrPromise) -> SafeString:
    """Return a person's own estimate: none to three rings, and its words."""
    shape = mark_safe(LEVEL_RINGS[rank])  # noqa: S308 -- our own drawing
    return format_html(
        '<span class="k-level"><svg viewBox="0 0 24 24" aria-hidden="true">{}</svg>{}</span>',
        shape,
        words,
    )


def verdict(kind: Verdict, words: StrOrPromise) -> SafeString:
    """Return a judgement: full, half, barred or dashed, and its words."""
    shape = mark_safe(VERDICT_SHAPES[kind])  # noqa: S308 -- our own drawing
    return format_html(
        '<span class="k-verdict" data-verdict="{}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true">{}</svg>{}</span>',
        kind,
        shape,
        words,
    )


def meter(full: int, half: int, total: int) -> SafeString:
    """Return one box for each of `total`, some filled, some hatched; say it in words beside."""
    on, half_on, off = (f"<span{kind}></span>" for kind in (' class="on"', ' class="half"', ""))
    drawn = on * full + half_on * half + off * (total - full - half)
    return mark_safe(f'<p class="k-meter" aria-hidden="true">{drawn}</p>')  # noqa: S308 -- our own


def seal(number: int, done: int, total: int, label: StrOrPromise = "") -> SafeString:
    """Return a person's rings: one for each of `total`, whole when done, dashed when to come.

    `number` decides their shape: give what never changes for the person, so that no two are alike.
    """
    middle = SEAL_SIZE / 2
    paths = rings(number, total, core=8, outermost=middle - 8, middle=middle)
    kinds = [""] * done + [' class="to-come"'] * (total - done)
    drawn = mark_safe(  # noqa: S308 -- our own drawing: numbers and nothing else
        "".join(f'<path{kind} d="{d}"/>' for kind, d in zip(kinds, paths, strict=True))
    )
    said = label or _("%(total)s rings, of which %(done)s are whole.") % {
        "total": total,
        "done": done,
    }
    return format_html(
        '<svg class="k-seal" viewBox="0 0 {size} {size}" role="img" aria-label="{said}">'
        '{drawn}<circle class="core" cx="{middle}" cy="{middle}" r="4.5"/></svg>',
        size=SEAL_SIZE,
        middle=int(middle),
        said=said,
        drawn=drawn,
    )
