"""What an import of every syllabus costs, against only reading the same files in the same run.

    make bench                among the others
    … bench.import            on SQLite, and on the PostgreSQL of KUNNIG_DATABASE if there is one

The agency's real files are used where they have been fetched (tests/machine.py), else as many
copies of an example of ours. Prints seconds with the machine, but the ratios are what to compare.
"""  # noqa: N999 -- named after the command it measures

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kunnig.standards.actions.syllabuses import Outcome, import_syllabuses
from kunnig.standards.formats import sources, syllabus_api
from kunnig.standards.formats.sources import Source
from tests.machine import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COPIES = 316
MOST_SECONDS = 20  # on SQLite, issue 3
ONE_DATABASE = "--here"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one step took."""

    cpu: float
    wall: float


def timed(step: Callable[[], object]) -> Spent:
    """Do one step and return what it took."""
    cpu, wall = time.process_time(), time.perf_counter()
    step()
    return Spent(time.process_time() - cpu, time.perf_counter() - wall)


def everything() -> list[Source]:
    """Return all real files, or copies of one of ours under other codes."""
    real = shared("skolverket", "subjects")
    if real is not None:
        return sources.in_path(real)
    (example,) = (one for one in sources.own("examples") if one.name == "EXU.json")
    written = example.read()
    return [_copy(written, number) for number in range(COPIES)]


def _copy(written: bytes, number: int) -> Source:
    copied = written.replace(b'"EXU"', f'"X{number}"'.encode())
    return Source(f"X{number}", "a copy", lambda: copied)


def measure() -> bool:
    """Measure on the database that is set, print, and say if the budget held."""
    call_command("migrate", verbosity=0)
    found = everything()
    at = timezone.now()
    reading = timed(lambda: [syllabus_api.read(source.read()) for source in found])
    first = timed(lambda: import_syllabuses(found, at=at))
    second = timed(lambda: import_syllabuses(found, at=at))
    report = import_syllabuses(found, at=at, is_dry_run=True)
    assert report.outcomes[Outcome.UNCHANGED] == len(found), report

    print(f"\n{connection.vendor} · {report.subjects} subjects · {report.targets:,} targets")
    print(f"{'step':28}{'CPU s':>8}{'wall s':>8}{'CPU ÷ reading':>16}")
    for name, spent in (("read only", reading), ("import", first), ("import again", second)):
        ratio = spent.cpu / reading.cpu
        print(f"{name:28}{spent.cpu:8.1f}{spent.wall:8.1f}{ratio:16.1f}")
    if connection.vendor != "sqlite":
        return True
    held = first.wall <= MOST_SECONDS
    print(f"{'' if held else 'NOT '}held: at most {MOST_SECONDS} s on SQLite")
    return held


def measured_beside(database: str, folder: str) -> bool:
    """Measure in a process of its own on one database."""
    told = {**os.environ, "KUNNIG_DATABASE": database, "KUNNIG_DATA_DIR": folder}
    command = [sys.executable, "-m", "bench.import", ONE_DATABASE]
    return subprocess.run(command, env=told, check=False).returncode == 0


def main(databases: Sequence[str]) -> None:
    """Measure on each database; exit 1 if a budget did not hold."""
    print(f"Import of syllabuses · Python {platform.python_version()} · {platform.platform()}")
    with tempfile.TemporaryDirectory() as folder:
        held = [measured_beside(database, folder) for database in databases]
    sys.exit(not all(held))


if __name__ == "__main__":
    if ONE_DATABASE in sys.argv:
        sys.exit(not measure())
    beside = os.environ.get("KUNNIG_DATABASE", "")
    main(["sqlite:///bench.sqlite3", *([beside] if beside.startswith("postgresql") else [])])
