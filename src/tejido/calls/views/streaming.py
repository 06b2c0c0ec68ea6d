"""Files in pieces: a film begins at once and can be wound on (RFC 9110, 14: one range)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from tejido.calls.models import ApplicationFile
from tejido.calls.services import opened

PIECE = 64 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def served(request: HttpRequest, file: ApplicationFile, *, name: str = "") -> HttpResponseBase:
    """The file, or the part of it that was asked for. name: in place of its own, where that would tell who sent it.

    A film plays in the page; everything else is handed over, never shown.
    """
    start, end = part_of(request.headers.get("Range", ""), file.size)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    try:
        source = opened(file)
    except FileNotFoundError as lost:
        raise Http404 from lost
    asked = (start, end) != (0, file.size - 1) or "Range" in request.headers
    response = StreamingHttpResponse(
        _pieces(source, start, end), status=206 if asked else 200, content_type=file.media_type
    )
    if asked:
        response.headers["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    response.headers["Content-Length"] = str(end - start + 1)
    return _handed_over(response, file, name or file.name)


def _handed_over(response: StreamingHttpResponse, file: ApplicationFile, name: str) -> StreamingHttpResponse:
    """How a browser treats it, and that nobody else keeps it."""
    film = file.kind == ApplicationFile.Kind.VIDEO
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = content_disposition_header(not film, name) or "inline"
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_store=True)
    return response


def part_of(asked: str, size: int) -> tuple[int, int]:
    """First and last byte of what a Range header asks for; everything where it says nothing readable. Empty: start > end.

    >>> part_of("bytes=0-99", 1000), part_of("bytes=-100", 1000), part_of("bytes=2000-", 1000), part_of("", 1000)
    ((0, 99), (900, 999), (2000, 999), (0, 999))
    """
    found = RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return 0, size - 1
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(source: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    with source:
        source.seek(start)
        left = end - start + 1
        while left > 0 and (piece := source.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
