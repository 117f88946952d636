"""The law that papers name, by the day they are handed out."""

from datetime import date

from kunnig.credentials.formats import languages, law
from kunnig.credentials.states import PaperKind


def test_every_version_names_the_law_for_every_kind_of_paper_in_every_language_of_papers():
    for version in law.versions():
        assert set(version.words) == set(PaperKind)
        for words in version.words.values():
            assert all(words[language] for language in ("sv", *languages.beside_swedish()))


def test_versions_have_names_of_their_own_and_follow_each_other():
    names = [version.name for version in law.versions()]
    days = [version.holds_from for version in law.versions()]

    assert len(set(names)) == len(names)
    assert days == sorted(set(days))


def test_the_initial_mapping_stands_in_20_8_since_the_statutes_we_have_read():
    words = law.on(date(2026, 11, 25)).words[PaperKind.INITIAL]

    assert "20 kap. 8 § skollagen" in words["sv"]


def test_a_version_holds_from_its_first_day():
    newest = law.versions()[-1]

    assert law.on(newest.holds_from) == newest


def test_before_the_oldest_we_know_the_oldest_is_named():
    assert law.on(date(2011, 7, 1)) == law.versions()[0]


def test_what_was_ever_named_can_be_named_again():
    # Papers keep the name of their version: none of these may go.
    assert {"2025-09"} <= {version.name for version in law.versions()}
