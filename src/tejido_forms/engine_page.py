"""What becomes of the engine's HTML before it is shown: languages, marks, files; no style, no script, headings in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from lxml import html

from tejido_forms.definition import FormDefinition
from tejido_forms.marks import marked
from tejido_forms.texts import language_code
from tejido_forms.xml import Element

SAID: Final = '//span[contains(@class, "question-label") or contains(@class, "or-hint") or contains(@class, "option-label")]'
# Questions that our widgets answer with several controls: a label speaks for one.
SEVERAL: Final = (
    '//label[input[@data-type-xml="geopoint" or @data-type-xml="geotrace" or @data-type-xml="geoshape"'
    ' or @data-type-xml="binary" or @min and @max and @step]]'
)
FORBIDDEN: Final = frozenset({"script", "style", "iframe", "object", "embed", "link", "meta", "base"})
HELD: Final = ("\uf000", "\uf001")  # around the number of a value that stands in a text


def finish(page: Element, definition: FormDefinition, media: Callable[[str], str]) -> dict[str, str]:
    """Make the <form> of the stylesheet ours, in place. Returns tag -> name of its languages."""
    for tag in ('//h3[@id="form-title"]', '//section[@class="form-logo"]', "//comment()"):
        for element in page.xpath(tag):
            _remove(element)
    for name in ("action", "method", "data-base64RsaPublicKey"):
        page.attrib.pop(name, None)
    for question in page.xpath(SEVERAL):
        question.tag = "div"
    languages = _languages(page, definition)
    for element in page.xpath(SAID):
        _mark(element)
    for element in list(page.iter()):
        _clean(element, media)
    return languages


def _remove(element: Element) -> None:
    """Take an element away and leave the text behind it."""
    above, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)


def _languages(page: Element, definition: FormDefinition) -> dict[str, str]:
    """Languages go by their codes where they have one of their own, so that browsers and readers know them."""
    tags: dict[str, str] = {}
    options = page.xpath('//select[@id="form-languages"]/option')
    names = [option.get("value") or "" for option in options]
    codes = [language_code(name) for name in names]
    for option, name, code in zip(options, names, codes, strict=True):
        tag = code if code and codes.count(code) == 1 else name
        tags[name] = tag
        option.set("value", tag)
        option.set("data-dir", _direction(page, name))
        option.text = name.partition("(")[0].strip() or name
    for element in page.xpath("//*[@lang]"):
        element.set("lang", tags.get(element.get("lang"), element.get("lang")))
    for choosing in page.xpath('//select[@id="form-languages"]'):
        choosing.set("data-default-lang", tags.get(definition.languages[0], ""))
    return {tag: name for name, tag in tags.items()}


def _direction(page: Element, language: str) -> str:
    said = page.xpath("//span[@lang=$language and normalize-space()]", language=language)
    letters = (unicodedata.bidirectional(letter) for one in said[:3] for letter in "".join(one.itertext()))
    return next(
        ("rtl" if kind in {"R", "AL"} else "ltr" for kind in letters if kind in {"R", "AL", "L"}), "ltr"
    )


def _mark(element: Element) -> None:
    """The marks in a text become HTML; values that stand in it (spans of the class or-output) stay what they are."""
    values = list(element)
    whole = (element.text or "") + "".join(
        f"{HELD[0]}{number}{HELD[1]}{value.tail or ''}" for number, value in enumerate(values)
    )
    said = marked(whole)
    for number, value in enumerate(values):
        value.tail = None
        said = said.replace(f"{HELD[0]}{number}{HELD[1]}", html.tostring(value, encoding="unicode"))
    for child in values:
        element.remove(child)
    element.text = None
    made = html.fragment_fromstring(f"<div>{said}</div>")
    element.text = made.text
    element.extend(list(made))


def _clean(element: Element, media: Callable[[str], str]) -> None:
    if not isinstance(element.tag, str):
        return
    if element.tag in FORBIDDEN:
        _remove(element)
        return
    if "none" in (element.attrib.pop("style", "") or ""):
        element.set("hidden", "hidden")
    for name in list(element.attrib):
        if name.startswith("on"):
            del element.attrib[name]
    source = element.get("src") or ""
    if source:
        address = media(source.rpartition("/")[2])
        if not address:  # announced by the form, and never brought
            _remove(element)
            return
        element.set("src", address)
    if element.tag == "h4":
        element.tag = "h2"
    if element.tag == "img":
        element.set("alt", "")
