"""Papers as they are printed: what they say, to everybody, and that they keep the standards."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import typst

from kunnig.credentials.formats import letters, pdf, rings
from kunnig.credentials.formats.snapshot import Both, Entry, Holder, Issuer, LifeField, Said, Told
from kunnig.credentials.states import PaperKind
from tests.credentials import samples
from tests.credentials.pdfs import CODE, framed, pages_of, paper, printed, words_of
from tests.credentials.test_letters import IN_THEIR_OWN_LETTERS
from tests.verapdf import ACCESSIBLE, ARCHIVABLE, verapdf

HOSTILE = '#import "x": * $x^2$ *b* _i_ `raw` <label> @ref \\ // {{ }} ]] #panic("no") <b>&amp;'


DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e]")


def said(text, language="sv", rendering=""):
    return Said(text, language, samples.SWEDISH, rendering)


def telling(*words):
    """Return a summary in which each of `words` was told of one thing done."""
    entries = tuple(Entry(said("Arbete"), told=(Told(samples.USUAL_DAY, each),)) for each in words)
    return samples.initial(life=(LifeField(Both("Arbete", "Work"), entries=entries),))


def test_the_same_paper_is_printed_byte_for_byte_the_same():
    assert printed(samples.initial()) == printed(samples.initial())


def test_a_paper_printed_between_two_others_is_none_of_them():
    before = printed(samples.initial())
    printed(samples.in_depth())

    assert printed(samples.initial()) == before


def test_the_file_says_when_the_paper_was_issued_and_not_when_it_was_printed():
    assert b"D:20261125" in printed(samples.initial())
    assert b"D:20261126" in printed(samples.initial(), issued_at=samples.NOON + timedelta(days=1))


def test_a_paper_ends_with_a_line_end_so_that_it_can_be_signed_later():
    assert printed(samples.initial()).endswith(b"%%EOF\n")


def test_amina_gets_two_pages():
    assert len(pages_of(printed(samples.initial()))) == 2


def test_the_summary_of_an_initial_mapping_has_its_mandatory_fields():
    words = words_of(printed(samples.initial()))

    for field in (
        "Sammanställning av inledande kartläggning",
        "Summary of initial mapping",
        "Amina Haddad",
        "Hemkommun · Home municipality",
        "Ingrid Lundmark",
        "Mål · Goal",
        "Jag vill arbeta som undersköterska.",
        "Arbete · Work",
        "Hem och familj · Home and family",
        "Arbetsintyg, Tallbackens äldreboende",
        "Vad som kan vara värt att validera",
        "Alternativ vi talade om",
        "Nästa steg",
        "2026-11-25, vid bordet, med egen kod",
        "Norsjö kommun, Utbildningsnämnden",
        "Utfärdad · Issued 2026-11-25",
        "20 kap. 8 § skollagen (2010:800)",
        "Ingen har bedömt den",
        "Nobody has assessed it",
    ):
        assert field in words


def test_the_summary_of_an_in_depth_mapping_has_its_mandatory_fields():
    words = words_of(printed(samples.in_depth()))

    for field in (
        "Sammanställning av fördjupad kartläggning – inte bedömd",
        "Summary of in-depth mapping – not assessed",
        "Vård- och omsorgsarbete 1",
        "VAOVAR01, Vård och omsorg, version 1",
        "Hur hjälper du en person att tvätta sig?",
        "How do you help somebody wash?",
        "Jag ansvarade för tvättstugan",
        "Går att bedöma",
        "Can be assessed",
        "Visas av nr · Shown by no 1",
        "Ingrid Lundmark",
        "Ingen har bedömt det som står här.",
        "4 § förordningen (2022:1549) om validering",
    ):
        assert field in words


def test_every_page_says_which_paper_it_belongs_to():
    pages = pages_of(printed(samples.in_depth(40)))

    for number, page in enumerate(pages, start=1):
        assert f"Sida · Page {number} / {len(pages)}" in page
        assert "2026-XKQ7M" in page
        assert "Norsjö kommun" in page
        assert "Sammanställning av fördjupad kartläggning – inte bedömd" in page


def test_the_code_stands_in_letters_with_the_address_and_the_number_apart():
    words = words_of(printed(samples.initial()))

    assert "KQ7X-M4PD-B2C3-D4F5-G6H7" in words
    assert "kunnig.example/verify" in words
    assert "Koden visar att handlingen är äkta, inte numret." in words


def test_the_square_holds_the_address_with_the_code():
    address = pdf.address_of(paper(samples.initial()), samples.VERIFY_AT)

    assert address == f"https://kunnig.example/verify/{CODE}/"


def test_with_arabic_every_fixed_word_and_number_is_there_and_no_english():
    whole = samples.beside_arabic(samples.initial())

    pages = pages_of(printed(whole))

    words = DIRECTIONS.sub("", " ".join(pages))
    for told in (
        "2026-11-25",
        "2026-XKQ7M",
        "20 kap. 8 § skollagen",
        "بلدية السكن",
        "تاريخ",
        "الصفحة",
    ):
        assert told in words, told
    for fixed in ("Issued", "Home municipality", "Evidence", "Education Act", "Nobody"):
        assert fixed not in words
    assert "الصفحة 1 / 3" in words


def test_no_paper_uses_the_word_that_is_kept_for_what_was_assessed():
    for whole in (samples.initial(), samples.in_depth()):
        assert "utlåtande" not in words_of(printed(whole)).lower()


def test_the_heads_of_a_long_table_stand_on_each_of_its_pages():
    pages = pages_of(printed(samples.in_depth(40)))

    with_questions = [page for page in pages if "Självskattning" in page]
    assert len(with_questions) >= 6


def test_with_two_targets_every_page_of_questions_says_whose_they_are():
    whole = samples.in_depth(20)
    (one,) = whole.targets
    other = replace(one, code="OVNMAT", name="Matlagning", english_name="Cooking")

    pages = pages_of(printed(replace(whole, targets=(one, other))))

    for target in (one, other):
        head = f"{target.name} · {target.english_name} Fråga och berättelse"
        assert sum(head in page for page in pages) >= 2
        assert any(f"Frågor om {target.name} · Questions on" in page for page in pages)
    alone = words_of(printed(whole))
    assert f"{one.name} · {one.english_name} Fråga" not in alone


def test_a_group_never_stands_without_its_first_question():
    for page in pages_of(printed(samples.in_depth(40))):
        for letter in "ABCDEFGHIJ":
            assert (f"{letter}. Hygien och omvårdnad" in page) <= (f" {letter}1 " in page)


def test_nothing_is_left_out_for_want_of_it():
    bare = samples.initial(
        goal=(),
        life=(),
        evidence=(),
        conclusions=(Told(Both("Nästa steg", "The next step"), said("")),),
        frame=samples.frame(
            PaperKind.INITIAL,
            issuer=Issuer(organisation="Norsjö kommun", board="Utbildningsnämnden"),
            holder=Holder(name="Amina", birth_date=None, home_municipality=""),
            origin=replace(samples.ORIGIN, sittings=()),
        ),
    )

    words = words_of(printed(bare))

    for told in ("Inget mål är sagt än.", "Inget är beskrivet än.", "Inget är noterat."):
        assert told in words
    assert "Uppgiften är skyddad · Protected" in words


def test_many_sittings_are_told_in_one_line():
    many = tuple(
        replace(samples.ORIGIN.sittings[0], held_on=samples.TODAY + timedelta(days=n))
        for n in range(30)
    )
    whole = framed(samples.initial(), origin=replace(samples.ORIGIN, sittings=many))

    words = words_of(printed(whole))

    assert "2026-11-25 – 2026-12-24 (30)" in words


def test_words_are_never_read_as_markup():
    whole = telling(said(HOSTILE))
    whole = framed(whole, holder=replace(samples.AMINA, name=HOSTILE))

    words = words_of(printed(whole))

    assert words.count('#import "x": * $x^2$ *b* _i_ `raw` <label> @ref') >= 2
    assert '#panic("no")' in words


def test_what_cannot_be_printed_does_not_stop_the_paper_and_is_explained():
    with_signs = words_of(printed(telling(said("Tack 🙂 för 中文 hjälpen"))))

    assert f"Tack {letters.UNPRINTABLE} för" in with_signs
    assert "tecken som inte kan tryckas" in with_signs
    assert "tecken som inte kan tryckas" not in words_of(printed(samples.initial()))


def test_a_criterion_has_no_place_in_what_a_paper_says():
    stored = json.dumps(paper(samples.in_depth()).snapshot)

    assert "criteri" not in stored
    assert "grade" not in stored


LONG = "Jag lyfte, tvättade och lagade mat åt många. " * 150
MANY_LINES = "ja\n" * 120


def claiming(*claims):
    """Return a summary in which each of `claims` was told of one question."""
    whole = samples.in_depth(4)
    (target,), (group,) = whole.targets, whole.targets[0].groups
    asked = tuple(
        replace(samples.question(number), claim=claim)
        for number, claim in enumerate(claims, start=1)
    )
    return replace(whole, targets=(replace(target, groups=(replace(group, questions=asked),)),))


@pytest.mark.parametrize(
    ("whole", "word", "times"),
    [
        (telling(said(LONG), said(LONG, "ar", LONG)), "tvättade", 450),
        (claiming(said("Kort"), said(LONG, "ar", LONG)), "tvättade", 300),
        (claiming(said(LONG, "ar", LONG)), "tvättade", 300),
        (claiming(said(MANY_LINES, "so", MANY_LINES)), "ja", 240),
    ],
)
def test_however_much_was_told_all_of_it_is_on_the_paper(whole, word, times):
    words = words_of(printed(whole))

    assert [each.strip(",.") for each in words.split()].count(word) == times


ODD = {
    "amina": samples.initial(),
    "amina, in depth": samples.in_depth(),
    "amina, with arabic": samples.beside_arabic(samples.initial()),
    "in depth, with arabic": samples.beside_arabic(samples.in_depth(4)),
    "forty questions": samples.in_depth(40),
    "every language": telling(*(said(w, code) for code, w in IN_THEIR_OWN_LETTERS.items())),
    "signs": telling(said("🙂 中文 \x00 \ue000 a\u0301\u0327 \u202e")),
    "long": telling(said(LONG, "ar", LONG), said("x" * 3000)),
    "a long claim": claiming(said(LONG, "ar", LONG)),
    "a long name": framed(
        samples.initial(), holder=replace(samples.AMINA, name="Wolfeschlegelsteinhausen" * 8)
    ),
    "nothing told": samples.initial(goal=(), life=(), evidence=(), conclusions=()),
    "nothing asked": samples.in_depth(0),
}


def test_papers_keep_the_standards_whatever_they_say_and_a_broken_one_is_found_out():
    papers = {name: printed(whole) for name, whole in ODD.items()}
    broken = typst.compile(b'#set document(title: "x")\n= Intyg\n#rect()')

    report = verapdf({**papers, "broken": broken})

    assert {name: report[name] for name in papers if report[name]} == {}
    assert {fault.split()[0] for fault in report["broken"]} == {ACCESSIBLE, ARCHIVABLE}


@pytest.mark.parametrize("logo", ["", samples.LOGO, samples.LOGO.replace("viewBox", "width")])
def test_a_paper_is_printed_whatever_drawing_the_board_has(logo):
    issuer = replace(samples.ISSUER, logo_svg=logo)

    assert printed(framed(samples.initial(), issuer=issuer)).startswith(b"%PDF-1.7")


def test_there_is_a_ring_for_each_thing_done():
    assert rings.drawn((True, True, False)).count("<path") == 3
    assert rings.drawn((True, False)).count("dasharray") == 1
    assert rings.drawn(()).count("<path") == 0


def test_however_many_rings_there_are_they_keep_within_their_room():
    reach = [
        abs(float(number))
        for number in rings.drawn((True,) * 90).replace('"', " ").replace("C", " ").split()
        if number.lstrip("-").replace(".", "").isdigit()
    ]

    assert max(reach) <= rings.SIZE
