"""Every setting that the environment may give, each with its meaning and what would be valid."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable

YES = frozenset({"yes", "true", "on", "1"})
NO = frozenset({"no", "false", "off", "0"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment, as the manual tells it."""

    name: str
    meaning: str
    valid: str
    default: str


DECLARED: dict[str, Setting] = {}


def _read(name: str, *, meaning: str, valid: str, default: str) -> str:
    DECLARED[name] = Setting(name, meaning, valid, default)
    return os.environ.get(name, default)


def _wrong(name: str, value: str, valid: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {value!r}; valid is {valid}.")


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


def number(name: str, *, meaning: str, default: int, least: int, most: int) -> int:
    """Return a whole number between `least` and `most`; anything else fails by name."""
    valid = f"a whole number from {least} to {most}"
    value = _read(name, meaning=meaning, valid=valid, default=str(default))
    if value.isascii() and value.isdigit() and least <= int(value) <= most:
        return int(value)
    raise _wrong(name, value, valid)


def folder(name: str, *, meaning: str, default: Path) -> Path:
    """Return a folder, as an absolute path."""
    value = _read(name, meaning=meaning, valid="a folder's path", default=default.name)
    return Path(value).expanduser().resolve() if name in os.environ else default


def secret(name: str, *, meaning: str, otherwise: Callable[[], str]) -> str:
    """Return a secret from `NAME`, from the file that `NAME_FILE` names, or from `otherwise`."""
    valid = f"at least 50 characters, here or in the file that {name}_FILE names"
    DECLARED[name] = Setting(name, meaning, valid, "")
    file = os.environ.get(f"{name}_FILE", "")
    if not file:
        return os.environ.get(name) or otherwise()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise _wrong(f"{name}_FILE", file, "a file that can be read") from fault


def database(name: str, *, meaning: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings for the one database, from its address."""
    valid = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME"
    value = _read(name, meaning=meaning, valid=valid, default="sqlite:///kunnig.sqlite3")
    address = urlsplit(value)
    if address.scheme == "sqlite" and address.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / unquote(address.path[1:]),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if address.scheme == "postgresql" and address.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(address.path[1:]),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "",
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise _wrong(name, value, valid)
