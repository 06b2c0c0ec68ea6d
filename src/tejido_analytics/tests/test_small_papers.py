"""Every public name of the statistics says what it is, and every public function shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[1]
PARTS = ("agreement", "charts", "counting", "effects", "scales")


def definitions() -> Iterator[tuple[str, ast.AST]]:
    for part in PARTS:
        for path in sorted((LIBRARY / part).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield f"{part}/{path.name}", tree
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                    yield f"{part}/{path.name}:{node.name}", node


@pytest.mark.parametrize(("name", "node"), list(definitions()))
def test_it_is_a_small_paper(name, node):
    said = ast.get_docstring(node) or ""
    assert len(said) > 20, f"{name} says nothing"
    if isinstance(node, ast.FunctionDef):
        assert ">>>" in said, f"{name} shows no example"
