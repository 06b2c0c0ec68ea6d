"""The texts of a form: itext in several languages, labels written in place, values set into them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tejido_forms.definition import Choice, Itemset, Part, Text
from tejido_forms.expressions import Expression
from tejido_forms.xml import Element, local

_ITEXT: Final = re.compile(r"jr:itext\(\s*['\"](.+?)['\"]\s*\)\s*$")
_CODE: Final = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\)\s*$")
Compile = Callable[[str, str, str], Expression | None]


class TextReader:
    """languages: as the form names them, its default first; ("",) where it names none. files: media that texts show."""

    def __init__(self, model: Element, compile_one: Compile) -> None:
        self._compile = compile_one
        self.files: set[str] = set()
        translations = list(model.iter("{*}translation"))
        translations.sort(key=lambda one: one.get("default") is None)
        self.languages = tuple(one.get("lang") or "" for one in translations) or ("",)
        self.texts: dict[str, Text] = {}
        for translation in translations:
            for text in translation:
                self._add(translation.get("lang") or "", text)

    def _add(self, language: str, element: Element) -> None:
        name = element.get("id") or ""
        known = self.texts.get(name) or Text()
        says, media = dict(known.says), {kind: dict(files) for kind, files in known.media.items()}
        for value in element:
            kind = value.get("form") or ""
            if not kind:
                says[language] = self.parts(value, name)
            elif (value.text or "").startswith("jr://"):
                file = (value.text or "").strip().rpartition("/")[2]
                media.setdefault(kind, {})[language] = file
                if file != "-":
                    self.files.add(file)
        self.texts[name] = Text(says, media)

    def parts(self, element: Element, name: str) -> tuple[Part, ...]:
        """The text of an element, with the expressions that <output> sets into it."""
        found: list[Part] = [element.text or ""]
        for child in element:
            source = child.get("value") or child.get("ref") or ""
            expression = self._compile(source, "label", name) if local(child) == "output" and source else None
            found += [*([expression] if expression else []), child.tail or ""]
        return tuple(part for part in found if part != "")

    def under(self, element: Element, name: str) -> Text:
        """What the child `name` (label, hint) of `element` says."""
        found = next((one for one in element if local(one) == name), None)
        if found is None:
            return Text()
        if found.get("ref"):
            return self.said(found.get("ref") or "")
        parts = self.parts(found, name)
        return Text({self.languages[0]: parts}) if parts else Text()

    def said(self, source: str) -> Text:
        """The text that `source` names with jr:itext('id'), or `source` itself."""
        found = _ITEXT.match(source.strip())
        if found:
            return self.texts.get(found[1]) or Text()
        return Text({self.languages[0]: (source,)}) if source.strip() else Text()

    def choice(self, item: Element, itemset: Itemset) -> Choice:
        """An item of a list as a choice."""
        label = (item.findtext(itemset.label) or "").strip()
        value = (item.findtext(itemset.value) or "").strip()
        if itemset.label_is_text:
            return Choice(value, self.texts.get(label) or Text())
        return Choice(value, Text({self.languages[0]: (label,)}) if label else Text())


def language_code(name: str) -> str:
    """The code in the name of a form's language; "" where there is none.

    >>> language_code("Español (es)"), language_code("pt-BR"), language_code("English")
    ('es', 'pt-BR', '')
    """
    found = _CODE.search(name)
    if found:
        return found[1]
    return name if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", name) else ""
