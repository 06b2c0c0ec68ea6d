"""Expressions of a form, compiled once: XPath 1.0 with the OpenRosa functions, on lxml.

Two things differ from plain XPath. An absolute path must mean the answer also inside instance('x')/…[…], where libxml2
would look in the other document: it is bound to the variable $d. `current()` is bound to $c, the node asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import regex
from lxml import etree

from tejido_forms import functions
from tejido_forms.functions import RENAMED, Scene, scene_of_now
from tejido_forms.problems import Problem
from tejido_forms.tokens import BadExpression, Token, ends_operand, tokens
from tejido_forms.values import as_boolean, as_text
from tejido_forms.xml import Element

LONGEST_PATTERN: Final = 1000
LONGEST_EXPRESSION: Final = 20_000
MOMENTS: Final = frozenset({"today", "now", "date", "date-time"})

Value = str | float | bool | list[Element]


class EvaluationFailed(ValueError):
    """An expression that could not be worked out on this answer; the message is for programmers."""


@dataclass(frozen=True, slots=True)
class Expression:
    """source: as the XForm has it. paths: absolute paths that it names. functions: those that it calls.

    gives_moment: whether its value is a date or time as a number of days, to be written as ISO.
    """

    source: str
    paths: frozenset[str]
    functions: frozenset[str]
    gives_moment: bool
    _xpath: etree.XPath = field(repr=False, compare=False)

    def value(self, node: Element, root: Element) -> Value:
        """What it comes to at `node` of the answer `root`, inside a `scene`. Raises EvaluationFailed."""
        try:
            return self._xpath(node, d=root, c=node)  # type: ignore[no-any-return]
        except (
            etree.XPathError,
            ValueError,
            TypeError,
            OverflowError,
            TimeoutError,
            RecursionError,
        ) as error:
            raise EvaluationFailed(f"{self.source}: {error}") from error

    def holds(self, node: Element, root: Element) -> bool:
        """Its value as a boolean, as XPath understands it."""
        return as_boolean(self.value(node, root))

    def text(self, node: Element, root: Element) -> str:
        """Its value as text: numbers without needless decimals, NaN as "", dates as ISO where it gives a moment."""
        value = self.value(node, root)
        if self.gives_moment and isinstance(value, float):
            from tejido_forms.dates import iso

            return iso(value)
        return as_text(value)


def compile_expression(source: str) -> Expression:
    """Compile `source`. Raises ExpressionProblem with the code and detail of the `Problem` to be told."""
    if len(source) > LONGEST_EXPRESSION:
        raise ExpressionProblem("wrong_expression", said=f"longer than {LONGEST_EXPRESSION}")
    try:
        cut = tokens(source)
    except BadExpression as error:
        raise ExpressionProblem("wrong_expression", said=str(error)) from error
    called = frozenset(token.text for token in cut if token.kind == "function")
    for name in sorted(called):
        if name not in functions.KNOWN:
            raise ExpressionProblem("unknown_function", function=name)
    check_patterns(cut)
    written = rewritten(cut)
    try:
        xpath = etree.XPath(written, extensions=functions.EXTENSIONS, namespaces={"jr": functions.JAVAROSA})
    except etree.XPathSyntaxError as error:
        raise ExpressionProblem("wrong_expression", said=str(error)) from error
    return Expression(source, absolute_paths(cut), called, gives_moment(cut), xpath)


class ExpressionProblem(ValueError):
    """Why an expression cannot be used: a code of `problems.FORM_PROBLEMS` and its detail."""

    def __init__(self, code: str, **detail: str | int) -> None:
        super().__init__(f"{code} {detail}")
        self.code, self.detail = code, detail

    def at(self, source: str, column: str, name: str) -> Problem:
        return Problem(
            self.code, column=column, name=name, detail={**self.detail, "expression": source[:200]}
        )


def check_patterns(cut: list[Token]) -> None:
    """Patterns of regex() that are written out must be readable and short. Raises ExpressionProblem."""
    for pattern in written_patterns(cut):
        if len(pattern) > LONGEST_PATTERN:
            raise ExpressionProblem("forbidden_regex", limit=LONGEST_PATTERN)
        try:
            regex.compile(pattern)
        except regex.error as error:
            raise ExpressionProblem("forbidden_regex", limit=LONGEST_PATTERN, said=str(error)) from error


def written_patterns(cut: list[Token]) -> Iterator[str]:
    """The literal second arguments of regex()."""
    for place, token in enumerate(cut):
        if token.kind == "function" and token.text == "regex":
            second = _arguments(cut, place)[1:2]
            if second and len(second[0]) == 1 and second[0][0].kind == "literal":
                yield second[0][0].text[1:-1]


def _arguments(cut: list[Token], function: int) -> list[list[Token]]:
    """The tokens of each argument of the function at that place."""
    depth, parts = 0, [[]]  # type: ignore[var-annotated]
    for token in cut[function + 1 :]:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0:
            break
        if token.kind == "open" and depth == 1:
            continue
        if token.text == "," and depth == 1 and token.kind == "operator":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def rewritten(cut: list[Token]) -> str:
    """XPath that libxml2 understands as the form means it.

    >>> rewritten(tokens("instance('r')/root/item[school = /data/school and round(x, 1) = current()/../y]"))
    "o-instance('r')/root/item[school=$d/school and o-round(x,1)=$c/../y]"
    """
    parts: list[str] = []
    before: list[Token] = []
    skip = 0
    for place, token in enumerate(cut):
        if skip:
            skip -= 1
        elif token.kind == "slash" and token.text == "/" and not ends_operand(before):
            follows = cut[place + 1] if place + 1 < len(cut) else None
            parts.append("$d")
            skip = 1 if follows is not None and follows.kind == "name" else 0
        elif token.kind == "function" and token.text == "current":
            parts.append("$c")
            skip = 2
        elif token.kind == "function":
            parts.append(RENAMED.get(token.text, token.text))
        elif token.kind == "operator" and token.text in {"and", "or", "div", "mod"}:
            parts.append(f" {token.text} ")
        elif token.text == "-":
            parts.append(" - ")
        elif token.text == "//" and not ends_operand(before):
            parts.append("$d/descendant-or-self::node()/")
        else:
            parts.append(token.text)
        before.append(token if token.kind != "function" or token.text != "current" else Token("close", ")"))
    return "".join(parts)


def absolute_paths(cut: list[Token]) -> frozenset[str]:
    """The absolute paths that an expression names, predicates left out: /data/a[1]/b is /data/a/b.

    >>> sorted(absolute_paths(tokens("/data/a[1]/b > count(/data/c)")))
    ['/data/a/b', '/data/c']
    """
    found: set[str] = set()
    for place, token in enumerate(cut):
        if token.text == "/" and not ends_operand(cut[:place]):
            found.add(_path_from(cut, place))
    return frozenset(path for path in found if len(path) > 1)


def _path_from(cut: list[Token], place: int) -> str:
    path, depth = "", 0
    for token in cut[place:]:
        if token.text == "[":
            depth += 1
        elif token.text == "]":
            depth -= 1
            if depth < 0:
                break
        elif depth:
            continue
        elif (token.kind == "slash" and token.text == "/") or (token.kind == "name" and path.endswith("/")):
            path += token.text
        else:
            break
    return path.rstrip("/")


def names_in_predicates(cut: list[Token]) -> list[str]:
    """Names of children that predicates ask for: item[school = /data/x and grade > 2] asks for school and grade.

    >>> names_in_predicates(tokens("instance('r')/root/item[school = /data/x and position() > 1]/name"))
    ['school']
    """
    found: list[str] = []
    depth = 0
    for place, token in enumerate(cut):
        depth += {"[": 1, "]": -1}.get(token.text, 0) if token.kind in {"open", "close"} else 0
        if (
            depth
            and token.kind == "name"
            and ":" not in token.text
            and cut[place - 1].text not in {"/", "//", "*", "@"}
        ):
            found.append(token.text)
    return [name for name in dict.fromkeys(found) if name != "*"]


def gives_moment(cut: list[Token]) -> bool:
    """Whether the whole expression is one call of today(), now() or date(), also inside once().

    >>> [gives_moment(tokens(text)) for text in ("today()", "once(now())", "today() + 1", "year(today())")]
    [True, True, False, False]
    """
    if not cut or cut[0].kind != "function":
        return False
    parts = _arguments(cut, 0)
    whole = sum(len(part) for part in parts) + len(parts) - 1 + 3 == len(cut)
    if not whole:
        return False
    if cut[0].text == "once":
        return gives_moment(parts[0])
    return cut[0].text in MOMENTS


@contextmanager
def scene(of: Scene) -> Iterator[None]:
    """What expressions may see beside the answer while the block runs: the day, the lists, the definition."""
    token = scene_of_now.set(of)
    try:
        yield
    finally:
        scene_of_now.reset(token)
