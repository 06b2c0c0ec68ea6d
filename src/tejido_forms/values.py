"""Values of expressions as texts, numbers and booleans, as XPath 1.0 understands them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tejido_forms.numbers import as_number, as_text_of_number


def texts(value: Any) -> list[str]:
    """The texts of the nodes in a node set; of anything else, its own text."""
    if isinstance(value, list):
        return [node if isinstance(node, str) else (node.text or "") for node in value]
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
    """A value as a boolean: a number unless 0 or NaN, a text unless empty, a node set unless empty."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def numeric(value: Any) -> float:
    return as_number(value if isinstance(value, int | float) else as_text(value))


def numbers_of(values: Sequence[Any]) -> list[float]:
    """Numbers of several arguments, node sets opened; blanks left out."""
    flat = [text for value in values for text in texts(value)]
    return [as_number(text) for text in flat if text.strip()]


def texts_of(values: Sequence[Any]) -> list[str]:
    return [text for value in values for text in texts(value)]
