"""Reading what somebody sends: its kind is told by its content, and it is made harmless."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kunnig.files.formats import pdfs, pictures
from kunnig.files.states import ENDINGS, LARGEST, LARGEST_IN_WORDS, LONGEST_NAME, FileKind
from kunnig.kernel.verdict import Refused

if TYPE_CHECKING:
    from typing import BinaryIO

# Brands by which a file of pictures (ISO 14496-12) says that they are HEIC.
HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that is fit to be kept. Only `cleaned` makes one."""

    name: str
    kind: FileKind
    content: bytes
    width: int | None = None
    height: int | None = None


def cleaned(stream: BinaryIO, name: str) -> Cleaned:
    """Return what to keep of a file that was sent. Raises `Refused` in words for who sent it.

    Neither its name nor what the browser calls it is believed. Whatever it was, what is kept was
    written anew: pictures without the place they were taken at, documents without scripts.
    """
    sent = stream.read(LARGEST + 1)
    if not sent:
        raise Refused(_("The file is empty. Choose it again."))
    if len(sent) > LARGEST:
        raise Refused(
            _("The file is too big. It may be at most %(most)s.") % {"most": LARGEST_IN_WORDS}
        )
    if sent.startswith(b"%PDF-"):
        return Cleaned(name_of(name, FileKind.PDF), FileKind.PDF, pdfs.rewritten(sent))
    if (written_as := _written_as(sent)) is None:
        raise Refused(
            _("This kind of file cannot be sent. Send a photo (JPEG, PNG or HEIC) or a PDF.")
        )
    kind = FileKind.PNG if written_as == "PNG" else FileKind.JPEG
    picture = pictures.rewritten(sent, written_as, kind)
    return Cleaned(name_of(name, kind), kind, picture.content, picture.width, picture.height)


def _written_as(sent: bytes) -> str | None:
    """Return how a picture is written, by its first bytes; None for what is no picture we keep."""
    if sent.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if sent.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "HEIF" if sent[4:8] == b"ftyp" and sent[8:12] in HEIC else None


def name_of(name: str, kind: FileKind) -> str:
    """Return a name that says what it seems to: no hidden letters or paths, our own ending.

    A letter that turns the ones after it around could make `exe.jpg` of `gpj.exe`.
    """
    # Controls and what turns directions (Cc, Cf), halves of letters (Cs), unknown ones (Co, Cn).
    seen = "".join(
        c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFC", name)
    )
    last = seen.replace("\\", "/").rpartition("/")[2]
    # An ending that is left within the name would speak of another kind.
    stem = " ".join(last.partition(".")[0].split()) or "file"
    ending = f".{ENDINGS[kind]}"
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"
