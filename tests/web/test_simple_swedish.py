"""Simple Swedish: what candidates and the public meet is short, one thought to a sentence."""

from __future__ import annotations

import re

import polib
import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, trans_real

from kunnig.standards.formats.question_set import FRAMING, shipped
from scripts import words
from tests.people import NOON
from tests.stories import handed_out, told
from tests.web.public.test_pages import OPEN
from tests.web.test_no_grading_sentence import pages_of_candidates

SIMPLE = "sv-simple"
# What we call simple: a sentence has at most so many words; and the texts of a page together have
# at most this LIX (words to a sentence, and how many of a hundred are longer than six letters).
# Below 30 is what Swedes call very easy: children's books.
LONGEST_SENTENCE = 12
MOST_LIX = 30
FEWEST_WORDS = 60  # a page with fewer says too little to be measured
LONG_WORD = 6
# Words of offices that have a plain one.
HARD = re.compile(
    r"\b(handling(en|ar|arna)?|fördjupad\w*|inledande|sammanställning\w*|folkbokförd|underlag\w*"
    r"|valider\w+|samtycke\w*|invända|ansvarar|begära|erbjuder|förmåga|myndighet\w*)\b",
    re.IGNORECASE,
)
READ_BY_CANDIDATES = (
    "web/candidate",
    "web/public",
    "web/layout",
    "web/casefile",
    "credentials",
    "letters",
    "mapping/interview",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>")


def sentences_of(text):
    """Return the words of each sentence of a text; a name set into it counts as one word."""
    plain = PLACEHOLDER.sub("X", text)
    parts = re.split(r"(?<=[.?!:])\s+|\n+", plain)
    found = [re.findall(r"\w[\w.\-]*", part) for part in parts]
    return [each for each in found if each]


def lix(texts):
    """Return the LIX of texts: a heading or a button is a sentence of its own."""
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    said = [word for sentence in sentences for word in sentence]
    if len(said) < FEWEST_WORDS:
        return 0
    long = sum(len(word.strip(".")) > LONG_WORD for word in said)
    return len(said) / len(sentences) + 100 * long / len(said)


def is_hard(text):
    """Say whether a text has a sentence that is too long, or a word that has a plainer one."""
    longest = max(map(len, sentences_of(text)), default=0)
    return longest > LONGEST_SENTENCE or HARD.search(PLACEHOLDER.sub(" ", text)) is not None


@pytest.fixture
def heard(monkeypatch):
    """Return the texts of the house that were said since it was last emptied."""
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)
    ours = {(each.msgctxt, each.msgid) for each in polib.pofile(str(words.catalogues()["sv"]))}
    said = set()
    for name in ("gettext", "ngettext"):
        told_by = getattr(trans_real.DjangoTranslation, name)

        def listening(translation, message, *rest, told_by=told_by):
            answer = told_by(translation, message, *rest)
            context, _eot, text = message.rpartition("\x04")
            if translation.language() == SIMPLE and (context or None, text) in ours:
                said.add(str(answer))
            return answer

        monkeypatch.setattr(trans_real.DjangoTranslation, name, listening)
    return said


@pytest.mark.django_db
def test_all_that_a_candidate_and_anyone_reads_is_simple(client, heard, amina, ingrid, county):
    story = handed_out(told(amina, county.norsjo_board, by=ingrid), by=ingrid)
    client.cookies["kunnig_language"] = SIMPLE
    hard, heavy, all_said = set(), {}, set()

    def measure(url):
        hard.update(filter(is_hard, heard))
        if (measured := lix(heard)) > MOST_LIX:
            heavy[url] = round(measured)
        all_said.update(heard)
        heard.clear()

    for name in OPEN:
        html = client.get(reverse(f"public:{name}")).content.decode()
        assert '<html lang="sv" dir="ltr"' in html
        assert 'data-language="sv-simple"' in html
        measure(name)
    client.force_login(amina)
    pages = ""
    for url, answer in pages_of_candidates(client, story):
        measure(url)
        pages += answer.content.decode()

    assert sorted(hard) == []
    assert heavy == {}
    assert len(all_said) > 300  # it was not an empty walk
    assert shipped()[story.target.code].groups[0].questions[0].words[SIMPLE].text in pages
    assert 'lang="sv-simple"' not in pages


@pytest.mark.django_db
def test_a_case_of_who_reads_simple_swedish_is_told_in_swedish(client, goran):
    client.force_login(goran)
    client.cookies["kunnig_language"] = SIMPLE

    form = client.get(reverse("candidate:register")).context["form"]

    assert form["language"].value() == "sv"


def test_what_is_only_said_now_and_then_is_simple_too():
    simple = {
        (each.msgctxt, each.msgid): each
        for each in polib.pofile(str(words.catalogues()["sv_Simple"]))
    }
    said = [
        text
        for each in polib.pofile(str(words.catalogues()["sv"]))
        if any(place.startswith(READ_BY_CANDIDATES) for place, _line in each.occurrences)
        for text in texts_of(simple.get((each.msgctxt, each.msgid), each))
    ]

    assert list(filter(is_hard, said)) == []
    assert len(said) > 600


def texts_of(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_the_measure_knows_simple_from_hard():
    assert is_hard("Den som ansvarar för ärendet hör av sig.")
    assert is_hard(
        "Vi skriver ner det du berättar om skola, arbete, hem och fritid, för att visa vad du kan."
    )
    assert not is_hard("Du berättar om skola och jobb. Vi skriver ner det.")
    assert lix(["Kommunens utbildningsförvaltning behandlar personuppgifter."] * 20) > MOST_LIX
    assert 0 < lix(["Du bor här. Vi hjälper dig."] * 20) < MOST_LIX


def test_what_has_no_simple_words_is_said_in_swedish():
    with override("sv"):
        swedish = _("Let a colleague in")
    with override(SIMPLE):
        assert _("Let a colleague in") == swedish != "Let a colleague in"


def test_the_simple_catalogue_holds_only_what_it_says_otherwise():
    swedish = {
        (each.msgctxt, each.msgid): each.msgstr
        for each in polib.pofile(str(words.catalogues()["sv"]))
        if not each.msgid_plural
    }
    simple = polib.pofile(str(words.catalogues()["sv_Simple"]))

    assert [e.msgid for e in simple if swedish.get((e.msgctxt, e.msgid)) == e.msgstr] == []


def test_shipped_questions_are_asked_simply():
    asked = [FRAMING[SIMPLE]]
    for written in shipped().values():
        for group in written.groups:
            asked.append(group.titles[SIMPLE])
            for question in group.questions:
                simple, usual = question.words[SIMPLE], question.words["sv"]
                assert bool(simple.hint) == bool(usual.hint), simple.text
                asked += [simple.text, simple.hint, simple.short]

    assert list(filter(is_hard, asked)) == []
    assert lix(asked) < MOST_LIX
