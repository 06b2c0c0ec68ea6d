"""Who met whom: `network.encounters`, written once as expressions for any engine.

The rules and the formula are those of `tejido_analytics.network.encounters`:

    w(a, b) = Σ_e 1/(|e|-1) · 2^(-age_e/h),   age in days from the encounter to the end of the period.

Every pair of every encounter is joined once, so time grows with Σ |e|² over the encounters. Ties hold whole numbers
for people (`Wide.people.person`), a < b.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import with_counts
from tejido_analytics.options import Options
from tejido_analytics.tables import Period
from tejido_analytics.wide.clean import Wide, day_number
from tejido_analytics.wide.engine import count_of, kept, real, rows, whole_of

MET = "met"


@dataclass(frozen=True, eq=False)
class Met:
    """Ties on the last day of `period` among everybody who consents, as `network.woven.Woven`.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held
    >>> day = dt.date(2024, 5, 2)
    >>> pair = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> met = Met(Wide(held(connect(), pair)), Period(day, day), Options())
    >>> [(row["a"], row["b"], row["weight"]) for row in rows(met.ties, met.wide.engine)]
    [(0, 1, 1.0)]
    """

    wide: Wide
    period: Period
    options: Options

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of ties: as asked, else met ties, else (nothing attended) whatever is recorded."""
        if self.options.kinds is not None:
            return tuple(sorted(set(self.options.kinds)))
        facts, ties = self.wide.facts, self.wide.given.ties
        if facts.recorded or not facts.ties:
            return (MET,)
        return tuple(sorted(row["kind"] for row in rows(ties.select("kind").distinct(), self.wide.engine)))

    @cached_property
    def present(self) -> ir.Table:
        """gathering, day, there (people who came), tabled: gatherings up to the end of the period."""
        seats, tabled = self.wide.seats, self.wide.tabled
        seats = seats.filter(seats.day <= day_number(self.period.end))
        sizes = seats.group_by(["gathering", "day"]).aggregate(there=seats.count().cast("int64"))
        named = tabled.select(at="gathering").distinct()
        joined = sizes.left_join(named, sizes.gathering == named["at"])
        return joined.select("gathering", "day", "there", tabled=joined["at"].notnull())

    @cached_property
    def counts(self) -> dict[str, int]:
        """halls, with_groups (gatherings of which it is known who met whom), without_table; one query."""
        p, limit = self.present, self.options.hall_limit
        sums = p.aggregate(
            halls=count_of(~p.tabled & (p.there > limit)),
            with_groups=count_of(p.tabled | (p.there <= limit)),
            at_tables=p.tabled.ifelse(p.there, 0).sum().fill_null(0).cast("int64"),
        )
        found = rows(sums, self.wide.engine)[0]
        seated = self.wide.tabled.semi_join(p, "gathering").select("gathering", "person").distinct()
        sitting = rows(seated.aggregate(n=seated.count().cast("int64")), self.wide.engine)[0]["n"]
        return {**found, "without_table": found["at_tables"] - sitting}

    @property
    def missing(self) -> dict[str, int]:
        """What could not be an encounter, in the phrases of `reasons.MISSING`."""
        if MET not in self.kinds:
            return {}
        found = self.counts
        return with_counts({reasons.HALLS: found["halls"], reasons.WITHOUT_TABLE: found["without_table"]})

    @cached_property
    def members(self) -> ir.Table:
        """encounter (int64), person, day, share: who was in which encounter of two or more, and what it gives a tie.

        A group is a table of a round where tables were recorded, else a gathering of at most `hall_limit`. share =
        1/(|e|-1) · 2^(-age/half-life); |e| counts everybody, people without consent then leave the table.
        """
        wide, p = self.wide, self.present
        small = p.filter(~p.tabled & (p.there <= self.options.hall_limit))
        small = small.select(encounter=small.gathering, day="day", size="there")
        seats = wide.seats.select("person", "gathering")
        groups = seats.join(small, seats.gathering == small.encounter)
        groups = groups.select("encounter", "person", "day", "size")
        if wide.facts.recorded and rows(wide.tabled.limit(1), wide.engine):
            groups = ibis.union(groups, self._at_tables())
        groups = groups.filter(groups["size"] > 1)
        consenting = wide.people.filter(wide.people.consent)
        groups = groups.semi_join(consenting, "person")
        age = real(ibis.literal(day_number(self.period.end), "int64") - groups.day)
        fading = real(ibis.literal(2.0, "float64")).pow(real(age / self.options.half_life_days) * -1)
        return groups.select("encounter", "person", "day", share=fading / real(groups["size"] - 1))

    def _at_tables(self) -> ir.Table:
        """encounter, person, day, size of the tables; numbered below 0, so that they never meet a gathering's number."""
        tabled, p = self.wide.tabled, self.present
        days = p.select(at="gathering", day="day")
        tabled = tabled.join(days, tabled.gathering == days["at"])
        keys = ["gathering", "round", "table"]
        number = whole_of(ibis.dense_rank().over(order_by=keys))
        sizes = tabled.mutate(encounter=-1 - number)
        groups = (
            sizes.group_by("encounter").aggregate(size=sizes.count().cast("int64")).rename(of="encounter")
        )
        both = sizes.join(groups, sizes.encounter == groups.of)
        return both.select("encounter", "person", "day", "size")

    @cached_property
    def every_tie(self) -> ir.Table:
        """a, b, weight, first, last (days since 1970), count: every met tie, standing or not. Not yet computed."""
        here = self.members
        there = here.select(encounter_="encounter", b="person").view()
        pairs = here.join(there, [here.encounter == there.encounter_, here.person < there.b])
        return pairs.group_by([pairs.person.name("a"), "b"]).aggregate(
            weight=pairs.share.sum(),
            first=pairs.day.min(),
            last=pairs.day.max(),
            count=pairs.count().cast("int64"),
        )

    @cached_property
    def ties(self) -> ir.Table:
        """The standing ties, with recorded ties of the asked kinds on top; held by the engine."""
        parts = []
        if MET in self.kinds:
            least = max(self.options.tie_threshold - 1e-12, float(np.finfo(float).tiny))
            parts.append(self.every_tie.filter(self.every_tie.weight >= least))
        others = set(self.kinds) - {MET}
        if others:
            parts.append(self._recorded(others))
        table = parts[0]
        if len(parts) > 1:
            both = ibis.union(*parts)
            table = both.group_by(["a", "b"]).aggregate(
                weight=both.weight.sum(),
                first=both["first"].min(),
                last=both["last"].max(),
                count=both["count"].sum().cast("int64"),
            )
        return kept(table, self.wide.engine)

    def _recorded(self, kinds: set[str]) -> ir.Table:
        """Recorded ties as `network.ties.recorded`: undirected, summed, those with a date in its period only."""
        ties, people = self.wide.given.ties, self.wide.people
        first, last = day_number(self.period.start), day_number(self.period.end)
        day = whole_of(ties.date.epoch_days())
        ties = ties.mutate(day=day).filter(
            ties.kind.isin(sorted(kinds)) & (day.isnull() | day.between(first, last))
        )
        nodes = people.filter(people.consent)
        sources = nodes.select(x="person", from_="id")
        targets = nodes.select(y="person", to="id")
        both = ties.join(sources, ties.source == sources.from_)
        both = both.join(targets, both.target == targets.to)
        both = both.filter(both.x != both.y)
        each = both.select(
            a=ibis.least(both.x, both.y), b=ibis.greatest(both.x, both.y), weight="weight", day="day"
        )
        return each.group_by(["a", "b"]).aggregate(
            weight=each.weight.sum(),
            first=each.day.min(),
            last=each.day.max(),
            count=each.count().cast("int64"),
        )
