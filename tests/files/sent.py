"""Files as people send them, and as those would who mean harm; all made here."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pillow_heif
from PIL import Image

PLACE = b"63.9N"  # of where it was taken: what must not be kept
SECRET_COMMENT = b"Hemligt"


def picture(how="JPEG", size=(40, 20), orientation=1, **more):
    """Return a picture, its left half red, that tells where it was taken."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    if how == "HEIF":
        pillow_heif.from_pillow(image).save(file, exif=exif.tobytes())
    else:
        image.save(file, how, exif=exif, **more)
    return file.getvalue()


def bomb():
    """Return a small PNG that says it is 50 000 pixels wide and high."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def document(change=None, **saved):
    """Return a document of one page, changed before it is saved."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if change is not None:
        change(pdf)
    file = io.BytesIO()
    pdf.save(file, **saved)
    return file.getvalue()


def armed(pdf):
    """Give a document a script, a program to start, a file within and who made it where."""
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)", Next=launch)
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.pages[0].AA = pikepdf.Dictionary(O=launch)
    pdf.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://evil.example"),
            )
        ]
    )
    pdf.attachments["evil.exe"] = b"MZ" + PLACE
    pdf.docinfo["/Author"] = PLACE.decode()


def nested_bomb(pdf):
    """Pack the objects of a document so that they unpack to far more than anybody sends."""
    bytes_of_nothing = zlib.compress(b" " * 20_000_000, 9)
    pdf.Root.Bomb = pikepdf.Stream(pdf, b"")
    pdf.Root.Bomb.write(bytes_of_nothing, filter=pikepdf.Name.FlateDecode)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
