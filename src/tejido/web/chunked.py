"""Bodies that come in pieces, without their length said before: OpenRosa clients send such, and Django reads none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
MOST = 100 * 1024 * 1024  # bytes of a body
IN_MEMORY, PIECE = 2_621_440, 65_536


class WithLength:
    """A WSGI application that gets every body with its length. A body of more than `most` bytes is answered with 413."""

    def __init__(self, application: Application, *, most: int = MOST) -> None:
        self.application = application
        self.most = most

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not comes_in_pieces(environ):
            return self.application(environ, start_response)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            length = read_to_end(environ["wsgi.input"], cast("BinaryIO", body), self.most)
            if length > self.most:
                start_response(
                    "413 Content Too Large", [("Content-Type", "text/plain"), ("Content-Length", "0")]
                )
                return [b""]
            body.seek(0)
            environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
            return self.application(environ, start_response)


def comes_in_pieces(environ: dict[str, Any]) -> bool:
    """Whether the body has no length, and the server tells where it ends."""
    chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
    return chunked and not environ.get("CONTENT_LENGTH") and bool(environ.get("wsgi.input_terminated"))


def read_to_end(source: BinaryIO, into: BinaryIO, most: int) -> int:
    """Copy `source`, but not more than one piece above `most`. Returns how many bytes were read."""
    length = 0
    while length <= most and (piece := source.read(PIECE)):
        into.write(piece)
        length += len(piece)
    return length
