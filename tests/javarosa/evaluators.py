"""The table of expressions, worked out by our own evaluator, by JavaRosa and by the one of browsers."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

from tejido_forms.answers import lay
from tejido_forms.compiling import compile_form
from tejido_forms.expressions import (
    EvaluationFailed,
    ExpressionProblem,
    compile_expression,
    names_in_predicates,
    scene,
)
from tejido_forms.judging import scene_for
from tejido_forms.lists import filled
from tejido_forms.tokens import tokens
from tejido_forms.xml import Element, parse
from tests.javarosa.engine import HERE, run

HERE_PATH = "/data/here"
FORM = HERE / "table.xml"
EXPRESSIONS = [line for line in (HERE / "table.txt").read_text(encoding="utf-8").splitlines() if line]


def ours() -> list[str]:
    """What each expression comes to here."""
    form = compile_form(FORM.read_bytes())
    answer = lay(form, _first_answer())
    (here,) = answer.at(HERE_PATH)
    for source in EXPRESSIONS:  # as the compiler does for the expressions of a form
        filled(form.instances["schools"], names_in_predicates(tokens(source)))
    with scene(scene_for(form, dt.datetime.now(dt.UTC))):
        return [_ours(source, here, answer.root) for source in EXPRESSIONS]


def _ours(source: str, here: Element, root: Element) -> str:
    try:
        expression = compile_expression(source)
        value = expression.value(here, root)
    except (ExpressionProblem, EvaluationFailed) as error:
        return f"error: {error}"
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return expression.text(here, root)


def _first_answer() -> bytes:
    """The primary instance of the form, as a submission."""
    from lxml import etree

    from tejido_forms.lists import plain_copy

    instance = next(parse(FORM.read_bytes()).iter("{*}instance"))
    return bytes(etree.tostring(plain_copy(instance)[0], encoding="UTF-8"))


def javarosas(folder: Path) -> list[str]:
    """What each expression comes to on phones."""
    asked = folder / "expressions.txt"
    lines = [f"{HERE_PATH}\t{source}" for source in EXPRESSIONS]
    asked.write_text("\n".join(lines), encoding="utf-8")
    return run("Evaluate", folder, [str(FORM), str(asked)])


def same(one: str, other: str) -> bool:
    """Whether two results mean the same: numbers up to 1e-9 of their size, anything else letter by letter."""
    if one.startswith("error") or other.startswith("error"):
        return one.startswith("error") and other.startswith("error")
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12) or one == other
    except ValueError:
        return one == other
