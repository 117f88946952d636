"""A setting that is wrong stops the start and says by name what would be valid."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kunnig.config import env

MEANING = "For a test."
FOLDER = Path("/srv/kunnig")


@pytest.fixture(autouse=True)
def declarations(monkeypatch):
    """Keep what a test declares out of the manual."""
    monkeypatch.setattr(env, "DECLARED", {})


def test_a_setting_that_nobody_gave_has_its_default():
    assert env.text("KUNNIG_TRIAL", meaning=MEANING, default="quiet") == "quiet"


def test_a_setting_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "trial").write_text("spoken\n")
    monkeypatch.setenv("KUNNIG_TRIAL_FILE", str(tmp_path / "trial"))

    assert env.text("KUNNIG_TRIAL", meaning=MEANING) == "spoken"


def test_a_file_that_is_not_there_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("KUNNIG_TRIAL_FILE", str(tmp_path / "trial"))

    with pytest.raises(ImproperlyConfigured, match=r"KUNNIG_TRIAL_FILE is .* can be read"):
        env.text("KUNNIG_TRIAL", meaning=MEANING)


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("ON", True), ("0", False)])
def test_yes_and_no_are_understood(monkeypatch, said, meant):
    monkeypatch.setenv("KUNNIG_TRIAL", said)

    assert env.flag("KUNNIG_TRIAL", meaning=MEANING, default=not meant) is meant


@pytest.mark.parametrize("said", ["", "perhaps", "ja"])
def test_what_is_neither_yes_nor_no_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("KUNNIG_TRIAL", said)

    with pytest.raises(ImproperlyConfigured, match=r"KUNNIG_TRIAL is .* yes or no"):
        env.flag("KUNNIG_TRIAL", meaning=MEANING, default=True)


@pytest.mark.parametrize("said", ["0", "65536", "-1", "8000.0", "²", ""])
def test_a_number_out_of_bounds_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("KUNNIG_TRIAL", said)

    with pytest.raises(ImproperlyConfigured, match="a whole number from 1 to 65535"):
        env.number("KUNNIG_TRIAL", meaning=MEANING, default=8000, least=1, most=65535)


def test_a_choice_is_one_of_its_words_or_fails_by_name(monkeypatch):
    asked = {"meaning": MEANING, "options": ("one", "two"), "default": "one"}
    assert env.choice("KUNNIG_TRIAL", **asked) == "one"
    monkeypatch.setenv("KUNNIG_TRIAL", "two")
    assert env.choice("KUNNIG_TRIAL", **asked) == "two"
    monkeypatch.setenv("KUNNIG_TRIAL", "three")

    with pytest.raises(ImproperlyConfigured, match="KUNNIG_TRIAL is 'three'; valid is one or two"):
        env.choice("KUNNIG_TRIAL", **asked)


def test_words_stand_between_commas(monkeypatch):
    monkeypatch.setenv("KUNNIG_TRIAL", "kunnig.example, localhost,")

    assert env.words("KUNNIG_TRIAL", meaning=MEANING) == ["kunnig.example", "localhost"]


def test_a_folder_is_told_from_where_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KUNNIG_TRIAL", "kept")

    assert env.folder("KUNNIG_TRIAL", meaning=MEANING, default=FOLDER) == tmp_path / "kept"


def test_a_short_secret_stops_the_start_and_is_not_repeated(monkeypatch):
    monkeypatch.setenv("KUNNIG_TRIAL", "hush")

    with pytest.raises(ImproperlyConfigured, match="at least 50") as stopped:
        env.secret("KUNNIG_TRIAL", meaning=MEANING, otherwise=str)
    assert "hush" not in str(stopped.value)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite:///kunnig.sqlite3", FOLDER / "kunnig.sqlite3"),
        ("sqlite:////data/own%20place.sqlite3", Path("/data/own place.sqlite3")),
    ],
)
def test_a_file_may_be_the_database(monkeypatch, address, file):
    monkeypatch.setenv("KUNNIG_TRIAL", address)

    database = env.database("KUNNIG_TRIAL", meaning=MEANING, folder=FOLDER)

    assert database["NAME"] == file
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_server_may_be_the_database(monkeypatch):
    monkeypatch.setenv(
        "KUNNIG_TRIAL", "postgresql://kunnig:s%40fe@db.example:5433/cases?sslmode=require"
    )

    database = env.database("KUNNIG_TRIAL", meaning=MEANING, folder=FOLDER)

    told = {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert told == {
        "NAME": "cases",
        "USER": "kunnig",
        "PASSWORD": "s@fe",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "address",
    ["", "kunnig.sqlite3", "sqlite://", "mysql://kunnig:hush@db/cases", "postgresql://:hush@db"],
)
def test_an_address_of_no_database_stops_the_start_and_is_not_repeated(monkeypatch, address):
    monkeypatch.setenv("KUNNIG_TRIAL", address)

    with pytest.raises(ImproperlyConfigured, match=r"KUNNIG_TRIAL .* sqlite:///PATH") as stopped:
        env.database("KUNNIG_TRIAL", meaning=MEANING, folder=FOLDER)
    assert "hush" not in str(stopped.value)
