"""Drawing the questions of a page with their fields: in Python, for a page has dozens of them.

Each field stands in a box that carries its path, side and language, by which the page's script
finds it. A conflict is rare and has a template of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kunnig.kernel import languages
from kunnig.kernel.text import comma, isolated
from kunnig.mapping.interview import BASIS, ESTIMATE
from kunnig.mapping.states import Basis, Side
from kunnig.web.casefile import doors
from kunnig.web.components import marks
from kunnig.web.layout.icons import icon_svg

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

    from kunnig.web.casefile.leaf import Asked, Field, Leaf, Option, Pen

NOTHING = SafeString()
PERSON, PROFESSION = SafeString(' data-by="self"'), SafeString(' data-by="pro"')
# A smaller line under what the mapper may conclude.
NOTES = {
    Basis.ASSESSABLE: gettext_lazy("What is told and shown is enough."),
    Basis.TEST_NEEDED: gettext_lazy("It goes into the plan for the assessment."),
    Basis.NO_BASIS: gettext_lazy("Something is missing. Talk about it next time."),
}


def moment(at: datetime, now: datetime) -> str:
    """Return when something happened: the time of day if today, else the day."""
    return marks.clock(at) if localdate(at) == localdate(now) else marks.day(at)


def saved_words(at: datetime, now: datetime) -> str:
    """Return that something is saved, and when."""
    return _("Saved %(time)s") % {"time": moment(at, now)}


def all_saved_words(at: datetime, now: datetime) -> str:
    """Return that everything on a page is saved, and when the last was."""
    return _("Everything is saved. Last %(time)s") % {"time": moment(at, now)}


def state(kind: str, icon: str, words: StrOrPromise) -> SafeString:
    """Return a saved state whose words a script can change without touching its sign."""
    return format_html(
        '<span class="k-saved" data-state="{}">{} <span>{}</span></span>',
        kind,
        icon_svg(icon),
        words,
    )


def lines(text: str) -> SafeString:
    """Return a text with its line ends, as a page shows it."""
    return SafeString(conditional_escape(text).replace("\n", "<br>"))


@dataclass(frozen=True)
class Hand:
    """Draws the questions of one page for one reader; what all fields share is worked out once."""

    request: HttpRequest
    pen: Pen
    now: datetime

    @cached_property
    def history(self) -> str:
        """Where the earlier versions of an answer are read."""
        return doors.address(self.request, "history_of_answer", pk=self.pen.mapping.pk)

    @cached_property
    def _own_words(self) -> str:
        if self.pen.is_own:
            return _("Your own words")
        return _("%(name)s’s own words") % {"name": isolated(self.pen.mapping.case.person.called)}

    @cached_property
    def _nothing(self) -> SafeString:
        words = _("Nothing written yet")
        return format_html(
            '<span class="k-saved k-soft" data-state="empty"><span>{}</span></span>', words
        )

    @cached_property
    def _second(self) -> SafeString:
        """The marks of a text in the page's second language."""
        return format_html('lang="{}" dir="{}"', self.pen.second, self.pen.second_direction)

    # --- A whole question ---

    def questions(self, leaf: Leaf) -> SafeString:
        """Return the questions of a leaf, each with its fields or with its answer to read."""
        return format_html_join("", "{}", ((self.question(asked),) for asked in leaf.asked))

    def question(self, asked: Asked) -> SafeString:
        """Return one question with its fields or with its answer to read."""
        field = asked.field
        if field is not None and field.options and not field.is_conflict:
            return format_html('<div class="k-ask">{}</div>', self.choice(asked, field))
        return format_html(
            '<div class="k-ask">{}{}{}</div>',
            self._words_of(asked),
            self._hint(asked),
            self.answer(asked),
        )

    def _words_of(self, asked: Asked) -> SafeString:
        code = asked.ask.code
        if not asked.second_question:
            return format_html('<p class="k-ask__q" id="{}-q">{}</p>', code, asked.question)
        return format_html(
            '<div class="k-two"><p class="k-ask__q" id="{}-q">{}</p>'
            '<p class="k-ask__q" {}>{}</p></div>',
            code,
            asked.question,
            self._second,
            asked.second_question,
        )

    def _hint(self, asked: Asked) -> SafeString:
        if not asked.hint:
            return SafeString('<div class="k-ask__hint"></div>')
        second = NOTHING
        if asked.second_hint:
            second = format_html("<p {}>{}</p>", self._second, asked.second_hint)
        return format_html(
            '<div class="k-ask__hint{}" id="{}-hint"><p>{}</p>{}</div>',
            " k-two" if second else "",
            asked.ask.code,
            asked.hint,
            second,
        )

    def answer(self, asked: Asked) -> SafeString:
        """Return the fields of a question, side by side where there are two, or its answer."""
        fields = [self.field(asked, each) for each in asked.fields]
        if len(fields) > 1:
            return format_html('<div class="k-two">{}{}</div>', *fields)
        return fields[0] if fields else self.told(asked)

    def told(self, asked: Asked) -> SafeString:
        """Return an answer to read, in the voice of whoever speaks."""
        if not asked.said.text:
            return format_html('<p class="k-soft">{}</p>', _("Nothing written yet"))
        by = self.by(asked)
        if asked.ask.by_staff:
            return format_html(
                '<div class="k-pro"><p dir="auto">{}</p>{}</div>', lines(asked.shown), by
            )
        spoken = format_html(' lang="{}"', asked.said.language) if asked.is_long else NOTHING
        swedish = NOTHING
        if asked.rendered.text:
            swedish = format_html('<p lang="sv">{}</p>', lines(asked.rendered.text))
        return format_html(
            '<div class="k-voice"><p dir="auto"{}>{}</p>{}{}</div>',
            spoken,
            lines(asked.shown),
            swedish,
            by,
        )

    def by(self, asked: Asked) -> SafeString:
        """Return whose words an answer is, and what is missing in Swedish; nothing for a fact."""
        if asked.ask.by_staff:
            words = _("Written by %(name)s") % {"name": isolated(asked.said.by_name)}
            return format_html('<p class="k-by">{}</p>', words)
        if asked.understood:
            return format_html('<p class="k-by">{}</p>', understood_words(asked))
        if not asked.is_long:
            return NOTHING
        gap = marks.missing(_("Not in Swedish yet")) if asked.lacks_rendering else ""
        return format_html('<p class="k-by">{} {}</p>', self._source(asked), gap)

    def _source(self, asked: Asked) -> str:
        """Return in which language something was told, who wrote it, and who in Swedish."""
        said, rendered = asked.said, asked.rendered
        language = _("In %(language)s") % {"language": languages.name_of(said.language)}
        when = moment(said.at, self.now) if said.at is not None else ""
        written = _("written by %(name)s %(time)s") % {"name": isolated(said.by_name), "time": when}
        told = f"{language}{comma()}{written}."
        if not rendered.text:
            return told
        swedish = _("In Swedish by %(name)s") % {"name": isolated(rendered.by_name)}
        return f"{told} {swedish}."

    # --- One field ---

    def field(self, asked: Asked, field: Field) -> SafeString:
        """Return a field to write in, amber for the person's words; or the choice in a conflict."""
        if field.is_conflict:
            context = {"asked": asked, "field": field}
            return render_to_string("casefile/conflict.html", context)
        key = field.key
        return format_html(
            '<div class="k-answer"{}{}><label id="{}-label" for="{}"><span>{}</span>{}</label>'
            "{}{}{}{}{}{}</div>",
            NOTHING if field.side == Side.ORIGINAL else PROFESSION,
            self._marks(field),
            key,
            key,
            self.whose(field),
            self.saved(field),
            self._control(asked, field),
            fault_of(field),
            self._tongue(field),
            self._note_under(asked, field),
            self._earlier(asked, field),
            base_of(field),
        )

    def _marks(self, field: Field) -> SafeString:
        """Return the marks by which the script of the page finds a field."""
        return format_html(
            ' data-field="{}" data-path="{}" data-side="{}" data-language="{}"',
            field.key,
            field.path,
            field.side,
            field.language,
        )

    def whose(self, field: Field) -> str:
        """Return whose words a field holds, as its label says it."""
        if field.side == Side.NOTE:
            return _("Your note")
        if field.side == Side.ORIGINAL:
            return self._own_words
        first_name = field.current.by_name.partition(" ")[0]
        written = _("In Swedish, written by %(name)s") % {"name": isolated(first_name)}
        return written if first_name else _("In Swedish")

    def saved(self, field: Field) -> SafeString:
        """Return whether what stands in a field is saved."""
        if field.typed is not None:
            return state("failed", "alert", _("Not saved yet"))
        if field.current.at is None:
            return self._nothing
        return state("saved", "check", saved_words(field.current.at, self.now))

    def _control(self, asked: Asked, field: Field) -> SafeString:
        code, key = asked.ask.code, field.key
        described = " ".join(
            anchor
            for anchor, is_there in (
                (f"{code}-hint", asked.hint),
                (f"{key}-fault", field.fault),
            )
            if is_there
        )
        about = format_html(
            'class="ds-input" id="{}" name="{}" dir="auto"{} aria-labelledby="{}-q {}-label"{}{}',
            key,
            key,
            format_html(' lang="{}"', field.language) if field.is_spoken else NOTHING,
            code,
            key,
            format_html(' aria-describedby="{}"', described) if described else NOTHING,
            SafeString(' aria-invalid="true"') if field.fault else NOTHING,
        )
        if asked.is_long:
            return format_html('<textarea {} rows="4">\n{}</textarea>', about, field.text)
        return format_html(
            '<input type="text" {} value="{}" autocomplete="off">', about, field.text
        )

    def _tongue(self, field: Field) -> SafeString:
        """Return the choice of language, where words may be told in several."""
        if not field.languages:
            return NOTHING
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (
                    code,
                    SafeString(" selected") if code == field.language else NOTHING,
                    tongue_words(code),
                )
                for code in field.languages
            ),
        )
        return format_html(
            '<p class="k-row k-small"><label for="{0}-language">{1}</label> '
            '<select class="ds-input k-tongue" id="{0}-language" name="{0}-language">{2}</select>'
            "</p>",
            field.key,
            _("Written in"),
            options,
        )

    def _note_under(self, asked: Asked, field: Field) -> SafeString:
        """Return the box to tick for words in Swedish, or how a date was understood."""
        if field.side == Side.RENDERING:
            is_needed = asked.lacks_rendering and field.text
            words = _("The person’s words have changed since. This still says the same.")
            return format_html(
                '<p class="k-small" data-gap-of="{}"{}><label class="k-check"><input '
                'class="ds-input" type="checkbox" name="{}-confirm" value="yes"> '
                "<span>{}</span></label></p>",
                field.path,
                NOTHING if is_needed else SafeString(" hidden"),
                field.key,
                words,
            )
        read = asked.understood and format_html(
            '<p class="k-small k-soft">{}</p>', understood_words(asked)
        )
        doubt = asked.doubt and format_html(
            '<p class="k-small" data-doubt>{} <span>{}</span></p>', icon_svg("alert"), asked.doubt
        )
        return format_html("{}{}", read, doubt) if read or doubt else NOTHING

    def _earlier(self, asked: Asked, field: Field) -> SafeString:
        if field.current.version < 2 or not self.history:  # noqa: PLR2004 -- there is an earlier one
            return NOTHING
        return format_html(
            '<p class="k-small k-noprint"><a href="{}?path={}&amp;side={}">{}'
            '<span class="ds-sr-only">: {}</span></a></p>',
            self.history,
            field.path,
            field.side,
            _("Earlier versions"),
            asked.question,
        )

    # --- One choice ---

    def choice(self, asked: Asked, field: Field) -> SafeString:
        """Return a field to choose in: whole cards are the target, amber for the person's own."""
        return format_html(
            '<fieldset class="ds-fieldset"{}><legend class="k-ask__q{}"><span>{}</span>{}</legend>'
            '{}<div class="k-choices"{}>{}</div>{}<p class="k-row">{}{}</p>{}</fieldset>',
            self._marks(field),
            " k-two" if asked.second_question else "",
            asked.question,
            self._in_second("span", asked.second_question),
            self._hint(asked),
            NOTHING if asked.ask.by_staff else PERSON,
            self._cards(asked, field),
            fault_of(field),
            self.saved(field),
            self._clearing(asked, field),
            base_of(field),
        )

    def _in_second(self, tag: str, words: StrOrPromise) -> SafeString:
        if not words:
            return NOTHING
        return format_html("<{0} {1}>{2}</{0}>", SafeString(tag), self._second, words)

    def _cards(self, asked: Asked, field: Field) -> SafeString:
        return format_html_join(
            "",
            '<label class="k-choice"><input class="ds-input" type="radio" name="{}" value="{}"{}{}>'
            " <span>{}{}</span></label>",
            (
                (
                    field.key,
                    option.value,
                    NOTHING if place else format_html(' id="{}"', field.key),
                    SafeString(" checked") if option.value == field.text else NOTHING,
                    marks.level(place, option.words) if asked.ask is ESTIMATE else option.words,
                    self._in_second("small", option.second) or note_of(asked, option),
                )
                for place, option in enumerate(field.options)
            ),
        )

    def _clearing(self, asked: Asked, field: Field) -> SafeString:
        """Return the button that takes a choice away again."""
        if not field.text:
            return NOTHING
        return format_html(
            '<button class="k-link k-small" type="submit" name="clear" value="{}">{}'
            '<span class="ds-sr-only">: {}</span></button>',
            field.key,
            _("Take the answer away"),
            asked.question,
        )


def note_of(asked: Asked, option: Option) -> SafeString:
    """Return the smaller line under the words of an option, of what the mapper concludes."""
    if asked.ask is not BASIS:
        return NOTHING
    return format_html("<small>{}</small>", NOTES[Basis(option.value)])


def tongue_words(code: str) -> str:
    """Return what a language is called where one is chosen for words that are being written."""
    return _("See by the letters") if code == languages.BY_LETTERS else languages.name_of(code)


def understood_words(asked: Asked) -> str:
    """Return how a partial date was understood."""
    return _("Understood as %(when)s") % {"when": asked.understood}


def fault_of(field: Field) -> SafeString:
    """Return why what was written was not taken."""
    if not field.fault:
        return NOTHING
    return format_html(
        '<p class="ds-validation-message" id="{}-fault">{}</p>', field.key, field.fault
    )


def base_of(field: Field) -> SafeString:
    """Return the version that the field is written over, for the form to send."""
    return format_html(
        '<input type="hidden" name="{}-base" value="{}" autocomplete="off">',
        field.key,
        field.current.version,
    )
