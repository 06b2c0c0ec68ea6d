"""A form as the full engine reads it (enketo-core): HTML to fill in, and the model behind it.

The two stylesheets are those of enketo-transformer 4.2.0, which the build takes out of its package; the steps that its script
does before and after them are written again here, on lxml. Nothing that a form says becomes script, style or a link to
anywhere but http and https.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree, html

from tejido_forms.compiling import MOST_XFORM_BYTES
from tejido_forms.definition import FormDefinition
from tejido_forms.engine_page import finish
from tejido_forms.lists import plain_copy
from tejido_forms.xml import Element, parse

XF: Final = "http://www.w3.org/2002/xforms"
OPENROSA: Final = "http://openrosa.org/xforms"
NAMES: Final = {"xf": XF, "h": "http://www.w3.org/1999/xhtml", "orx": OPENROSA}
# What our page shows in its own way: long lists get a search, everything stands on one page, pictures are no maps.
LEFT_OUT: Final = {"autocomplete", "search", "query", "image-map", "no-buttons"}
PRELOAD: Final = "{http://openrosa.org/javarosa}preloadParams"
ITEXT: Final = re.compile(r"jr:itext\(((?:[^()]|\([^()]*\))*?/)([\w-]+)\s*\)")
OF_THE_FORM: Final = re.compile(r"^(pages|theme-.*)$")


class NotShown(Exception):
    """The stylesheets could not show this form."""


@dataclass(frozen=True, slots=True)
class EngineForm:
    """html: the <form>, inert until the engine begins. model: what the engine keeps the answer in, as XML.

    languages: the tag under which the page holds a language -> its name in the form; empty where the form names none.
    """

    html: str
    model: str
    languages: dict[str, str]


class Stylesheets:
    """form, model: the bytes of the two stylesheets. They can reach nothing: no file, no network."""

    def __init__(self, form: bytes, model: bytes) -> None:
        nothing = etree.XSLTAccessControl.DENY_ALL
        self.form = etree.XSLT(parse(form).getroottree(), access_control=nothing)
        self.model = etree.XSLT(parse(model).getroottree(), access_control=nothing)


def engine_form(definition: FormDefinition, sheets: Stylesheets, media: Callable[[str], str]) -> EngineForm:
    """`definition` for the engine. media: the address of a file that the form shows, by its name; "" for one that
    was not brought.

    Raises NotShown. Cost: some milliseconds; the same form gives the same result for ever.
    """
    document = parse(definition.xform, most_bytes=MOST_XFORM_BYTES)
    _fill_lists(document, definition)
    for itemset in document.iter(f"{{{XF}}}itemset"):
        _prepare(itemset, document)
    for control in document.iter():
        _simplify(control)
        _say(control, document, definition)
    page = _applied(sheets.form, document).find("form")
    if page is None:
        raise NotShown
    for action in ("setgeopoint", "setvalue"):
        _place(page, action)
    for element in page.xpath("//*[@data-appearances]"):
        _appear(element)
    languages = finish(page, definition, media)
    model = _applied(sheets.model, document).find(f"{{{XF}}}model")
    _name(model)
    return EngineForm(
        html.tostring(page, encoding="unicode"), etree.tostring(model, encoding="unicode"), languages
    )


def _applied(sheet: Any, document: Element) -> Element:
    try:
        return sheet(document.getroottree()).getroot()
    except (etree.XSLTApplyError, etree.XSLTParseError) as error:
        raise NotShown from error


# Before the stylesheets


def _fill_lists(document: Element, definition: FormDefinition) -> None:
    """Lists in files beside the form go into it: the engine fetches nothing."""
    for instance in document.findall(f".//{{{XF}}}model/{{{XF}}}instance[@src]"):
        wrapper = definition.instances.get(instance.get("id") or "")
        del instance.attrib["src"]
        for child in list(instance):
            instance.remove(child)
        for root in wrapper if wrapper is not None else ():
            instance.append(_in_namespace(plain_copy(root)))


def _in_namespace(element: Element) -> Element:
    for one in element.iter():
        one.tag = f"{{{XF}}}{one.tag}"
    return element


def _prepare(itemset: Element, document: Element) -> None:
    """What the stylesheet wants to know of an itemset: value, label, and the names of translated labels."""
    value, label = itemset.find(f"{{{XF}}}value"), itemset.find(f"{{{XF}}}label")
    of_value = (value.get("ref") or "") if value is not None else ""
    of_label = (label.get("ref") or "") if label is not None else ""
    itemset.set("valueRef", of_value)
    itemset.set("labelRef", of_label)
    named = re.search(r"itext\((.*)\)", of_label)
    source = re.search(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)", itemset.get("nodeset") or "")
    if named is None or source is None:
        return
    path = "/h:html/h:head/xf:model/xf:instance[@id=$id]//*[local-name()=$name]"
    for item in document.xpath(path, namespaces=NAMES, id=source[1], name=named[1].strip()):
        one = copy.deepcopy(item)
        one.tail = None
        itemset.append(one)


def _simplify(element: Element) -> None:
    """Appearances that our page has no use for are taken away."""
    if element.tag == f"{{{NAMES['h']}}}body":
        kept = [word for word in (element.get("class") or "").split() if not OF_THE_FORM.match(word)]
        element.set("class", " ".join(kept))
        return
    params = element.get(PRELOAD) or ""
    if ":" in params:  # "uri:deviceid": the engine knows the name behind it alone
        element.set(PRELOAD, params.rpartition(":")[2])
    words = (element.get("appearance") or "").split()
    if not words:
        return
    left_out = LEFT_OUT | ({"minimal"} if element.tag == f"{{{XF}}}select" else set())
    element.set("appearance", " ".join(word for word in words if word.partition("(")[0] not in left_out))


def _say(element: Element, document: Element, definition: FormDefinition) -> None:
    """jr:itext of an item's text id, which the engine cannot work out, becomes the text itself, in the form's first language."""
    for name in ("value", "calculate"):
        rule = element.get(name) or ""
        for found in ITEXT.finditer(rule):
            for said in document.xpath(
                "//xf:instance//*[local-name()=$name]", namespaces=NAMES, name=found[2]
            ):
                text = definition.texts.get((said.text or "").strip())
                if said.getnext() is None or said.getnext().tag != f"{said.tag}-text":
                    said.addnext(etree.Element(f"{said.tag}-text"))
                    said.getnext().text = text.plain(definition.languages[0]) if text else ""
        if "jr:itext(" in rule:
            element.set(name, ITEXT.sub(r"\1\2-text", rule))


# Between stylesheet and page


def _place(page: Element, action: str) -> None:
    """Actions stand where the stylesheet of the engine cannot put them: on the question that they fill."""
    for given in page.xpath(f'//*[contains(@class, "question")]//label/input[@data-{action}]'):
        label = given.getparent()
        given.tail = label.tail
        label.getparent().replace(label, given)
    for given in page.xpath(f'//label[contains(@class, "{action}")]/input[@data-{action}]'):
        question = _asked(page, given.get("name") or "")
        if question is not None:
            for name in (f"data-{action}", "data-event"):
                question.set(name, given.get(name) or name)
            label = given.getparent()
            label.getparent().remove(label)


def _asked(page: Element, name: str) -> Element | None:
    """The control of the question `name`, where somebody is asked."""
    path = (
        "//*[@name=$name and (contains(../@class, 'question') or contains(../../@class, 'option-wrapper'))"
        " and not(@type='hidden')]"
    )
    found = page.xpath(path, name=name)
    return found[0] if found else None


def _appear(element: Element) -> None:
    words = (element.attrib.pop("data-appearances") or "").strip().lower().split()
    of_choices = element.attrib.pop("data-appearances-select-type", None) is not None
    made = list(_classes(words, of_choices))
    names = (element.get("class") or "").split()
    kept = [made if name == "or-appearances-placeholder" else [name] for name in names]
    element.set("class", " ".join(name for group in kept for name in group))


def _classes(words: list[str], of_choices: bool) -> Iterator[str]:
    for word in words:
        yield f"or-appearance-{word}"
        if of_choices and word == "horizontal":
            yield "or-appearance-columns"
        if of_choices and word in {"horizontal-compact", "compact"}:
            yield "or-appearance-columns-pack"


def _name(model: Element) -> None:
    """Every answer has an id: a form without a place for it gets one."""
    root = next(iter(model.find(f"{{{XF}}}instance")))
    metas = [one for one in root if etree.QName(one).localname == "meta"]
    if any(etree.QName(one).localname == "instanceID" for meta in metas for one in meta):
        return
    meta = metas[0] if metas else etree.SubElement(root, f"{{{XF}}}meta")
    etree.SubElement(meta, f"{{{etree.QName(meta).namespace or XF}}}instanceID")
