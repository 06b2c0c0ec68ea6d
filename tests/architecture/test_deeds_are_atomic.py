"""A service that announces a fact is one transaction. (pytest's own transaction hides a missing one.)"""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "tejido"


def services() -> list[Path]:
    return [p for p in SOURCE.rglob("*.py") if p.name == "services.py" or p.parent.name == "services"]


def announces(deed: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("announce")
        for node in ast.walk(deed)
    )


def test_every_deed_is_one_transaction():
    loose = [
        f"{path.relative_to(SOURCE)}:{deed.name}"
        for path in services()
        for deed in ast.parse(path.read_text()).body
        if isinstance(deed, ast.FunctionDef)
        and announces(deed)
        and not any("transaction.atomic" in ast.unparse(d) for d in deed.decorator_list)
    ]
    assert services()
    assert not loose, f"decorate with @transaction.atomic: {loose}"


def test_the_actor_is_always_said_by_name():
    silent = [
        f"{path.relative_to(SOURCE)}:{deed.name}"
        for path in services()
        for deed in ast.parse(path.read_text()).body
        if isinstance(deed, ast.FunctionDef)
        and announces(deed)
        and "actor" not in {argument.arg for argument in deed.args.kwonlyargs}
    ]
    assert not silent, f"give these a keyword-only `actor`: {silent}"
