"""The agency's service, asked over real HTTP: a server here answers as it does."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import unquote

import pytest

from kunnig.standards.formats.syllabus_api import read
from kunnig.standards.wires.syllabus_service import MOST_BYTES, SyllabusService, Unanswered
from tests.syllabuses import found

KNOWN = {"EXU": "examples/EXU.json", "ÖVN": "practice/OVN.json"}


class Agency(BaseHTTPRequestHandler):
    """Answers `/syllabus/v1/subjects/CODE` as the Syllabus API does."""

    patience = Event()

    def do_GET(self):
        code = unquote(self.path.removeprefix("/syllabus/v1/subjects/"))
        if code == "SLOW":
            self.patience.wait(5)
        if code == "HTML":
            self._answer(502, b"<html>Bad gateway</html>", "text/html")
        elif code == "HUGE":
            self._answer(200, b" " * (MOST_BYTES + 1))
        elif code == "BROKEN":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
        elif code in KNOWN:
            self._answer(200, found(KNOWN[code]).read())
        else:
            told = {"errorCode": 404, "message": f"Anrop av API ReadSubject ger tomt svar: {code}"}
            self._answer(404, json.dumps(told).encode())

    def _answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def an_agency():
    """Answer on a free port of this machine, and give the service's address."""
    Agency.patience.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Agency)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/syllabus"
    finally:
        Agency.patience.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def address():
    with an_agency() as address:
        yield address


def why(address, code, **settings):
    with pytest.raises(Unanswered) as caught:
        SyllabusService(address, **settings).subject(code)
    return str(caught.value)


@pytest.mark.parametrize("code", KNOWN)
def test_a_subject_is_fetched_by_its_code(address, code):
    assert read(SyllabusService(address).subject(code)).code == code


def test_a_code_that_the_agency_does_not_know_is_told_in_its_words(address):
    assert why(address, "NIX") == ("answered 404: Anrop av API ReadSubject ger tomt svar: NIX")


def test_a_subject_has_an_address_of_its_own(address):
    assert SyllabusService(address).address_of("VÅR") == f"{address}/v1/subjects/V%C3%85R"


def test_a_code_cannot_lead_to_another_address(address):
    assert "answered 404" in why(address, "../../secret?x=")


def test_an_answer_that_is_not_the_agencys_is_told_by_its_status(address):
    assert why(address, "HTML") == "answered 502: Bad Gateway"


def test_an_answer_without_end_is_not_taken(address):
    assert "answered with more than" in why(address, "HUGE")


def test_an_answer_that_breaks_off_is_told(address):
    assert "broke off" in why(address, "BROKEN")


def test_a_service_that_does_not_answer_in_time_is_told(address):
    assert "timed out" in why(address, "SLOW", timeout_seconds=0.2)


def test_a_service_that_is_not_there_is_told():
    with an_agency() as address:
        pass

    assert "does not answer" in why(address, "EXU")


def test_only_the_web_is_asked():
    assert why("file:///etc", "EXU") == "the address is not one of the web"
