"""Every setting that the environment may give, each with its meaning and what would be valid."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

YES = frozenset({"yes", "true", "on", "1"})
NO = frozenset({"no", "false", "off", "0"})
SHORTEST_SECRET = 50  # Django's own limit (security.W009)
KEPT_FOR = 600  # seconds a connection to the database is kept: making one costs as much as a page


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment, as the manual tells it."""

    name: str
    meaning: str
    valid: str
    default: str


DECLARED: dict[str, Setting] = {}


def _wrong(name: str, value: str, valid: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {value!r}; valid is {valid}.")


def _given(name: str) -> str | None:
    """Return what the environment says, itself or through the file that `NAME_FILE` names."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as fault:
        raise _wrong(f"{name}_FILE", file, "a file that can be read") from fault


def _read(name: str, *, meaning: str, valid: str, default: str) -> str:
    DECLARED[name] = Setting(name, meaning, valid, default)
    value = _given(name)
    return default if value is None else value


def text(name: str, *, meaning: str, valid: str = "any text", default: str = "") -> str:
    """Return a text as it stands."""
    return _read(name, meaning=meaning, valid=valid, default=default)


def words(name: str, *, meaning: str, default: str = "") -> list[str]:
    """Return words separated by commas."""
    value = _read(name, meaning=meaning, valid="words separated by commas", default=default)
    return [word.strip() for word in value.split(",") if word.strip()]


def flag(name: str, *, meaning: str, default: bool) -> bool:
    """Return yes or no; anything else fails by name."""
    valid = "yes or no"
    value = _read(name, meaning=meaning, valid=valid, default="yes" if default else "no")
    if value.lower() in YES | NO:
        return value.lower() in YES
    raise _wrong(name, value, valid)


def choice(name: str, *, meaning: str, options: tuple[str, ...], default: str) -> str:
    """Return one of a few words; anything else fails by name."""
    valid = ", ".join(options[:-1]) + f" or {options[-1]}"
    value = _read(name, meaning=meaning, valid=valid, default=default)
    if value in options:
        return value
    raise _wrong(name, value, valid)


def number(name: str, *, meaning: str, default: int, least: int, most: int) -> int:
    """Return a whole number between `least` and `most`; anything else fails by name."""
    valid = f"a whole number from {least} to {most}"
    value = _read(name, meaning=meaning, valid=valid, default=str(default))
    if value.isascii() and value.isdigit() and least <= int(value) <= most:
        return int(value)
    raise _wrong(name, value, valid)


def folder(name: str, *, meaning: str, default: Path) -> Path:
    """Return a folder, as an absolute path."""
    DECLARED[name] = Setting(name, meaning, "a folder's path", default.name)
    value = _given(name)
    return default if value is None else Path(value).expanduser().resolve()


def secret(name: str, *, meaning: str, otherwise: Callable[[], str]) -> str:
    """Return a secret nobody can guess, given or else made by `otherwise`."""
    valid = f"a text of at least {SHORTEST_SECRET} characters"
    value = _read(name, meaning=meaning, valid=valid, default="")
    if value and len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"{name} is too short; valid is {valid}.")
    return value or otherwise()


def database(name: str, *, meaning: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings for the one database, from its address."""
    valid = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME?OPTION=VALUE"
    value = _read(name, meaning=meaning, valid=valid, default="sqlite:///kunnig.sqlite3")
    address = urlsplit(value)
    if address.path.strip("/") and address.scheme == "sqlite":
        return _sqlite(address, folder)
    if address.path.strip("/") and address.scheme == "postgresql":
        return _postgresql(address)
    # The address is not repeated: it may hold a password.
    raise ImproperlyConfigured(f"{name} is not the address of a database; valid is {valid}.")


def _sqlite(address: SplitResult, folder: Path) -> dict[str, Any]:
    """Return the settings for a file: readers never wait, writers queue, what is told is kept."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / unquote(address.path[1:]),
        "CONN_MAX_AGE": KEPT_FOR,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgresql(address: SplitResult) -> dict[str, Any]:
    """Return the settings for a server; what stands after `?` goes to its client library."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path[1:]),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": address.hostname or "",
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": KEPT_FOR,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(address.query)),
    }
