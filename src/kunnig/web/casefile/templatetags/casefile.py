"""Tags that the pages of a case need: addresses within the audience, saved states, whose words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kunnig.kernel import languages
from kunnig.kernel.text import comma, isolated
from kunnig.mapping.states import MappingState
from kunnig.portfolio.states import EvidenceKind
from kunnig.web.casefile import doors, matrix
from kunnig.web.casefile.asking import ICONS
from kunnig.web.casefile.covering import ESTIMATES, RANKS
from kunnig.web.casefile.drawing import Hand, all_saved_words, state, tongue_words
from kunnig.web.components import marks
from kunnig.web.components.templatetags.components import crumbs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.template import Context
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

    from kunnig.cases.models import Case
    from kunnig.mapping.formats.beside import Shown
    from kunnig.mapping.models import Mapping, MappingTarget
    from kunnig.portfolio.models import Evidence
    from kunnig.web.casefile.leaf import Asked, Field, Leaf

register = template.Library()

# Not `language_name`: Django has one of that name, which says it in English.
register.filter("name_of_language", languages.name_of)
register.filter("tongue", tongue_words)
register.filter("direction", languages.direction_of)


@register.simple_tag(takes_context=True)
def here(context: Context, name: str, **where: Any) -> str:
    """Return the address of a page of the same audience: `{% here "interview" pk=… %}`.

    Empty where the audience has no such page: `{% here "case" pk=… as url %}{% if url %}…`.
    """
    return doors.address(context["request"], name, **where)


@register.simple_tag(takes_context=True)
def way(context: Context, case: Case, *above: StrOrPromise, to: StrOrPromise) -> SafeString:
    """Render the way to a page of a case: `{% way case url _("Initial mapping") to=… %}`."""
    request = context["request"]
    if doors.is_candidate(request):
        home = [doors.case_address(request, case), _("My case")]
    else:
        cases = doors.address(request, "cases") or doors.address(request, "home")
        home = [cases, _("Cases"), doors.case_address(request, case), case.person.name]
    pairs = zip([*home, *above][::2], [*home, *above][1::2], strict=True)
    return crumbs(*(part for url, words in pairs if url for part in (url, words)), here=to)


# The questions of a page, drawn in Python.


def hand_of(context: Context) -> Hand:
    """Return who draws for the reader of a page: one for the whole page."""
    if "hand" not in context:
        request = context["request"]
        context.dicts[0]["hand"] = Hand(request, context["pen"], request.at)
    hand: Hand = context["hand"]
    return hand


@register.simple_tag(takes_context=True)
def questions(context: Context, leaf: Leaf) -> SafeString:
    """Render the questions of a leaf, each with its fields or with its answer."""
    return hand_of(context).questions(leaf)


@register.simple_tag(takes_context=True)
def answer_of(context: Context, asked: Asked) -> SafeString:
    """Render the fields of one question, or its answer, without the question's words."""
    return hand_of(context).answer(asked)


@register.simple_tag(takes_context=True)
def choice_of(context: Context, asked: Asked) -> SafeString:
    """Render one question to choose in, with its words; or the choice in a conflict."""
    field = asked.field
    if field is None:
        return hand_of(context).told(asked)
    hand = hand_of(context)
    return hand.field(asked, field) if field.is_conflict else hand.choice(asked, field)


@register.simple_tag(takes_context=True)
def told(context: Context, asked: Asked) -> SafeString:
    """Render an answer to read, in the voice of whoever speaks."""
    return hand_of(context).told(asked)


@register.simple_tag(takes_context=True)
def saved_state(context: Context, field: Field) -> SafeString:
    """Render whether what stands in a field is saved."""
    return hand_of(context).saved(field)


@register.simple_tag(takes_context=True)
def all_saved(context: Context, at: datetime | None) -> SafeString:
    """Render that everything on a page is saved, with the time of the last."""
    if at is None:
        return format_html(
            '<span class="k-saved" data-state="empty">{}</span>', _("Nothing written yet")
        )
    return state("saved", "check", all_saved_words(at, context["request"].at))


@register.simple_tag
def save_status() -> SafeString:
    """Render what the save bar says: how to save without a script, until the script says more."""
    words = _("Save before you leave the page.")
    return format_html('<span data-all role="status"><span class="k-soft">{}</span></span>', words)


