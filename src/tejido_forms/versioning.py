"""The name of a form's version, where its author gave none or gave one that is taken."""

from __future__ import annotations

import hashlib

from lxml import etree

from tejido_forms.xml import local, parse

MOST_BYTES = 20 * 1024 * 1024


def with_version(xform: bytes, version: str) -> bytes:
    """The same XForm under another version. Raises UnsafeXml; ValueError where it is no XForm.

    >>> with_version(b'<h><model><instance><data id="a" version="1"><q/></data></instance></model></h>', "2")[38:]
    b'\\n<h><model><instance><data id="a" version="2"><q/></data></instance></model></h>'
    """
    document = parse(xform, most_bytes=MOST_BYTES)
    model = next((one for one in document.iter("{*}model")), None)
    instance = None if model is None else next((one for one in model if local(one) == "instance"), None)
    if instance is None or not len(instance):
        raise ValueError("this is no XForm")
    instance[0].set("version", version)
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


def version_from_content(xform: bytes) -> str:
    """A version made from the content: the same form gives the same.

    >>> version_from_content(b"x")
    '2d711642b726'
    """
    return hashlib.sha256(xform).hexdigest()[:12]
