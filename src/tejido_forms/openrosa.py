"""What ODK Collect and KoboCollect want to read and send, as bytes; nothing here knows of HTTP.

Sources: OpenRosa form list, form manifest and form submission APIs (docs.getodk.org/openrosa); settings in a QR code as
Collect reads them (docs.getodk.org/collect-import-export).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from tejido_forms.words import clean

LIST: Final = "http://openrosa.org/xforms/xformsList"
MANIFEST: Final = "http://openrosa.org/xforms/xformsManifest"
RESPONSE: Final = "http://openrosa.org/http/response"
CONTENT_TYPE: Final = "text/xml; charset=utf-8"
HEADERS: Final[Mapping[str, str]] = {"X-OpenRosa-Version": "1.0"}
MOST_SETTINGS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Offered:
    """A form that phones may fetch. md5: of the exact bytes that download_url gives (`md5_of`).

    manifest_url: "" where the form needs no files. Phones refuse the whole list where id, name or address are empty.
    """

    form_id: str
    name: str
    version: str
    md5: str
    download_url: str
    manifest_url: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        if not (self.form_id and self.name and self.download_url and self.md5):
            raise ValueError("a form for phones needs an id, a name, an address and a checksum")


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file beside a form. name: without folders."""

    name: str
    md5: str
    download_url: str

    def __post_init__(self) -> None:
        if not self.name or set(self.name) & set("/\\") or not (self.md5 and self.download_url):
            raise ValueError("a file for phones needs a plain name, an address and a checksum")


def md5_of(data: bytes) -> str:
    """The checksum as OpenRosa writes it.

    >>> md5_of(b"")
    'md5:d41d8cd98f00b204e9800998ecf8427e'
    """
    return "md5:" + hashlib.md5(data, usedforsecurity=False).hexdigest()


def form_list(forms: Iterable[Offered]) -> bytes:
    """The document behind /formList."""
    root = etree.Element(f"{{{LIST}}}xforms", nsmap={None: LIST})
    for form in forms:
        one = etree.SubElement(root, f"{{{LIST}}}xform")
        _tell(one, LIST, "formID", form.form_id)
        _tell(one, LIST, "name", form.name)
        _tell(one, LIST, "version", form.version)
        _tell(one, LIST, "hash", form.md5)
        if form.description:
            _tell(one, LIST, "descriptionText", form.description)
        _tell(one, LIST, "downloadUrl", form.download_url)
        if form.manifest_url:
            _tell(one, LIST, "manifestUrl", form.manifest_url)
    return _bytes(root)


def manifest(files: Iterable[OfferedFile]) -> bytes:
    """The document behind a form's manifestUrl."""
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={None: MANIFEST})
    for file in files:
        one = etree.SubElement(root, f"{{{MANIFEST}}}mediaFile")
        _tell(one, MANIFEST, "filename", file.name)
        _tell(one, MANIFEST, "hash", file.md5)
        _tell(one, MANIFEST, "downloadUrl", file.download_url)
    return _bytes(root)


def response(message: str, nature: str = "submit_success") -> bytes:
    """The answer to a submission; the phone shows `message`. nature: submit_success or submit_error."""
    root = etree.Element(f"{{{RESPONSE}}}OpenRosaResponse", nsmap={None: RESPONSE})
    one = etree.SubElement(root, f"{{{RESPONSE}}}message", nature=nature)
    one.text = clean(message)
    return _bytes(root)


def _tell(above: Any, space: str, name: str, text: str) -> None:
    etree.SubElement(above, f"{{{space}}}{name}").text = clean(text)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def settings(server_url: str, *, project: str = "", user: str = "", **general: str | bool) -> dict[str, Any]:
    """What Collect is told: where the server is and what the project is called; everything else as Collect has it.

    The address holds the token, so there is no password. user: the name that answers carry, shown on the phone. general: further
    settings by Collect's own names.
    """
    told: dict[str, Any] = {
        "general": {
            "protocol": "odk_default",
            "server_url": server_url.rstrip("/"),
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            **({"metadata_username": user} if user else {}),
            **general,
        },
        "admin": {},
    }
    if project:
        told["project"] = {"name": project, "icon": project.strip()[:1].upper(), "color": "#0f766e"}
    return told


def settings_code(told: Mapping[str, Any]) -> str:
    """The text of the QR code that Collect scans: base64 of zlib of JSON.

    >>> settings_from(settings_code(settings("https://example.org/collect/t/")))["general"]["server_url"]
    'https://example.org/collect/t'
    """
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(plain, 9)).decode()


def settings_from(code: str) -> dict[str, Any]:
    """What a settings code says. Raises ValueError where it is none, or unpacks to more than `MOST_SETTINGS` bytes."""
    try:
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(base64.b64decode(code, validate=True), MOST_SETTINGS)
        found = json.loads(plain)
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError("no settings code") from error
    if unpacking.unconsumed_tail or not isinstance(found, dict):
        raise ValueError("no settings code")
    return found
