"""Exit tickets: how many of those who were there answered, and how useful they found it, from gathering to gathering."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.charts import control_chart
from tejido_analytics.charts.model import TOO_FEW
from tejido_analytics.measure import Measure, share
from tejido_analytics.options import Options
from tejido_analytics.privacy import protect
from tejido_analytics.tables import Period, Ticket

LEAST_READINGS: Final = 6
"""Readings below which nothing is called a signal: limits from fewer are too wide or too narrow by chance (Wheeler 2000)."""


def _tickets(activity: Activity) -> dict[str, list[Ticket]]:
    """Gathering -> its tickets, by id; those of gatherings that are cancelled or not listed are left out."""
    found: dict[str, dict[str, Ticket]] = defaultdict(dict)
    for row in sorted(activity.tables.tickets, key=lambda one: (one.id, repr(one))):
        found[row.gathering].setdefault(row.id, row)
    return {key: list(found[key].values()) for key in activity.gatherings if key in found}


def exit_response(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Exit-ticket answers / people who attended, over the gatherings of the period at which one was given (share).

    Everybody who attended counts, members or not. Of several tickets at one gathering the one with most answers counts, and
    of its answers at most as many as people attended (whoever has the link may answer); the rest is reported as missing.
    n = denominator = attendances. detail: `by_gathering`: `key`, `date`, `value`, `numerator`, `denominator`, `people`.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> import datetime as dt
    >>> day = dt.date(2024, 5, 2)
    >>> came = [Attendance(name, "g") for name in ("ana", "eva", "luz", "zoe")]
    >>> data = Tables(gatherings=[Gathering("g", day)], attendance=came, tickets=[Ticket("t", "g", 3)])
    >>> exit_response(Activity(data), Period(day, day)).value
    0.75
    """
    options = options or Options()
    tickets = {key: rows for key, rows in _tickets(activity).items() if activity.date_of(key) in period}
    met = [key for key in activity.gatherings_in(period) if activity.attended[key]]
    asked = [key for key in met if key in tickets]
    most = {key: max(row.answers for row in tickets[key]) for key in asked}
    came = {key: len(activity.attended[key]) for key in asked}
    missing = {
        reasons.GATHERINGS_WITHOUT_TICKET: len(met) - len(asked),
        reasons.GATHERINGS_WITHOUT_ATTENDANCE: len(tickets.keys() - set(asked)),
        reasons.MORE_ANSWERS: sum(max(0, most[key] - came[key]) for key in asked),
    }
    if not asked and not tickets:
        because = activity.why_nothing(period) or reasons.NO_TICKETS
        return Measure(None, 0, because, missing={k: v for k, v in missing.items() if v})
    counted = {key: min(most[key], came[key]) for key in asked}
    cells = [
        {
            "key": key,
            "date": activity.date_of(key),
            "value": counted[key] / came[key],
            "numerator": counted[key],
            "denominator": came[key],
            "people": came[key],
        }
        for key in asked
    ]
    shown = protect(cells, suppress=options.suppress, smallest=options.smallest_cell, keep=("key", "date"))
    return share(
        sum(counted.values()),
        sum(came.values()),
        reasons.NO_ATTENDANCE_IN_PERIOD,
        missing=missing,
        detail={"by_gathering": shown},
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What the tickets of one gathering came to. ratings: answer -> how often; answers: people."""

    key: str
    ratings: Mapping[float, int]
    answers: int

    @property
    def mean(self) -> float:
        return _mean(self.ratings)


def _mean(ratings: Mapping[float, int]) -> float:
    return math.fsum(value * count for value, count in ratings.items()) / sum(ratings.values())


def _pooled(tickets: Iterable[Ticket]) -> Counter[float]:
    found: Counter[float] = Counter()
    for row in tickets:
        for given in row.ratings.values():
            found.update({float(value): count for value, count in given.items() if count})
    return found


def usefulness(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """How useful people found the gatherings of the period: mean of all scale items of exit tickets, from 1 to 5.

    Every answered item counts once; n = answers (people) of the tickets that rated. With `Options.suppress` the mean of fewer than
    `smallest_cell` answers is not said, nor anything of a gathering that has fewer.
    detail: `distribution`: 1..5 -> `key`, `count` (ratings, rounded to whole ones), `people` (at least so many gave it:
    the most of any item); `points`: gatherings with ratings up to the end of the period, by date: `key`, `date`, `value`
    (mean), `people` (answers), `here` (in the period), `because`; `chart`: an individuals (XmR) chart of the points that are
    shown, `charts.control_chart` with its defaults: `centre`, `lower`, `upper` (None below two readings; cut at 1 and 5),
    `signals` (`rule`, `side`, `keys` of the gatherings), `code` of the whole sentence.
    Source: Shewhart (1931), Wheeler (1993) for the chart; indicators of the house (Meetings).

    >>> from tejido_analytics.tables import Gathering, Tables
    >>> import datetime as dt
    >>> day = dt.date(2024, 5, 2)
    >>> ticket = Ticket("t", "g", 6, {"useful": {5: 4, 4: 2}})
    >>> usefulness(Activity(Tables(gatherings=[Gathering("g", day)], tickets=[ticket])), Period(day, day)).value
    4.666666666666667
    """
    options = options or Options()
    tickets = _tickets(activity)
    until = {key: rows for key, rows in tickets.items() if activity.date_of(key) <= period.end}
    readings = [
        Reading(key, pooled, sum(row.answers for row in rows if row.ratings))
        for key, rows in until.items()
        if (pooled := _pooled(rows))
    ]
    points = _points(activity, period, readings, options)
    here = [one for one in readings if activity.date_of(one.key) in period]
    in_period = [row for one in here for row in until[one.key]]
    detail = {
        "distribution": _distribution(in_period, options),
        "points": points,
        "chart": _chart([point for point in points if point["value"] is not None]),
    }
    asked = [key for key in until if activity.date_of(key) in period]
    missing = {reasons.GATHERINGS_WITHOUT_TICKET: len(set(activity.gatherings_in(period)) - set(asked))}
    missing = {phrase: count for phrase, count in missing.items() if count}
    if not here:
        because = reasons.NO_RATINGS if asked else activity.why_nothing(period) or reasons.NO_TICKETS
        return Measure(None, 0, because, missing=missing, detail=detail if points else {})
    answers = sum(one.answers for one in here)
    if options.suppress and answers < options.smallest_cell:
        return Measure(None, answers, reasons.SUPPRESSED, missing=missing, detail=detail)
    return Measure(_mean(_pooled(in_period)), answers, missing=missing, detail=detail)


def _points(
    activity: Activity, period: Period, readings: Sequence[Reading], options: Options
) -> list[dict[str, Any]]:
    """One cell for each reading by date; those of the period and those before are each protected as one breakdown."""
    shown: list[dict[str, Any]] = []
    for now in (False, True):
        cells = [
            {
                "key": one.key,
                "date": activity.date_of(one.key),
                "here": now,
                "value": one.mean,
                "people": one.answers,
            }
            for one in readings
            if (activity.date_of(one.key) in period) is now
        ]
        keep = ("key", "date", "here")
        shown += protect(cells, suppress=options.suppress, smallest=options.smallest_cell, keep=keep)
    return sorted(shown, key=lambda cell: (cell["date"], cell["key"]))


def _distribution(tickets: Sequence[Ticket], options: Options) -> list[dict[str, Any]]:
    """How often each of 1 to 5 was given. The number of people is that of the item of which most gave it."""
    counts: Counter[int] = Counter()
    by_item: Counter[tuple[str, int]] = Counter()
    for row in tickets:
        for item, given in row.ratings.items():
            for value, count in given.items():
                counts[math.floor(value + 0.5)] += count
                by_item[item, math.floor(value + 0.5)] += count
    cells = [
        {
            "key": str(at),
            "count": counts[at],
            "people": max((n for (_item, value), n in by_item.items() if value == at), default=0),
        }
        for at in range(1, 6)
    ]
    return protect(cells, suppress=options.suppress, smallest=options.smallest_cell) if counts else []


def _chart(points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The chart as plain data; signals only from `LEAST_READINGS` readings on. Empty without a reading."""
    if not points:
        return {}
    chart = control_chart("xmr", np.array([point["value"] for point in points], dtype=np.float64))
    keys = [str(point["key"]) for point in points]
    enough = len(points) >= LEAST_READINGS
    return {
        "centre": float(chart.centre[0]),
        "lower": None if math.isnan(chart.lower[0]) else max(1.0, float(chart.lower[0])),
        "upper": None if math.isnan(chart.upper[0]) else min(5.0, float(chart.upper[0])),
        "code": chart.sentence.code if enough else TOO_FEW,
        "signals": [
            {"rule": one.rule, "side": one.side, "keys": [keys[at] for at in one.points]}
            for one in chart.signals
            if enough
        ],
    }
