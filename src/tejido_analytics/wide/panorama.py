"""All indicators of a community or a country that are sums over rows, from tables of any engine."""

from __future__ import annotations

from typing import Final

from tejido_analytics.measure import Measure
from tejido_analytics.options import Options
from tejido_analytics.panorama import period_before
from tejido_analytics.tables import Period
from tejido_analytics.wide.clean import Wide
from tejido_analytics.wide.network import Net, network_sums, reciprocity, tie_change
from tejido_analytics.wide.participation import participation
from tejido_analytics.wide.place import leadership, place
from tejido_analytics.wide.roll import Roll
from tejido_analytics.wide.turnout import attendance_rate, held

NOT_SUMS: Final = (
    "largest_component",
    "clustering",
    "k_core",
    "communities",
    "core_periphery",
    "brokers",
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
"""Indicators of the catalogue that are no sums over rows: the first six come from `collect` and the measures of
`network`, the rest need the tables of one community in memory (`panorama.panorama`)."""


def roll_of(
    wide: Wide, period: Period, earlier: Period | None = None, options: Options | None = None
) -> Roll:
    """The roll of a period, compared with `earlier` (by default P-1 as in `panorama.panorama`).

    Raises ValueError where `earlier` does not end before `period` starts.
    """
    options = options or Options()
    before = earlier or period_before(period, options)
    if before.end >= period.start:
        raise ValueError(
            f"the period before ({before.end}) has to end before the period starts ({period.start})"
        )
    return Roll(wide, period, before, options)


def indicators(roll: Roll, net: Net | None = None) -> dict[str, Measure]:
    """id -> Measure, for every id of the catalogue but `NOT_SUMS`; exact, the same numbers on every engine.

    net: the network of the roll, where the caller has made it already. Values, n, numerators, denominators, reasons and
    what is missing are those of `panorama.panorama`; details hold tables of groups and no lists of people or schools.
    Bridging has no permutation test (`p` None), distance no bands by who was invited.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held as held_in
    >>> day = dt.date(2024, 5, 2)
    >>> pair = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> seen = indicators(roll_of(Wide(held_in(connect(), pair)), Period(day, day)))
    >>> seen["density"].value, seen["retention"].because
    (1.0, 'nobody was active in the period before')
    """
    net = net or Net(roll)
    return {
        **participation(roll),
        **network_sums(net),
        "reciprocity": reciprocity(roll),
        "tie_change": tie_change(net),
        "held": held(roll),
        "attendance_rate": attendance_rate(roll),
        **place(roll),
        **leadership(roll),
    }
