from __future__ import annotations

import itertools
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.workbench.charts import result, sentences, subgroups
from tejido.workbench.charts.drawing import Picture, as_svg
from tejido.workbench.charts.reading import Readings, Wanted, read_readings
from tejido.workbench.lists import as_json
from tejido_analytics.charts import KINDS, Chart, Options, control_chart, run_chart, xbar_s

SIZED = ("p", "u")


class Command(TejidoCommand):
    help = "Draw readings over time as a run chart or control chart, and say what is a signal and what is chance."
    example = "tejido chart readings.csv --kind run --value infections --date month --out chart.svg --lang es"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "readings", type=Path, help="a list with a column of numbers; dates if there are any"
        )
        parser.add_argument(
            "--kind",
            required=True,
            choices=KINDS,
            help="run: around the median; xmr: single readings; xbar-s: means and spread of readings that belong "
            "together; p: share of a size; c: counts; u: counts per size",
        )
        parser.add_argument("--out", type=Path, required=True, help="the picture, an SVG")
        parser.add_argument("--value", default="", help="column of the readings (found if not given)")
        parser.add_argument("--of", default="", help="column of the sizes, for p and u")
        parser.add_argument(
            "--group", default="", help="column that says which readings belong together, for xbar-s"
        )
        parser.add_argument("--date", default="", help="column of dates or labels")
        parser.add_argument(
            "--phases", default="", help="column; where its value changes, a new phase begins"
        )
        parser.add_argument(
            "--phase",
            type=int,
            action="append",
            default=[],
            help="number of a reading that begins a new phase",
        )
        parser.add_argument("--baseline", type=int, help="centre and limits from the first so many readings")
        parser.add_argument(
            "--prime", action="store_true", help="Laney's limits for p and u with large sizes"
        )
        parser.add_argument("--title", default="", help="of the picture (default: the column)")
        parser.add_argument(
            "--lang", default="", choices=["", *dict(settings.LANGUAGES)], help="es, en, pt-br"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def work(self, **options: Any) -> None:
        with translation.override(options["lang"] or get_language()):
            made = of_subgroups(options) if options["kind"] == "xbar-s" else of_readings(options)
            options["out"].parent.mkdir(parents=True, exist_ok=True)
            options["out"].write_text(made.svg, encoding="utf-8")
            said = self.stderr if options["json"] else self.stdout
            for line in made.lines:
                said.write(line)
            said.write(_("Written to %(file)s") % {"file": options["out"]})
            if options["json"]:
                self.stdout.write(as_json(made.as_object()))


@dataclass(frozen=True, slots=True)
class Made:
    """The picture, its sentences, and the object for other programs."""

    svg: str
    lines: list[str]
    as_object: Callable[[], dict[str, Any]]


def of_readings(options: dict[str, Any]) -> Made:
    """One chart of readings one by one. Raises Refusal as `read_readings`, `how` and `charted`; group_for_xbar_s."""
    if options["group"]:
        raise Refusal(
            "group_for_xbar_s", _("--group says which readings belong together, for --kind xbar-s only.")
        )
    sized = options["kind"] in SIZED
    wanted = Wanted(options["value"], options["of"], options["date"], options["phases"], sized)
    readings = read_readings(options["readings"], wanted)
    chart = charted(options["kind"], readings, how(readings, options))
    lines = [sentences.whole(chart), *sentences.each(chart)]
    picture = Picture(
        options["title"] or readings.names[0], readings.labels, unit(readings), " ".join(lines[:4])
    )
    return Made(as_svg(chart, picture), lines, lambda: result.as_object(chart, readings))


def of_subgroups(options: dict[str, Any]) -> Made:
    """Two charts of subgroups. Raises Refusal as `read_subgroups`, `how` and `check_several`; empty_phase."""
    wanted = Wanted(options["value"], "", options["group"] or options["date"], options["phases"])
    of = subgroups.read_subgroups(options["readings"], wanted)
    chosen = how(of.readings, options)
    several = np.bincount(of.group, weights=~np.isnan(of.values), minlength=len(of.readings.labels)) > 0
    check_phases(several, chosen)
    both = xbar_s(of.values, of.group, chosen)
    subgroups.check_several(both, of.readings.names[2])
    means, spreads = subgroups.said(both)
    svg = subgroups.drawn(both, of, options["title"])
    return Made(svg, [*means, *spreads], lambda: subgroups.as_object(both, of))


def unit(readings: Readings) -> str:
    """What the axis says: the column, or the share of one column in another."""
    value, size, _label = readings.names
    return f"{value} / {size}" if size else value


def how(readings: Readings, options: dict[str, Any]) -> Options:
    """Phases and baseline as the library wants them. Raises Refusal wrong_phase, wrong_baseline, phases_and_baseline."""
    n = len(readings.values)
    phases = tuple(sorted({*readings.phases, *(number - 1 for number in options["phase"])}))
    if any(not 0 < phase < n for phase in phases):
        raise Refusal("wrong_phase", _("A new phase begins with one of the readings 2 to %(n)d.") % {"n": n})
    baseline = options["baseline"]
    if baseline is not None and not 1 <= baseline <= n:
        raise Refusal("wrong_baseline", _("A baseline takes 1 to %(n)d readings here.") % {"n": n})
    if baseline is not None and phases:
        raise Refusal(
            "phases_and_baseline", _("Either phases or a baseline: limits that hold do not start afresh.")
        )
    return Options(phases=phases, baseline=baseline, prime=options["prime"])


def charted(kind: str, readings: Readings, options: Options) -> Chart:
    """The chart. Raises Refusal negative_counts, more_than_size, size_zero, empty_phase."""
    if kind == "run":
        return run_chart(readings.values, checked(readings, options))
    counts, sizes = readings.values, readings.sizes
    if kind != "xmr" and np.nanmin(counts) < 0:
        raise Refusal(
            "negative_counts", _("This kind of chart counts things, and a count is below 0. Use --kind xmr.")
        )
    if sizes is not None and np.nanmin(sizes) <= 0:
        raise Refusal("size_zero", _("A size is 0 or below. Leave such readings out, or their cell empty."))
    if kind == "p" and sizes is not None and (counts > sizes).any():
        at = int(np.flatnonzero(counts > sizes)[0]) + 1
        raise Refusal(
            "more_than_size",
            _(
                "Reading %(n)d is larger than its size, so it is no share. Check --value and --of, or use --kind u."
            )
            % {"n": at},
        )
    return control_chart(kind, counts, sizes, checked(readings, options))


def checked(readings: Readings, options: Options) -> Options:
    """The same options, once every phase (or the baseline) is known to have a reading."""
    known = ~np.isnan(readings.values)
    if readings.sizes is not None:
        known &= ~np.isnan(readings.sizes)
    check_phases(known, options)
    return options


def check_phases(known: np.ndarray, options: Options) -> None:
    """Refuse a phase, or a baseline, without any reading. known: bool[n]. Raises Refusal empty_phase."""
    edges = [0, *options.phases, len(known)]
    parts = (
        [known[: options.baseline]]
        if options.baseline
        else [known[a:b] for a, b in itertools.pairwise(edges)]
    )
    if not all(part.any() for part in parts):
        raise Refusal("empty_phase", _("A phase or the baseline has no reading in it. Begin it elsewhere."))
