"""Building the assets: from the lock alone, once, and with one line when it cannot be done."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from scripts import assets
from tests.machine import ROOT, needs

RECIPE = ("package.json", "package-lock.json", ".npmrc", "scripts/assets.py")


@pytest.fixture
def elsewhere(tmp_path):
    """A house with the recipe and nothing built."""
    for name in RECIPE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder, **environment):
    return subprocess.run(
        [sys.executable, "scripts/assets.py"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_built_is_not_built_again():
    assert run(ROOT).stdout == "assets: up to date\n"


def test_a_registry_out_of_reach_is_told_in_one_line(elsewhere):
    needs("npm", packages="npm", present=shutil.which("npm"))

    done = run(
        elsewhere,
        npm_config_registry="http://127.0.0.1:9/",
        npm_config_cache=str(elsewhere / "cache"),
        npm_config_fetch_retries="0",
    )

    assert done.returncode == 1
    assert re.fullmatch(
        r"assets: npm could not fetch the packages: .*ECONNREFUSED.*\n", done.stderr
    )
    assert not (elsewhere / "src").exists()


def test_the_lock_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_package_comes_with_its_licence():
    sources = json.loads((assets.VENDOR / "SOURCES.json").read_text(encoding="utf-8"))
    texts = " ".join(file.name for file in (assets.VENDOR / "licences").iterdir())

    assert {name for name, each in sources.items() if not each["license"]} == set()
    assert [name for name in sources if name.strip("@").replace("/", "-") not in texts] == []


def test_the_style_sheets_ask_for_no_file_that_is_missing():
    sheet = (assets.VENDOR / "fonts.css").read_text(encoding="utf-8")

    files = re.findall(r"url\(\./([^)]+)\)", sheet)

    assert len(files) == 4
    assert [file for file in files if not (assets.VENDOR / file).exists()] == []
