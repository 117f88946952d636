"""Tests read the msgids, which are English, and meet no network; browsers are Debian's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from tests import browser
from tests.client import PageClient
from tests.machine import CHROMIUM, NOTHING_MAY_BE_SKIPPED, needs

pytest_plugins = ["tests.people", "tests.post", "tests.syllabuses"]

settings.LANGUAGE_CODE = "en"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file of its own for SQLite: in memory, the threads of a live server would share one connection,
# and with it each other's transactions. Nothing here outlives the run, so nothing waits for a disk.
FOLDER = tempfile.TemporaryDirectory(prefix="kunnig-tests-")
DATABASE = settings.DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE.setdefault("TEST", {})["NAME"] = str(Path(FOLDER.name) / "kunnig.sqlite3")
    DATABASE["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
settings.FILES_DIR = Path(FOLDER.name) / "files"
# A page served to a browser finds its assets where they are made, under their own names.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True

# Playwright keeps an event loop in this thread; Django would then refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if NOTHING_MAY_BE_SKIPPED else "here")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Show out whoever a browser left connected, or the database could not be taken away."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True)
def own_language():
    """Leave no test in the language that a page of an earlier one was asked for in."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def client():
    return PageClient()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    needs("Chromium", packages="chromium", present=CHROMIUM)
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "sv-SE",
        "reduced_motion": "reduce",
        "service_workers": "block",
    }


@pytest.fixture(autouse=True)
def no_page_is_broken(request):
    """Fail on a missing asset, a script error or something that the policy refused."""
    if "page" not in request.fixturenames:
        yield
        return
    faults = browser.watched(request.getfixturevalue("page"))
    yield
    assert faults == []
