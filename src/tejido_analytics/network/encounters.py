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

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.network.ties import Integers, Network, empty
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
    but get no tie. Weights by the formula above, summed in the order of the encounters. Every pair of every encounter
    is written down once as a number and sorted: time and memory grow with Σ |e|² over the encounters. (A product of
    sparse matrices gives the same weights as fast, but not the first and last day of each pair.)

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> trio = [Attendance(name, "trio") for name in ("ana", "eva", "luz")]
    >>> found = encounters(Activity(Tables(gatherings=[Gathering("trio", day)], attendance=trio)), day)
    >>> met_ties(found, day + dt.timedelta(days=365), {"ana", "eva"}).weight.tolist()
    [0.25]
    """
    names = tuple(sorted(people))
    pair, which = _pairs(found, names)
    if not len(pair):
        return empty(names)
    sizes = np.array([len(group.people) for group in found.groups], dtype=np.float64)
    days = np.array([group.date for group in found.groups], dtype="datetime64[D]")
    age = (np.datetime64(until, "D") - days).astype(np.float64)
    share = np.exp2(-age / half_life_days) / (sizes - 1)
    starts = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    ends = np.append(starts[1:], len(pair))
    weight = np.add.reduceat(share[which], starts)
    kept = weight >= max(threshold - 1e-12, np.finfo(float).tiny)
    starts, ends = starts[kept], ends[kept]
    return Network(
        names,
        pair[starts] // len(names),
        pair[starts] % len(names),
        weight[kept],
        days[which[starts]],
        days[which[ends - 1]],
        (ends - starts).astype(np.int64),
    )


def _pairs(found: Encounters, names: tuple[str, ...]) -> tuple[Integers, Integers]:
    """Every pair of `names` in every encounter: int64 pair = a·n + b with a < b, and the encounter's number.

    Sorted by pair, then encounter, and so by day. Encounters of one size are unfolded together.
    """
    number = {name: at for at, name in enumerate(names)}
    by_size: dict[int, list[list[int]]] = {}
    for at, group in enumerate(found.groups):
        there = sorted(number[person] for person in group.people if person in number)
        if len(there) > 1:
            by_size.setdefault(len(there), []).append([at, *there])
    n, count = len(names), len(found.groups)
    if n * n * count >= 2**63:
        raise OverflowError("too many people and encounters for one network: cut them into communities")
    unfolded = [np.empty(0, dtype=np.int64)]
    for size, rows in sorted(by_size.items()):
        table = np.array(rows, dtype=np.int64)
        first, second = np.triu_indices(size, 1)
        pairs = table[:, 1 + first] * n + table[:, 1 + second]
        unfolded.append((pairs * count + table[:, :1]).ravel())
    together = np.concatenate(unfolded)
    together.sort()
    return together // max(count, 1), together % max(count, 1)


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
