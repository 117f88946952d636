"""Documents written anew: what is read stays; what runs, opens or hides in them does not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pikepdf.settings
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, StreamDecodeLevel

from kunnig.kernel.verdict import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

# What one packed part of a document may unpack to: a bomb grows a thousandfold.
pikepdf.settings.set_qpdf_limits(flate_max_memory=100_000_000, run_length_max_memory=100_000_000)

MOST_OBJECTS = 100_000
MOST_PAGES = 300
# Within the document a reader may follow links; nothing else is done on anybody's behalf.
STAYS_INSIDE = (Name.GoTo, Name.Named)
ACTIONS = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/PA")
HIDDEN = (
    *("/EmbeddedFiles", "/EF", "/AF", "/Collection", "/XFA", "/Metadata", "/PieceInfo"),
    *("/RichMediaContent", "/RichMediaSettings", "/Rendition", "/3DD"),
)
# Inside a photo: where it begins, where its pixels do, and the parts that tell of place, maker,
# software and rights (Exif and XMP, IPTC, a comment).
BEGINS, PIXELS = b"\xff\xd8", b"\xda"
TELLS = (0xE1, 0xED, 0xFE)
ACTIVE = (
    Name.FileAttachment,
    Name.RichMedia,
    Name.Movie,
    Name.Sound,
    Name.Screen,
    Name("/3D"),
)


def rewritten(sent: bytes) -> bytes:
    """Return a document written anew. Raises `Refused` for what cannot be read, or is locked."""
    try:
        with pikepdf.open(io.BytesIO(sent)) as pdf:
            return _written(pdf)
    except Refused:
        raise
    except pikepdf.PasswordError as fault:
        raise Refused(
            _("The document is locked with a password. Send one without, or a photo of it.")
        ) from fault
    except Exception as fault:  # a broken document fails in many ways, all of them its own
        raise Refused(
            _("The document cannot be read. Perhaps it is damaged. Send a photo of it instead.")
        ) from fault


def _written(pdf: pikepdf.Pdf) -> bytes:
    if not pdf.pages:
        raise Refused(_("The document has no pages."))
    if len(pdf.pages) > MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
        raise Refused(_("The document is too long. Send the pages that show what you can."))
    for each in pdf.objects:
        for part in _parts(each):
            _disarm(part)
    if Name.Info in pdf.trailer:
        del pdf.trailer.Info
    file = io.BytesIO()
    pdf.save(
        file,
        encryption=False,
        fix_metadata_version=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return file.getvalue()


def _parts(whole: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield a dictionary, and those that lie within it; what it only points at is met by itself."""
    waiting = [whole]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Array):
            inner = list(each)
        elif isinstance(each, Dictionary | pikepdf.Stream):
            yield each
            inner = [value for _key, value in each.items()]
        else:
            continue
        waiting += [
            value
            for value in inner
            if isinstance(value, Array | Dictionary) and not value.is_indirect
        ]


def _disarm(part: pikepdf.Object) -> None:
    """Take away what points at anything that runs; what nothing points at is not written again."""
    for key in (*ACTIONS, *HIDDEN):
        if key in part:
            del part[key]
    if "/S" in part and "/Next" in part:  # of an action; bookmarks have a next one too
        del part["/Next"]
    if "/A" in part and isinstance(part["/A"], Dictionary) and not _stays_inside(part["/A"]):
        del part["/A"]
    if "/Subtype" in part and part["/Subtype"] in ACTIVE:
        part["/Subtype"] = Name.Text
    if isinstance(part, pikepdf.Stream) and _is_photo(part):
        part.write(bare(part.read_raw_bytes()), filter=Name.DCTDecode)


def _is_photo(part: pikepdf.Stream) -> bool:
    packed = part.get("/Filter")
    alone = list(packed) if isinstance(packed, Array) else [packed]
    return alone == [Name.DCTDecode]


def bare(jpeg: bytes) -> bytes:
    """Return a photo inside a document without where and when it was taken, its pixels untouched.

    The parts of the file before its pixels are looked through (ITU-T T.81, B.1.1.3); what is no
    JPEG comes back as it is.
    """
    if not jpeg.startswith(BEGINS):
        return jpeg
    kept, at = [BEGINS], len(BEGINS)
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != PIXELS:
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in TELLS:
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + max(length, 2)
    return b"".join([*kept, jpeg[at:]])


def _stays_inside(action: pikepdf.Object) -> bool:
    return action.get("/S") in STAYS_INSIDE
