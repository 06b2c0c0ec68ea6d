"""Values of expressions as texts, numbers and booleans, as XPath 1.0 understands them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from tejido_forms.numbers import as_number, as_text_of_number
from tejido_forms.xml import Element

# Attributes of the tree that expressions read: the text of a date as it was written; whether a number is asked for.
WRITTEN: Final = "written"
NUMBER: Final = "number"


def texts(value: Any) -> list[str]:
    """The texts of the nodes in a node set; of anything else, its own text."""
    if isinstance(value, list):
        return [node if isinstance(node, str) else written(node) for node in value]
    return [as_text(value)]


def as_text(value: Any) -> str:
    """A value as text: the first node's, numbers without needless decimals, "" for NaN."""
    if isinstance(value, list):
        return texts(value[:1])[0] if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return as_text_of_number(float(value))
    return str(value)


def as_boolean(value: Any) -> bool:
    """A value as a boolean, as phones take it: a number unless 0 or NaN, a text unless empty, a node by what it holds.

    Plain XPath would take any node for true, also an empty answer.
    """
    if isinstance(value, list):
        return as_boolean(held(value[0])) if value else False
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def held(node: Any) -> str | float:
    """What a node holds: a number where its question asks for one, else text."""
    if isinstance(node, str):
        return node
    return as_number(node.text or "") if node.get(NUMBER) and node.text else written(node)


def written(node: Element) -> str:
    """The text of a node as it was written; dates are numbers of days in the tree, and texts in sentences."""
    return node.get(WRITTEN) or node.text or ""


def numeric(value: Any) -> float:
    """A value as a number: a date by its days, NaN for what is none."""
    if isinstance(value, list):
        first = value[0] if value else ""
        return as_number(first if isinstance(first, str) else (first.text or ""))
    return as_number(value if isinstance(value, int | float) else as_text(value))


def numbers_of(values: Sequence[Any]) -> list[float]:
    """Numbers of several arguments, node sets opened; blanks left out."""
    found = []
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            single = [one] if not isinstance(one, int | float | str) else one
            if as_text(single).strip():
                found.append(numeric(single))
    return found


def texts_of(values: Sequence[Any]) -> list[str]:
    return [text for value in values for text in texts(value)]
