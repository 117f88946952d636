"""What the machine offers beyond Python; what it lacks is skipped aloud, or fails where CI=true."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTHING_MAY_BE_SKIPPED = os.environ.get("CI") == "true"
CHROMIUM = shutil.which("chromium")


def needs(what: str, *, packages: str, present: object) -> None:
    """Go on where `what` is present; else skip the test, or fail where nothing may be skipped."""
    if present:
        return
    reason = f"{what} is missing: apt-get install {packages}"
    if NOTHING_MAY_BE_SKIPPED:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def shared(*parts: str) -> Path | None:
    """Return a file or folder of the fetched data that is never committed, where it is there.

    It lies beside the clone, or where KUNNIG_SHARED says.
    """
    folder = Path(os.environ.get("KUNNIG_SHARED", ROOT.parent / "shared"))
    found = folder.joinpath("data", *parts)
    return found if found.exists() else None
