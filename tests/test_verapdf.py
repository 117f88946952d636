"""The judge of papers must know good from bad, or its silence is worth nothing."""

import typst

from tests.verapdf import ACCESSIBLE, ARCHIVABLE, verapdf

PAPER = b"""
#set document(title: "Sammanst\xc3\xa4llning")
#set text(lang: "sv")
= Sammanst\xc3\xa4llning
Amina Haddad
"""


def test_a_tagged_paper_passes_and_an_untagged_one_is_found_out():
    good = typst.compile(PAPER, pdf_standards=["ua-1", "a-2a"])
    bad = typst.compile(PAPER)

    report = verapdf({"good": good, "bad": bad})

    assert report["good"] == []
    assert {fault.split()[0] for fault in report["bad"]} == {ACCESSIBLE, ARCHIVABLE}
