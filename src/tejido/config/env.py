"""The only place that reads the environment. One line per variable: name, type, default, sentence.

A secret may also come from a file: TEJIDO_SECRET_KEY_FILE names it. A wrong value stops the
start and names the variable. docs/reference/settings.md is generated from `VARIABLES`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


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
    shown = ", ".join(default) if isinstance(default, list) else str(default)
    VARIABLES.append(Variable(name, kind, shown, sentence))
    raw = _read(name)
    if raw is None or raw == "":
        return default
    try:
        return parse(raw)
    except ValueError as error:
        shown = re.sub(r"//[^@/]*@", "//…@", raw)  # an address may carry a password
        raise WrongSetting(f"{name} is «{shown}», but must be {kind}: {sentence}.") from error


def text(name: str, default: str, sentence: str) -> str:
    value: str = _variable(name, "text", default, sentence, str)
    return value


_YES_OR_NO = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def flag(name: str, default: bool, sentence: str) -> bool:
    def parse(raw: str) -> bool:
        if raw.lower() not in _YES_OR_NO:
            raise ValueError(raw)
        return _YES_OR_NO[raw.lower()]

    value: bool = _variable(name, "1 or 0", int(default), sentence, parse)
    return bool(value)


def number(name: str, default: int, sentence: str, *, least: int = 1) -> int:
    """A whole number, `least` or more."""

    def parse(raw: str) -> int:
        value = int(raw)
        if value < least:
            raise ValueError(raw)
        return value

    value: int = _variable(name, f"a whole number from {least}", default, sentence, parse)
    return int(value)


def choice(name: str, default: str, among: Sequence[str], sentence: str) -> str:
    def parse(raw: str) -> str:
        if raw not in among:
            raise ValueError(raw)
        return raw

    value: str = _variable(name, f"one of {', '.join(among)}", default, sentence, parse)
    return value


def address(name: str, default: str, schemes: Sequence[str], sentence: str) -> str:
    """An address with one of `schemes` and a host, without a slash at its end; "" where that is the default."""

    def parse(raw: str) -> str:
        parts = urlsplit(raw)
        somewhere = parts.hostname or "host=" in parts.query  # a socket is a host too, said at the end
        if parts.scheme not in schemes or not somewhere or (parts.port is not None and parts.port < 1):
            raise ValueError(raw)
        return raw.rstrip("/")

    kind = f"an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    value: str = _variable(name, kind, default, sentence, parse)
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
