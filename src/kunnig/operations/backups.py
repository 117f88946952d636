"""One encrypted file with the database and the stored files; the key that opens it lies apart.

Inside it is a tar archive: `backup.json` says what it holds, `database` is a copy of SQLite or a
script of PostgreSQL, and each stored file lies under `files/` by its hash. It is encrypted as
age (age-encryption.org/v1) does, so that `age -d` opens it without us.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

import pyrage
from django.conf import settings
from django.db import connection

from kunnig.files import wires
from kunnig.files.models import StoredFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

FORM = 1
TOLD, DATABASE, FILES = "backup.json", "database", "files"
OURS_ALONE = 0o600
LEFT_BEHIND = 24 * 60 * 60  # seconds


class Damaged(Exception):  # noqa: N818 -- reads as what happened
    """The backup is made without some stored files, which are gone or others: their hashes."""


class NotRestored(Exception):  # noqa: N818 -- reads as what happened
    """Nothing was changed, and why: a sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says that it holds; `database` is the SHA-256 of the copy."""

    form: int
    kunnig: str
    made_at: str
    engine: str
    database: str
    files: tuple[str, ...]


def make_key(at: Path) -> str:
    """Write a new secret key into a file for nobody else to read; return the public one.

    Raises `FileExistsError` rather than to write over a key.
    """
    identity = pyrage.x25519.Identity.generate()
    with os.fdopen(os.open(at, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE), "w") as file:
        file.write(f"{identity}\n")
    return str(identity.to_public())


def back_up(to: Path, *, recipient: str, at: datetime) -> Contents:
    """Write one file that only the holder of the secret key opens, while the service runs.

    It has its name when it is whole and on disk. The database is copied first: a file that the
    copy tells of was written before. Raises `pyrage.RecipientError` for what is no public key, and
    `Damaged` once the backup is made if stored files are missing in it.
    """
    key = pyrage.x25519.Recipient.from_str(recipient)
    with _room() as room:
        copy = room / DATABASE
        _copied(copy)
        told = set(StoredFile.objects.values_list("sha256", flat=True))
        whole = {sha256 for sha256 in told if wires.is_whole(sha256)}
        contents = Contents(
            form=FORM,
            kunnig=version("kunnig"),
            made_at=at.isoformat(),
            engine=connection.vendor,
            database=_hash_of(copy),
            files=tuple(sorted(whole)),
        )
        (room / TOLD).write_text(json.dumps(asdict(contents)))

        def packed(archive: tarfile.TarFile) -> None:
            archive.add(room / TOLD, TOLD)
            archive.add(copy, DATABASE)
            for sha256 in contents.files:
                archive.add(wires.place(sha256), f"{FILES}/{sha256}")

        _encrypted(to, key, packed)
    if told - whole:
        raise Damaged(", ".join(sorted(told - whole)))
    return contents


def restore(file: Path, *, identity: str, is_over: bool) -> Contents:
    """Put back what a backup holds, all of it or nothing; return what that was.

    Every part is read and compared before anything is touched. With `is_over`, the database that
    is there is replaced. Raises `NotRestored` for a broken backup, another key, another engine,
    and a database that is not empty.
    """
    with _room() as room:
        _opened(file, identity, room)
        contents = _told(room)
        _compared(room, contents)
        if contents.engine != connection.vendor:
            raise NotRestored(
                f"This is a backup of {contents.engine}, and the database is {connection.vendor}."
            )
        if connection.introspection.table_names() and not is_over:
            raise NotRestored("The database is not empty. Use --over to replace all that it holds.")
        for name in contents.files:
            wires.write((room / FILES / name).read_bytes())
        _put_back(room / DATABASE)
    return contents


def rows_now() -> tuple[int, int]:
    """Return how many tables the database has, and how many rows in all."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = 0
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 -- names of our tables
            rows += cursor.fetchone()[0]
    return len(tables), rows


