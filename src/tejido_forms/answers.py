"""An answer laid against its form: every node the form knows, in its order, with what the answer holds there."""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tejido_forms import dates
from tejido_forms.definition import DATED, FormDefinition, Node
from tejido_forms.numbers import as_text_of_number
from tejido_forms.problems import AnswerRefused
from tejido_forms.values import NUMBER, WRITTEN
from tejido_forms.xml import Element, UnsafeXml, local, parse

OPENROSA: Final = "http://openrosa.org/xforms"
MOST_ROWS_OF_A_REPEAT: Final = 1000
NUMERIC: Final = frozenset({"int", "decimal"})


@dataclass
class Answer:
    """The answer as a tree of its own. `root` is what expressions read: dates there are numbers of days.

    nodes: element -> node of the form. raw: element -> text as it was written, where that differs (dates).
    unknown: paths that the form does not have. id_is_made: whether the answer came without an id, and got one from its content.
    """

    definition: FormDefinition
    root: Element
    nodes: dict[Element, Node]
    raw: dict[Element, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    instance_id: str = ""
    device_id: str = ""
    id_is_made: bool = False

    def text(self, element: Element) -> str:
        """What the answer holds there, as it was written; "" where nothing."""
        return self.raw.get(element, element.text or "")

    def put(self, element: Element, text: str) -> None:
        """Let the answer hold `text` there."""
        if self.nodes[element].type in DATED and text:
            self.raw[element] = text
            days = dates.days(text)
            element.set(WRITTEN, text)
            element.text = "" if math.isnan(days) else as_text_of_number(days)
        else:
            self.raw.pop(element, None)
            element.attrib.pop(WRITTEN, None)
            element.text = text or None

    def at(self, path: str) -> list[Element]:
        """Every element at `path`, repeats in order."""
        return [element for element, node in self.nodes.items() if node.path == path]

    def leaves(self) -> Iterator[tuple[Element, Node]]:
        """Elements that can hold a value, in the order of the answer."""
        for element, node in self.nodes.items():
            if node.kind in {"question", "hidden"} and not node.children:
                yield element, node


def lay(definition: FormDefinition, xml: bytes) -> Answer:
    """The submission `xml` (as a phone sends it) laid against `definition`.

    Raises AnswerRefused: not_xml, forbidden_xml, too_large, too_deep, other_form. Values may be wrong: `judge` says so.
    """
    sent = parsed(xml)
    if local(sent) != definition.root.name:
        raise AnswerRefused("other_form")
    answer = _blank(definition)
    _fill(answer, sent, answer.root, definition.root)
    _sort(answer)
    answer.instance_id = _meta(sent, "instanceID")
    if not answer.instance_id:
        answer.instance_id, answer.id_is_made = content_id(sent), True
    answer.device_id = _meta(sent, "deviceID") or _meta(sent, "deviceid")
    return answer


def parsed(xml: bytes) -> Element:
    """The root of a submission. Raises AnswerRefused."""
    try:
        return parse(xml)
    except UnsafeXml as error:
        raise AnswerRefused({"broken_xml": "not_xml"}.get(error.code, error.code)) from error


def begin(definition: FormDefinition) -> Answer:
    """An answer in which nothing is filled in but the form's defaults; one of each repeat."""
    answer = _blank(definition)
    _fill(answer, None, answer.root, definition.root)
    _sort(answer)
    for element, node in answer.leaves():
        answer.put(element, node.default)
    return answer


def _blank(definition: FormDefinition) -> Answer:
    root = etree.Element(definition.root.name)
    return Answer(definition, root, {root: definition.root})


def _fill(answer: Answer, sent: Element | None, into: Element, node: Node) -> None:
    """Children of `node` into `into`: those that were sent, and an empty one of each that was not."""
    known = {child.name: child for child in node.children}
    by_name: dict[str, list[Element]] = {}
    for child in sent if sent is not None else ():
        name = local(child)
        if name in known and not _is_template(child):
            by_name.setdefault(name, []).append(child)
        elif name not in known:
            answer.unknown.append(f"{node.path}/{name}")
    for child_node in node.children:
        given = by_name.get(child_node.name, [])
        most = MOST_ROWS_OF_A_REPEAT if child_node.kind == "repeat" else 1
        wanted: list[Element | None] = list(given[:most])
        if not wanted and not (child_node.kind == "repeat" and sent is not None):
            wanted = [None]
        for one in wanted:
            element = etree.SubElement(into, child_node.name)
            answer.nodes[element] = child_node
            if child_node.type in NUMERIC:
                element.set(NUMBER, "1")
            if child_node.children:
                _fill(answer, one, element, child_node)
            elif one is not None:
                answer.put(element, (one.text or "").strip())


def _sort(answer: Answer) -> None:
    """Elements in the order of the document, whatever the order in which they were made."""
    answer.nodes = {element: answer.nodes[element] for element in answer.root.iter()}


def _is_template(element: Element) -> bool:
    return any(etree.QName(name).localname == "template" for name in element.attrib)


def _meta(sent: Element, name: str) -> str:
    for child in sent:
        if local(child) in {"meta", name}:
            for one in child.iter():
                if local(one) == name:
                    return (one.text or "").strip()
    return ""


def new_instance_id(draw: uuid.UUID) -> str:
    """The id of an answer made here, as phones write it.

    >>> new_instance_id(uuid.UUID(int=1))
    'uuid:00000000-0000-0000-0000-000000000001'
    """
    return f"uuid:{draw}"


def content_id(sent: Element) -> str:
    """The id of a submission that brings none: the same for the same content, however it is written down.

    >>> content_id(parse(b'<d id="f"><a>1</a></d>')) == content_id(parse(b"<d id='f'><a>1</a></d>"))
    True
    """
    return "hash:" + hashlib.sha256(etree.tostring(sent, method="c14n")).hexdigest()


def attachments(answer: Answer) -> tuple[str, ...]:
    """Names of the files that the answer says belong to it: photos, sounds, its audit log. Never with a folder in them."""
    found = []
    for element, node in answer.leaves():
        name = answer.text(element)
        if name and (node.control == "upload" or node.type == "binary") and _is_plain_name(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _is_plain_name(name: str) -> bool:
    return not (set(name) & set("/\\:\0") or name.startswith(".") or len(name) > 255)


def write(answer: Answer, *, skip: Mapping[Element, str] | None = None) -> bytes:
    """The answer as submission XML (UTF-8): form id, version and instance id as phones write them.

    skip: elements left out with all below them (what is not relevant).
    """
    definition = answer.definition
    spaces: dict[str | None, str] = {"orx": OPENROSA}
    if definition.namespace:
        spaces[None] = definition.namespace
    prefix = f"{{{definition.namespace}}}" if definition.namespace else ""
    root = etree.Element(prefix + definition.root.name, nsmap=spaces)
    root.set("id", definition.form_id)
    if definition.version:
        root.set("version", definition.version)
    _copy(answer, answer.root, root, (prefix, set(skip or ())))
    if answer.instance_id and not any(local(one) == "instanceID" for one in root.iter()):
        meta = etree.SubElement(root, f"{{{OPENROSA}}}meta")
        etree.SubElement(meta, f"{{{OPENROSA}}}instanceID").text = answer.instance_id
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _copy(answer: Answer, source: Element, into: Element, how: tuple[str, set[Element]]) -> None:
    prefix, skip = how
    for child in source:
        if child in skip:
            continue
        copy = etree.SubElement(into, prefix + str(child.tag))
        if len(child):
            _copy(answer, child, copy, how)
        elif child.tag == "instanceID" and source.tag == "meta":
            copy.text = answer.instance_id or None
        else:
            copy.text = answer.text(child) or None
