"""A form as a page: sections and fields in order, in one language, with values; templates only have to write them down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tejido_forms.answers import Answer
from tejido_forms.definition import Choice, FormDefinition, Node, Text
from tejido_forms.expressions import scene
from tejido_forms.functions import Scene
from tejido_forms.judging import offered, repeat_of, said
from tejido_forms.rendering import always, appearance_words
from tejido_forms.words import clean
from tejido_forms.xml import Element

FieldKind = Literal[
    "note", "text", "long_text", "integer", "decimal", "date", "time", "date_time", "range",
    "one", "many", "rank", "confirm", "image", "audio", "video", "file", "place", "barcode",
]  # fmt: skip
LONG: Final = frozenset({"multiline", "textarea"})
MOST_AT_ONCE: Final = 12
_STEP: Final = re.compile(r"^(?P<name>[^\[\]]+)(?:\[(?P<at>\d{1,4})\])?$")
_KINDS: Final[Mapping[str, FieldKind]] = {
    "int": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "date_time",
    "geopoint": "place", "geotrace": "place", "geoshape": "place", "barcode": "barcode",
}  # fmt: skip
_BY_CONTROL: Final[Mapping[str, FieldKind]] = {
    "select1": "one", "select": "many", "odk:rank": "rank", "range": "range", "trigger": "confirm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as people see it. image: the name of a file, "" where none. chosen: whether the answer holds it."""

    value: str
    label: str
    image: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question or note. name: unique on the page, for the control ("group/question", "visit[2]/child").

    required: whatever the answer; required_if, relevant, constraint, calculate: sources of expressions, "" where none.
    folded: more choices than fit on a phone at once; searchable lists are better. words: of the appearance column.
    """

    name: str
    path: str
    kind: FieldKind
    label: str
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    readonly: bool = False
    required_if: str = ""
    relevant: str = ""
    constraint: str = ""
    calculate: str = ""
    constraint_message: str = ""
    required_message: str = ""
    media: Mapping[str, str] = field(default_factory=dict)
    accept: str = ""
    start: float | None = None
    end: float | None = None
    step: float | None = None
    folded: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A group, or one of the rows of a repeat (repeat: its number, 0 where it is no repeat)."""

    name: str
    path: str
    label: str
    hint: str = ""
    relevant: str = ""
    repeat: int = 0
    words: frozenset[str] = frozenset()
    parts: tuple[Section | Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody is asked, but a script needs: a calculation or a value that stands already."""

    name: str
    path: str
    value: str
    calculate: str = ""
    relevant: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """title, languages (as the form names them), the language spoken here; parts in order; what is hidden."""

    title: str
    language: str
    languages: tuple[str, ...]
    parts: tuple[Section | Field, ...]
    hidden: tuple[Hidden, ...]

    def fields(self) -> Iterator[Field]:
        """Every field, sections opened, in order."""
        yield from _fields(self.parts)


def _fields(parts: Sequence[Section | Field]) -> Iterator[Field]:
    for part in parts:
        if isinstance(part, Field):
            yield part
        else:
            yield from _fields(part.parts)


def page(answer: Answer, within: Scene, language: str = "") -> Page:
    """`answer` (from `begin` for an empty one) as a page in `language` (as the form names it; its default where unknown)."""
    definition = answer.definition
    spoken = language if language in definition.languages else definition.languages[0]
    writer = _Writer(answer, spoken)
    with scene(within):
        parts = writer.parts(answer.root)
    return Page(definition.title, spoken, definition.languages, parts, tuple(writer.hidden))


@dataclass
class _Writer:
    answer: Answer
    language: str
    hidden: list[Hidden] = field(default_factory=list)

    def parts(self, above: Element) -> tuple[Section | Field, ...]:
        found = [self.part(element, self.answer.nodes[element]) for element in above]
        return tuple(part for part in found if part is not None)

    def part(self, element: Element, node: Node) -> Section | Field | None:
        if node.kind in {"group", "repeat"}:
            return self.section(element, node)
        name = name_of(self.answer, element)
        if node.kind == "hidden":
            if node.name not in {"instanceID", "instanceName"}:
                calculated = node.calculate.source if node.calculate else ""
                relevant = node.relevant.source if node.relevant else ""
                self.hidden.append(Hidden(name, node.path, self.answer.text(element), calculated, relevant))
            return None
        return self.field(element, node, name)

    def section(self, element: Element, node: Node) -> Section | None:
        parts = self.parts(element)
        if not parts:
            return None
        last = repeat_of(self.answer, element).rpartition(".")[2] if node.kind == "repeat" else ""
        return Section(
            name=name_of(self.answer, element),
            path=node.path,
            label=self.says(node.label, element),
            hint=self.says(node.hint, element),
            relevant=node.relevant.source if node.relevant else "",
            repeat=int(last or 0),
            words=appearance_words(node),
            parts=parts,
        )

    def field(self, element: Element, node: Node, name: str) -> Field:
        value = self.answer.text(element)
        options = self.options(element, node, value)
        words = appearance_words(node)
        required = always(node.required)
        return Field(
            name=name,
            path=node.path,
            kind=kind_of(node),
            label=self.says(node.label, element),
            hint=self.says(node.hint, element),
            value=value,
            options=options,
            required=required,
            readonly=always(node.readonly) or (node.calculate is not None),
            required_if=node.required.source if node.required and not required else "",
            relevant=node.relevant.source if node.relevant else "",
            constraint=node.constraint.source if node.constraint else "",
            calculate=node.calculate.source if node.calculate else "",
            constraint_message=self.says(node.constraint_message, element),
            required_message=self.says(node.required_message, element),
            media=media_in(node.label, self.language),
            accept=node.mediatype,
            start=node.start,
            end=node.end,
            step=node.step,
            folded=len(options) > MOST_AT_ONCE or "minimal" in words,
            words=words,
        )

    def options(self, element: Element, node: Node, value: str) -> tuple[Option, ...]:
        held = {value} if node.type == "select1" else set(value.split())
        if node.itemset is None or not (node.itemset.filtered or node.itemset.shuffled):
            choices = node.choices
        else:
            by_value = {choice.value: choice for choice in node.choices}
            choices = tuple(
                by_value.get(one) or Choice(one, Text()) for one, _item in offered(self.answer, element, node)
            )
        return tuple(
            Option(
                choice.value,
                self.says(choice.label, element) or choice.value,
                media_in(choice.label, self.language).get("image", ""),
                choice.value in held,
            )
            for choice in choices
        )

    def says(self, text: Text, element: Element) -> str:
        return said(text.parts(self.language), self.answer, element)


def kind_of(node: Node) -> FieldKind:
    """How a question is asked."""
    if node.is_note:
        return "note"
    if node.control in _BY_CONTROL:
        return _BY_CONTROL[node.control]
    if node.control == "upload":
        kind = node.mediatype.partition("/")[0]
        return kind if kind in {"image", "audio", "video"} else "file"  # type: ignore[return-value]
    if node.type in _KINDS:
        return _KINDS[node.type]
    return "long_text" if appearance_words(node) & LONG else "text"


def media_in(text: Text, language: str) -> dict[str, str]:
    """kind (image, audio, video) -> file that stands with a text in `language`, else in the first that has one."""
    found = {
        kind: files.get(language) or next(iter(files.values()), "") for kind, files in text.media.items()
    }
    return {kind: file for kind, file in found.items() if file and file != "-"}


def name_of(answer: Answer, element: Element) -> str:
    """The name of an element on a page: its path below the root, repeats with their number."""
    steps: list[str] = []
    here = element
    while here is not answer.root:
        above = here.getparent()
        step = str(here.tag)
        if answer.nodes[here].kind == "repeat":
            step += f"[{[one for one in above if one.tag == here.tag].index(here) + 1}]"
        steps.insert(0, step)
        here = above
    return "/".join(steps)


def take(answer: Answer, sent: Mapping[str, Sequence[str]]) -> list[str]:
    """Put what a page sent into `answer`: name of a field -> its values. Returns the names that the form does not ask for.

    Of several choices each ticked one is a value; a field that was not sent stays as it is, one sent empty is emptied. What may
    not be written (notes, calculations, hidden nodes) counts as not asked for.
    """
    strange: list[str] = []
    for name, values in sent.items():
        element = found_at(answer, name)
        node = answer.nodes.get(element) if element is not None else None
        if element is None or node is None or not node.asked or node.children or node.calculate is not None:
            strange.append(name)
            continue
        words = [clean(value) for value in values]
        many = node.control in {"select", "odk:rank"}
        answer.put(element, " ".join(dict.fromkeys(filter(None, words))) if many else (words or [""])[-1])
    return strange


def found_at(answer: Answer, name: str) -> Element | None:
    """The element that `name_of` names so; None where there is none."""
    here = answer.root
    for step in name.split("/"):
        match = _STEP.match(step)
        if match is None:
            return None
        same = [child for child in here if child.tag == match["name"]]
        at = int(match["at"] or 1) - 1
        if not 0 <= at < len(same):
            return None
        here = same[at]
    return here


def spoken(definition: FormDefinition, wanted: Sequence[str]) -> str:
    """The language of the form that fits best: `wanted` are codes as browsers send them, dearest first ("es-CO", "pt-BR").

    The form's default where none fits.
    """
    from tejido_forms.texts import language_code

    codes = {
        language: (language_code(language) or _BY_NAME.get(language.strip().lower(), ""))
        for language in definition.languages
    }
    for want in wanted:
        for whole in (True, False):
            for language, code in codes.items():
                same = code.lower() == want.lower() if whole else _first(code) == _first(want)
                if code and same:
                    return language
    return definition.languages[0]


def _first(code: str) -> str:
    return code.lower().partition("-")[0]


_BY_NAME: Final = {
    "english": "en", "español": "es", "espanol": "es", "spanish": "es", "castellano": "es", "português": "pt",
    "portugues": "pt", "portuguese": "pt", "french": "fr", "français": "fr", "swahili": "sw",
}  # fmt: skip