@contextmanager
def _room() -> Iterator[Path]:
    """Lend a folder for plain copies: beside the data that they are copies of, and then gone."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    for left in settings.DATA_DIR.glob("backup-*"):
        if left.stat().st_mtime < time.time() - LEFT_BEHIND:  # by one that was killed
            shutil.rmtree(left)
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as room:
        yield Path(room)


def _hash_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


# --- The archive, written and read ---


def _encrypted(
    to: Path, key: pyrage.x25519.Recipient, pack: Callable[[tarfile.TarFile], None]
) -> None:
    partial = to.with_name(f"{to.name}.part")
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT, OURS_ALONE), "wb") as out:
            with _poured(pack) as plain:
                pyrage.encrypt_io(plain, out, [key])
            out.flush()
            os.fsync(out.fileno())
        partial.replace(to)
        wires.settle(to.parent)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _poured(pack: Callable[[tarfile.TarFile], None]) -> Iterator[IO[bytes]]:
    """Lend the end of a pipe that an archive comes out of: it never lies on disk in the plain.

    What went wrong in packing is raised when all is read.
    """
    reading, writing = os.pipe()
    faults: list[BaseException] = []

    def poured() -> None:
        try:
            with (
                os.fdopen(writing, "wb") as end,
                tarfile.open(fileobj=end, mode="w|") as archive,
            ):
                pack(archive)
        except BaseException as fault:  # noqa: BLE001 -- raised again by whoever reads
            faults.append(fault)

    packer = threading.Thread(target=poured)
    packer.start()
    try:
        with os.fdopen(reading, "rb") as plain:
            yield plain
    finally:
        packer.join()
    for fault in faults:
        raise fault


def _opened(file: Path, identity: str, room: Path) -> None:
    """Unpack a backup into a folder."""
    archive = room / "archive"
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
        with file.open("rb") as sealed, archive.open("wb") as plain:
            pyrage.decrypt_io(sealed, plain, [key])
        with tarfile.open(archive) as packed:
            packed.extractall(room, filter="data")
    except pyrage.IdentityError as fault:
        raise NotRestored("That is no secret key.") from fault
    except (pyrage.DecryptError, tarfile.TarError, OSError) as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            raise  # of the disk; what is torn inside has no such number
        raise NotRestored(
            "The backup does not open: the key is another one, or the file is damaged."
        ) from fault
    archive.unlink()


def _told(room: Path) -> Contents:
    """Return what a backup says that it holds."""
    try:
        said: dict[str, Any] = json.loads((room / TOLD).read_text())
        contents = Contents(**said | {"files": tuple(said["files"])})
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise NotRestored("The file is no backup of Kunnig.") from fault
    if contents.form != FORM:
        raise NotRestored(f"The backup has form {contents.form}; this version reads {FORM}.")
    return contents


def _compared(room: Path, contents: Contents) -> None:
    """Compare each part with its hash."""
    parts = {room / DATABASE: contents.database}
    parts |= {room / FILES / Path(name).name: name for name in contents.files}
    for part, sha256 in parts.items():
        if not part.is_file() or _hash_of(part) != sha256:
            raise NotRestored(f"The backup is damaged: {part.relative_to(room)} is not as it was.")


# --- The database, copied and put back ---


def _copied(to: Path) -> None:
    """Copy the database as it stands at one moment."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(name)) as here, closing(sqlite3.connect(to)) as copy:
            here.backup(copy)
        return
    _postgres("pg_dump", "--no-owner", "--no-privileges", "--file", str(to))


def _put_back(copy: Path) -> None:
    """Put a copy in the place of the database, in one transaction."""
    connection.close()
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(name)) as here:
            kept.backup(here)
        return
    empty = ("--command", "DROP SCHEMA public CASCADE", "--command", "CREATE SCHEMA public")
    quiet = ("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction")
    _postgres("psql", *quiet, *empty, "--output", os.devnull, "--file", str(copy))


def _postgres(program: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs at our database. Raises `NotRestored` if it fails."""
    here = connection.settings_dict
    from psycopg import conninfo, pq  # noqa: PLC0415 -- there only where PostgreSQL is used

    told = {"host": here["HOST"], "port": here["PORT"], "user": here["USER"], **here["OPTIONS"]}
    # What the address of the database says of how to reach it, certificates too.
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    reached = {name: value for name, value in told.items() if value and name in known}
    address = conninfo.make_conninfo(dbname=here["NAME"], **reached)
    environment = os.environ | ({"PGPASSWORD": here["PASSWORD"]} if here["PASSWORD"] else {})
    run = subprocess.run(  # noqa: S603 -- our own words
        [program, *words, "--dbname", address],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise NotRestored(f"{program}: {run.stderr.strip()}")
