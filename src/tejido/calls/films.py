"""What a film is by its first bytes, and names of files as people gave them. Pure.

Sources: ISO/IEC 14496-12 (box `ftyp` and its brands), Apple's QuickTime File Format (`moov`, `mdat`, `wide`, `free` may come
first), the EBML header of WebM (RFC 8794; its DocType tells WebM from Matroska).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

QUICKTIME_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip"})
NO_FILM = frozenset({b"M4A ", b"M4B ", b"heic", b"heix", b"mif1", b"avif", b"crx "})


def film_type(head: bytes) -> str:
    """The type of a film a browser may play, by its first 64 bytes; "" for anything else.

    >>> film_type(b"\\0\\0\\0\\x18ftypmp42"), film_type(b"\\0\\0\\0\\x14ftypqt  "), film_type(b"GIF89a")
    ('video/mp4', 'video/quicktime', '')
    """
    box, brand = head[4:8], head[8:12]
    if box == b"ftyp":
        if brand in NO_FILM:
            return ""
        return "video/quicktime" if brand == b"qt  " else "video/mp4"
    if box in QUICKTIME_BOXES:
        return "video/quicktime"
    if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head:
        return "video/webm"
    return ""


ATTACHMENTS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def attachment_type(head: bytes) -> str:
    """The type of an attachment where it is one of a few; whatever else is only ever handed over as a file.

    >>> attachment_type(b"%PDF-1.7"), attachment_type(b"<script>")
    ('application/pdf', 'application/octet-stream')
    """
    return next((name for mark, name in ATTACHMENTS if head.startswith(mark)), "application/octet-stream")


def clean_name(name: str, most: int) -> str:
    """The name of a file as it may be shown and handed over: no folders, no control characters, no turned-round letters.

    >>> clean_name("../../etc/passwd", 120), clean_name("hoja\\u202efdp.exe", 120), clean_name("", 120)
    ('passwd', 'hojafdp.exe', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    kept = re.sub(r'[<>:"|?*/]+', "_", kept).strip(" .")
    if len(kept) > most:
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[: most - len(ending) - 1]}.{ending}" if dot and len(ending) <= 8 else kept[:most]
    return kept or "file"
