"""Read a stranger's form in a process of its own, with limits on time and memory."""

from __future__ import annotations

import base64
import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from tejido_forms.compiling import compile_form
from tejido_forms.definition import FormDefinition
from tejido_forms.problems import FormRefused, Problem
from tejido_forms.reading import read_form

SECONDS: Final = 20
OUT_OF_MEMORY: Final = 3
MEMORY: Final = 1024 * 1024 * 1024  # address space; what reading really needs is far below


def read_form_apart(
    data: bytes,
    files: Mapping[str, bytes] | None = None,
    *,
    name: str = "",
    seconds: int = SECONDS,
    memory: int = MEMORY,
) -> FormDefinition:
    """As `read_form`, but whatever the file does, this process lives on.

    name: of the file. seconds: of processor time. memory: bytes of address space. Raises FormRefused, also took_too_long and took_too_much.
    """
    sent = {"form": _packed(data), "name": name, "files": _packed_all(files or {})}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tejido_forms.reading_apart", str(seconds), str(memory)],
            input=json.dumps(sent).encode(),
            capture_output=True,
            timeout=seconds * 3,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    except subprocess.TimeoutExpired as error:
        raise FormRefused([Problem("took_too_long", detail={"limit": seconds})]) from error
    if done.returncode != 0:
        out_of_time = done.returncode in {-24, -9}  # SIGXCPU, and the kill that follows it
        code = "took_too_long" if out_of_time else "took_too_much"
        raise FormRefused([Problem(code, detail={"limit": seconds if out_of_time else memory})])
    answer: dict[str, Any] = json.loads(done.stdout)
    problems = [Problem(**one) for one in answer["problems"]]
    if not answer["xform"]:
        raise FormRefused(problems)
    return replace(compile_form(base64.b64decode(answer["xform"]), files), problems=tuple(problems))


def main(seconds: int, memory: int) -> None:
    """The other process: a form on standard input, its XForm and problems on standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sent = json.load(sys.stdin)
    files = {name: base64.b64decode(one) for name, one in sent["files"].items()}
    xform = b""
    problems: tuple[Problem, ...] = ()
    try:
        definition = read_form(base64.b64decode(sent["form"]), files, name=sent["name"])
        xform, problems = definition.xform, definition.problems
    except FormRefused as refused:
        problems = refused.problems
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - a form in which the converter breaks is refused, whatever broke
        problems = (Problem("not_understood", detail={"said": f"{type(error).__name__}: {error}"[:400]}),)
    json.dump({"xform": _packed(xform), "problems": [asdict(one) for one in problems]}, sys.stdout)


def _packed_all(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: _packed(content) for name, content in files.items()}


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
