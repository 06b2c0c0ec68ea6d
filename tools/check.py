"""Everything that decides what lands: `make test` runs this, `.ci/run` runs `make test`.

    python tools/check.py           all of it
    python tools/check.py --quick   the static part: format, lint, contracts, types, catalogues, docs

Every step runs, also after a failure; the output of a step that failed is shown; the exit code is 1 if any
failed. Chromium and PostgreSQL are installed where that is possible (Debian, as root). Where they are missing
and CI is set, that is a failure; elsewhere it is said, and said again in the last line. The tests on a Spark cluster run
where there is Java.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import frontend
import machine
import postgres
import spark

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
WORKERS = "2"
COUNTS = re.compile(r"\b\d+ (?:passed|failed|error).*\bin [\d.]+s")
# What is run on PostgreSQL too. Left out is what no database can change: the library's sums in memory, the reading of
# forms, the Java engine, the source itself, and the language of the pages.
STORED = [
    "src/tejido",
    "src/tejido_analytics/tests/test_wide_on_postgres.py",
    "tests",
    "--ignore=tests/javarosa",
    "--ignore=tests/architecture",
    "--ignore=tests/stories/test_the_demonstration_speaks.py",
]
FELL = re.compile(r"^(?:FAILED|ERROR) (\S+?::.+?)(?: - .*)?$")


@dataclass(frozen=True, slots=True)
class Step:
    """One command, and what its success means."""

    name: str
    means: str
    command: list[str]


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    passed: bool
    counts: str = ""  # what pytest printed last
    left_out: str = ""  # what this machine could not run
    fell: tuple[str, ...] = ()  # the tests that failed


def static_steps() -> list[Step]:
    node = frontend.commands()[1]
    return [
        Step("format", "code is in the house's shape", [f"{BIN}/ruff", "format", "--check", "."]),
        Step("lint", "ruff has nothing to say", [f"{BIN}/ruff", "check", "."]),
        Step("templates", "templates are in shape", [f"{BIN}/djlint", "--check", "--lint", "src"]),
        Step("contracts", "domains keep to their floors", [f"{BIN}/lint-imports"]),
        Step("types", "mypy, strict, finds nothing", [f"{BIN}/mypy"]),
        Step("front end", "TypeScript finds nothing", [*node, "node_modules/typescript/bin/tsc", "--noEmit"]),
        Step("catalogues", "they say what the source says", [PYTHON, "tools/catalogues.py", "check"]),
        Step("translations", "nothing is untranslated", [PYTHON, "tools/catalogues.py", "missing"]),
        Step(
            "migrations",
            "they make what the models say",
            [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        ),
        Step("docs", "made pages say what the code says", [PYTHON, "tools/docs.py", "--check"]),
    ]


def clean_environment(data: str) -> dict[str, str]:
    """The environment of the steps: nothing of what the person has set for an installation of her own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TEJIDO_") and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return {**kept, "TEJIDO_DATA": data, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}


def say(passed: bool, name: str, means: str, seconds: float, output: str = "") -> None:
    """One line about a step, with its output below if it failed; one print, as two lanes write here."""
    line = f"{'✓' if passed else '✗'} {name:<13} {means:<45} {seconds:6.1f} s"
    if not passed and output.strip():
        line += "".join(f"\n    {shown}" for shown in output.rstrip().splitlines()) + "\n"
    print(line, flush=True)


