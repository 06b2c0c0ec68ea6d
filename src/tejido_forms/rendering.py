"""How a form can be shown: by a plain page, by a page with a small script, or only by a full engine; and why.

`light` pages need no script at all. `script` pages are whole without one too (every question shows, the server leaves out what
does not apply) and are easier with it. What neither can show – repeats, ranks, signatures, maps – is for the engine or a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tejido_forms.definition import FormDefinition, Node
from tejido_forms.expressions import Expression

Way = Literal["light", "script", "engine"]
WAYS: Final[tuple[Way, ...]] = ("light", "script", "engine")
# code -> what it means, in plain English. Callers translate; a test keeps the list complete.
REASONS: Final = {
    "repeat": "questions that are asked as often as needed",
    "rank": "choices to be put in order",
    "drawing": "a signature, a drawing or notes on a picture",
    "place": "a place, a line or an area on the map",
    "barcode": "a code to be scanned",
    "other_app": "another app on the phone",
    "filtered_choices": "choices that depend on an earlier answer",
    "value_in_text": "a text that shows an earlier answer",
    "list_in_rule": "a rule that looks into a list or a repeat",
    "watching": "answers that change other answers",
    "relevance": "questions that are asked only of some",
    "rule": "answers that are checked while they are given",
    "calculation": "a value that is worked out while answering",
}
ENGINE_REASONS: Final = frozenset(
    {"repeat", "rank", "drawing", "place", "barcode", "other_app"}
    | {"filtered_choices", "value_in_text", "list_in_rule", "watching"}
)
PLACES: Final = frozenset({"geopoint", "geotrace", "geoshape"})
DRAWINGS: Final = frozenset({"signature", "draw", "annotate"})
OF_LISTS: Final = frozenset({"instance", "pulldata", "indexed-repeat", "position", "randomize"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page with less would not do. code: a key of `REASONS`; path: the node."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Showing:
    """way: the lightest that shows all of the form. reasons: why nothing lighter does, in the order of the form."""

    way: Way
    reasons: tuple[Reason, ...]


def showing(definition: FormDefinition) -> Showing:
    """The lightest way in which `definition` can be shown, with the reasons. Cost: one walk over the form."""
    live = live_paths(definition)
    reasons = [
        Reason(code, node.path) for node in definition.nodes() for code in _reasons(node, node.path in live)
    ]
    if definition.watches:
        reasons.append(Reason("watching", definition.root.path))
    for_engine = tuple(reason for reason in reasons if reason.code in ENGINE_REASONS)
    if for_engine:
        return Showing("engine", for_engine)
    return Showing("script" if reasons else "light", tuple(reasons))


def live_paths(definition: FormDefinition) -> frozenset[str]:
    """Calculations that somebody sees or that decide something while answering; others can wait for the server."""
    wanted = [
        path
        for node in definition.nodes()
        for rule in _deciding(node)
        for path in (*rule.paths, *(_below(definition, rule)))
    ]
    found: set[str] = set()
    while wanted:
        path = wanted.pop()
        node = definition.by_path.get(path)
        if node is None or path in found or node.calculate is None:
            continue
        found.add(path)
        wanted += node.calculate.paths
    seen = {node.path for node in definition.nodes() if node.calculate is not None and node.control}
    return frozenset(found | seen)


def _deciding(node: Node) -> Iterator[Expression]:
    for rule in (node.relevant, node.required, node.constraint, node.count):
        if rule is not None:
            yield rule
    if node.itemset is not None:
        yield node.itemset.nodeset
    for text in (node.label, node.hint):
        for parts in text.says.values():
            yield from (part for part in parts if isinstance(part, Expression))


def _looks_at_answers(rule: Expression) -> bool:
    """Whether the rule depends on the answer, and not on the list alone."""
    return bool(rule.paths) or "../" in rule.source or "current()" in rule.source


def _below(definition: FormDefinition, rule: Expression) -> set[str]:
    """Paths that a rule names without their beginning: relative ones cannot be told apart, so every calculation counts."""
    if rule.paths or not _looks_at_answers(rule):
        return set()
    return {node.path for node in definition.nodes() if node.calculate is not None}


def _reasons(node: Node, is_live: bool) -> Iterator[str]:
    yield from _of_control(node)
    yield from _of_texts(node)
    rules = [rule for rule in (node.relevant, node.constraint, node.required) if rule is not None]
    if is_live and node.calculate is not None:
        rules.append(node.calculate)
    if any(rule.functions & OF_LISTS for rule in rules):
        yield "list_in_rule"
    if node.relevant is not None:
        yield "relevance"
    if node.constraint is not None or (node.required is not None and not always(node.required)):
        yield "rule"
    if is_live:
        yield "calculation"


def _of_control(node: Node) -> Iterator[str]:
    words = appearance_words(node)
    if node.kind == "repeat":
        yield "repeat"
    if node.type == "odk:rank" or node.control == "odk:rank":
        yield "rank"
    if node.control and node.type in PLACES:
        yield "place"
    if node.control and node.type == "barcode":
        yield "barcode"
    if node.control == "upload" and words & DRAWINGS:
        yield "drawing"
    if any(word.startswith("ex:") for word in words) or "intent" in node.appearance:
        yield "other_app"
    if node.itemset is not None and _looks_at_answers(node.itemset.nodeset):
        yield "filtered_choices"


def _of_texts(node: Node) -> Iterator[str]:
    said = (node.label, node.hint, *(choice.label for choice in node.choices))
    if any(isinstance(part, Expression) for text in said for parts in text.says.values() for part in parts):
        yield "value_in_text"


def always(rule: Expression | None) -> bool:
    """Whether a rule holds whatever the answer: required="true()", "yes" has become that."""
    return rule is not None and rule.source.replace(" ", "") in {"true()", "1", "1=1"}


def appearance_words(node: Node) -> frozenset[str]:
    """The words of the appearance column, without what stands in their brackets."""
    return frozenset(word.partition("(")[0] for word in node.appearance.split())
