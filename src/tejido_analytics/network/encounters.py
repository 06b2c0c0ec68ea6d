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
from scipy import sparse

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.network.ties import Days, Network, empty
from tejido_analytics.options import Options

_PAIRS_AT_ONCE = 200_000


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
    for (gathering, turn, table), people in activity.groups().items():
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
    but get no tie. Weights by the formula above. Computed as B·diag(w)·Bᵀ on sparse matrices; time and memory grow
    with Σ |e|² over the encounters.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> trio = [Attendance(name, "trio") for name in ("ana", "eva", "luz")]
    >>> found = encounters(Activity(Tables(gatherings=[Gathering("trio", day)], attendance=trio)), day)
    >>> met_ties(found, day + dt.timedelta(days=365), {"ana", "eva"}).weight.tolist()
    [0.25]
    """
    names = tuple(sorted(people))
    number = {name: at for at, name in enumerate(names)}
    seats = [
        (at, number[person])
        for at, group in enumerate(found.groups)
        for person in group.people
        if person in number
    ]
    if not seats:
        return empty(names)
    which, who = np.array(sorted(seats), dtype=np.int64).T
    shape = (len(names), len(found.groups))
    sat = sparse.csr_array((np.ones(len(who)), (who, which)), shape=shape)
    sizes = np.array([len(group.people) for group in found.groups], dtype=np.float64)
    days = np.array([group.date for group in found.groups], dtype="datetime64[D]")
    age = (np.datetime64(until, "D") - days).astype(np.float64)
    share = np.exp2(-age / half_life_days) / (sizes - 1)
    together = sparse.triu(sat @ sparse.diags_array(share) @ sat.T, k=1).tocsr()
    together.sort_indices()
    ties = together.tocoo()
    kept = ties.data >= max(threshold - 1e-12, np.finfo(float).tiny)
    a, b = ties.row[kept].astype(np.int64), ties.col[kept].astype(np.int64)
    first, last, count = _span(sat, days, a, b)
    return Network(names, a, b, ties.data[kept].astype(np.float64), first, last, count)


def _span(sat: sparse.csr_array, days: Days, a: np.ndarray, b: np.ndarray) -> tuple[Days, Days, np.ndarray]:
    """First and last day, and number, of the encounters that each pair shared; encounters are in order of days."""
    first, last, count = [], [], []
    for start in range(0, len(a), _PAIRS_AT_ONCE):
        chunk = slice(start, start + _PAIRS_AT_ONCE)
        shared = sparse.csr_array(sat[a[chunk]] * sat[b[chunk]])
        shared.sort_indices()
        first.append(days[shared.indices[shared.indptr[:-1]]])
        last.append(days[shared.indices[shared.indptr[1:] - 1]])
        count.append(np.diff(shared.indptr).astype(np.int64))
    if not first:
        none = np.empty(0, dtype="datetime64[D]")
        return none, none, np.empty(0, dtype=np.int64)
    return np.concatenate(first), np.concatenate(last), np.concatenate(count)


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
