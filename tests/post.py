"""A mail server of the tests' own, on this machine: it speaks SMTP and refuses what it is told."""

from __future__ import annotations

import email
import socket
from dataclasses import dataclass, field
from email import policy
from importlib import import_module

import pytest

# What an invitation tells.
FACTS = {
    "page": "https://kunnig.example/invited/",
    "municipality": "Norsjö kommun",
    "telephone": "0918-140 00",
    "until": "2026-12-25",
}


@dataclass
class Office:
    """Takes every message, but for the addresses with an answer of their own."""

    answers: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.messages.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def office(settings):
    """Start the server, and let letters go out by it."""
    # Imported where it is asked for: all other tests run where it is not installed yet.
    controller = import_module("aiosmtpd.controller")
    office = Office()
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    server = controller.Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "Kunnig <kunnig@region.example>"
    yield office
    server.stop()
