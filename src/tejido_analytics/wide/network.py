"""The measures of a network that are sums over its ties: density, strength, isolates, E-I, change, reciprocity.

They are computed where the ties are, so that a country's ties need not leave its engine. What cannot be a sum
(components, triangles, cores, betweenness) is in `wide.graph`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir

from tejido_analytics import reasons
from tejido_analytics.catalogue import BRIDGING_ATTRIBUTES
from tejido_analytics.measure import Measure, share, with_counts
from tejido_analytics.privacy import protect
from tejido_analytics.tables import DIRECTED_KINDS
from tejido_analytics.wide.engine import count_of, kept, rows, whole_of
from tejido_analytics.wide.met import MET, Met
from tejido_analytics.wide.roll import Roll, one, within


class Net:
    """The network of a roll: its nodes (active members who consent) and the standing ties among them.

    people: person and what groups them. ties: a, b, weight, first, last, count. why_not: why nothing can be said of
    the network; missing: whom and what it leaves out. As `network.woven.Woven`, whose words these are.

    >>> import datetime as dt
    >>> from tejido_analytics.options import Options
    >>> from tejido_analytics.tables import Attendance, Gathering, Period, Tables
    >>> from tejido_analytics.wide.clean import Wide
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held
    >>> day = dt.date(2024, 5, 2)
    >>> pair = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> roll = Roll(Wide(held(connect(), pair)), Period(day, day), Period(day, day).previous(), Options())
    >>> network_sums(Net(roll))["density"].value
    1.0
    """

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self.met = Met(roll.wide, roll.period, roll.options)

    @cached_property
    def _concerned(self) -> ir.Table:
        """Everybody the network is about, consent or not."""
        p = self.roll.people
        if MET in self.met.kinds:
            return p.filter(p.active)
        found = p.left_join(self._tied, p.id == self._tied.end)
        found = found.filter((found.member & found.known) | (found.guest & found.end.notnull()))
        return found.drop("end")

    @cached_property
    def _tied(self) -> ir.Table:
        """end: ids at either end of a recorded tie of the kinds that counts in the period."""
        ties = self.roll.wide.given.ties
        day = whole_of(ties.date.epoch_days())
        ties = ties.filter(
            ties.kind.isin(sorted(self.met.kinds)) & (day.isnull() | within(day, self.roll.period))
        )
        return ibis.union(ties.select(end="source"), ties.select(end="target"), distinct=True)

    @cached_property
    def people(self) -> ir.Table:
        """The nodes: those concerned who consent."""
        p = self._concerned
        return p.filter(p.consent)

    @cached_property
    def ties(self) -> ir.Table:
        """Standing ties among the nodes; held by the engine."""
        every = self.met.ties
        nodes = self.people.select(node="person")
        other = self.people.select(other="person")
        inside = every.semi_join(nodes, every.a == nodes.node)
        return kept(inside.semi_join(other, inside.b == other.other), self.roll.engine)

    @cached_property
    def numbers(self) -> dict[str, Any]:
        """concerned, people, ties, weight (their sum), tied (people with a tie)."""
        p, t = self._concerned, self.ties
        ends = ibis.union(t.select(end="a"), t.select(end="b"), distinct=True)
        people = one(p.aggregate(concerned=p.count().cast("int64"), people=count_of(p.consent)), self.roll)
        ties = one(t.aggregate(ties=t.count().cast("int64"), weight=t.weight.sum().fill_null(0.0)), self.roll)
        tied = one(ends.aggregate(tied=ends.count().cast("int64")), self.roll)
        return {**people, **ties, **tied}

    @cached_property
    def why_not(self) -> str:
        """Why nothing can be said about the network; empty where something can."""
        kinds, n = self.met.kinds, self.numbers
        if not n["concerned"]:
            because = self.roll.why_nothing if MET in kinds else reasons.NO_PEOPLE
            return because or reasons.NOBODY_ACTIVE
        if not n["people"]:
            return reasons.NO_CONSENT
        if kinds == (MET,) and not self.met.counts["with_groups"]:
            return reasons.NO_SMALL_GROUPS
        if MET not in kinds and not rows(self.met.ties.limit(1), self.roll.engine):
            return reasons.NO_TIES
        return ""

    @property
    def missing(self) -> dict[str, int]:
        """People and gatherings that the network leaves out."""
        n = self.numbers
        return with_counts({reasons.PEOPLE_WITHOUT_CONSENT: n["concerned"] - n["people"]}) | self.met.missing


def network_sums(net: Net) -> dict[str, Measure]:
    """id -> Measure of density, mean_strength, isolates_share and bridging by each attribute."""
    names = (
        "density",
        "mean_strength",
        "isolates_share",
        *(f"bridging_{name}" for name in BRIDGING_ATTRIBUTES),
    )
    if net.why_not:
        return {name: Measure(None, 0, net.why_not, missing=net.missing) for name in names}
    n = net.numbers
    people, ties = n["people"], n["ties"]
    possible = people * (people - 1) // 2
    found = {
        "density": Measure(ties / possible, people, "", ties, possible)
        if possible
        else Measure(None, people, reasons.TOO_FEW_PEOPLE),
        "mean_strength": Measure(2 * n["weight"] / people, people, "", 2 * n["weight"], people),
        "isolates_share": share(people - n["tied"], people, reasons.NO_PEOPLE),
    }
    found |= {f"bridging_{name}": _bridging(net, name) for name in BRIDGING_ATTRIBUTES}
    return {name: _saying(measure, net.missing) for name, measure in found.items()}


def _saying(measure: Measure, missing: Mapping[str, int]) -> Measure:
    return Measure(
        measure.value,
        measure.n,
        measure.because,
        measure.numerator,
        measure.denominator,
        missing={**missing, **measure.missing},
        detail=measure.detail,
    )


def _bridging(net: Net, attribute: str) -> Measure:
    """`network.bridging.bridging` without its permutation test: E-I, and its value expected from group sizes alone."""
    options = net.roll.options
    sizes, by_group = _across_groups(net, "school_now" if attribute == "school" else attribute)
    # Every tie is in the sums twice, once from each end.
    external = sum(row["external"] for row in by_group.values()) // 2
    internal = sum(row["internal"] for row in by_group.values()) // 2
    m, people, every = external + internal, sum(sizes.values()), net.numbers["ties"]
    missing = with_counts(
        {
            reasons.PEOPLE_WITHOUT_GROUP: net.numbers["people"] - people,
            reasons.TIES_WITHOUT_GROUP: every - m,
        }
    )
    because = _why_no_bridging(every, len(sizes), m)
    if because:
        return Measure(None, m, because, missing=missing)
    inside, pairs = sum(size * (size - 1) // 2 for size in sizes.values()), people * (people - 1) // 2
    value, expected = (external - internal) / m, (pairs - 2 * inside) / pairs
    cells = [_cell(name, sizes[name], by_group.get(name, {})) for name in sorted(sizes)]
    detail = {
        "external": external,
        "internal": internal,
        "expected": expected,
        "difference": value - expected,
        "groups": protect(cells, suppress=options.suppress, smallest=options.smallest_cell),
        "p": None,
        "permutations": 0,
    }
    return Measure(value, m, "", external - internal, m, missing=missing, detail=detail)


def _across_groups(net: Net, column: str) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """group -> people, and group -> ends of ties in it that go out of it (`external`) or stay in it (`internal`)."""
    engine = net.roll.engine
    known = net.people.select(node="person", group=column)
    known = known.filter(known.group != "")
    counts = known.group_by("group").aggregate(n=known.count().cast("int64"))
    here, there = known.rename(one="node", mine="group"), known.rename(other="node", theirs="group")
    ties = net.ties.join(here, net.ties.a == here.one)
    ties = ties.join(there, ties.b == there.other).select("mine", "theirs")
    both = ibis.union(ties, ties.select(mine="theirs", theirs="mine"))
    sums = both.group_by("mine").aggregate(
        external=count_of(both.mine != both.theirs), internal=count_of(both.mine == both.theirs)
    )
    return (
        {row["group"]: row["n"] for row in rows(counts, engine)},
        {row["mine"]: row for row in rows(sums, engine)},
    )


def _why_no_bridging(ties: int, groups: int, usable: int) -> str:
    if not ties:
        return reasons.NO_TIES
    if not groups:
        return reasons.NO_GROUPS_KNOWN
    if groups == 1:
        return reasons.ONE_GROUP
    return "" if usable else reasons.NO_TIES_WITH_GROUPS


def _cell(name: str, people: int, sums: Mapping[str, int]) -> dict[str, Any]:
    external, internal = sums.get("external", 0), sums.get("internal", 0) // 2
    value = (external - internal) / (external + internal) if external + internal else None
    return {"key": name, "people": people, "value": value, "external": external, "internal": internal}


def tie_change(net: Net) -> Measure:
    """Persistence of standing ties since P-1: `network.change.tie_change`, as one join; n = ties that stood.

    Of all standing ties, also with people who are not active in one of the periods. detail: new, kept, lost.
    """
    if net.why_not:
        return Measure(None, 0, net.why_not, missing=net.missing)
    kinds, roll = net.met.kinds, net.roll
    if MET not in kinds and not _any_dated(roll):
        return Measure(None, 0, reasons.NO_DATES_OF_TIES, missing=net.missing)
    earlier = _same_kinds(net)
    now, then = net.met.ties.select("a", "b"), earlier.ties.select(x="a", y="b")
    both = now.join(then, [now.a == then.x, now.b == then.y])
    counts = ibis.union(
        *(
            table.aggregate(n=table.count().cast("int64")).mutate(what=ibis.literal(what))
            for what, table in (("now", now), ("before", then), ("kept", both))
        )
    )
    n = {row["what"]: row["n"] for row in rows(counts, roll.engine)}
    detail = {"new": n["now"] - n["kept"], "kept": n["kept"], "lost": n["before"] - n["kept"]}
    if not n["before"]:
        return Measure(None, 0, reasons.NO_TIES_BEFORE, missing=net.missing, detail=detail)
    value = n["kept"] / n["before"]
    return Measure(value, n["before"], "", n["kept"], n["before"], missing=net.missing, detail=detail)


def _any_dated(roll: Roll) -> bool:
    ties = roll.wide.given.ties
    return bool(rows(ties.filter(ties.date.notnull()).limit(1), roll.engine))


def _same_kinds(net: Net) -> Met:
    options = dataclasses.replace(net.roll.options, kinds=net.met.kinds)
    return Met(net.roll.wide, net.roll.earlier, options)


def reciprocity(roll: Roll) -> Measure:
    """Returned arcs / arcs over all directed kinds: `network.directed.reciprocity_by_kind`, as one self-join.

    detail `kinds`: kind -> value, arcs, returned.
    """
    ties, p = roll.wide.given.ties, roll.people
    ties = ties.filter(ties.kind.isin(sorted(DIRECTED_KINDS)))
    loops = one(ties.aggregate(n=count_of(ties.source == ties.target)), roll)["n"]
    day = whole_of(ties.date.epoch_days())
    inside = ties.filter((ties.source != ties.target) & (day.isnull() | within(day, roll.period)))
    people = p.filter((p.member | p.guest) & p.consent)
    inside = inside.semi_join(people, [("source", "id")])
    inside = inside.semi_join(people, [("target", "id")])
    arcs = inside.select("kind", "source", "target").distinct()
    back = arcs.select(k="kind", x="target", y="source").view()
    found = arcs.left_join(back, [arcs.kind == back.k, arcs.source == back.x, arcs.target == back.y])
    sums = found.group_by("kind").aggregate(
        arcs=found.count().cast("int64"), returned=count_of(found.k.notnull())
    )
    detail = {
        row["kind"]: {
            "value": row["returned"] / row["arcs"],
            "arcs": row["arcs"],
            "returned": row["returned"],
        }
        for row in sorted(rows(sums, roll.engine), key=lambda row: str(row["kind"]))
    }
    total = sum(kind["arcs"] for kind in detail.values())
    returned = sum(kind["returned"] for kind in detail.values())
    missing = with_counts({reasons.SELF_TIES: loops})
    if not total:
        return Measure(None, 0, reasons.NO_DIRECTED_TIES, missing=missing)
    return Measure(returned / total, total, "", returned, total, missing=missing, detail={"kinds": detail})
