"""Who met whom: from attendance to weighted ties.

An encounter is the smallest recorded group that people shared: a table in a round where tables were recorded; else
the whole gathering if at most 30 attended; a larger hall without tables makes no encounter. Every encounter e that
two people shared gives their tie 1/(|e|-1), as one hour is shared among those in the room (Newman, Scientific
collaboration networks II, Phys. Rev. E 64, 016132, 2001), and fades with half-life h:

    w(a, b) = Σ_e 1/(|e|-1) · 2^(-age_e/h),   age in days from the encounter to the end of the period.

All encounters up to the end of the period count, those before its start too: what was woven fades, it is not cut.
|e| counts everybody who was there; people without consent for analytics are then in no tie.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.network.projection import Seats, projected
from tejido_analytics.network.ties import Network
from tejido_analytics.options import Options


@dataclass(frozen=True, slots=True)
class Encounter:
    """One group that shared a time: the gathering, its day, round and table (empty for a whole gathering)."""

    date: dt.date
    gathering: str
    round: str
    table: str
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Encounters:
    """Encounters in order of (date, gathering, round, table), and what could not be one.

    halls: gatherings of more than the limit without tables. without_table: attendances of people whom no table of
    their gathering lists. with_groups: gatherings of which it is known who met whom.
    """

    groups: tuple[Encounter, ...]
    halls: tuple[str, ...]
    without_table: int
    with_groups: frozenset[str]

    def missing(self) -> dict[str, int]:
        """What was left out, in the phrases of `reasons.MISSING`."""
        return {reasons.HALLS: len(self.halls), reasons.WITHOUT_TABLE: self.without_table}


def encounters(activity: Activity, until: dt.date, hall_limit: int = 30) -> Encounters:
    """All encounters up to the day `until`, included. Groups of one person are none. O(attendances).

    hall_limit: most people of a gathering without tables for it to be an encounter.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> hall = [Attendance(f"p{number:02}", "hall") for number in range(31)]
    >>> trio = [Attendance(name, "trio") for name in ("ana", "eva", "luz")]
    >>> found = encounters(Activity(Tables(gatherings=[Gathering("hall", day), Gathering("trio", day)],
    ...                                    attendance=hall + trio)), day)
    >>> [group.gathering for group in found.groups], found.halls
    (['trio'], ('hall',))
    """
    tables: dict[str, list[Encounter]] = {}
    for (gathering, turn, table), people in activity.seated.items():
        group = Encounter(activity.date_of(gathering), gathering, turn, table, people)
        tables.setdefault(gathering, []).append(group)
    groups: list[Encounter] = []
    halls, known, without_table = [], set(), 0
    for key, there in activity.attended.items():
        row = activity.gatherings[key]
        if row.date > until or not there:
            continue
        if key in tables:
            groups += tables[key]
            without_table += len(there - frozenset().union(*(group.people for group in tables[key])))
        elif len(there) <= hall_limit:
            groups.append(Encounter(row.date, key, "", "", there))
        else:
            halls.append(key)
            continue
        known.add(key)
    groups = [group for group in groups if len(group.people) > 1]
    groups.sort(key=lambda group: (group.date, group.gathering, group.round, group.table))
    return Encounters(tuple(groups), tuple(halls), without_table, frozenset(known))


def met_ties(
    found: Encounters,
    until: dt.date,
    people: Set[str],
    half_life_days: float = 365.0,
    threshold: float = 0.0,
) -> Network:
    """The met network of `people` on the day `until`, with ties of at least `threshold` (0: all).

    found: encounters up to `until`. people: the nodes, usually those who consent; others in a group make it larger
    but get no tie. Weights by the formula above, summed in the order of the encounters (`projection.projected`): time and
    memory grow with Σ |e|² over the encounters.
    half_life_days: above 0.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> trio = [Attendance(name, "trio") for name in ("ana", "eva", "luz")]
    >>> found = encounters(Activity(Tables(gatherings=[Gathering("trio", day)], attendance=trio)), day)
    >>> met_ties(found, day + dt.timedelta(days=365), {"ana", "eva"}).weight.tolist()
    [0.25]
    """
    names = tuple(sorted(people))
    number = {name: at for at, name in enumerate(names)}
    rows = [[number[person] for person in group.people if person in number] for group in found.groups]
    seats = Seats(
        np.fromiter(chain.from_iterable(rows), dtype=np.int64),
        np.repeat(np.arange(len(rows)), [len(row) for row in rows]),
        np.array([len(group.people) for group in found.groups], dtype=np.int64),
        np.array([group.date for group in found.groups], dtype="datetime64[D]"),
    )
    return projected(names, seats, until, half_life_days, threshold)


def met_network(activity: Activity, until: dt.date, options: Options | None = None) -> Network:
    """The standing met ties on the day `until` among all who consent: the usual call, with the usual thresholds.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> pair = Activity(Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")]))
    >>> met_network(pair, day).pairs()
    {('a', 'b')}
    """
    options = options or Options()
    found = encounters(activity, until, options.hall_limit)
    return met_ties(found, until, activity.consenting, options.half_life_days, options.tie_threshold)
