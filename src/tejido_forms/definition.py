"""A form as the rest of the house sees it: nodes in the order of the answer, with compiled expressions and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from tejido_forms.expressions import Expression
from tejido_forms.markup import without_marks
from tejido_forms.problems import Problem
from tejido_forms.xml import Element

Kind = Literal["group", "repeat", "question", "hidden"]
Part = str | Expression
SELECTS: Final = frozenset({"select1", "select", "odk:rank"})
DATED: Final = frozenset({"date", "dateTime"})


@dataclass(frozen=True, slots=True)
class Text:
    """What a form says somewhere. says: language -> parts, texts and expressions in turn. media: kind -> language -> file."""

    says: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    media: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.says or self.media)

    def parts(self, language: str) -> tuple[Part, ...]:
        """The parts in `language`, else in the first language that says something here."""
        found = self.says.get(language)
        return found if found else next((parts for parts in self.says.values() if parts), ())

    def plain(self, language: str) -> str:
        """As one text, with "…" where an expression stands."""
        return "".join(part if isinstance(part, str) else "…" for part in self.parts(language)).strip()

    def bare(self, language: str) -> str:
        """As `plain`, without the marks of emphasis, headings and links: for lists, tables and charts."""
        return without_marks(self.plain(language))


@dataclass(frozen=True, slots=True)
class Choice:
    """value: what the answer holds, without blanks. label: what people read."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices that come from a list: `nodeset` gives its items at the question, `list_id` names it.

    value, label: names of the item's children; label_is_text: whether that child names a text of the form.
    filtered: whether the list depends on the answer; shuffled: whether its order is by chance.
    """

    list_id: str
    nodeset: Expression
    value: str
    label: str
    label_is_text: bool
    filtered: bool
    shuffled: bool


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the answer. path: absolute, names without namespace ("/data/group/question").

    kind: hidden nodes hold what nobody is asked (calculations, time stamps). type: of the bind, "string" where none.
    control: input, select1, select, odk:rank, upload, trigger, range, or "" where nobody is asked.
    start, end, step: of a range. count: of a repeat, how many; fixed where nobody may add one.
    """

    path: str
    name: str
    kind: Kind
    type: str = "string"
    control: str = ""
    appearance: str = ""
    label: Text = field(default_factory=Text)
    hint: Text = field(default_factory=Text)
    relevant: Expression | None = None
    required: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    readonly: Expression | None = None
    constraint_message: Text = field(default_factory=Text)
    required_message: Text = field(default_factory=Text)
    choices: tuple[Choice, ...] = ()
    itemset: Itemset | None = None
    default: str = ""
    preload: str = ""
    preload_params: str = ""
    mediatype: str = ""
    start: float | None = None
    end: float | None = None
    step: float | None = None
    count: Expression | None = None
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the answer."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def asked(self) -> bool:
        """Whether somebody is asked for a value here (a note asks nothing)."""
        return self.kind == "question" and not self.is_note

    @property
    def is_note(self) -> bool:
        """Whether this only says something: a text that nobody can write in."""
        return (
            self.kind == "question"
            and self.control == "input"
            and self.readonly is not None
            and self.readonly.source.strip() == "true()"
        )


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A form compiled from its XForm.

    form_id, version: what answers name. languages: in the order of the form, default first; ("",) where it names none.
    root: the node of the whole answer. instances: list id -> wrapper of the list, for expressions.
    files: names of the files that the form needs (lists and media). first_values: (path, value) when an answer begins.
    watches: whether a value changes others when it changes (setvalue in a question), which only full engines do.
    """

    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    root: Node
    namespace: str
    instances: Mapping[str, Element]
    files: tuple[str, ...]
    first_values: tuple[tuple[str, Expression], ...]
    watches: bool
    problems: tuple[Problem, ...]
    xform: bytes = field(repr=False)
    by_path: Mapping[str, Node] = field(repr=False, default_factory=dict)
    texts: Mapping[str, Text] = field(repr=False, default_factory=dict)

    def nodes(self) -> Iterator[Node]:
        """Every node below the root, in the order of the answer."""
        for child in self.root.children:
            yield from child.walk()

    @property
    def questions(self) -> tuple[Node, ...]:
        """What somebody is asked, in order."""
        return tuple(node for node in self.nodes() if node.asked)

    @property
    def has_dates(self) -> bool:
        return any(node.type in DATED for node in self.nodes())
