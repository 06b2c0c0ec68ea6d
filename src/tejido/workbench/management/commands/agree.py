from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.web.estimates import decimal, estimate
from tejido.workbench.cells import split_list
from tejido.workbench.lists import as_json
from tejido.workbench.scales import objects
from tejido.workbench.scales.ratings import Layout, Ratings, read_ratings, word_of
from tejido_analytics.agreement import (
    COEFFICIENTS,
    LEVELS,
    CodeAgreement,
    alpha,
    by_code,
    coefficient,
    kappa,
    table_of,
)
from tejido_analytics.estimate import Estimate

WEIGHTS = {"nominal": "none", "ordinal": "ordinal", "interval": "quadratic", "ratio": "quadratic"}
SAFE, TENTATIVE = 0.8, 0.667  # Krippendorff, Content Analysis (2019), §12.5
MOST_CODES = 60
MOST_UNITS = 2000  # for coefficients whose interval takes every unit out in turn


class Command(TejidoCommand):
    help = "Say how far raters agree: Krippendorff's alpha with its interval, kappa, and each code by itself."
    example = "tejido agree ratings.csv --level nominal"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "ratings",
            type=Path,
            help="a line for each unit, a column for each rater; or the columns unit, rater, rating",
        )
        parser.add_argument(
            "--level",
            required=True,
            choices=LEVELS,
            help="nominal: names; ordinal: an order; interval: distances; ratio: distances from 0",
        )
        parser.add_argument("--unit", default="", help="column that names the units (found if not given)")
        parser.add_argument("--across", action="store_true", help="raters are lines, units are columns")
        parser.add_argument(
            "--words", default="", help="of an ordered scale, from the lowest: never,often,always"
        )
        parser.add_argument("--seed", type=int, default=1, help="of the interval (default: 1)")
        parser.add_argument("--resamples", type=int, default=1000, help="behind the interval (default: 1000)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def work(self, **options: Any) -> None:
        level = options["level"]
        layout = Layout(options["unit"], options["across"], tuple(split_list(options["words"])))
        ratings = read_ratings(options["ratings"], level, layout)
        if options["resamples"] < 0:
            raise Refusal("resamples", _("--resamples is 0 or more."))
        if level == "ratio" and np.nanmin(ratings.values, initial=0) < 0:
            raise Refusal("below_zero", _("At the level ratio no rating is below 0. Use --level interval."))
        drawn = {"seed": options["seed"], "resamples": options["resamples"]}
        found = alpha(ratings.values, level, **drawn)
        codes = (
            by_code(ratings.values, **drawn)
            if level == "nominal" and len(ratings.words) <= MOST_CODES
            else ()
        )
        others = compared(ratings, level)
        said = self.stderr if options["json"] else self.stdout
        for line in lines(found, codes, others, ratings):
            said.write(line)
        if options["json"]:
            self.stdout.write(as_json(as_object(level, (found, codes, others), ratings)))


def compared(ratings: Ratings, level: str) -> dict[str, Estimate]:
    """The other coefficients by name, weighted as the level allows; Cohen's kappa where two people judged."""
    found: dict[str, Estimate] = {}
    if len(ratings.values) <= MOST_UNITS:
        found = {
            name: coefficient(name, ratings.values, "none" if name == "percent" else WEIGHTS[level])
            for name in COEFFICIENTS
        }
    if len(ratings.raters) == 2:
        _values, table = table_of(ratings.values[:, 0], ratings.values[:, 1])
        found["cohen"] = kappa(table)
        if level != "nominal" and len(table) > 1:
            found["cohen-quadratic"] = kappa(table, "quadratic")
    return found


def lines(
    found: Estimate, codes: tuple[CodeAgreement, ...], others: dict[str, Estimate], ratings: Ratings
) -> list[str]:
    """The result in sentences."""
    said = [estimate(_("Krippendorff's alpha"), found, 3)]
    if found.value is not None:
        units = found.detail["units"]
        said.append(
            ngettext("%(n)d unit that two or more judged.", "%(n)d units that two or more judged.", units)
            % {"n": units}
        )
        said.append(verdict(found))
    for name in ("percent", "cohen", "cohen-quadratic"):
        if name in others:
            said.append(estimate(NAMES[name](), others[name], 3))
    for one in codes:
        said.append(
            _("«%(code)s»: given %(times)d times, of two ratings both in %(share)s; %(alpha)s")
            % {
                "code": word_of(ratings, one.code),
                "times": one.times,
                "share": decimal(one.specific),
                "alpha": estimate(_("alpha"), one.alpha),
            }
        )
    return said


def verdict(found: Estimate) -> str:
    """What Krippendorff would conclude, from the lower end of the interval where there is one."""
    at_least = found.low if found.low is not None else found.value
    if at_least is not None and at_least >= SAFE:
        return _("Even the lower end is .800 or more: conclusions can rest on these ratings.")
    if found.value is not None and found.value >= SAFE:
        return _("The value is .800 or more, but its interval reaches below: more units would tell.")
    if found.value is not None and found.value >= TENTATIVE:
        return _("Between .667 and .800: tentative conclusions only.")
    return _("Below .667: talk about the codes before concluding anything.")


NAMES = {
    "percent": lambda: _("Agreement as it is, chance included"),
    "cohen": lambda: _("Cohen's kappa"),
    "cohen-quadratic": lambda: _("Cohen's kappa, distances squared"),
}


def as_object(
    level: str,
    found: tuple[Estimate, tuple[CodeAgreement, ...], dict[str, Estimate]],
    ratings: Ratings,
) -> dict[str, Any]:
    """alpha, n, low, high on the first level; coefficients and codes below."""
    main, codes, others = found
    return {
        "level": level,
        "alpha": main.value,
        **{key: value for key, value in objects.of(main, detail=True).items() if key != "value"},
        "rater_names": list(ratings.raters),
        "coefficients": {name: objects.of(one) for name, one in others.items()},
        "codes": [
            {
                "code": word_of(ratings, one.code),
                "times": one.times,
                "units": one.units,
                "specific": one.specific,
                "alpha": objects.of(one.alpha),
            }
            for one in codes
        ],
    }
