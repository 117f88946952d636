"""The browser of page tests: it refuses what no page may do, whatever else the test looks at."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client

from kunnig.people.models import Person

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|<[^>]+\sstyle=|<[^>]+\s(?:hx-)?on[a-z]+=", re.IGNORECASE
)
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN")
# What asking for a page may write: who read, who asked about a paper, and the session.
NOTES = re.compile(
    r'(?:INSERT INTO "audit_entry"'
    r'|(?:INSERT INTO|DELETE FROM) "credentials_verificationattempt"'
    r'|(?:INSERT INTO|UPDATE|DELETE FROM) "django_session")'
)


class PageClient(Client):
    """Asks for pages without letting them write.

    It finds no script or style in them, and nothing of who is signed in that may be kept.
    """

    def get(self, *args, **kwargs):
        with connection.execute_wrapper(only_reading):
            return super().get(*args, **kwargs)

    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html"):
            assert INLINE.findall(response.content.decode()) == []
        is_signed_in = isinstance(getattr(response.wsgi_request, "_cached_user", None), Person)
        if is_signed_in and response.status_code != 302:
            assert response["Cache-Control"] == "private, no-store"
        return response


def only_reading(execute, sql, params, many, context):
    assert sql.lstrip().startswith(READS) or NOTES.match(sql), f"asking for a page wrote: {sql}"
    return execute(sql, params, many, context)
