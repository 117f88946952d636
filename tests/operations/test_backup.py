"""A backup comes back as it was, and a broken one changes nothing."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading

import pyrage
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from kunnig.files import wires
from kunnig.files.models import StoredFile
from kunnig.files.states import FileKind
from kunnig.operations import backups
from kunnig.people.models import Person
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def stored(content):
    """Return the hash of a file that somebody has sent."""
    person = PersonFactory()
    return StoredFile.objects.create(
        person=person,
        sha256=wires.write(content),
        kind=FileKind.PDF,
        size=len(content),
        name="intyg.pdf",
        taken_in_by=person,
        taken_in_at=NOON,
    ).sha256


@pytest.fixture
def key(tmp_path, settings):
    """The file of a secret key; the public one is set."""
    settings.DATA_DIR = tmp_path / "data"
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_RECIPIENT = backups.make_key(tmp_path / "key")
    return tmp_path / "key"


def hash_of_all():
    """Return a hash of every row of every table."""
    told = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in sorted(map(str, cursor.fetchall())):
                told.update(f"{table} {row}\n".encode())
    return told.hexdigest()


def test_it_comes_back_as_it_was_rows_and_files(key, tmp_path, capsys):
    PersonFactory(name="Amina Haddad")
    photo = stored(b"a photo")
    before, file = hash_of_all(), tmp_path / "kunnig.backup"

    call_command("backup", str(file))
    PersonFactory(name="Came later")
    wires.place(photo).unlink()
    call_command("restore", str(file), "--key", str(key), "--over")

    assert hash_of_all() == before
    assert wires.read(photo) == b"a photo"
    assert not Person.objects.filter(name="Came later").exists()
    said = capsys.readouterr().out
    assert "the database and 1 files" in said
    assert f"Restored {backups.rows_now()[1]:,} rows in" in said
    assert file.stat().st_mode & 0o077 == key.stat().st_mode & 0o077 == 0
    assert b"Amina" not in file.read_bytes()
    assert [each.name for each in (tmp_path / "data").iterdir()] == []
    assert list(tmp_path.glob("*.part")) == []


def test_it_holds_what_was_settled_when_it_was_made_while_somebody_writes(key, tmp_path):
    PersonFactory(name="Settled")
    file, is_writing, is_made = tmp_path / "kunnig.backup", threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            PersonFactory(name="Not settled yet")
            is_writing.set()
            is_made.wait(30)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert is_writing.wait(30)
    call_command("backup", str(file))
    is_made.set()
    writer.join()
    call_command("restore", str(file), "--key", str(key), "--over")

    assert [person.name for person in Person.objects.all()] == ["Settled"]


def test_files_that_are_damaged_on_disk_are_named_and_the_rest_is_in_it(key, tmp_path):
    gone, torn, whole = (stored(content) for content in (b"one", b"two", b"three"))
    wires.place(gone).unlink()
    wires.place(torn).write_bytes(b"tw")
    (wires.folder() / "snapshots").mkdir()
    (wires.folder() / "snapshots" / "of somebody else").write_bytes(b"x")
    file = tmp_path / "kunnig.backup"

    with pytest.raises(CommandError, match="is made, but") as said:
        call_command("backup", str(file))
    call_command("restore", str(file), "--key", str(key), "--over")

    assert (gone in str(said.value), torn in str(said.value)) == (True, True)
    assert whole not in str(said.value)
    assert wires.read(whole) == b"three"


def sealed(settings, **members):
    """Return an archive of our own making, encrypted for the key."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name, content in members.items():
            told = tarfile.TarInfo(name.replace("__", "."))
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
    recipient = pyrage.x25519.Recipient.from_str(settings.BACKUP_RECIPIENT)
    return pyrage.encrypt(plain.getvalue(), [recipient])


def test_a_broken_one_changes_nothing_and_says_what_is_wrong(key, tmp_path, settings):
    PersonFactory(name="Amina Haddad")
    stored(b"a photo")
    whole, other = tmp_path / "whole", tmp_path / "other"
    call_command("backup", str(whole))
    backups.make_key(other)
    content = whole.read_bytes()
    middle = len(content) // 2
    told = (
        b'{"form": 1, "kunnig": "0", "made_at": "", "engine": "%s", "database": "0", "files": []}'
    )
    broken = {
        "another key": (content, other, "the key is another one"),
        "cut": (content[:middle], key, "the file is damaged"),
        "one bit": (
            content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            key,
            "the file is damaged",
        ),
        "nothing": (b"", key, "the file is damaged"),
        "no backup": (sealed(settings, photo=b"x"), key, "no backup of Kunnig"),
        "newer": (sealed(settings, backup__json=told.replace(b"1", b"2", 1)), key, "has form 2"),
        "others": (sealed(settings, backup__json=told, database=b"x"), key, "database is not as"),
        "no key": (content, whole, "Nothing is restored"),
    }
    before = hash_of_all()

    for what, (given, with_key, why) in broken.items():
        (tmp_path / "broken").write_bytes(given)
        with pytest.raises(CommandError, match=why):
            call_command("restore", str(tmp_path / "broken"), "--key", str(with_key), "--over")
        assert hash_of_all() == before, what

    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("restore", str(whole), "--key", str(key))
    with pytest.raises(CommandError, match="No key is written"):
        call_command("backup", "--make-key", str(key))


def test_without_a_key_it_says_what_to_do_first(tmp_path, settings):
    settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="KUNNIG_BACKUP_RECIPIENT"):
        call_command("backup", str(tmp_path / "file"))
    settings.BACKUP_RECIPIENT = "age1nothing"
    with pytest.raises(CommandError, match="is no public key"):
        call_command("backup", str(tmp_path / "file"))

    assert list(tmp_path.iterdir()) == []
