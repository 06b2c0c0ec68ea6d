"""Who was asked and who came of them, without ever writing down everybody who was asked to everything.

Where a gathering has no recorded invitations its members of that day were invited (`Activity.invited`). In a country
that would be people times gatherings; sums over days give the same numbers: a person was invited to as many open
gatherings as there were between the first and the last day of each spell of her membership.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, share
from tejido_analytics.privacy import protect
from tejido_analytics.wide.clean import ALWAYS, day_number
from tejido_analytics.wide.engine import count_of, kept, rows
from tejido_analytics.wide.roll import Roll, one, within


def gatherings_of(roll: Roll) -> ir.Table:
    """The gatherings of the period with attendance, and `open`: no invitation to them is recorded."""
    table = roll.wide.gatherings
    table = table.filter(within(table.day, roll.period) & table.recorded)
    asked = roll.wide.given.invitations.select(asked=roll.wide.given.invitations.gathering).distinct()
    joined = table.left_join(asked, table.id == asked.asked)
    return joined.mutate(open=joined.asked.isnull()).drop("asked")


def asked_by_name(roll: Roll, gatherings: ir.Table) -> ir.Table:
    """person, gathering, of every recorded invitation of somebody who was a member that day."""
    given, people, spells = roll.wide.given, roll.wide.people, roll.wide.spells
    asked = given.invitations.select(who="person", what="gathering").distinct()
    names = people.select(number=people.person, name=people.id)
    which = gatherings.select(at=gatherings.gathering, day=gatherings.day, called=gatherings.id)
    found = asked.join(names, asked.who == names.name)
    found = found.join(which, found.what == which.called)
    found = found.select(who="number", gathering="at", on="day")
    member = found.join(
        spells, [found.who == spells.person, found.on >= spells.start, found.on <= spells.end]
    )
    return member.select(person="who", gathering="gathering")


def running(roll: Roll, gatherings: ir.Table, by: Sequence[str] = ()) -> ir.Table:
    """day, *by, total: how many of the open `gatherings` there were in the period up to each day (included)."""
    opened = gatherings.filter(gatherings.open)
    counts = opened.group_by([opened.day.name("on"), *by]).aggregate(n=opened.count().cast("int64"))
    words = opened.select(*by).distinct() if by else None
    days = roll.calendar if words is None else roll.calendar.cross_join(words)
    on = [days.day == counts.on, *(days[name] == counts[name] for name in by)]
    table = days.left_join(counts, on).select(
        day=days.day, **{name: days[name] for name in by}, n=counts.n.fill_null(0)
    )
    so_far = ibis.window(group_by=list(by), order_by="day", preceding=(None, 0))
    return table.select("day", *by, total=table.n.sum().over(so_far).cast("int64"))


def open_to(roll: Roll, total: ir.Table, by: Sequence[str] = ()) -> ir.Table:
    """person, *by, invited: open gatherings of which a person was a member that day; only those with any."""
    spells = roll.clipped
    at_end = total.select(last="day", upto="total", **{f"{name}_": name for name in by})
    start = total.select(first="day", below="total", **{f"{name}__": name for name in by})
    found = spells.join(at_end, spells.end == at_end.last)
    on = [found.before == start.first, *(found[f"{name}_"] == start[f"{name}__"] for name in by)]
    found = found.join(start, on)
    each = found.select(
        "person", **{name: found[f"{name}_"] for name in by}, invited=found.upto - found.below
    ).filter(ibis._.invited > 0)
    return each.group_by(["person", *by]).aggregate(invited=each.invited.sum().cast("int64"))


def attendances(roll: Roll, gatherings: ir.Table) -> ir.Table:
    """person, gathering, kind, modality, invited (bool): everybody who came to a gathering of the period."""
    seats, spells = roll.wide.seats, roll.wide.spells
    which = gatherings.select("kind", "modality", "open", at="gathering")
    came = seats.join(which, seats.gathering == which["at"]).drop("at")
    spells = spells.select(who="person", start="start", end="end")
    member = came.left_join(
        spells, [came.person == spells.who, came.day >= spells.start, came.day <= spells.end]
    )
    found = member.select("person", "gathering", "kind", "modality", "open", member=member.who.notnull())
    if not roll.wide.facts.invitations:
        return found.mutate(invited=found.member).drop("open", "member")
    asked = asked_by_name(roll, gatherings).select(guest="person", to="gathering", named=ibis.literal(True))
    found = found.left_join(asked, [found.person == asked.guest, found.gathering == asked.to])
    invited = found.member & (found.open | found.named.fill_null(False))
    return found.select("person", "gathering", "kind", "modality", invited=invited)


def invitations_of_people(roll: Roll) -> ir.Table:
    """person, invited, came: of each active person, the gatherings of the period asked to, and those of them attended."""
    gatherings = gatherings_of(roll)
    parts = [open_to(roll, running(roll, gatherings)).mutate(came=ibis.literal(0, "int64"))]
    if roll.wide.facts.invitations:
        named = asked_by_name(roll, gatherings)
        one_each = named.select("person", invited=ibis.literal(1, "int64"), came=ibis.literal(0, "int64"))
        parts.append(one_each)
    came = attendances(roll, gatherings)
    came = came.filter(came.invited)
    parts.append(came.select("person", invited=ibis.literal(0, "int64"), came=ibis.literal(1, "int64")))
    both = ibis.union(*parts) if len(parts) > 1 else parts[0]
    both = both.semi_join(roll.people.filter(roll.people.active), "person")
    return both.group_by("person").aggregate(
        invited=both.invited.sum().cast("int64"), came=both.came.sum().cast("int64")
    )


def turnout(roll: Roll) -> ir.Table:
    """gathering, id, day, kind, modality, invited, came (of those invited), uninvited: one row for each gathering of
    the period with attendance; whole numbers of people. The list behind `attendance_rate`, for a caller to write."""
    gatherings = gatherings_of(roll)
    members = _members_by_day(roll)
    table = gatherings.left_join(members, gatherings.day == members.on)
    table = table.select(
        "gathering", "id", "day", "kind", "modality", asked=table.open.ifelse(table.members.fill_null(0), 0)
    )
    if roll.wide.facts.invitations:
        named = asked_by_name(roll, gatherings)
        named = named.group_by(named.gathering.name("to")).aggregate(n=named.count().cast("int64"))
        table = table.left_join(named, table.gathering == named.to)
        table = table.mutate(asked=table.asked + table.n.fill_null(0)).drop("to", "n")
    came = attendances(roll, gatherings)
    came = came.group_by(came.gathering.name("to")).aggregate(
        came=count_of(came.invited), uninvited=count_of(~came.invited)
    )
    table = table.left_join(came, table.gathering == came.to)
    return table.select(
        *("gathering", "id", "day", "kind", "modality"),
        invited=table.asked.cast("int64"),
        came=table.came.fill_null(0).cast("int64"),
        uninvited=table.uninvited.fill_null(0).cast("int64"),
    )


def _members_by_day(roll: Roll) -> ir.Table:
    """on, members: how many people belong on each day of the period."""
    spells, days = roll.clipped, roll.calendar
    arrive = spells.select(on=spells.before + 1, n=ibis.literal(1, "int64"))
    leave = spells.select(on=spells.end + 1, n=ibis.literal(-1, "int64"))
    moves = ibis.union(arrive, leave)
    moves = moves.group_by("on").aggregate(n=moves.n.sum().cast("int64"))
    table = days.left_join(moves, days.day == moves.on).select(on=days.day, n=moves.n.fill_null(0))
    so_far = ibis.window(order_by="on", preceding=(None, 0))
    return table.select("on", members=table.n.sum().over(so_far).cast("int64"))


def attendance_rate(roll: Roll) -> Measure:
    """Attended / invited members over the gatherings of the period: `meetings.attendance_rate`, from sums.

    detail: `by_kind`, `by_modality` as there; the list of gatherings is `turnout`.
    """
    if roll.why_nothing:
        return Measure(None, 0, roll.why_nothing)
    table = kept(turnout(roll), roll.engine)
    sums = one(
        table.aggregate(
            **{
                name: table[name].sum().fill_null(0).cast("int64")
                for name in ("came", "invited", "uninvited")
            }
        ),
        roll,
    )
    return share(
        sums["came"],
        sums["invited"],
        reasons.NOBODY_INVITED,
        missing=roll.gaps | {reasons.NOT_INVITED: sums["uninvited"]},
        detail={f"by_{word}": _cells(roll, table, word) for word in ("kind", "modality")},
    )


def _cells(roll: Roll, table: ir.Table, word: str) -> list[dict[str, Any]]:
    sums = table.group_by(word).aggregate(
        numerator=table.came.sum().cast("int64"),
        denominator=table.invited.sum().cast("int64"),
        gatherings=table.count().cast("int64"),
    )
    found = sorted(rows(sums, roll.engine), key=lambda row: str(row[word]))
    if [row[word] for row in found] == [""]:
        return []
    people = _people_invited(roll, word)
    cells = []
    for row in found:
        asked = row["denominator"]
        value = row["numerator"] / asked if asked else None
        counts = {name: row[name] for name in ("numerator", "denominator", "gatherings")}
        cells.append({"key": row[word], "value": value, **counts, "people": people.get(row[word], 0)})
    return protect(cells, suppress=roll.options.suppress, smallest=roll.options.smallest_cell)


def _people_invited(roll: Roll, word: str) -> dict[str, int]:
    """How many different people were invited to any gathering of each kind (or modality)."""
    gatherings = gatherings_of(roll)
    who = open_to(roll, running(roll, gatherings, [word]), [word]).select("person", word)
    if roll.wide.facts.invitations:
        named = asked_by_name(roll, gatherings).rename(guest="person", to="gathering")
        named = named.join(gatherings, named.to == gatherings.gathering)
        who = ibis.union(who, named.select("guest", word).rename(person="guest"), distinct=True)
    counts = who.group_by(word).aggregate(people=who.person.nunique().cast("int64"))
    return {row[word]: row["people"] for row in rows(counts, roll.engine)}


def held(roll: Roll) -> Measure:
    """Gatherings held / planned in the period: `meetings.held`, from one sum for each state."""
    table, options = roll.wide.every, roll.options
    inside = table.filter(within(table.day, roll.period))
    due = inside.day <= (day_number(options.as_of) if options.as_of else ALWAYS)
    states = ("held", "planned", "cancelled")
    sums = {state: count_of(due & (inside.state == state)) for state in states}
    found = one(inside.aggregate(**sums, due=count_of(due), every=inside.count().cast("int64")), roll)
    if not found["every"]:
        because = reasons.NO_GATHERINGS_IN_PERIOD if roll.wide.facts.every else reasons.NO_GATHERINGS
        return Measure(None, 0, because)
    known = sum(found[state] for state in states)
    return share(
        found["held"],
        known,
        reasons.NO_STATES if found["due"] else reasons.NO_GATHERINGS_IN_PERIOD,
        missing={
            reasons.GATHERINGS_WITHOUT_STATE: found["due"] - known,
            reasons.GATHERINGS_NOT_DUE: found["every"] - found["due"],
        },
        detail={"states": {state: found[state] for state in states}},
    )
