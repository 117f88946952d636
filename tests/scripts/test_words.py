"""What the catalogues must never do: lack a text, guess one, or lose a name or a number in it."""

import pytest

from scripts import words

TEXTS = {
    ("", "Open the case", ""): ["web/trial.html"],
    ("", "%(name)s has <b>one</b> case", ""): ["web/trial.html"],
    ("", "%(count)s case", "%(count)s cases"): ["web/trial.html"],
}
WHOLE = r"""
msgid ""
msgstr ""
"Language: sv\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

msgid "Open the case"
msgstr "Öppna ärendet"

msgid "%(name)s has <b>one</b> case"
msgstr "%(name)s har <b>ett</b> ärende"

msgid "%(count)s case"
msgid_plural "%(count)s cases"
msgstr[0] "ett ärende"
msgstr[1] "%(count)s ärenden"
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Return a way to write the one catalogue of a small house."""
    file = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    monkeypatch.setattr(words, "gathered", lambda: TEXTS)

    def written(old="", new=""):
        assert old in WHOLE
        file.write_text(WHOLE.replace(old, new))
        return file

    return written


def test_a_whole_catalogue_has_no_faults(catalogue):
    catalogue()

    assert words.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Öppna ärendet", "", "not translated: 'Open the case'"),
        ('msgid "Open', '#, fuzzy\nmsgid "Open', "fuzzy: 'Open the case'"),
        ("%(name)s har", "Hon har", "placeholders ['%(name)s'] differ: '%(name)s has"),
        ("<b>ett</b>", "ett", "tags differ: '%(name)s has"),
        ('msgstr[1] "%(count)s ärenden"', "", "1 of 2 plural forms: '%(count)s case'"),
        ("plural=n != 1", "plural=EXPRESSION", "Plural-Forms is not usable"),
        ("Open the case", "Close the case", "not gathered: 'Open the case' (make words)"),
        ("Open the case", "Close the case", "no longer said: 'Close the case' (make words)"),
    ],
)
def test_each_fault_is_found(catalogue, old, new, fault):
    catalogue(old, new)

    assert [found for found in words.faults() if found.startswith(f"sv: {fault}")] != []


def test_gathering_keeps_what_is_translated_and_drops_what_nobody_says(catalogue):
    file = catalogue("Open the case", "Close the case")

    words.gather()

    said = file.read_text()
    assert "Close the case" not in said
    assert 'msgid "Open the case"\nmsgstr ""' in said
    assert "%(name)s har <b>ett</b> ärende" in said


def test_gathering_twice_changes_nothing(catalogue):
    file = catalogue()
    words.gather()
    once = file.read_text()

    words.gather()

    assert file.read_text() == once


def test_percent_signs_of_templates_are_gathered_as_django_looks_them_up(tmp_path, monkeypatch):
    (tmp_path / "trial.html").write_text(
        "{% load i18n %}{% translate '100 %' %}"
        "{% blocktranslate trimmed %}\n {{ share }} % of all\n{% endblocktranslate %}"
    )
    monkeypatch.setattr(words, "HOUSE", tmp_path)

    assert [text for _, text, _ in words.gathered()] == ["100 %%", "%(share)s %% of all"]
