"""Where syllabuses are read from: files, folders, and what comes with the house."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kunnig.standards.formats.checked import Fault, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

# The largest syllabus of the agency is a third of a megabyte.
MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """One answer of the Syllabus API, to be read when its turn comes.

    `name` is what a person knows it by; `origin` says in full where it lies, for the record.
    `read` raises `Unreadable` when it cannot be had.
    """

    name: str
    origin: str
    read: Callable[[], bytes]


def in_path(path: Path) -> list[Source]:
    """Return the source that a file is, or one for each JSON file of a folder, by name."""
    if path.is_dir():
        found = [_of_file(file) for file in sorted(path.glob("*.json"))]
        if not found:
            raise Unreadable([Fault(str(path), "no .json files in this folder")])
        return found
    if not path.is_file():
        raise Unreadable([Fault(str(path), "no such file or folder")])
    return [_of_file(path)]


def own(folder: str) -> list[Source]:
    """Return the files of one folder of those that come with the house."""
    found = sorted(files("kunnig.standards").joinpath("data", folder).iterdir(), key=str)
    return [Source(file.name, f"kunnig/{folder}/{file.name}", file.read_bytes) for file in found]


def _of_file(file: Path) -> Source:
    def read() -> bytes:
        try:
            if file.stat().st_size > MOST_BYTES:
                raise Unreadable([Fault("", f"is larger than {MOST_BYTES} bytes")])
            return file.read_bytes()
        except OSError as fault:
            raise Unreadable([Fault("", f"cannot be read: {fault.strerror}")]) from fault

    return Source(file.name, file.name, read)
