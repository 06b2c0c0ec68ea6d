"""The look of participants' pages, inside of the page.

On a slow network each request costs two seconds, so a page that a link opens on a phone waits for no style sheet. The policy on
content lets in exactly this style, by its hash, and only where `allow_look` was called.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

BUILT = Path(__file__).parent / "static" / "dist" / "light.css"  # by tools/frontend.py; a wheel brings it


def look() -> SafeString:
    """The style element; "" where the front end is not built."""
    return _read(_built())[0]


def allow_look(response: HttpResponse) -> HttpResponse:
    """Let the browser use the style that the page carries."""
    source = _read(_built())[1]
    if source:
        response._csp_update = {"style-src": [source]}  # type: ignore[attr-defined]
    return response


def _built() -> int:
    """When it was built, 0 where it was not."""
    return BUILT.stat().st_mtime_ns if BUILT.exists() else 0


@lru_cache(maxsize=1)
def _read(built: int) -> tuple[SafeString, str]:
    """The element, and its hash as the policy writes it (CSP 3, 6.7.3.3: of the bytes between the tags)."""
    if not built:
        return SafeString(""), ""
    style = BUILT.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return mark_safe(f"<style>{style}</style>"), f"'sha256-{digest}'"  # noqa: S308 - our own file
