from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.insights.selectors import DEFINITIONS, because
from tejido.reports import files
from tejido.reports.analysis import analyse
from tejido.reports.values import rests_on, value
from tejido_analytics.panorama import Indicator
from tejido_analytics.tables import Period

STEPS, STEPS_OF_ENGINE = 5, 4
IN_THIS_PROCESS = "duckdb://"

Found = tuple[dict[str, Any], list[str], list[str]]  # of indicators.json, the files, the notes


class Command(TejidoCommand):
    help = "Analyse a folder of tables (people, gatherings, attendance, memberships, ties) without a database: indicators, network, report."
    example = "tejido analyse lists/ --out report/ --period 2024-01-01:2024-12-31 --lang es"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            default="",
            help="holds people.csv, gatherings.csv, attendance.csv, memberships.csv, ties.csv; any may be missing. "
            "With --engine a folder or an address of files that the engine can read, or nothing where it holds the tables",
        )
        parser.add_argument(
            "--out", type=Path, required=True, help="folder to write to; made if it is not there"
        )
        parser.add_argument(
            "--period",
            default="",
            help="first and last day, 2024-01-01:2024-12-31 (default: the last 12 months with data)",
        )
        parser.add_argument(
            "--lang",
            default="",
            choices=["", *(code for code, _name in settings.LANGUAGES)],
            help="of the report: es, en, pt-br",
        )
        parser.add_argument(
            "--json", action="store_true", help="print the indicators as JSON, as in indicators.json"
        )
        parser.add_argument(
            "--engine",
            nargs="?",
            const=IN_THIS_PROCESS,
            default="",
            metavar="ADDRESS",
            help="let an engine compute what does not fit this machine's memory: postgres://host/database, "
            "pyspark://?spark.master=spark://host:7077, duckdb:///file.duckdb (default: DuckDB in this process)",
        )
        parser.add_argument(
            "--tables",
            default="",
            help="with --engine: which tables to read, people,gatherings,attendance … (default: those that are there)",
        )
        parser.add_argument("--title", default="", help="of the report (default: the name of the folder)")

    def work(self, **options: Any) -> None:
        with translation.override(options["lang"] or settings.LANGUAGE_CODE):
            period = _period(options["period"])
            if options["engine"]:
                found, written, notes = self._by_engine(period, options)
            else:
                found, written, notes = self._in_memory(period, options)
            for note in notes:
                self.stderr.write(f"  {note}")
            (self.stderr if options["json"] else self.stdout).write(
                _("Written to %(folder)s: %(files)s")
                % {"folder": options["out"], "files": ", ".join(written)}
            )
            if options["json"]:
                self.stdout.write(files.as_json(found))

    def _in_memory(self, period: Period | None, options: dict[str, Any]) -> Found:
        if not options["folder"]:
            raise Refusal("no_folder", _("Name the folder that holds the tables."))
        result = analyse(
            Path(options["folder"]),
            options["out"],
            period=period,
            title=options["title"],
            say=self._steps(STEPS),
        )
        return files.indicators(result.seen, result.notes), result.files, result.notes

    def _by_engine(self, period: Period | None, options: dict[str, Any]) -> Found:
        from tejido.reports import engines  # here: it loads DuckDB and ibis, most of a second

        names = [name.strip() for name in options["tables"].split(",") if name.strip()]
        source = engines.Source(options["engine"], options["folder"], names)
        seen, notes = engines.analyse_with_engine(
            source, options["out"], period=period, say=self._steps(STEPS_OF_ENGINE)
        )
        if not options["json"]:
            for line in in_words(seen.indicators.values()):
                self.stdout.write(line)
        return (
            files.indicators_of(seen.period, seen.previous, seen.indicators, notes),
            engines.WRITTEN,
            notes,
        )

    def _steps(self, steps: int) -> Callable[[str], None]:
        done = 0

        def say(what: str) -> None:
            nonlocal done
            done += 1
            self.progress(done, steps, what)

        return say


def in_words(indicators: Iterable[Indicator]) -> list[str]:
    """A line for each indicator: its name, its value and what that rests on, or why there is none."""
    return [
        f"{DEFINITIONS[one.id].title}: {value(one.id, one.value)} ({rests_on(one)})"
        if one.value is not None
        else f"{DEFINITIONS[one.id].title}: {because(one.because)}"
        for one in indicators
    ]


def _period(text: str) -> Period | None:
    if not text:
        return None
    first, colon, last = text.partition(":")
    try:
        period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    except ValueError as error:
        raise Refusal(
            "wrong_period",
            _("«%(text)s» is not a period. Write its first and last day like this: 2024-01-01:2024-12-31.")
            % {"text": text},
        ) from error
    return period if colon else None
