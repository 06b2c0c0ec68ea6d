"""XPath 1.0 cut into tokens, so far as rewriting needs it: names, functions, paths, literals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "name", "function", "literal", "number", "slash", "dot", "operator", "open", "close", "variable", "axis"
]

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN: Final = re.compile(
    rf"""(?P<space>\s+)
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<dot>\.\.|\.)
    |(?P<axis>{_NAME}::)
    |(?P<variable>\$\s*{_NAME}(?::{_NAME})?)
    |(?P<name>{_NAME}(?::(?:{_NAME}|\*))?)
    |(?P<slash>//|/)
    |(?P<open>[(\[])
    |(?P<close>[)\]])
    |(?P<operator><=|>=|!=|[=<>|+\-*,@])
    """,
    re.VERBOSE,
)
_WORDS: Final = frozenset({"and", "or", "div", "mod"})
NODE_TYPES: Final = frozenset({"node", "text", "comment", "processing-instruction"})


class BadExpression(ValueError):
    """Text that is no XPath."""


@dataclass(frozen=True, slots=True)
class Token:
    """kind, and the text as written (functions without their bracket)."""

    kind: Kind
    text: str


def tokens(source: str) -> list[Token]:
    """The tokens of `source`, white space left out. Raises BadExpression at the first sign that XPath does not know.

    >>> [(token.kind, token.text) for token in tokens("count(/d/a) >= .5 and ../b != 'x'")][:5]
    [('function', 'count'), ('open', '('), ('slash', '/'), ('name', 'd'), ('slash', '/')]
    """
    found: list[Token] = []
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise BadExpression(f"{source[place]!r} at {place + 1}")
        kind, text, place = match.lastgroup or "", match.group(), match.end()
        if kind == "space":
            continue
        if kind == "name" and source[place:].lstrip().startswith("(") and text not in NODE_TYPES:
            kind = "operator" if text in _WORDS and ends_operand(found) else "function"
        elif (kind == "name" and text in _WORDS and ends_operand(found)) or (
            text == "*" and not ends_operand(found)
        ):
            kind = "operator" if text != "*" else "name"
        found.append(Token(kind, text))  # type: ignore[arg-type]
    return found


def ends_operand(before: list[Token]) -> bool:
    """Whether what came so far could stand left of an operator: then "/" goes on with a path and "*" multiplies."""
    return bool(before) and before[-1].kind in {"name", "literal", "number", "dot", "close", "variable"}
