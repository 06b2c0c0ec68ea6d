"""What a file is, by its bytes, and the same picture without what the camera wrote about itself. Pure.

Only what is listed here is called by a type of its own; everything else is a file without one and is never shown, only handed
over. Sources: ISO/IEC 10918-1 (JPEG segments), EXIF 2.32 (orientation, tag 0x0112), PNG specification 11.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

UNKNOWN = "application/octet-stream"
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (4, b"ftyp3g", "video/3gpp"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
)
ORIENTATION = 0x0112
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9


def media_type(content: bytes) -> str:
    """The type that the first bytes tell; what could run in a browser is never told apart from unknown.

    >>> media_type(b"%PDF-1.7"), media_type(b"<svg onload=alert(1)>"), media_type(b"")
    ('application/pdf', 'application/octet-stream', 'application/octet-stream')
    """
    for offset, mark, name in _MARKS:
        if content[offset : offset + len(mark)] == mark:
            return name
    return UNKNOWN


def without_traces(content: bytes) -> bytes:
    """A JPEG or PNG without place, time, camera and words; how it is turned stays. Anything else as it is.

    Where a JPEG cannot be read further it ends: rather less of a picture than its traces.
    """
    kind = media_type(content)
    if kind == "image/jpeg":
        return _clean_jpeg(content)
    if kind == "image/png":
        return _clean_png(content)
    return content


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, bytes) of every part of a JPEG after its first marker, to its end marker; what phones append is not told."""
    at = 2
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == END_OF_IMAGE or at + 4 > len(content):
            yield END_OF_IMAGE, b"\xff\xd9"
            return
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == START_OF_SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: inside a scan FF is followed by 00 or by a restart (D0 to D7)."""
    while (at := content.find(b"\xff", at)) != -1 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)


def _clean_jpeg(content: bytes) -> bytes:
    kept, turned = [content[:2]], 0
    for marker, segment in _segments(content):
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = turned or _orientation(segment[10:])
        # Stay: JFIF (E0), colour profile (E2 ICC), Adobe's colour transform (EE), tables and the picture itself.
        icc = marker == 0xE2 and segment[4:15] == b"ICC_PROFILE"
        if marker in {0xE0, 0xEE} or icc or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(segment)
    if turned > 1:
        kept.insert(1, _exif_with(turned))
    return b"".join(kept)


def _orientation(tiff: bytes) -> int:
    """1 to 8, or 0 where it says nothing readable."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    start = struct.unpack(order + "I", tiff[4:8])[0]
    if start + 2 > len(tiff):
        return 0
    count = struct.unpack(order + "H", tiff[start : start + 2])[0]
    for number in range(count):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) < 12:
            return 0
        tag, _kind, _count, value = struct.unpack(order + "HHIH", entry[:10])
        if tag == ORIENTATION:
            return value if 1 <= value <= 8 else 0
    return 0


def _exif_with(turned: int) -> bytes:
    """An EXIF segment that says nothing but how the picture is turned."""
    tiff = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        name, end = content[at + 4 : at + 8], at + 12 + length
        if name not in {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}:
            kept.append(content[at:end])
        at = end
        if name == b"IEND":
            break
    return b"".join(kept)
