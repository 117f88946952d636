"""What `kunnig check --deploy` says of an installation that is not fit for real people's cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASSETS = "vendor/SOURCES.json"


@checks.register("kunnig", deploy=True)
def fit_for_people(**_: Any) -> list[checks.CheckMessage]:
    """Say what must be mended before anyone outside meets the service."""
    return [*_address(), *_built()]


def _address() -> Iterator[checks.CheckMessage]:
    if settings.DEBUG:
        yield checks.Error(
            "Anyone can sign in as anyone on the demo page.",
            hint="Leave KUNNIG_DEBUG out.",
            id="kunnig.E001",
        )
    if not settings.BASE_ADDRESS.startswith("https://"):
        yield checks.Error(
            "Papers would be printed with an address that is not https.",
            hint="Set KUNNIG_BASE_ADDRESS to the public address of the service.",
            id="kunnig.E002",
        )
    if settings.BASE_ADDRESS.endswith("/"):
        yield checks.Error(
            "The addresses on papers would hold two slashes.",
            hint="Leave out the slash at the end of KUNNIG_BASE_ADDRESS.",
            id="kunnig.E003",
        )
    if not settings.BEHIND_TLS:
        yield checks.Error(
            "Sign-in cookies would travel in the clear.",
            hint="Put the service behind a proxy that speaks https, and set KUNNIG_BEHIND_TLS.",
            id="kunnig.E004",
        )
    if not settings.EMAIL_HOST:
        yield checks.Error(
            "Letters would lie in a folder and reach nobody.",
            hint="Set KUNNIG_EMAIL_HOST and KUNNIG_EMAIL_FROM, and let `kunnig work` run.",
            id="kunnig.E007",
        )


def _built() -> Iterator[checks.CheckMessage]:
    if finders.find(ASSETS) is None:
        yield checks.Error(
            "Pages would lack style sheets and letters.",
            hint="Install the package again: its build hook makes the assets.",
            id="kunnig.E005",
        )
    for texts in _catalogues():
        if not texts.with_suffix(".mo").exists():
            yield checks.Error(
                f"The texts of {texts.parts[-3]} are not compiled.",
                hint="Install the package again: its build hook compiles them.",
                id="kunnig.E006",
            )


def _catalogues() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from folder.glob("*/LC_MESSAGES/django.po")
