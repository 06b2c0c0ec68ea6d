from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.workbench.lists import as_json, write_list
from tejido.workbench.scales.answers import Answers, asked, read_answers, read_earlier
from tejido.workbench.scales.report import as_object, lines, worked_out
from tejido_analytics.scales import OmegaOptions


class Command(TejidoCommand):
    help = "Score a scale and say how reliable it is; with groups how far they differ, with --before what changed."
    example = "tejido scale answers.csv --scale trust=T1,T2,-T3,T4 --range 1:5 --group school --before first.csv --person id"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, help="a line for each person, a column for each item")
        parser.add_argument(
            "--scale",
            action="append",
            default=[],
            metavar="NAME=ITEMS",
            help="items A1,A2,-A3 (minus: worded the other way) or A1..A5; may be given again",
        )
        parser.add_argument(
            "--items", default="", help="of the one scale (default: every column of whole numbers)"
        )
        parser.add_argument("--reverse", default="", help="items worded the other way, A1,A4")
        parser.add_argument(
            "--range", default="", help="lowest and highest answer, 1:5 (default: those found)"
        )
        parser.add_argument("--words", default="", help="answers in words, from the lowest: no,somewhat,yes")
        parser.add_argument(
            "--least", type=float, default=0.5, help="share of the items answered for a score (default: 0.5)"
        )
        parser.add_argument("--group", default="", help="column of the school, node or workshop")
        parser.add_argument("--person", default="", help="column that names a person in both lists")
        parser.add_argument("--before", type=Path, help="the earlier list, with the same items")
        parser.add_argument("--out", type=Path, help="the scores as a CSV")
        parser.add_argument("--seed", type=int, default=1, help="of the intervals (default: 1)")
        parser.add_argument("--resamples", type=int, default=500, help="behind the intervals (default: 500)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def work(self, **options: Any) -> None:
        if options["resamples"] < 0:
            raise Refusal("resamples", _("--resamples is 0 or more."))
        want = asked(options)
        answers = read_answers(options["answers"], want)
        before = read_earlier(options["before"], want) if options["before"] else None
        if before is not None and (before.low, before.high) != (answers.low, answers.high):
            raise Refusal(
                "two_ranges",
                _("The two lists hold answers of different range. Say with --range what can be answered."),
            )
        drawn = OmegaOptions(seed=options["seed"], resamples=options["resamples"])
        reports = [worked_out(at, answers, before, drawn) for at in range(len(answers.scales))]
        said = self.stderr if options["json"] else self.stdout
        if answers.guessed_range:
            said.write(
                _(
                    "The answers found reach from %(low)s to %(high)s; --range says it if more can be answered."
                )
                % {"low": f"{answers.low:g}", "high": f"{answers.high:g}"}
            )
        for report in reports:
            for line in lines(report):
                said.write(line)
        if options["out"]:
            write_list(options["out"], headings(answers), rows(answers))
            said.write(_("Written to %(file)s") % {"file": options["out"]})
        if options["json"]:
            self.stdout.write(as_json({"scales": [as_object(report) for report in reports]}))


def headings(answers: Answers) -> list[str]:
    """person (or row, from 1), group if there is one, then a column for each scale."""
    names = [scale.name for scale in answers.scales]
    return ["person" if answers.persons else "row", *(["group"] if answers.groups else []), *names]


def rows(answers: Answers) -> Iterator[list[Any]]:
    """The scores, empty where there is none."""
    for at in range(len(answers.scales[0].scores.values)):
        scores = [float(scale.scores.values[at]) for scale in answers.scales]
        yield [
            answers.persons[at] if answers.persons else at + 1,
            *([answers.groups[at]] if answers.groups else []),
            *("" if score != score else round(score, 6) for score in scores),
        ]
