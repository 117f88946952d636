"""The order of Swedish letters, on a database that does not bring it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kunnig.kernel.text import swedish_key

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


# A list compares each of its texts many times over.
_key = lru_cache(maxsize=16_384)(swedish_key)


def _compare(one: str, other: str) -> int:
    first, second = _key(one), _key(other)
    return (first > second) - (first < second)


def teach_swedish_order(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a SQLite connection the collation `swedish`; PostgreSQL has it from a migration."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation("swedish", _compare)
