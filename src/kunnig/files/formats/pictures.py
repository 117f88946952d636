"""Pictures written anew: upright, as large as is needed, with nothing but what is seen."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from kunnig.files.states import FileKind
from kunnig.kernel.verdict import Refused

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

MOST_PIXELS = 60_000_000  # what telephones make has up to 50 million
LONGEST_SIDE = 4096  # pixels kept: small print on a whole page can be read
QUALITY = 88
PLAIN = {FileKind.JPEG: ("RGB", "L"), FileKind.PNG: ("RGB", "RGBA", "L")}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    content: bytes
    width: int
    height: int


def rewritten(sent: bytes, written_as: str, kind: FileKind) -> Picture:
    """Return a picture decoded and written anew as `kind`. Raises `Refused`."""
    try:
        with Image.open(io.BytesIO(sent), formats=[written_as]) as image:
            _measure(image)
            return _written(image, kind)
    except (Refused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many() from bomb
    except Exception as fault:  # each decoder fails in its own ways over bytes that are no picture
        raise Refused(
            _("The picture cannot be read. Perhaps it is damaged. Take a new photo, or send a PDF.")
        ) from fault


def _measure(image: Image.Image) -> None:
    """Refuse what it says of its size, before anything of it is unpacked."""
    if image.width * image.height > MOST_PIXELS:
        raise _too_many()


def _too_many() -> Refused:
    return Refused(_("The picture has too many pixels. Take a new photo with a telephone."))


def _written(image: Image.Image, kind: FileKind) -> Picture:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then decoded smaller
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in PLAIN[kind]:
        upright = upright.convert(_mode_of(upright, kind))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # What lies beside the picture (place, camera, comments, profiles) stays behind.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    file = io.BytesIO()
    if kind is FileKind.PNG:
        bare.save(file, "PNG")
    else:
        bare.save(file, "JPEG", quality=QUALITY)
    return Picture(file.getvalue(), bare.width, bare.height)


def _mode_of(image: Image.Image, kind: FileKind) -> str:
    return "RGBA" if kind is FileKind.PNG and image.has_transparency_data else "RGB"
