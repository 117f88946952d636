"""Who is knocking, and when."""

from __future__ import annotations

import pytest

from tests.people import NOON


@pytest.fixture
def knock(client, request):
    """Sign in as somebody of the cast, by name, and return the browser."""

    def signed_in(who):
        client.force_login(request.getfixturevalue(who))
        return client

    return signed_in


@pytest.fixture
def noon(monkeypatch):
    """Time comes in at the edge: there it stands still."""
    monkeypatch.setattr("kunnig.web.http.timezone.now", lambda: NOON)
