"""What is sent is told by its content, made harmless, kept under its hash; swept if nobody's."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import timedelta

import pikepdf
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from PIL import Image

from kunnig.files import actions, formats, queries, wires
from kunnig.files.models import StoredFile
from kunnig.files.states import LARGEST, FileKind
from kunnig.kernel.verdict import Refused
from tests.factories import NOON
from tests.files import sent

RIGHT_TO_LEFT = "\u202e"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def cleaned(content, name="bild.jpg"):
    return formats.cleaned(io.BytesIO(content), name)


# --- What is kept ---


@pytest.mark.parametrize(
    ("how", "kind"),
    [("JPEG", FileKind.JPEG), ("PNG", FileKind.PNG), ("HEIF", FileKind.JPEG)],
)
def test_a_picture_is_kept_upright_and_without_the_place_it_was_taken(how, kind):
    turned = 6 if how != "HEIF" else 1  # the encoder of HEIC turns it itself
    given = sent.picture(how, size=(64, 32), orientation=turned)
    assert sent.PLACE in given

    kept = cleaned(given, "IMG_1.HEIC")

    shown = Image.open(io.BytesIO(kept.content))
    size = (32, 64) if turned == 6 else (64, 32)
    assert (kept.kind, (kept.width, kept.height), shown.size) == (kind, size, size)
    assert shown.format == kind.upper()
    assert (dict(shown.getexif()), "exif" in shown.info, sent.PLACE in kept.content) == (
        {},
        False,
        False,
    )
    red, green, _blue = shown.convert("RGB").getpixel((2, 2))
    assert (red > 200, green < 60) == (True, True)
    assert kept.name == f"IMG_1.{'png' if kind is FileKind.PNG else 'jpg'}"


def test_comments_are_not_kept_and_large_pictures_are_made_smaller_but_readable():
    given = sent.picture(size=(9000, 10), comment=sent.SECRET_COMMENT)
    assert sent.SECRET_COMMENT in given

    kept = cleaned(given)

    assert sent.SECRET_COMMENT not in kept.content
    assert 2000 < kept.width <= 4096


def test_pictures_with_few_colours_and_clear_parts_are_kept():
    file = io.BytesIO()
    image = Image.new("P", (4, 4))
    image.info["transparency"] = 0
    image.save(file, "PNG", transparency=0)

    kept = Image.open(io.BytesIO(cleaned(file.getvalue()).content))

    assert (kept.mode, kept.getpixel((0, 0))[3]) == ("RGBA", 0)


def test_a_document_is_kept_without_what_runs_opens_or_hides_in_it():
    given = sent.document(sent.armed)

    kept = cleaned(given, "intyg.html.pdf")

    assert (kept.kind, kept.width, kept.name) == (FileKind.PDF, None, "intyg.pdf")
    with pikepdf.open(io.BytesIO(kept.content)) as pdf:
        readable = io.BytesIO()
        pdf.save(readable, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert len(pdf.pages) == 1
    for word in (b"JavaScript", b"Launch", b"calc", b"evil", b"/JS", b"MZ", sent.PLACE):
        assert word not in readable.getvalue(), word
    assert cleaned(given) == cleaned(given)  # the same is the same, to the last byte


# --- What is refused ---

REFUSED = {
    "nothing": (b"", "The file is empty"),
    "a drawing with a script": (sent.SVG, "kind of file cannot be sent"),
    "a web page called a photo": (sent.HTML, "kind of file cannot be sent"),
    "a program": (b"MZ\x90\x00" + bytes(64), "kind of file cannot be sent"),
    "a film": (b"\0\0\0\x18ftypisom" + bytes(64), "kind of file cannot be sent"),
    "a bomb": (sent.bomb(), "too many pixels"),
    "a torn photo": (sent.picture(size=(400, 400))[:-900], "cannot be read"),
    "a torn HEIC": (sent.picture("HEIF")[:200], "cannot be read"),
    "the beginning of a PNG": (sent.picture("PNG")[:60], "cannot be read"),
    "a web page that begins as a photo": (b"\xff\xd8\xff" + sent.HTML, "cannot be read"),
    "a web page that begins as a document": (b"%PDF-1.7\n" + sent.HTML, "cannot be read"),
    "a torn document": (sent.document()[:90], "cannot be read"),
    "a locked document": (
        sent.document(encryption=pikepdf.Encryption(owner="a", user="b")),
        "locked with a password",
    ),
    "a document of no pages": (sent.document(lambda pdf: pdf.pages.__delitem__(0)), "no pages"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_harms_or_cannot_be_read_is_refused_in_words(what):
    content, words = REFUSED[what]

    with pytest.raises(Refused, match=words):
        cleaned(content, "foto.jpg")


def test_a_photo_inside_a_document_does_not_tell_where_it_was_taken():
    photo = sent.picture(comment=sent.SECRET_COMMENT)

    def with_photo(pdf):
        image = pdf.make_stream(photo, Type=pikepdf.Name.XObject, Filter=pikepdf.Name.DCTDecode)
        pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject={"/Photo": image})

    kept = cleaned(sent.document(with_photo)).content

    with pikepdf.open(io.BytesIO(kept)) as pdf:
        (image,) = pdf.pages[0].obj["/Resources"]["/XObject"].values()
        shown = image.read_raw_bytes()
    assert sent.PLACE in photo
    assert sent.SECRET_COMMENT in photo
    assert sent.PLACE not in shown
    assert sent.SECRET_COMMENT not in shown
    pixels = [Image.open(io.BytesIO(each)).convert("RGB").tobytes() for each in (photo, shown)]
    assert pixels[0] == pixels[1]


def test_what_is_too_big_is_refused_and_not_read_to_its_end():
    endless = io.BytesIO(b"\xff\xd8\xff" + bytes(LARGEST + 10))

    with pytest.raises(Refused, match="at most 25 MB"):
        formats.cleaned(endless, "x.jpg")

    assert endless.tell() == LARGEST + 1


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_OBJECTS"])
def test_a_document_of_more_than_anybody_reads_is_refused(monkeypatch, limit):
    monkeypatch.setattr(formats.pdfs, limit, 0)

    with pytest.raises(Refused, match="too long"):
        cleaned(sent.document())


def test_a_document_is_not_unpacked_beyond_measure():
    # The bomb is carried along as it lies, packed; it is neither unpacked nor made larger.
    given = sent.document(sent.nested_bomb)
    before = pikepdf.settings.qpdf_limit_errors()

    kept = cleaned(given)

    assert len(kept.content) < len(given) + 1000
    assert pikepdf.settings.get_qpdf_limits()["flate_max_memory"] == 100_000_000
    assert pikepdf.settings.qpdf_limit_errors() == before


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (f"foto{RIGHT_TO_LEFT}gpj.exe", "foto gpj.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\bilder\\Mitt intyg.HEIC", "Mitt intyg.jpg"),
        ("intyg.php.html", "intyg.jpg"),
        ("\0\n.jpg", "file.jpg"),
        ("", "file.jpg"),
        ("شهادة.pdf", "شهادة.jpg"),
        ("a" * 300, "a" * 76 + ".jpg"),
    ],
)
def test_a_name_says_what_it_seems_to(told, kept):
    assert formats.name_of(told, FileKind.JPEG) == kept


# --- Where it lies ---


def taken(person, content=None, at=NOON):
    file = cleaned(content or sent.picture(), "foto.jpg")
    return actions.take_in(cleaned=file, person=person, by=person, at=at)


def old(file):
    os.utime(file, (NOON.timestamp() - 3 * 86400,) * 2)


def lying(folder):
    return [file.name for file in folder.rglob("*") if file.is_file() and file.name != "lock"]


@pytest.mark.django_db
def test_bytes_lie_under_the_hash_of_what_is_kept(amina, folder):
    stored = taken(amina)

    content = queries.content_of(stored)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.size, stored.person, stored.taken_in_by) == (len(content), amina, amina)
    assert lying(folder) == [stored.sha256]
    assert taken(amina).sha256 == stored.sha256
    assert lying(folder) == [stored.sha256]


@pytest.mark.django_db
def test_what_is_no_longer_what_was_stored_is_not_handed_out(amina):
    stored = taken(amina)
    wires.place(stored.sha256).write_bytes(b"other")

    with pytest.raises(wires.Broken):
        queries.content_of(stored)
    wires.place(stored.sha256).unlink()
    with pytest.raises(wires.Broken):
        queries.content_of(stored)


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_a_day_later_and_nothing_else_is(amina, folder, capsys):
    kept = taken(amina)
    with transaction.atomic():
        lost = taken(amina, sent.picture("PNG"))
        transaction.set_rollback(True)
    (folder / "new-half").write_bytes(b"half")
    assert {*lying(folder)} == {kept.sha256, lost.sha256, "new-half"}

    call_command("sweep_files")  # by the real clock, which is after these were written
    for file in folder.rglob("*"):
        old(file)
    fresh = taken(amina, sent.picture(size=(8, 8)))
    os.utime(wires.place(fresh.sha256), (NOON.timestamp(),) * 2)
    swept = actions.sweep(at=NOON)

    assert capsys.readouterr().out == "swept 0\n"
    assert (swept, {*lying(folder)}) == (2, {kept.sha256, fresh.sha256})
    assert actions.sweep(at=NOON) == 0


def test_nothing_is_swept_that_is_written_anew_meanwhile(folder):
    sha256 = wires.write(b"once")
    old(wires.place(sha256))
    (found,) = wires.written_before(NOON)

    wires.write(b"once")

    assert not wires.remove(found, written_before=NOON - timedelta(days=1))
    assert wires.read(sha256) == b"once"


def test_where_nothing_was_ever_sent_there_is_nothing_to_sweep(folder):
    assert list(wires.written_before(NOON)) == []


@pytest.mark.django_db
def test_what_fails_on_its_way_to_the_disk_leaves_nothing(amina, folder, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wires.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        taken(amina)

    assert (lying(folder), StoredFile.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_the_database_knows_the_kinds_and_what_belongs_to_them(amina):
    row = StoredFile.objects.filter(pk=taken(amina).pk)

    for wrong in ({"kind": "svg"}, {"size": 0}, {"sha256": "x" * 64}, {"width": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
