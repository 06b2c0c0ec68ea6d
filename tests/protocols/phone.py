"""A phone with ODK Collect, as its source (v2026.3) has it send and fetch: http.client and nothing of ours.

What is strict here is strict there: a list with one form that lacks something is no list, a checksum is of the exact bytes, HEAD
is answered by 204, and only 201 and 202 mean that an answer arrived.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
SAID = "{http://openrosa.org/http/response}"
MOST_FILES = 101  # beside the answer itself


class Refused(Exception):
    """What the phone shows when an answer did not arrive; it keeps the answer."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status, self.words = status, words


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def message(self) -> str:
        """The sentence that the phone shows."""
        found = ElementTree.fromstring(self.body).find(f"{SAID}message")
        return (found.text or "") if found is not None else ""


@dataclass
class Form:
    form_id: str
    name: str
    version: str
    md5: str
    download_url: str
    manifest_url: str = ""
    xform: bytes = b""
    media: dict[str, bytes] = field(default_factory=dict)


class Collect:
    """A phone that scanned a settings code, or was told the address of a server."""

    def __init__(self, server: str, device: str = "collect:AbCdEf") -> None:
        self.server = server.rstrip("/")
        self.device = device

    @classmethod
    def scanning(cls, code: str, device: str = "collect:AbCdEf") -> Collect:
        """Set up by the text of a QR code."""
        told = json.loads(zlib.decompress(b64decode(code)))
        assert told["general"]["protocol"] == "odk_default"
        return cls(told["general"]["server_url"], device)

    # Fetching

    def forms(self) -> list[Form]:
        """The list of forms, as the phone understands it. AssertionError: it would show «not an OpenRosa server»."""
        root = ElementTree.fromstring(self._document(f"{self.server}/formList"))
        assert root.tag == f"{LIST}xforms"
        found = []
        for one in root:
            told = {child.tag.removeprefix(LIST): child.text or "" for child in one}
            assert told.get("formID") and told.get("name") and told.get("downloadUrl"), told
            assert re.fullmatch(r"md5:[0-9a-f]{32}", told.get("hash", "")), told
            names = ("formID", "name", "version", "hash", "downloadUrl", "manifestUrl")
            found.append(Form(*(told.get(name, "") for name in names)))
        return found

    def download(self, form: Form) -> Form:
        """The form and its files; every checksum is of the bytes that came."""
        form.xform = self._bytes(form.download_url, form.md5)
        if form.manifest_url:
            root = ElementTree.fromstring(self._document(form.manifest_url))
            assert root.tag == f"{MANIFEST}manifest"
            for one in root:
                told = {child.tag.removeprefix(MANIFEST): child.text or "" for child in one}
                assert told["filename"] and "/" not in told["filename"]
                form.media[told["filename"]] = self._bytes(told["downloadUrl"], told["hash"])
        return form

    def _document(self, url: str) -> bytes:
        reply = self.get(url)
        assert reply.status == 200, (reply.status, reply.body)
        assert "text/xml" in reply.headers["Content-Type"]
        assert reply.headers["X-OpenRosa-Version"] == "1.0"
        return reply.body

    def _bytes(self, url: str, md5: str) -> bytes:
        reply = self.get(url)
        assert reply.status == 200, (reply.status, url)
        assert "md5:" + hashlib.md5(reply.body).hexdigest() == md5
        return reply.body

    # Sending

    def send(
        self, xml: bytes, files: Mapping[str, bytes] | None = None, *, chunked: bool = False
    ) -> list[Reply]:
        """An answer with its files, in as many posts as it takes. Raises Refused: it stays on the phone."""
        head = self.request("HEAD", f"{self.server}/submission")
        if head.status != 204:
            raise Refused(head.status, "Is this an OpenRosa submission server?")
        assert head.headers["X-OpenRosa-Version"] == "1.0"
        most = int(head.headers.get("X-OpenRosa-Accept-Content-Length", "10485760"))
        replies = []
        posts = list(_split(xml, files or {}, most))
        for number, part in enumerate(posts, 1):
            reply = self.post(xml, part, incomplete=number < len(posts), chunked=chunked)
            if reply.status not in {201, 202}:
                raise Refused(reply.status, reply.message if reply.body.startswith(b"<?xml") else "")
            assert "text/xml" in reply.headers["Content-Type"]
            assert reply.message
            replies.append(reply)
        return replies

    def post(
        self, xml: bytes, files: Mapping[str, bytes], *, incomplete: bool = False, chunked: bool = False
    ) -> Reply:
        """One post, whatever it is answered with."""
        parts = [("xml_submission_file", "answer.xml", "text/xml", xml)]
        parts += [(name, name, "application/octet-stream", content) for name, content in files.items()]
        if incomplete:
            parts.append(("*isIncomplete*", "", "text/plain", b"yes"))
        return self.post_parts(parts, chunked=chunked)

    def post_parts(self, parts: list[tuple[str, str, str, bytes]], *, chunked: bool = False) -> Reply:
        """Parts of multipart/form-data: (name, file name or "", media type, content)."""
        mark = "b0undary-of-okhttp"
        body = b""
        for name, file_name, media_type, content in parts:
            named = f'; filename="{file_name}"' if file_name else ""
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{named}\r\nContent-Type: {media_type}\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        sent = _pieces(body) if chunked else body
        return self.request("POST", f"{self.server}/submission", body=sent, headers=headers, chunked=chunked)

    # Both

    def get(self, url: str) -> Reply:
        return self.request("GET", url)

    def request(
        self,
        method: str,
        url: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        chunked: bool = False,
    ) -> Reply:
        """One request with `deviceID` behind its address, as the phone writes it, on a connection of its own."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        try:
            connection.request(
                method,
                f"{parts.path}?deviceID={quote(self.device, safe='')}",
                body=body,
                headers={
                    "X-OpenRosa-Version": "1.0",
                    "User-Agent": "org.odk.collect.android/v2026.3.3 Dalvik/2.1",
                }
                | dict(headers or {}),
                encode_chunked=chunked,
            )
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 1_000):
        yield body[start : start + 1_000]


def _split(xml: bytes, files: Mapping[str, bytes], most: int) -> Iterator[dict[str, bytes]]:
    """Files in groups: so many, and together with the answer not more than `most` bytes, but for one that is larger alone."""
    part: dict[str, bytes] = {}
    size = len(xml)
    for name, content in files.items():
        if part and (len(part) >= MOST_FILES or size + len(content) > most):
            yield part
            part, size = {}, len(xml)
        part[name] = content
        size += len(content)
    yield part
