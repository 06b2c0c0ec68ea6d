from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.reports import files
from tejido.reports.analysis import analyse
from tejido_analytics.tables import Period

STEPS = 5


class Command(TejidoCommand):
    help = "Analyse a folder of tables (people, gatherings, attendance, memberships, ties) without a database: indicators, network, report."
    example = "tejido analyse lists/ --out report/ --period 2024-01-01:2024-12-31 --lang es"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            help="holds people.csv, gatherings.csv, attendance.csv, memberships.csv, ties.csv; any may be missing",
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
        parser.add_argument("--title", default="", help="of the report (default: the name of the folder)")

    def work(self, **options: Any) -> None:
        with translation.override(options["lang"] or settings.LANGUAGE_CODE):
            step = 0

            def say(what: str) -> None:
                nonlocal step
                step += 1
                self.progress(step, STEPS, what)

            result = analyse(
                options["folder"],
                options["out"],
                period=_period(options["period"]),
                title=options["title"],
                say=say,
            )
            for note in result.notes:
                self.stderr.write(f"  {note}")
            (self.stderr if options["json"] else self.stdout).write(
                _("Written to %(folder)s: %(files)s")
                % {"folder": options["out"], "files": ", ".join(result.files)}
            )
            if options["json"]:
                self.stdout.write(files.as_json(files.indicators(result.seen, result.notes)))


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
