"""Syllabuses to test with: the agency's real ones where they have been fetched, else our own.

The fetched ones are never committed (tests/machine.py says where they lie). Without them the own
small ones stand in, which is said at the end of the run; where CI=true it is a failure.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest

from kunnig.standards.actions.syllabuses import import_syllabuses
from kunnig.standards.formats import sources
from kunnig.standards.models import Target
from tests.factories import NOON
from tests.machine import NOTHING_MAY_BE_SKIPPED, shared

OWN = files("kunnig.standards") / "data"
REAL = shared("skolverket", "subjects")


def pytest_terminal_summary(terminalreporter):
    if REAL is None:
        terminalreporter.write_line(
            "NOT TESTED on real syllabuses: none beside the clone (KUNNIG_SHARED says where). "
            "Our own small ones stood in.",
            yellow=True,
        )


def pytest_sessionfinish(session):
    if REAL is None and NOTHING_MAY_BE_SKIPPED:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@cache
def found(name):
    """Return one of our own files as a source: `examples/EXU.json`."""
    folder, _, file = name.partition("/")
    return next(source for source in sources.own(folder) if source.name == file)


def taken_in(*names):
    """Take in some of our own files, and return the report."""
    return import_syllabuses([found(name) for name in names], at=NOON)


def a_course_to_map():
    """Return a course with questions: the agency's first course in care, or else an example."""
    if REAL is None:
        taken_in("examples/EXU.json")
        return Target.objects.get(code="EXUEXU01")
    import_syllabuses(sources.in_path(REAL / "VÅR.json"), at=NOON)
    return Target.objects.get(code="VÅRVÅR01")
