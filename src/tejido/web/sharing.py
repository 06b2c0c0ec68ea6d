"""Handing a page on: link, QR code, and a message ready for WhatsApp in the three languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Sheet:
    """What web/components/share_sheet.html shows. messages: (language, its name, text, WhatsApp link)."""

    title: str
    url: str
    qr: SafeString
    messages: list[tuple[str, str, str, str]]


def qr_code(text: str, *, title: str = "") -> SafeString:
    """`text` as a QR code: inline SVG, dark on nothing, about 1.5 KB. The title is what a screen reader says."""
    drawing = segno.make(text, error="m").svg_inline(
        border=2, omitsize=True, dark="#000", title=title or None, svgclass=None, lineclass=None
    )
    return mark_safe(drawing.replace("<svg", '<svg role="img"', 1))  # noqa: S308 - segno's own drawing; it escapes the title


def qr_picture(text: str, path: Path) -> None:
    """`text` as a QR code in a file: SVG, PNG or PDF, as its name ends. Raises ValueError: it ends otherwise; OSError."""
    segno.make(text, error="m").save(str(path), scale=6)


def qr_on_terminal(text: str, out: TextIO) -> None:
    """`text` as a QR code made of characters."""
    segno.make(text, error="m").terminal(out=out, compact=True, border=2)


def sheet(title: str, url: str, message: Callable[[], str]) -> Sheet:
    """A share sheet for `url` (absolute). `message` is called once per language and says the text; the link is added to it.

    >>> [code for code, *_ in sheet("Encuentro", "https://example.org/e/1", lambda: "Ven").messages][:1]
    ['en']
    """
    reader = translation.get_language()
    messages = []
    for code, name in sorted(settings.LANGUAGES, key=lambda pair: pair[0] != reader):
        with translation.override(code):
            text = f"{message()}\n{url}"
        messages.append((code, name, text, "https://wa.me/?" + urlencode({"text": text}, quote_via=quote)))
    return Sheet(title, url, qr_code(url, title=title), messages)
