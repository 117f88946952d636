"""The disk on which bytes lie, each file under the hash of what it holds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

HASH_LENGTH = 64


class Broken(Exception):  # noqa: N818 -- reads as what it says of a file
    """What lies on disk is not what was stored there."""


def hash_of(content: bytes) -> str:
    """Return the name that bytes lie under."""
    return hashlib.sha256(content).hexdigest()


def folder() -> Path:
    """Return where the bytes lie."""
    return Path(settings.FILES_DIR)


def place(sha256: str) -> Path:
    """Return where the bytes of one hash lie."""
    return folder() / sha256[:2] / sha256


def write(content: bytes) -> str:
    """Keep bytes so that they survive the machine's going down; return their hash.

    Written over even if they are there: their age is then new, and no sweep takes them.
    """
    sha256 = hash_of(content)
    at = place(sha256)
    with _held(fcntl.LOCK_SH):
        at.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder(), prefix="new-", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(at)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        settle(at.parent)
        settle(folder())
    return sha256


def read(sha256: str) -> bytes:
    """Return the bytes of one hash. Raises `Broken` if they are gone or others."""
    try:
        content = place(sha256).read_bytes()
    except FileNotFoundError as fault:
        raise Broken(sha256) from fault
    if hash_of(content) != sha256:
        raise Broken(sha256)
    return content


def is_whole(sha256: str) -> bool:
    """Say whether the bytes of one hash are there as they were stored."""
    try:
        read(sha256)
    except Broken:
        return False
    return True


def written_before(at: datetime) -> Iterator[Path]:
    """Yield every file that was written before `at`, those left half-written too."""
    if not folder().is_dir():
        return
    for file in sorted(folder().glob("*/*")) + sorted(folder().glob("new-*")):
        if file.is_file() and file.stat().st_mtime < at.timestamp():
            yield file


def remove(file: Path, *, written_before: datetime) -> bool:
    """Take a file away, unless it has been written anew meanwhile; say whether it was."""
    with _held(fcntl.LOCK_EX):
        is_old = file.exists() and file.stat().st_mtime < written_before.timestamp()
        if is_old:
            file.unlink()
        return is_old


@contextmanager
def _held(how: int) -> Iterator[None]:
    """Hold the folder: many may write at once, and nothing is taken away meanwhile."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, how)
        yield


def settle(directory: Path) -> None:
    """Let the disk keep that a file has its name."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
