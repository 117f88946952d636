"""The mail server, or the folder that stands for one."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.core.mail import get_connection

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

REFUSES_FOR_EVER = range(500, 600)  # SMTP's answers that waiting does not change


class NotTakenError(Exception):
    """The mail server did not take a letter: it refused the address, or could not be reached."""

    def __init__(self, *, is_refusal: bool) -> None:
        super().__init__()
        self.is_refusal = is_refusal


class Post:
    """Takes one message at a time; where to is settled by the settings."""

    def take(self, message: EmailMessage) -> None:
        """Hand over a message. Raises `NotTakenError`."""
        try:
            get_connection().send_messages([message])
        except SMTPRecipientsRefused as fault:
            answers = [code for code, _words in fault.recipients.values()]
            refusal = all(code in REFUSES_FOR_EVER for code in answers)
            raise NotTakenError(is_refusal=refusal) from fault
        except (SMTPException, OSError) as fault:
            raise NotTakenError(is_refusal=False) from fault
