"""Everything about one community and period at once: all indicators, the network with positions, what needs attention.

The web application and the command line call this and nothing else. Any table may be missing or empty: what follows
from what is there is computed, and every indicator that cannot be says why (`because`, one of `reasons.REASONS`).

Cost: grows with the rows of the tables, with Σ |e|² over encounters (who met whom), and most with betweenness,
people × ties of the drawn network. 2 000 people in 180 gatherings take about a second, most small communities a few
milliseconds. Pure: the same tables, period and options give the same panorama, in whatever order the rows come.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tejido_analytics import signals as attention
from tejido_analytics.activity import Activity
from tejido_analytics.catalogue import BRIDGING_ATTRIBUTES, DEFINITIONS
from tejido_analytics.inside import Inside
from tejido_analytics.measure import Measure
from tejido_analytics.network.cohesion import components, coreness
from tejido_analytics.network.encounters import Encounters
from tejido_analytics.network.layout import layout
from tejido_analytics.network.roles import constraint
from tejido_analytics.network.ties import Network
from tejido_analytics.options import Options
from tejido_analytics.signals import Signal
from tejido_analytics.tables import Period, Tables
from tejido_analytics.tickets import usefulness


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as it is shown and written.

    id, family, unit: of `catalogue.DEFINITIONS`. value: None where it cannot be computed, then `because` says why.
    n: how many records it rests on. previous: the same in P-1, None where that cannot be computed
    (`previous_because`). numerator, denominator: of a share. missing: what was left out, phrase -> count.
    detail: lists, tables and breakdowns as plain dicts; which ones is said by the function that computes it.
    """

    id: str
    family: str
    value: float | None
    unit: str
    n: int
    because: str = ""
    previous: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    missing: Mapping[str, int] = dataclasses.field(default_factory=dict, hash=False)
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)
    previous_because: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A person in the drawn network. x, y: 0..1 (0.5 where no layout was asked for); degree: ties; strength: their
    summed weight; group: of Leiden, 0 the largest (None where there are no ties at all); component: 0 the largest;
    core: largest k-core; betweenness: 0..1; constraint: None without ties."""

    id: str
    x: float
    y: float
    degree: int
    strength: float
    group: int | None
    component: int
    core: int
    betweenness: float
    constraint: float | None


@dataclass(frozen=True, slots=True)
class Panorama:
    """All there is to show. indicators: id -> Indicator, every id of the catalogue, in its order. network: standing
    ties among active members who consent, with days and counts; nodes: its people, in the same order. kinds: of the
    ties. encounters: from which they were made (for `ego`). signals: the most pressing first, all of them."""

    period: Period
    previous: Period
    indicators: Mapping[str, Indicator]
    network: Network
    nodes: tuple[Node, ...]
    kinds: tuple[str, ...]
    encounters: Encounters
    signals: tuple[Signal, ...]


def panorama(
    tables: Tables, period: Period, previous: Period | None = None, options: Options | None = None
) -> Panorama:
    """All indicators of the five families in `period`, beside those of the period before, the network and signals.

    previous: P-1; by default the last of `options.periods` that ends before P, else the same number of days before.
    Raises ValueError where `previous` does not end before `period` starts.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering
    >>> day = dt.date(2024, 5, 2)
    >>> data = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> seen = panorama(data, Period(day, day))
    >>> seen.indicators["density"].value, seen.indicators["retention"].because
    (1.0, 'nobody was active in the period before')
    """
    options = options or Options()
    earlier = previous or period_before(period, options)
    if earlier.end >= period.start:
        raise ValueError(
            f"the period before ({earlier.end}) has to end before the period starts ({period.start})"
        )
    activity = Activity(tables)
    quick = dataclasses.replace(options, permutations=0)
    before = Inside(activity, earlier, period_before(earlier, options), quick)
    now = Inside(activity, period, earlier, options, before.woven)
    current, old = now.measures(), before.measures()
    return Panorama(
        period,
        earlier,
        {name: indicator(name, current[name], old[name]) for name in DEFINITIONS},
        now.woven.network,
        _nodes(now, options),
        now.woven.kinds,
        now.woven.found,
        _signals(now, current),
    )


def period_before(period: Period, options: Options | None = None) -> Period:
    """P-1: the last of the community's own periods that ends before P; else the same number of days before.

    >>> import datetime as dt
    >>> terms = (Period(dt.date(2024, 2, 1), dt.date(2024, 6, 15)),)
    >>> period_before(Period(dt.date(2024, 7, 1), dt.date(2024, 11, 30)), Options(periods=terms)) == terms[0]
    True
    """
    own = [one for one in (options or Options()).periods if one.end < period.start]
    return max(own, key=lambda one: (one.end, one.start)) if own else period.previous()


def indicator(name: str, now: Measure, before: Measure) -> Indicator:
    """A measure of two periods as the indicator of that id in the catalogue.

    name: the id. now, before: the measure of the period and of the one before it. Raises KeyError for an id that is not in the
    catalogue.

    >>> indicator("density", Measure(0.5, 4), Measure(None, 0, "no people known")).previous_because
    'no people known'
    """
    definition = DEFINITIONS[name]
    return Indicator(
        name,
        definition.family,
        now.value,
        definition.unit,
        now.n,
        now.because,
        before.value,
        now.numerator,
        now.denominator,
        now.missing,
        now.detail,
        before.because,
    )


def _nodes(now: Inside, options: Options) -> tuple[Node, ...]:
    network = now.woven.network
    if not network.size:
        return ()
    places = [[0.5, 0.5]] * network.size
    if options.layout:
        places = layout(network, seed=options.seed, start=options.positions).tolist()
    groups: list[int | None] = [*now.groups] if network.ties else [None] * network.size
    columns = zip(
        network.people,
        places,
        network.degree.tolist(),
        network.strength.tolist(),
        groups,
        components(network),
        coreness(network),
        now.betweenness.tolist(),
        constraint(network),
        strict=True,
    )
    return tuple(Node(person, x, y, *rest) for person, (x, y), *rest in columns)


def _signals(now: Inside, measures: Mapping[str, Measure]) -> tuple[Signal, ...]:
    activity, period, earlier, network = now.activity, now.period, now.earlier, now.woven.network
    found: list[Signal] = []
    if not activity.why_nothing(period):
        found += attention.drifting(activity, period, earlier)
        found += attention.schools_at_risk(activity, period, earlier)
        found += attention.heads_not_engaged(measures["leaders_engaged"], period)
    if not now.woven.why_not:
        found += attention.isolates(activity, network, now.woven.found, period.end)
        bridges = {name: measures[f"bridging_{name}"] for name in BRIDGING_ATTRIBUTES}
        found += attention.bridging_below_expected(bridges, period)
        found += attention.betweenness_concentrated(network, measures["brokers"], period)
    found += attention.leading_concentrated(measures["leadership_spread"], period)
    found += attention.much_presentation(activity, now.options.as_of or period.end)
    shown = dataclasses.replace(
        now.options, suppress=True
    )  # the team is told; who runs the community sees more
    found += attention.usefulness_falls(usefulness(activity, period, shown), period)
    return attention.in_order(found)
