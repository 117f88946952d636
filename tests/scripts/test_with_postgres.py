"""The PostgreSQL of a test run comes and goes without a trace."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import ROOT, needs

SHOWN = """
import os, psycopg, sys
with psycopg.connect(os.environ["KUNNIG_DATABASE"]) as connection:
    print(connection.execute(f"show {sys.argv[1]}").fetchone()[0])
sys.exit(7)
"""


def shown(setting, *mode):
    """Return what a PostgreSQL says of one of its settings, and how the script ended."""
    script = ROOT / "scripts" / "with-postgres"
    done = subprocess.run(
        [script, *mode, sys.executable, "-c", SHOWN, setting],
        capture_output=True,
        text=True,
        check=False,
    )
    needs("PostgreSQL", packages="postgresql", present=done.returncode != 3)
    return done.stdout.strip(), done.returncode


@pytest.mark.parametrize(("mode", "fsync"), [([], "off"), (["--durable"], "on")])
def test_a_command_finds_its_own_database_and_its_status_is_handed_on(mode, fsync):
    assert shown("fsync", *mode) == (fsync, 7)


def test_nothing_is_left():
    folder, _ = shown("data_directory")

    assert Path(folder).name == "data"
    assert not Path(folder).parent.exists()
