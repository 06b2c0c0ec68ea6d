"""Every public name of the library is a small paper: what it says, its inputs, its errors, where it comes from.

Public is what a module at the top of the library defines, and what a package names in `__all__`, in ENTRIES, or, where it names
nothing, all it has. What packages keep for themselves has a docstring, and no more is asked of it here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Definition = ast.FunctionDef | ast.ClassDef
CITED = re.compile(
    r"Source|\((?:[^()]*[ ,])?(?:1[89]|20)\d\d\)|, (?:1[89]|20)\d\d[),.;]"
)  # "(1999)", "…, 2001)"
# Packages whose modules import a compiler or a solver: naming their entries in __init__ would load it with the package.
ENTRIES = {
    "seating": {
        "Before", "Expertise", "Fixed", "Impossible", "Mix", "Problem", "Rules", "Seating", "Unmet", "design", "diverse",
        "faded", "seat", "tables_for",
    },
    "routes": {
        "Accompaniment", "CannotPlan", "Due", "Effort", "Season", "Team", "Travel", "VisitPlan", "faults", "plan_visits",
        "replan",
    },
}  # fmt: skip
# Modules that define shapes, words or the house's own indicators: there is no formula of others to cite.
NO_SOURCE = {
    "activity", "catalogue", "compiled", "estimate", "inside", "leadership", "measure", "meetings", "options",
    "panorama", "participation", "place", "privacy", "reasons", "signals", "skills", "tables",
    "agreement/ratings", "charts/model", "counting/ballots", "counting/result", "network/change", "network/ego",
    "network/engine", "network/packing", "network/ties", "network/woven",
}  # fmt: skip


# Decorators of the compiler, and what needs an engine and files: README and tests/test_wide*.py show them.
NO_EXAMPLE = {"compiled_part", "compiled_into", "read", "roll_of", "wide.held"}


def modules() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if "tests" not in path.parts]


def definitions(path: Path) -> list[Definition]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return [one for one in body if isinstance(one, Definition) and not one.name.startswith("_")]


def public() -> Iterator[tuple[Path, Definition]]:
    for path in modules():
        package = path.parent / "__init__.py"
        if path.parent == ROOT:
            names = {one.name for one in definitions(path)}
        elif path == package:
            continue
        elif path.parent.name in ENTRIES:
            names = ENTRIES[path.parent.name]
        else:
            names = exported(package)
        yield from ((path, one) for one in definitions(path) if one.name in names)


def exported(package: Path) -> set[str]:
    for line in ast.parse(package.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(line.value))
    return {one.name for path in package.parent.glob("*.py") for one in definitions(path)}


PUBLIC = [pytest.param(path, one, id=f"{path.stem}.{one.name}") for path, one in public()]
FUNCTIONS = [one for one in PUBLIC if isinstance(one.values[1], ast.FunctionDef)]
SHAPES = {one.name for path in modules() for one in definitions(path) if isinstance(one, ast.ClassDef)}


def inputs(function: ast.FunctionDef) -> Iterator[str]:
    """The inputs whose type does not say by itself what they are: a class of the library has a docstring of its own."""
    for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]:
        named = {one.id for one in ast.walk(argument.annotation or ast.Pass()) if isinstance(one, ast.Name)}
        if not named & SHAPES:
            yield argument.arg


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_everything_says_what_it_is(path):
    said = {one.name: ast.get_docstring(one) for one in definitions(path)}
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "the module has no docstring"
    assert [name for name, doc in said.items() if not doc] == []


@pytest.mark.parametrize(("path", "one"), FUNCTIONS)
def test_a_public_function_names_its_inputs_and_its_errors(path, one):
    doc = ast.get_docstring(one) or ""
    assert [name for name in inputs(one) if name not in doc] == [], (
        "inputs of which the docstring says nothing"
    )
    if any(isinstance(node, ast.Raise) and node.exc is not None for node in ast.walk(one)):
        assert "Raise" in doc or "Error" in doc, "it can refuse, and does not say when"


@pytest.mark.parametrize(("path", "one"), FUNCTIONS)
def test_a_public_function_shows_an_example_that_runs(path, one):
    if {one.name, f"{path.parent.name}.{one.name}"} & NO_EXAMPLE:
        return
    assert ">>>" in (ast.get_docstring(one) or "")


@pytest.mark.parametrize("path", sorted({path for path, _one in public()}), ids=lambda path: path.stem)
def test_a_public_module_says_where_its_formulas_come_from(path):
    if path.relative_to(ROOT).with_suffix("").as_posix() in NO_SOURCE or path.parent.name in {
        "routes",
        "seating",
        "wide",
    }:
        return  # methods and designs of the house are told in the package's docs; wide says what its twin in memory cites
    text = path.read_text(encoding="utf-8")
    assert CITED.search(text)
