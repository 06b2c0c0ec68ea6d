"""What an anonymous answer must not say: who, from which phone, at which moment. Pure: XML in, XML out.

Phones write more than people do: device id, telephone number, user name, the moments of beginning and end, a log of every step.
Days stay, because analysis needs them and forty people answer on the same one; moments are cut to the day.
"""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from tejido_forms.definition import FormDefinition, Node
from tejido_forms.xml import local, parse

KEPT_META: Final = frozenset({"instanceID", "instanceName"})
OF_PHONES: Final = frozenset({"deviceid", "username", "phonenumber", "email", "start", "end", "today"})
KEPT_ATTRIBUTES: Final = frozenset({"id", "version"})


def without_traces(definition: FormDefinition, xml: bytes) -> bytes:
    """The submission without what would tell its author apart, as bytes that are the same for the same submission.

    Raises UnsafeXml. What people themselves write is theirs: a name typed as an answer stays.
    """
    root = parse(xml)
    for name in list(root.attrib):
        if etree.QName(name).localname not in KEPT_ATTRIBUTES:
            del root.attrib[name]
    _clean(root, definition.root, telling(definition))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def telling(definition: FormDefinition) -> frozenset[str]:
    """Paths whose values the phone writes by itself and that tell who or when, and whatever is calculated from them."""
    nodes = {node.path: node for node in definition.nodes()}
    begun = {path for path, value in definition.first_values if "now" in value.functions}
    found = {
        path
        for path, node in nodes.items()
        if node.preload in {"property", "timestamp"}
        or (
            node.kind == "hidden"
            and (node.type in {"dateTime", "time"} or path in begun or "now" in _calls(node))
        )
    }
    while True:
        more = {
            path
            for path, node in nodes.items()
            if path not in found and node.kind == "hidden" and node.calculate and node.calculate.paths & found
        }
        if not more:
            return frozenset(found)
        found |= more


def _calls(node: Node) -> frozenset[str]:
    return node.calculate.functions if node.calculate else frozenset()


def _clean(element: Any, node: Node, hidden: frozenset[str]) -> None:
    known = {child.name: child for child in node.children}
    for child in list(element):
        name = local(child)
        if name == "meta":
            for one in list(child):
                if local(one) not in KEPT_META:
                    child.remove(one)
        elif name in known and known[name].children:
            _clean(child, known[name], hidden)
        elif name in known and known[name].path in hidden:
            child.text = _day((child.text or "").strip()) or None
        elif name not in known and name.lower() in OF_PHONES:
            element.remove(child)


def _day(text: str) -> str:
    """A moment cut to its day.

    >>> _day("2026-11-22T10:31:07.123-05:00"), _day("2026-11-22"), _day("soon")
    ('2026-11-22T00:00:00.000Z', '2026-11-22', '')
    """
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return ""
    return f"{text[:10]}T00:00:00.000Z" if len(text) > 10 else text
