"""The only place that reads the environment. One line per variable: name, type, default, sentence.

A secret may also come from a file: TEJIDO_SECRET_KEY_FILE names it. A wrong value stops the
start and names the variable. docs/reference/settings.md is generated from `VARIABLES`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class WrongSetting(SystemExit):
    """Printed as one sentence; the process ends with code 2."""

    def __init__(self, sentence: str) -> None:
        sys.stderr.write(sentence + "\n")
        super().__init__(2)


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    kind: str
    default: str
    sentence: str


VARIABLES: list[Variable] = []


def _read(name: str) -> str | None:
    value = os.environ.get(name)
    path = os.environ.get(f"{name}_FILE")
    if value is None and path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(
                f"{name}_FILE points at {path}, which cannot be read: {error.strerror}."
            ) from error
    return value


def _variable(name: str, kind: str, default: Any, sentence: str, parse: Callable[[str], Any]) -> Any:
    VARIABLES.append(Variable(name, kind, "" if default is None else str(default), sentence))
    raw = _read(name)
    if raw is None or raw == "":
        return default
    try:
        return parse(raw)
    except ValueError as error:
        raise WrongSetting(f"{name} is {raw!r}, but must be {kind}: {sentence}") from error


def text(name: str, default: str, sentence: str) -> str:
    value: str = _variable(name, "text", default, sentence, str)
    return value


def number(name: str, default: int, sentence: str) -> int:
    value: int = _variable(name, "a whole number", default, sentence, int)
    return value


def flag(name: str, default: bool, sentence: str) -> bool:
    def parse(raw: str) -> bool:
        known = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        try:
            return known[raw.lower()]
        except KeyError as error:
            raise ValueError(raw) from error

    value: bool = _variable(name, "1 or 0", default, sentence, parse)
    return value


def folder(name: str, default: Path, sentence: str) -> Path:
    value: Path = _variable(name, "a folder", default, sentence, Path)
    return value.expanduser().resolve()


def words(name: str, default: list[str], sentence: str) -> list[str]:
    value: list[str] = _variable(
        name,
        "a list separated by commas",
        default,
        sentence,
        lambda raw: [w.strip() for w in raw.split(",") if w.strip()],
    )
    return value
