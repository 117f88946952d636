"""Whatever anyone or a candidate can reach speaks Arabic whole: no text of the house falls back."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import polib
import pytest
from django.urls import reverse

from scripts import words
from tests.people import NOON
from tests.stories import handed_out, told
from tests.web.public.test_pages import OPEN
from tests.web.test_no_grading_sentence import pages_of_candidates

pytestmark = pytest.mark.django_db
ARABIC = "ar"
FEWEST = 3  # words: shorter ones may be names
LATIN_COMMA = re.compile("[\u0600-\u06ff\u2069], |^, ?[\u0600-\u06ff\u2068]|^,$")
# A name or a code that would pull the number beside it to its own side.
NOT_APART = re.compile(r"[A-Za-zåäöÅÄÖ]، ?\d|[\u0600-\u06ff:] \d{4}-[A-Z0-9]{5}")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SAID_IN = ("aria-label", "placeholder", "title", "alt")


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)


class Reader(HTMLParser):
    """Gathers what a page says in Arabic: by the nearest `lang`, names in `bdi` left out."""

    def __init__(self):
        super().__init__()
        self.inside = []
        self.texts = set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        outer = self.inside[-1][1] if self.inside else ""
        language = "" if tag in {"bdi", "script", "style"} else given.get("lang", outer)
        if language == ARABIC:
            self.texts |= {given[name] for name in SAID_IN if given.get(name)}
        if tag not in VOID:
            self.inside.append((tag, language))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.inside and self.inside[-1][1] == ARABIC:
            self.texts.add(" ".join(data.split()))


def fallbacks_in(html):
    """Return what is not Arabic where Arabic is spoken: texts of the house, commas in a row."""
    reader = Reader()
    reader.feed(html)
    out_of_order = {
        text for text in reader.texts if LATIN_COMMA.search(text) or NOT_APART.search(text)
    }
    return reader.texts & texts_of_the_house() | out_of_order


def texts_of_the_house():
    """Return every text of the house in English and in Swedish, long enough to be no name."""
    swedish = polib.pofile(str(words.catalogues()["sv"]))
    said = {text for entry in swedish for text in (entry.msgid, entry.msgstr)}
    return {text for text in said if len(text.split()) >= FEWEST}


def test_a_text_that_falls_back_is_found_and_one_marked_as_swedish_is_not():
    text = "Your case is closed"
    assert text in texts_of_the_house()

    assert fallbacks_in(f'<html lang="ar"><br><p>{text}</p></html>') == {text}
    assert fallbacks_in(f'<html lang="ar"><p title="{text}">نص</p></html>') == {text}
    assert fallbacks_in('<html lang="ar"><p>نص، نص<p><bdi>Malå</bdi>, نص</html>') == {", نص"}
    assert fallbacks_in('<html lang="ar"><p>كتب Ingrid، 25</html>') == {"كتب Ingrid، 25"}
    assert fallbacks_in('<html lang="ar"><p>كتب \u2068Ingrid\u2069، 25</html>') == set()
    assert fallbacks_in(f'<html lang="ar"><p lang="sv">{text}</p><bdi>{text}</bdi></html>') == set()


@pytest.mark.usefixtures("county")
def test_pages_for_anyone_speak_arabic(client):
    client.cookies["kunnig_language"] = ARABIC
    for name in OPEN:
        html = client.get(reverse(f"public:{name}")).content.decode()
        assert 'lang="ar" dir="rtl"' in html, name
        assert fallbacks_in(html) == set(), name


def test_all_that_a_candidate_can_reach_speaks_arabic(client, amina, ingrid, county):
    story = handed_out(told(amina, county.norsjo_board, by=ingrid), by=ingrid)
    client.force_login(amina)
    client.cookies["kunnig_language"] = ARABIC
    found, seen = {}, 0

    for url, answer in pages_of_candidates(client, story):
        seen += 1
        if fallen := fallbacks_in(answer.content.decode()):
            found[url] = fallen

    assert found == {}
    assert seen > len(OPEN)
