"""Rows are written by services (and by demo data, factories and migrations), nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "tejido"
MAY_WRITE = {"services.py", "demo.py", "conftest.py"}
OPEN = {
    "tests",
    "migrations",
    "services",
    "foundation",
    "demo",
    "web",
}  # web has no models: it saves pictures
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MANAGERS = {"objects", "every"}


def writes_in(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            on_rows = isinstance(owner, ast.Call) or (
                isinstance(owner, ast.Attribute) and owner.attr in MANAGERS
            )
            if node.func.attr in WRITES or (node.func.attr == "update" and on_rows):
                yield node.lineno


def test_only_services_write():
    offenders = []
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).parts
        if path.name in MAY_WRITE or OPEN & set(parts) or parts == ("accounts", "models.py"):
            continue  # the account's manager makes accounts: django.contrib.auth asks that of it
        offenders += [f"{path.relative_to(SOURCE)}:{line}" for line in writes_in(ast.parse(path.read_text()))]
    assert not offenders, f"move these writes into the domain's services: {offenders}"
