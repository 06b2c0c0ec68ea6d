"""Build hook: a wheel carries the built front end and compiled catalogues."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


def load(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TejidoBuildHook(BuildHookInterface):
    """Skipped with TEJIDO_SKIP_ASSETS=1, as `make setup` does: it builds the same things itself."""

    def dependencies(self) -> list[str]:
        needed = ["babel"]
        if not load("frontend").system_node():
            needed.append(load("frontend").NODE_WHEEL)
        return [] if os.environ.get("TEJIDO_SKIP_ASSETS") else needed

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if os.environ.get("TEJIDO_SKIP_ASSETS"):
            return
        load("frontend").build()
        load("catalogues").compile_all()