def run_quietly(step: Step, environment: dict[str, str]) -> Result:
    """Run `step`; its output is shown if it fails."""
    started = time.monotonic()
    ended = subprocess.run(
        step.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(ended.returncode == 0, step.name, step.means, time.monotonic() - started, ended.stdout)
    return Result(step.name, ended.returncode == 0)


def run_aloud(step: Step, environment: dict[str, str]) -> Result:
    """Run `step`, whose output is worth following; keep what pytest counts at its end and the tests that failed."""
    print(f"… {step.name:<13} {step.means}", flush=True)
    started = time.monotonic()
    counts, fell = "", []
    with subprocess.Popen(
        step.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(f"    {line}", end="", flush=True)
            found = COUNTS.search(line)
            counts = found.group() if found else counts
            fell += FELL.findall(line.rstrip())
    passed = process.returncode == 0
    say(passed, step.name, step.means, time.monotonic() - started)
    return Result(step.name, passed, counts, fell=tuple(fell))


def tests(name: str, means: str, marks: list[str], paths: Iterable[str]) -> Step:
    without = [f"not {mark}" for mark in marks]
    chosen = ["-m", " and ".join(without)] if without else []
    # in the order of conftest.py (the longest files first), so that no worker is left alone with them at the end
    spread = ["-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"]
    return Step(name, means, [PYTHON, "-m", "pytest", *spread, *chosen, *paths])


def lacking(name: str, reason: str) -> Result:
    """What a missing browser or database comes to: a failure where CI is set, a loud word elsewhere."""
    in_ci = bool(os.environ.get("CI"))
    print(f"{'✗' if in_ci else '!'} {name:<13} {reason}", flush=True)
    return Result(name, passed=not in_ci, left_out=reason)


def prepare_machine() -> None:
    """Install what is missing, where we may."""
    packages = machine.missing()
    if not packages or not machine.may_install():
        return
    print(f"… machine       installing {' and '.join(packages)}", flush=True)
    started = time.monotonic()
    ended = machine.install(packages)
    seconds = time.monotonic() - started
    say(ended.returncode == 0, "machine", "has what the tests need", seconds, ended.stdout)


def tests_on_sqlite(environment: dict[str, str]) -> Iterator[Result]:
    browser = machine.chromium()
    if browser is None:
        command = machine.install_command(["chromium"])
        yield lacking("browser", f"no Chromium: its tests are left out. Run: {command}")
    yield run_aloud(
        tests(
            "SQLite", "the tests, as most people run Tejido", ["spark", *([] if browser else ["browser"])], []
        ),
        environment | ({"CHROMIUM": browser} if browser else {}),
    )


def tests_on_postgresql(environment: dict[str, str]) -> Iterator[Result]:
    try:
        with postgres.cluster() as url:
            yield run_aloud(
                tests("PostgreSQL", "what is stored, without the browser", ["spark", "browser"], STORED),
                environment | {"DATABASE_URL": url},
            )
    except postgres.NoCluster as reason:
        yield lacking("PostgreSQL", f"its tests are left out. {reason}")


def tests_on_spark(environment: dict[str, str]) -> Iterator[Result]:
    """The wide indicators on a local cluster, where there is Java; without it they are left out, also in CI."""
    if spark.java() is None:
        reason = "there is no Java here: its tests are left out."
        print(f"! {'Spark':<13} {reason}", flush=True)
        yield Result("Spark", passed=True, left_out=reason)
        return
    if not spark.installed():
        print("… Spark         installing PySpark into .spark/ (half a gigabyte)", flush=True)
        started = time.monotonic()
        ended = spark.install()
        if ended.returncode:
            say(False, "Spark", "PySpark can be installed", time.monotonic() - started, ended.stdout)
            yield Result("Spark", passed=False)
            return
    wide = "src/tejido_analytics/tests/test_wide_on_spark.py"
    command = [PYTHON, "-m", "pytest", "-m", "spark", wide]
    step = Step("Spark", "the wide indicators on two workers", command)
    yield run_aloud(step, environment | spark.environment())


def in_two_lanes(steps: Iterable[Step], environment: dict[str, str]) -> Iterator[Result]:
    with ThreadPoolExecutor(max_workers=int(WORKERS)) as lanes:
        yield from lanes.map(lambda step: run_quietly(step, environment), steps)


def everything(*, quick: bool) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="tejido-check-") as data:
        environment = clean_environment(data)
        wheel = Step("wheel", "it is whole and stands on its own", [PYTHON, "tools/wheel.py"])
        yield from in_two_lanes(static_steps() if quick else [*static_steps(), wheel], environment)
        if quick:
            return
        prepare_machine()
        yield from tests_on_sqlite(environment)
        yield from tests_on_postgresql(environment)
        yield from tests_on_spark(environment)


def verdict(results: list[Result], seconds: float) -> str:
    """The last lines: the tests that failed, then in one line what failed or was left out, and pytest's counts."""
    failed = [result.name for result in results if not result.passed]
    left_out = [result.name for result in results if result.left_out and result.passed]
    counts = [f"{result.name}: {result.counts}" for result in results if result.counts]
    minutes = f"{int(seconds // 60)} min {seconds % 60:.0f} s"
    said = f"FAILED: {', '.join(failed)}" if failed else f"All {len(results)} steps passed"
    if left_out:
        said += f", LEFT OUT: {', '.join(left_out)}"
    fell = [f"✗ {result.name}: {name}" for result in results for name in result.fell]
    return "\n".join([*fell, " · ".join([f"{said} in {minutes}", *counts])])


def main() -> int:
    postgres.stop_on_terminate()
    started = time.monotonic()
    try:
        results = list(everything(quick="--quick" in sys.argv))
    except KeyboardInterrupt:
        print("\nInterrupted.", flush=True)
        return 130
    print(verdict(results, time.monotonic() - started), flush=True)
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
