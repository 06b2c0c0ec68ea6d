"""What every column of the answers means: one entry for each question and hidden value of a version of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tejido_forms.definition import SELECTS, FormDefinition, Node, Text
from tejido_forms.expressions import Expression
from tejido_forms.rows import META


@dataclass(frozen=True, slots=True)
class Entry:
    """One question or hidden value. labels, hints: language -> text. choices: (value, language -> label), in order.

    kind: question, note or hidden. groups: names of the groups and repeats around it, outermost first. list_name: of a list
    whose choices are not written out because they come from a file. Rules are the sources of expressions, "" where none.
    """

    position: int
    path: str
    name: str
    kind: str
    type: str
    groups: tuple[str, ...]
    repeated: bool
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    choices: tuple[tuple[str, Mapping[str, str]], ...] = ()
    list_name: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)


HEADINGS = ("position", "path", "name", "kind", "type", "groups", "repeated")
RULES = ("required", "relevant", "constraint", "calculate")


def codebook(definition: FormDefinition) -> tuple[Entry, ...]:
    """Every question, note and hidden value of `definition`, in the order of the form; its own id left out."""
    found: list[Entry] = []
    _walk(definition, definition.root, ((), False), found)
    return tuple(found)


def _walk(
    definition: FormDefinition, node: Node, where: tuple[tuple[str, ...], bool], found: list[Entry]
) -> None:
    groups, repeated = where
    for child in node.children:
        if child.kind in {"group", "repeat"}:
            _walk(definition, child, ((*groups, child.name), repeated or child.kind == "repeat"), found)
        elif child.name not in META:
            found.append(_entry(definition, child, (groups, repeated), len(found) + 1))


def _entry(
    definition: FormDefinition, node: Node, where: tuple[tuple[str, ...], bool], position: int
) -> Entry:
    languages = definition.languages
    rules: dict[str, str] = {}
    for name in RULES:
        rule = getattr(node, name)
        if isinstance(rule, Expression):
            rules[name] = rule.source
    choices = node.choices if node.type in SELECTS else ()
    return Entry(
        position=position,
        path=node.path,
        name=node.name,
        kind="note" if node.is_note else str(node.kind),
        type=node.type,
        groups=where[0],
        repeated=where[1],
        labels=_said(node.label, languages),
        hints=_said(node.hint, languages),
        choices=tuple((choice.value, _said(choice.label, languages)) for choice in choices),
        list_name=node.itemset.list_id if node.itemset else "",
        rules=rules,
    )


def _said(text: Text, languages: tuple[str, ...]) -> dict[str, str]:
    return {language: text.bare(language) for language in languages if text}


def as_table(definition: FormDefinition) -> list[list[str]]:
    """The codebook as lines of cells, headings first: one line for each entry, and one for each of its choices.

    Lines of choices repeat the path and hold value and label. Texts are as their authors wrote them: who writes them to a CSV
    guards against formulas.
    """
    languages = definition.languages
    spoken = [f"label {language}".strip() for language in languages]
    hinted = [f"hint {language}".strip() for language in languages]
    lines = [[*HEADINGS, "choice", *spoken, *hinted, *RULES]]
    for one in codebook(definition):
        start = [str(one.position), one.path, one.name, one.kind, one.type]
        start += ["/".join(one.groups), "yes" if one.repeated else ""]
        labels = [one.labels.get(language, "") for language in languages]
        hints = [one.hints.get(language, "") for language in languages]
        lines.append([*start, "", *labels, *hints, *(one.rules.get(rule, "") for rule in RULES)])
        for value, said in one.choices:
            labels = [said.get(language, "") for language in languages]
            lines.append([*start, value, *labels, *[""] * (len(languages) + len(RULES))])
    return lines
