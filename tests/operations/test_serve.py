"""`kunnig serve` answers as it would in production, with its assets gathered."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

KUNNIG = [sys.executable, "-m", "django", "serve", "--settings", "kunnig.config.settings"]


@pytest.fixture
def port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def served(port, folder, **more):
    """Start the house, and stop it afterwards."""
    environment = {
        **os.environ,
        "KUNNIG_PORT": str(port),
        "KUNNIG_DATA_DIR": str(folder),
        "KUNNIG_DATABASE": "sqlite:///kunnig.sqlite3",
        **more,
    }
    with subprocess.Popen(
        KUNNIG, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as house:
        try:
            yield house
        finally:
            house.terminate()


def got(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.headers, answer.read().decode()


def workers_beside(house):
    """Return the processes that the house has started to do the work that waits."""
    children = Path(f"/proc/{house.pid}/task/{house.pid}/children").read_text().split()
    said = {pid: Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in children}
    return [pid for pid, words in said.items() if b"work" in words]


def test_it_says_where_it_answers_and_serves_hashed_assets_for_ever(port, tmp_path):
    with served(port, tmp_path, KUNNIG_DEBUG="no") as house:
        said = house.stdout.readline()
        _, page = got(port, "/about/")  # which asks no database
        (sheet, *_) = re.findall(r'href="(/static/kunnig/kunnig\.[0-9a-f]{12}\.css)"', page)
        headers, _ = got(port, sheet)
        with pytest.raises(urllib.error.HTTPError) as missing:
            got(port, "/components/")
        missing.value.close()
        (worker,) = workers_beside(house)
        house.terminate()
        house.wait()
        assert not Path(f"/proc/{worker}").exists()

    assert said == f"Kunnig answers at http://127.0.0.1:{port}/\n"
    assert "immutable" in headers["Cache-Control"]
    assert missing.value.code == 404


def test_it_says_where_to_sign_in_where_anyone_may(port, tmp_path):
    with served(port, tmp_path, KUNNIG_DEBUG="yes") as house:
        said = [house.stdout.readline() for _ in range(2)]

    assert said[1] == f"Sign in as one of the demo people at http://127.0.0.1:{port}/demo/\n"


def test_a_port_that_is_taken_is_told_in_one_line(port, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        with served(port, tmp_path) as house:
            said = house.stdout.read()
            ended = house.wait()

    assert said == f"CommandError: Port {port} is taken; choose another with KUNNIG_PORT.\n"
    assert ended == 3
