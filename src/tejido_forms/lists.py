"""The lists of a form: those inside it, and those in files beside it (CSV, XML, GeoJSON)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection
from typing import Final

from lxml import etree

from tejido_forms.words import clean
from tejido_forms.xml import Element, UnsafeXml, local, parse

MOST_ITEMS: Final = 50_000


def plain_copy(element: Element) -> Element:
    """A copy without namespaces, comments and white space between elements, so that paths of expressions fit.

    >>> etree.tostring(plain_copy(parse(b'<i xmlns="urn:x"> <root><item/></root></i>')))
    b'<i><root><item/></root></i>'
    """
    copy = etree.Element(local(element))
    copy.text = element.text if element.text and element.text.strip() else None
    for child in element:
        copy.append(plain_copy(child))
    return copy


def list_from_file(name: str, content: bytes) -> Element:
    """The wrapper <instance><root><item>…</item></root></instance> of the list in a file.

    CSV by its headings, GeoJSON by the properties of its features, XML as it is. What cannot be read gives an empty list.
    """
    ending = name.lower().rpartition(".")[2]
    if ending == "xml":
        return _from_xml(content)
    rows = _geojson(content) if ending in {"geojson", "json"} else _csv(content)
    wrapper = etree.Element("instance")
    root = etree.SubElement(wrapper, "root")
    for row in rows[:MOST_ITEMS]:
        item = etree.SubElement(root, "item")
        for heading, cell in row.items():
            if re.fullmatch(r"[^\W\d][\w.\-]*", heading or ""):
                etree.SubElement(item, heading).text = clean(cell)
    return wrapper


def filled(wrapper: Element, names: Collection[str]) -> None:
    """Give every item of the list an empty child for each of `names` that it lacks.

    >>> wrapper = parse(b"<i><root><item><a>1</a></item></root></i>")
    >>> filled(wrapper, ["a", "b"])
    >>> etree.tostring(wrapper)
    b'<i><root><item><a>1</a><b/></item></root></i>'
    """
    for item in [item for root in wrapper for item in root]:
        there = {child.tag for child in item}
        for name in names:
            if name not in there:
                etree.SubElement(item, name)


def _from_xml(content: bytes) -> Element:
    wrapper = etree.Element("instance")
    try:
        wrapper.append(plain_copy(parse(content)))
    except UnsafeXml:
        etree.SubElement(wrapper, "root")
    return wrapper


def _csv(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig", errors="replace")
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [
        {(key or "").strip(): value or "" for key, value in row.items() if isinstance(value, str)}
        for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)
    ]


def _geojson(content: bytes) -> list[dict[str, str]]:
    try:
        features = json.loads(content).get("features", [])
    except (ValueError, AttributeError):
        return []
    rows = []
    for feature in features:
        properties = {key: str(value) for key, value in (feature.get("properties") or {}).items()}
        place = (feature.get("geometry") or {}).get("coordinates") or []
        if len(place) >= 2 and all(isinstance(part, int | float) for part in place[:2]):
            properties["geometry"] = f"{place[1]} {place[0]} 0 0"
        if "id" in feature:
            properties.setdefault("id", str(feature["id"]))
        rows.append(properties)
    return rows
