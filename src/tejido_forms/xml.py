"""The one place where XML that people send is parsed: no entities, no document type, no network, bounded size and depth."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from lxml import etree

MOST_BYTES: Final = 2 * 1024 * 1024
DEEPEST: Final = 200

Element: TypeAlias = Any  # lxml has no types of its own: etree._Element


class UnsafeXml(ValueError):
    """XML that is not read. code: broken_xml, forbidden_xml, too_large, too_deep."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(data: bytes, *, most_bytes: int = MOST_BYTES, deepest: int = DEEPEST) -> Element:
    """The root element of `data` (bytes in the encoding that its own declaration names).

    Raises UnsafeXml. Time and memory grow with the bytes, of which there are at most `most_bytes`.

    >>> parse(b"<a><b/></a>")[0].tag
    'b'
    >>> parse(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    Traceback (most recent call last):
    tejido_forms.xml.UnsafeXml: forbidden_xml
    """
    if len(data) > most_bytes:
        raise UnsafeXml("too_large")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnsafeXml("forbidden_xml") from error
        raise UnsafeXml("too_deep" if "Excessive depth" in str(error) else "broken_xml") from error
    tree = root.getroottree()
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise UnsafeXml("forbidden_xml")
    if _depth(root) > deepest:
        raise UnsafeXml("too_deep")
    return root


def _depth(root: Element) -> int:
    deepest, level = 0, 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def local(element: Element) -> str:
    """The name of an element without its namespace.

    >>> local(etree.fromstring('<o:meta xmlns:o="urn:o"/>'))
    'meta'
    """
    return str(etree.QName(element).localname)
