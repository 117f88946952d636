"""`kunnig work` does what waits, by itself or once for cron, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Timer

from django.core.management import call_command

from kunnig.letters import actions
from kunnig.letters.duties import DUTIES
from kunnig.letters.models import Letter
from kunnig.letters.states import LetterKind, LetterState
from kunnig.operations.management.commands import work
from tests.factories import CaseFactory
from tests.people import NOON
from tests.post import FACTS

WORK = [sys.executable, "-m", "django", "work", "--settings", "kunnig.config.settings"]


def write(amina, by):
    return actions.write(
        to=amina,
        address="amina@example.com",
        language="sv",
        kind=LetterKind.INVITATION,
        facts=FACTS,
        file=CaseFactory(person=amina),
        by=by,
        at=NOON,
    )


def test_once_sends_what_is_due_and_says_how_much(amina, ingrid, office, capsys):
    for _each in range(2):
        write(amina, ingrid)

    call_command("work", once=True)
    call_command("work", once=True)

    assert capsys.readouterr().out == "letters: 2 done, 0 due\nletters: 0 done, 0 due\n"
    assert len(office.messages) == 2


def test_without_a_mail_server_letters_lie_in_a_folder(amina, ingrid, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    letter = write(amina, ingrid)

    call_command("work", once=True)

    (file,) = tmp_path.iterdir()
    assert str(letter.pk) in file.read_text()


def test_it_goes_round_until_told_to_stop(amina, ingrid, office, monkeypatch):
    monkeypatch.setattr(work, "PAUSE", 0.02)
    before = signal.getsignal(signal.SIGTERM)
    letter = write(amina, ingrid)
    Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()

    call_command("work")

    letter.refresh_from_db()
    assert letter.standing is LetterState.SENT
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_duty_that_goes_wrong_is_told_and_stops_no_other(amina, ingrid, office, monkeypatch):
    def wrong(_at):
        raise RuntimeError

    monkeypatch.setattr(work, "DUTIES", (work.DUTIES[0].__class__("x", *_rest(wrong)), *DUTIES))
    told = []
    monkeypatch.setattr(work.logger, "exception", lambda *said: told.append(said[1]))
    write(amina, ingrid)

    call_command("work", once=True)

    assert told == ["x"]
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()


def _rest(wrong):
    return DUTIES[0].every, DUTIES[0].due, wrong


def test_a_process_survives_a_missing_table_and_ends_well_when_told(tmp_path):
    environment = os.environ | {
        "KUNNIG_DATA_DIR": str(tmp_path),
        "KUNNIG_DATABASE": "sqlite:///kunnig.sqlite3",
    }
    with subprocess.Popen(WORK, env=environment, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        process.terminate()
        process.stderr.read()

    assert said == "The duty letters goes wrong; it is tried again.\n"
    assert process.returncode == 0
