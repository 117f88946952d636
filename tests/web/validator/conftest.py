"""What happens on these pages happens just after noon, in a case that Ingrid registered."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from tests.people import NOON
from tests.stories import registered


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Time comes in at the edge: there it goes by a millisecond each time somebody asks."""
    ticks = itertools.count(1)
    monkeypatch.setattr(
        "kunnig.web.http.timezone.now", lambda: NOON + timedelta(milliseconds=next(ticks))
    )


@pytest.fixture
def case(amina, ingrid, county):
    return registered(amina, county.norsjo_board, by=ingrid)


@pytest.fixture
def knock(client, request):
    """Sign in as somebody of the cast, by name, and return the browser."""

    def signed_in(who):
        client.force_login(request.getfixturevalue(who))
        return client

    return signed_in
