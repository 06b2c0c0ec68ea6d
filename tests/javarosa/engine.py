"""JavaRosa, the engine of ODK Collect, run beside us: it stands in pyxform's wheel. Needs a JDK, for tests only."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import pyxform

HERE = Path(__file__).parent
JAR = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"


@dataclass(frozen=True, slots=True)
class Filled:
    """One answer by JavaRosa. refused: the path that its own check refuses first, "" where it is content.

    broken: what the engine said when it could not open or fill the form.
    """

    form: int
    refused: str
    xml: bytes
    broken: str = ""


def need_java() -> None:
    """Skip the test where there is no JDK, or no JavaRosa."""
    if not (shutil.which("java") and shutil.which("javac")):
        pytest.skip(
            "there is no java and javac: install a JDK (Debian: default-jdk-headless) to compare with JavaRosa"
        )
    if not JAR.exists():
        pytest.skip("this pyxform brings no ODK_Validate.jar")


def classes(folder: Path) -> Path:
    """Our Java programs, compiled into `folder`."""
    sources = [str(path) for path in sorted(HERE.glob("*.java"))]
    done = subprocess.run(
        ["javac", "-nowarn", "-encoding", "UTF-8", "-cp", str(JAR), "-d", str(folder), *sources],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def run(program: str, compiled: Path, arguments: Sequence[str]) -> list[str]:
    """The lines that one of our Java programs prints."""
    done = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
         "-cp", f"{JAR}:{compiled}", program, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


def fill(
    folder: Path, forms: Sequence[bytes], lists: Mapping[str, bytes], *, answers: int, careless: int
) -> Iterator[Filled]:
    """`answers` careful and `careless` careless answers to each of `forms`, by one JVM."""
    beside, compiled = folder / "lists", folder / "classes"
    beside.mkdir(exist_ok=True)
    compiled.mkdir(exist_ok=True)
    for name, content in lists.items():
        (beside / name).write_bytes(content)
    paths = []
    for number, xform in enumerate(forms):
        path = folder / f"{number}.xml"
        path.write_bytes(xform)
        paths.append(str(path))
    arguments = [str(beside), str(answers), str(careless), *paths]
    for line in run("Fill", classes(compiled), arguments):
        number_text, said, data = line.split("\t")
        content = base64.b64decode(data)
        if said == "broken":
            yield Filled(int(number_text), "", b"", content.decode())
        else:
            yield Filled(int(number_text), "" if said == "clean" else said, content)
