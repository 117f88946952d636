import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnig.standards.formats.markup import Run, blocks, plain, rendered, structured, written

ANY_TAG = re.compile(r"<[^>]*>?")
KNOWN = {
    f"<{slash}{tag}>" for tag in ("strong", "p", "h4", "ul", "ol", "li") for slash in ("", "/")
}
PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<style>p{}</style>"),
        *("<strong>", "</strong>", "<b>", "</b>", "<p>", "</p>", "<ul>", "<ol>", "<li>", "</li>"),
        *("</ul>", "</ol>", "<br>", "<h4 class='x'>", "</h4>", "<a href='javascript:x'>"),
        *("&lt;script&gt;", "&amp;lt;b&amp;gt;", "&#0;", "<!-- x -->", "<", "]]>", "<![CDATA["),
        *("<svg/onload=x>", "<strong onclick=x>", "<?x"),
    ]
)
SOURCES = st.lists(st.one_of(PIECES, st.text()), max_size=12).map("".join)


def kinds(source):
    return [(block.kind, block.markup) for block in blocks(source)]


def test_emphasis_and_structure_are_kept():
    source = "<h4>Rubrik:</h4><p>Vi <strong>kan</strong> det.</p><ul><li>ett</li><li>två</li></ul>"

    assert structured(source) == (
        "<h4>Rubrik:</h4><p>Vi <strong>kan</strong> det.</p><ul><li>ett</li><li>två</li></ul>"
    )


def test_what_is_not_known_is_only_words():
    assert kinds('<p>En <a href="x">länk</a> och <em>kursivt</em></p>') == [
        ("paragraph", "En länk och kursivt")
    ]


def test_scripts_and_styles_leave_no_words():
    assert kinds("<p>Före<script>alert(1)</script><style>p{}</style> efter</p>") == [
        ("paragraph", "Före efter")
    ]


def test_signs_that_html_uses_are_words_too():
    (block,) = blocks("<p>10 &lt; 20 &amp; 3 > 2</p>")

    assert block.plain == "10 < 20 & 3 > 2"
    assert block.markup == "10 &lt; 20 &amp; 3 &gt; 2"
    assert plain(block.markup) == block.plain


def test_an_item_keeps_the_paragraphs_inside_it():
    assert kinds("<ol><li><p>Första</p><p>andra</p></li></ol>") == [("numbered", "Första andra")]


def test_lists_within_lists_are_laid_out_flat():
    assert kinds("<ul><li>Mat<ul><li>bröd</li></ul></li><li>Dryck</li></ul>") == [
        ("item", "Mat"),
        ("item", "bröd"),
        ("item", "Dryck"),
    ]


def test_words_outside_any_block_are_a_paragraph():
    assert kinds("Bara <strong>text</strong>") == [("paragraph", "Bara <strong>text</strong>")]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<p>Med<strong> gott </strong>resultat</p>", "Med <strong>gott</strong> resultat"),
        ("<p><strong>Allt</strong></p>", "<strong>Allt</strong>"),
        ("<p>Tomt <strong> </strong>här</p>", "Tomt här"),
        ("<p><strong>aldrig stängd</p>", "<strong>aldrig stängd</strong>"),
        ("<p>öppnas</strong> aldrig</p>", "öppnas aldrig"),
    ],
)
def test_emphasis_hugs_its_words(source, kept):
    assert [block.markup for block in blocks(source)] == [kept]


def test_a_heading_in_bold_is_told_from_a_paragraph():
    heading, paragraph = blocks("<p><strong>Mat:</strong></p><p><strong>Mat</strong> lagas.</p>")

    assert (heading.is_all_strong, paragraph.is_all_strong) == (True, False)


@given(SOURCES)
def test_no_other_tag_gets_into_a_structured_text(source):
    assert set(ANY_TAG.findall(structured(source))) <= KNOWN


@given(SOURCES)
def test_no_tag_but_emphasis_gets_into_one_block(source):
    for block in blocks(source):
        tags = ANY_TAG.findall(block.markup)
        assert tags == ["<strong>", "</strong>"] * (len(tags) // 2)


@given(st.text() | SOURCES)
def test_whatever_is_stored_a_page_gets_no_other_tag(stored):
    assert set(ANY_TAG.findall(rendered(stored))) <= KNOWN


@given(SOURCES)
def test_what_is_written_is_read_back_the_same(source):
    once = structured(source)

    assert structured(once) == once


@given(st.lists(st.builds(Run, st.text(), st.booleans())))
def test_words_are_neither_lost_nor_added(runs):
    said = " ".join("".join(run.text for run in runs).split())

    assert plain(written(runs)) == said