@register.simple_tag
def saving_states() -> SafeString:
    """Render the states that the script of a page shows while it saves, as templates by name."""
    states = (
        ("saved", state("saved", "check", _("Saved"))),
        ("saving", state("saving", "clock", _("Saving …"))),
        ("waiting", state("waiting", "cloud", _("Not saved yet"))),
        ("failed", state("failed", "alert", _("Could not save. The text is here. We try again."))),
        ("changed", state("waiting", "people", _("Someone else changed this"))),
        ("refused", state("failed", "alert", _("Not saved"))),
        ("signed-out", state("waiting", "alert", _("Not saved: you are signed out"))),
    )
    return format_html_join("", '<template data-saved="{}">{}</template>', states)


# Whose words, and what is settled of them.


@register.simple_tag
def settled_words(mapping: Mapping, is_own: bool = False) -> str:  # noqa: FBT001, FBT002 -- a tag
    """Return where a version of a mapping stands, in a sentence; to the person as "you"."""
    words = own_words(mapping.standing) if is_own else staff_words(mapping.standing)
    by = mapping.locked_by
    unnamed = is_own and by is not None and by.is_protected
    mapper = _("A colleague") if unnamed else isolated("" if by is None else by.name)
    return words % {
        "name": isolated(mapping.case.person.name),
        "day": marks.day(mapping.approved_at) if mapping.approved_at else "",
        "mapper": mapper,
        "locked": marks.day(mapping.locked_at) if mapping.locked_at else "",
    }


@register.simple_tag
def to_settle_words(mapping: Mapping, is_own: bool = False) -> str:  # noqa: FBT001, FBT002 -- a tag
    """Return what a version that is written in goes on to: read it, and what can be settled."""
    match mapping.standing, is_own:
        case MappingState.DRAFT, True:
            return _("Read it all and say that it is ready")
        case MappingState.DRAFT, False:
            return _("Read it all and ask for approval")
        case MappingState.SHARED, _either:
            return _("Read it all and approve")
        case MappingState.APPROVED, False:
            return _("Read it all and lock it")
    return _("Read the whole mapping")


def staff_words(standing: MappingState) -> str:
    """Return the sentence for those who work with the case."""
    match standing:
        case MappingState.DRAFT:
            return _("It is being written.")
        case MappingState.SHARED:
            return _("It is ready for %(name)s to read and approve.")
        case MappingState.APPROVED:
            return _("%(name)s approved it %(day)s. It waits to be locked.")
        case MappingState.LOCKED | MappingState.SUPERSEDED:
            return _("%(name)s approved it %(day)s. %(mapper)s locked it %(locked)s.")


def own_words(standing: MappingState) -> str:
    """Return the sentence for the person whose mapping it is."""
    match standing:
        case MappingState.DRAFT:
            return _("It is being written.")
        case MappingState.SHARED:
            return _("It is ready for you to read and approve.")
        case MappingState.APPROVED:
            return _("You approved it %(day)s. It waits to be locked.")
        case MappingState.LOCKED | MappingState.SUPERSEDED:
            return _("You approved it %(day)s. %(mapper)s locked it %(locked)s.")


@register.filter
def spoken(case: Case) -> str:
    """Return the language that a person speaks, and whether an interpreter is wanted."""
    name = languages.name_of(case.language)
    return (
        _("%(language)s, interpreter wanted") % {"language": name}
        if case.needs_interpreter
        else name
    )


# What is covered.

register.simple_tag(matrix.matrix_rows)
register.simple_tag(matrix.tiles)


@register.simple_tag
def estimate_legend() -> SafeString:
    """Render what the rings of the person's own estimates mean."""
    return matrix.legend([(rank, str(ESTIMATES[each])) for each, rank in RANKS.items()])


@register.simple_tag
def targets_names(links: Sequence[MappingTarget] | str) -> SafeString:
    """Render which targets a mapping is held against, and in which version; nothing for none."""
    return format_html_join(
        "; ",
        '<bdi lang="sv">{}</bdi>{}<span class="k-num">{}</span>',
        (
            (link.target.name, comma(), _version(link))
            for link in links
            if not isinstance(link, str)
        ),
    )


def _version(link: MappingTarget) -> str:
    return _("version %(number)s") % {"number": link.target.syllabus.version}


@register.simple_tag
def evidence_facts(evidence: Evidence | Shown) -> SafeString:
    """Render what is known of a piece of evidence, and whether its original was seen."""
    seen = evidence.original_seen_on
    words = (
        _("original seen %(day)s") % {"day": marks.day(seen)} if seen else _("original not seen")
    )
    kind = str(EvidenceKind(evidence.kind).label)
    return marks.apart(kind, evidence.issuer, evidence.country, evidence.issued, words)


@register.filter
def evidence_icon(evidence: Evidence | Shown) -> str:
    """Return the icon of a kind of evidence."""
    return ICONS.get(EvidenceKind(evidence.kind), "file")
