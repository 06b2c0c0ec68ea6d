"""A badge as a picture that carries its credential inside (Open Badges 3.0, section 5.3: baked badges)."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any, Literal

import font_lato
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.certificates.models import Certificate
from tejido.certificates.wording import duration_words

TEMPLATE = Path(__file__).parents[1] / "typst" / "badge.typ"
FONTS = Path(font_lato.__file__).parent / "files"
END = b"\0\0\0\0IEND"


def drawn(certificate: Certificate, kind: Literal["svg", "png"]) -> bytes:
    """The picture without its credential; kind: svg or png (600 × 600). About 0.1 s."""
    import typst  # slow to load, and only pictures need it

    with translation.override(certificate.language):
        words = {
            "language": certificate.language,
            "title": certificate.title,
            "hours": duration_words(certificate.minutes),
            "given_by": certificate.given_by,
            "void": "" if certificate.is_valid else _("Revoked"),
        }
    made = typst.compile(
        str(TEMPLATE),
        format=kind,
        ppi=144.0,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"badge": json.dumps(words, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


def baked_svg(picture: bytes, credential: dict[str, Any]) -> bytes:
    """The drawing with the credential as its first element."""
    text = json.dumps(credential, ensure_ascii=False).replace("]]>", "]]]]><![CDATA[>")
    carried = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    head, found, rest = picture.decode().partition("<svg ")
    inside, _closes, body = rest.partition(">")
    assert found
    return (
        f'{head}<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" {inside}>{carried}{body}'.encode()
    )


def baked_png(picture: bytes, credential: dict[str, Any]) -> bytes:
    """The picture with the credential in an iTXt chunk of its own."""
    text = json.dumps(credential, ensure_ascii=False).encode()
    body = b"iTXt" + b"openbadgecredential\0" + b"\0\0" + b"\0" + b"\0" + text
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    before, end, after = picture.rpartition(END)
    return before + chunk + end + after
