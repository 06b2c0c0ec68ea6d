"""Whether an answer keeps to its form: what is relevant, what is calculated, what is missing, what cannot be."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from tejido_forms.answers import Answer
from tejido_forms.definition import SELECTS, FormDefinition, Node
from tejido_forms.expressions import EvaluationFailed, Expression, Value, scene
from tejido_forms.functions import Scene
from tejido_forms.types import fits
from tejido_forms.values import as_text
from tejido_forms.xml import Element

Code = Literal[
    "required", "constraint", "wrong_type", "unknown_choice", "not_relevant", "unknown_node", "cannot_judge"
]
ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that an answer does not keep to. repeat: which of the repeats, "2.1"; "" outside of any."""

    code: Code
    path: str
    repeat: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """flags, in the order of the answer. irrelevant: elements that the form does not ask for, given the rest."""

    flags: tuple[Flag, ...]
    irrelevant: Mapping[Element, str] = field(repr=False, default_factory=dict)


def scene_for(definition: FormDefinition, now: dt.datetime, language: str = "", seed: str = "") -> Scene:
    """What expressions of this form see: the moment, the lists, the labels in `language`; chance from `seed`."""
    spoken = language or definition.languages[0]

    def label_of(path: str, value: str) -> str:
        node = definition.by_path.get(path.strip())
        choices = node.choices if node else ()
        return next((one.label.plain(spoken) for one in choices if one.value == value), value)

    def text_of(name: str) -> str:
        found = definition.texts.get(name)
        return found.plain(spoken) if found else name

    draw = random.Random(seed)
    return Scene(
        now=now, instances=definition.instances, label_of=label_of, text_of=text_of, random=draw.random
    )


def judge(
    answer: Answer, within: Scene, *, settle: bool = False, skip: Callable[[Node], bool] | None = None
) -> Judgement:
    """Judge every node of `answer`.

    settle: answers from a page that calculates nothing itself: calculations are worked out here, and values of what turns out
    not to be relevant do not count (and are to be left out when written). Otherwise values stay as sent, and are flagged.
    skip: nodes whose values are not looked at. Cost grows with nodes times expressions.
    """
    with scene(within):
        irrelevant = _settle(answer) if settle else _irrelevant(answer, {})
        flags = [Flag("unknown_node", path) for path in answer.unknown]
        for element, node in answer.nodes.items():
            if skip is not None and skip(node):
                continue
            if element in irrelevant:
                if not settle and not node.children and answer.text(element) and node.kind == "question":
                    flags.append(_flag("not_relevant", answer, element))
            elif node.kind in {"question", "hidden"} and not node.children:
                flags += _judge_one(answer, element, node)
        return Judgement(tuple(flags), irrelevant)


def _judge_one(answer: Answer, element: Element, node: Node) -> list[Flag]:
    text = answer.text(element)
    if not text:
        needed = (
            node.kind == "question" and not node.is_note and _holds(node.required, answer, element, False)
        )
        return [_flag("required", answer, element)] if needed else []
    if not fits(text, node.type):
        return [_flag("wrong_type", answer, element)]
    if node.type in SELECTS and not choices_hold(answer, element, node, text):
        return [_flag("unknown_choice", answer, element)]
    try:
        kept = node.constraint is None or node.constraint.holds(element, answer.root)
    except EvaluationFailed:
        return [_flag("cannot_judge", answer, element)]
    return [] if kept else [_flag("constraint", answer, element)]


def choices_hold(answer: Answer, element: Element, node: Node, text: str) -> bool:
    """Whether every value in `text` is a choice that the question offers, given the rest of the answer."""
    values = [text] if node.type == "select1" else text.split()
    if node.itemset is None:
        return not node.choices or set(values) <= {choice.value for choice in node.choices}
    if node.itemset.list_id and node.itemset.list_id not in answer.definition.instances:
        return True  # the list is in a file that is not here: nobody can tell
    return set(values) <= {value for value, _item in offered(answer, element, node)}


def offered(answer: Answer, element: Element, node: Node) -> list[tuple[str, Element]]:
    """(value, item) of every choice that a question with an itemset offers now. Runs inside a scene."""
    if node.itemset is None:
        return []
    try:
        items = node.itemset.nodeset.value(element, answer.root)
    except EvaluationFailed:
        return []
    found = []
    for item in items if isinstance(items, list) else ():
        value = item.find(node.itemset.value)
        found.append(((value.text if value is not None else "") or "", item))
    return found


def _settle(answer: Answer) -> dict[Element, str]:
    """Calculations and relevance until neither changes: each may depend on the other. What is not relevant reads as empty."""
    kept: dict[Element, str] = {}
    irrelevant: dict[Element, str] = {}
    for _round in range(ROUNDS):
        changed = _calculate(answer, irrelevant)
        now = _irrelevant(answer, kept)
        for element in [one for one in now if one not in kept]:
            kept[element] = answer.text(element)
            if not answer.nodes[element].children and kept[element]:
                answer.put(element, "")
                changed = True
        for element in [one for one in kept if one not in now]:
            if kept[element] and not answer.nodes[element].children:
                answer.put(element, kept[element])
                changed = True
            del kept[element]
        settled = not changed and now.keys() == irrelevant.keys()
        irrelevant = now
        if settled:
            break
    return irrelevant


def _calculate(answer: Answer, irrelevant: Mapping[Element, str]) -> bool:
    changed = False
    for element, node in answer.nodes.items():
        if node.calculate is None or element in irrelevant:
            continue
        try:
            value = node.calculate.text(element, answer.root)
        except EvaluationFailed:
            continue  # judged again, and said, when the answer is looked at
        if value != answer.text(element):
            answer.put(element, value)
            changed = True
    return changed


def _irrelevant(answer: Answer, _kept: Mapping[Element, str]) -> dict[Element, str]:
    """Elements that are not relevant, those inside them too; with their text."""
    found: dict[Element, str] = {}
    for element, node in answer.nodes.items():
        above = element.getparent()
        if (above is not None and above in found) or not _holds(node.relevant, answer, element, True):
            found[element] = answer.text(element)
    return found


def _holds(rule: Expression | None, answer: Answer, element: Element, otherwise: bool) -> bool:
    if rule is None:
        return otherwise
    try:
        return rule.holds(element, answer.root)
    except EvaluationFailed:
        return otherwise


def _flag(code: Code, answer: Answer, element: Element) -> Flag:
    return Flag(code, answer.nodes[element].path, repeat_of(answer, element), answer.text(element)[:200])


def repeat_of(answer: Answer, element: Element) -> str:
    """Which of the repeats an element stands in: "2.1" is the first inner one of the second; "" outside of any."""
    places: list[str] = []
    here: Element | None = element
    while here is not None:
        node = answer.nodes.get(here)
        above = here.getparent()
        if node is not None and node.kind == "repeat" and above is not None:
            same = [one for one in above if one.tag == here.tag]
            places.insert(0, str(same.index(here) + 1))
        here = above
    return ".".join(places)


def said(text_parts: tuple[str | Expression, ...], answer: Answer, element: Element) -> str:
    """A label with what its expressions come to in this answer. Runs inside a scene."""
    parts: list[str] = []
    for part in text_parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        try:
            value: Value = part.value(element, answer.root)
        except EvaluationFailed:
            continue
        if isinstance(value, list) and value:
            parts.append(answer.raw.get(value[0], as_text(value)))
        else:
            parts.append(part.text(element, answer.root))
    return "".join(parts).strip()
