"""How long an import of 100 000 people takes, how much memory, and how long others wait meanwhile.

    python tests/benchmarks/import_bench.py [--people 100000] [--again] [--xlsx] [--personal]

Makes a data folder of its own, brings a made-up list into a network through the services of the product, while
another process writes every 50 ms as a page would. Prints the seconds of each step, the highest memory of the
importing process and of its children, and the longest wait of the other. --again brings the same list a second time:
100 000 rows against 100 000 people. --personal: each row also says gender, two consents with their day, and the
district and sector of the school. Exit code 1 where a limit is broken: 60 s, 600 MB, and 20 s for whoever waits.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LIMIT_S, LIMIT_MB, LIMIT_WAIT_S = 60, 600, 20
GIVEN = [a + b for a in ("Mar", "Jos", "Luc", "Car", "San", "Mil", "Jua", "Pab", "Dia", "Pao", "And", "Ser", "Yol", "Fel") for b in
         ("ía", "é", "elia", "ina", "los", "dra", "bert", "ián", "onso", "uel")]  # fmt: skip
FAMILY = [a + b for a in ("Gon", "Ro", "Mar", "Her", "Val", "Cas", "Mon", "Ri", "Sal", "Pe", "Zam", "Qui", "Agu", "Bel") for b in
          ("zález", "dríguez", "tínez", "nández", "encia", "taño", "salve", "vera", "azar", "reira", "cón", "tilla", "moro", "ndia")]  # fmt: skip
SUBJECTS = ["Ciencias", "Matemáticas", "Lenguaje", "Artes", "Inglés", "Historia"]


def people(count: int) -> Iterator[list[str]]:
    chance = random.Random(11)
    for number in range(count):
        name = f"{chance.choice(GIVEN)} {chance.choice(GIVEN)}"
        family = f"{chance.choice(FAMILY)} {chance.choice(FAMILY)}"
        school = chance.randrange(count // 25 + 1)
        yield [
            f"{number:06d}", name.upper(), family.upper(), f"docente{number}@escuela.edu.co", f"3{number % 10**9:09d}",
            f"Institución Educativa {FAMILY[school % len(FAMILY)]} {school}", "Docente", chance.choice(SUBJECTS),
        ]  # fmt: skip


HEADINGS = [
    "Cédula",
    "Nombres",
    "Apellidos",
    "Correo",
    "Celular",
    "Institución Educativa",
    "Cargo",
    "Asignatura",
]


PERSONAL = [
    "Género",
    "Uso de imagen",
    "Consentimiento análisis",
    "Fecha de autorización",
    "Localidad",
    "Sector",
]


def rows(count: int, *, personal: bool) -> Iterator[list[str]]:
    """Headings and people, with what they say of themselves where asked."""
    chance = random.Random(7)
    yield [*HEADINGS, *(PERSONAL if personal else [])]
    for row in people(count):
        said = [chance.choice("FM"), chance.choice(["Sí", "No", ""]), chance.choice(["x", ""]), "2024-03-01"]
        yield [*row, *([*said, "Suba", "Oficial"] if personal else [])]


def as_csv(count: int, *, personal: bool = False) -> bytes:
    return "\n".join(";".join(row) for row in rows(count, personal=personal)).encode()


def as_xlsx(count: int, *, personal: bool = False) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows(count, personal=personal)):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def somebody_else(stop: Any, waits: Any) -> None:
    """Writes a little, again and again, as a page does; keeps the longest wait and how often it wrote."""
    import django

    django.setup()
    from tejido.accounts.models import User

    while not stop.is_set():
        before = time.perf_counter()
        User.objects.filter(is_system=True).update(language="es")
        waits[0] = max(waits[0], time.perf_counter() - before)
        waits[1] += 1
        time.sleep(0.05)


@contextmanager
def timed(what: str, seconds: dict[str, float]) -> Iterator[None]:
    before = time.perf_counter()
    yield
    seconds[what] = time.perf_counter() - before
    print(f"  {what:<28}{seconds[what]:7.1f} s")


def bring(data: bytes, name: str) -> dict[str, float]:
    from tejido.accounts.services import system_account
    from tejido.communities.models import Community
    from tejido.communities.services import found_community
    from tejido.imports import services
    from tejido.imports.selectors import counts_of
    from tejido.imports.services import applying

    actor = system_account()
    community = Community.objects.first() or found_community({"name": "Red grande"}, actor=actor)
    seconds: dict[str, float] = {}
    with timed("read and laid down", seconds):
        run = services.stage_file(data, name, "people", actor=actor, community=community)
    with timed("compared with who is here", seconds):
        applying.move_to(run, "matching")
        services.carry_on(run)
    run.refresh_from_db()
    print(f"  {run.state}: {counts_of(run).by_finding}")
    with timed("brought in", seconds):
        applying.move_to(run, "applying")
        services.carry_on(run)
    run.refresh_from_db()
    print(f"  {run.state} {run.failure}")
    if run.state != "applied":
        sys.exit(1)
    return seconds


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--again", action="store_true")
    asked.add_argument("--xlsx", action="store_true")
    asked.add_argument("--personal", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tejido-bench-") as folder:
        os.environ |= {"TEJIDO_DATA": folder, "DJANGO_SETTINGS_MODULE": "tejido.config.settings"}
        sys.path.insert(0, str(ROOT / "src"))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from tejido.accounts.services import system_account
        from tejido.directory.services import seed_reference

        actor = system_account()
        if options.personal:
            seed_reference(actor=actor)
        written = as_xlsx if options.xlsx else as_csv
        data = written(options.people, personal=options.personal)
        name = "lista.xlsx" if options.xlsx else "lista.csv"
        context = multiprocessing.get_context("spawn")
        stop, waits = context.Event(), context.Array("d", [0.0, 0.0])
        other = context.Process(target=somebody_else, args=(stop, waits), daemon=True)
        other.start()
        print(f"{options.people} people, {len(data) / 1e6:.1f} MB, {name}")
        rounds = [bring(data, name)]
        if options.again:
            print("the same list again")
            rounds.append(bring(data, name))
        stop.set()
        other.join()
        report(rounds, waits)


def report(rounds: list[dict[str, float]], waits: Any) -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    totals = [sum(seconds.values()) for seconds in rounds]
    print(f"  in all                      {', '.join(f'{total:.1f} s' for total in totals)}")
    print(f"  highest memory              {own:.0f} MB, its largest child {children:.0f} MB")
    print(f"  somebody else               wrote {waits[1]:.0f} times, waited at most {waits[0]:.2f} s")
    broken = max(totals) > LIMIT_S or own > LIMIT_MB or waits[0] > LIMIT_WAIT_S
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
