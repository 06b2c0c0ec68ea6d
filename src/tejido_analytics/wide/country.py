"""A whole country from the tables of an engine: every indicator that can be had, beside the period before, and the network."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Final

from tejido_analytics.catalogue import DEFINITIONS
from tejido_analytics.measure import Measure
from tejido_analytics.network.groups import communities
from tejido_analytics.network.ties import Network
from tejido_analytics.options import Options
from tejido_analytics.panorama import Indicator, indicator
from tejido_analytics.tables import Period
from tejido_analytics.wide.clean import Wide
from tejido_analytics.wide.engine import rows, whole_of
from tejido_analytics.wide.given import Given
from tejido_analytics.wide.graph import Sample, circles, collect, groups_of, whole_network, without_lists
from tejido_analytics.wide.network import Net
from tejido_analytics.wide.panorama import indicators, roll_of

LEFT_OUT: Final = (
    "core_periphery",
    "skills_cover",
    "school_survival",
    "time_mix",
    "voices",
    "partners",
    "exit_response",
    "usefulness",
    "leadership_spread",
    "member_led",
)
"""Indicators that are for one community at a time."""


@dataclass(frozen=True, slots=True)
class Country:
    """indicators: id -> indicator, for every id of the catalogue but `LEFT_OUT`. network: standing ties, with their days."""

    period: Period
    previous: Period
    indicators: dict[str, Indicator]
    network: Network


def country(
    given: Given,
    period: Period,
    previous: Period | None = None,
    options: Options | None = None,
    sample: Sample | None = None,
) -> Country:
    """All that an engine can say of `period`, beside `previous` (by default as in `panorama.panorama`).

    Sums are computed by the engine and have their value of the period before; the measures of the network as a whole
    are computed here, of this period only, betweenness from a sample above its size (`graph.brokers`). `communities` are those
    of the whole network; `by_district` in its detail those of each district by itself (`graph.circles`), where districts
    are known. Options.permutations and layout say nothing here. Cost: as `wide.panorama.indicators`, twice, and `whole_network`.
    Raises ValueError as `roll_of` and `Wide`.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held
    >>> day = dt.date(2024, 5, 2)
    >>> pair = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> seen = country(held(connect(), pair), Period(day, day))
    >>> seen.indicators["density"].value, seen.indicators["communities"].value, seen.network.pairs()
    (1.0, 1, {('a', 'b')})
    """
    options = options or Options()
    wide = Wide(given)
    roll = roll_of(wide, period, previous, options)
    net = Net(roll)
    now = indicators(roll, net)
    before = indicators(roll_of(wide, roll.earlier, options=options))
    network = collect(net)
    now |= _of_the_whole(net, network, options, sample)
    found = {
        name: indicator(name, now[name], before.get(name, now[name])) for name in DEFINITIONS if name in now
    }
    for name in now.keys() - before.keys():
        found[name] = dataclasses.replace(found[name], previous=None, previous_because="")
    return Country(period, roll.earlier, found, network)


def _of_the_whole(net: Net, network: Network, options: Options, sample: Sample | None) -> dict[str, Measure]:
    names = ("largest_component", "clustering", "k_core", "brokers", "communities")
    if net.why_not:
        return {name: Measure(None, 0, net.why_not, missing=net.missing) for name in names}
    found = whole_network(network, sample)
    groups = without_lists(communities(network, options.seed))
    districts = groups_of(net, "district")
    if any(districts.values()):
        inside = circles(network, districts, options.seed)
        detail = {**groups.detail, "by_district": {"value": inside.value, **inside.detail}}
        groups = without_lists(groups, detail)
    return found | {"communities": groups}


def span(given: Given) -> Period | None:
    """From the first to the last day of any gathering or dated tie; None where nothing is dated. As `Tables.span`.

    >>> from tejido_analytics.tables import Gathering, Tables
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held
    >>> span(held(connect(), Tables(gatherings=[Gathering("g", dt.date(2024, 5, 2))]))).end
    datetime.date(2024, 5, 2)
    """
    days: list[int] = []
    for table in (given.gatherings, given.ties):
        day = whole_of(table.date.epoch_days())
        (ends,) = rows(table.aggregate(first=day.min(), last=day.max()), given.engine)
        days += [int(one) for one in ends.values() if one is not None]
    start = dt.date(1970, 1, 1)
    return (
        Period(start + dt.timedelta(days=min(days)), start + dt.timedelta(days=max(days))) if days else None
    )
