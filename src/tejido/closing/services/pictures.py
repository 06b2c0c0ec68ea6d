"""Photographs, made small, without place, time and camera. Pure: bytes in, bytes out."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any

LARGEST, SMALL = 1600, 480  # pixels of the longer side
MOST_PIXELS = 60_000_000  # a picture that says it is larger is not opened
READ = ("JPEG", "PNG", "WEBP")


class NoPicture(Exception):
    """These bytes are no photograph that can be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it is kept: two JPEGs and the size of the larger one. digest: SHA-256 of what was sent."""

    large: bytes
    small: bytes
    width: int
    height: int
    digest: str


def made_small(content: bytes) -> Picture:
    """The picture turned upright, drawn anew at two sizes: nothing that the camera wrote about itself is left.

    content: JPEG, PNG or WebP, as the bytes say. Raises NoPicture.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=READ) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPicture
            opened.draft("RGB", (LARGEST * 2, LARGEST * 2))  # a JPEG is read no larger than needed
            upright = ImageOps.exif_transpose(opened)
            whole = _on_paper(upright)
    except NoPicture:
        raise
    except Exception as error:  # a broken file may break anywhere inside of the decoder
        raise NoPicture from error
    large = _within(whole, LARGEST)
    return Picture(
        _jpeg(large),
        _jpeg(_within(large, SMALL)),
        large.width,
        large.height,
        hashlib.sha256(content).hexdigest(),
    )


def _on_paper(picture: Any) -> Any:
    """Without transparency: what can be looked through is white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "P"):
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _within(picture: Any, side: int) -> Any:
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def _jpeg(picture: Any) -> bytes:
    from PIL import Image

    bare = Image.new("RGB", picture.size)  # a new one carries no notes of the old
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=80, optimize=True, progressive=True)
    return out.getvalue()
