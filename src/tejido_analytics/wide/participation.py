"""Who takes part, who stays, who comes once: the definitions of `tejido_analytics.participation`, as sums over a roll.

Values, sizes, numerators, denominators, reasons and what is missing are those of the functions of the same name there.
Lists of people are not made: where a country is counted, names belong in the pages of its communities.
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, share, with_counts
from tejido_analytics.participation import cohort_rows
from tejido_analytics.tables import Period
from tejido_analytics.wide.clean import day_number
from tejido_analytics.wide.engine import count_of, rows
from tejido_analytics.wide.roll import Roll, one, within
from tejido_analytics.wide.turnout import invitations_of_people


def participation(roll: Roll) -> dict[str, Measure]:
    """id -> Measure of active_members, retention, newcomers, returners, core_share, drop_in_share, cohort_retention."""
    because = roll.why_nothing
    if because:
        ids = "active_members retention newcomers returners core_share drop_in_share cohort_retention"
        nothing = {name: Measure(None, 0, because) for name in ids.split()}
        return nothing | {"active_members": Measure(None, 0, because, missing=with_counts(roll.gaps))}
    n, first = roll.numbers, roll.wide.facts.first
    begins = first is not None and first >= day_number(roll.period.start)
    nothing_before = {reasons.NOTHING_BEFORE: 1} if begins else {}
    told = {"gatherings": roll.gatherings["recorded"], "attendances": n["seats"]}
    return {
        "active_members": Measure(n["active"], n["seats"], missing=with_counts(roll.gaps), detail=told),
        "retention": share(n["both"], n["active_earlier"], reasons.NOBODY_ACTIVE_BEFORE),
        "newcomers": Measure(n["new"], n["active"], missing=nothing_before),
        "returners": Measure(n["back"], n["active"], missing=nothing_before),
        "core_share": _core_share(roll),
        "drop_in_share": share(n["once"], n["active"], reasons.NOBODY_ACTIVE),
        "cohort_retention": _cohorts(roll),
    }


def _core_share(roll: Roll) -> Measure:
    active = roll.numbers["active"]
    if not active:
        return Measure(None, 0, reasons.NOBODY_ACTIVE)
    asked = invitations_of_people(roll)
    enough = asked.invited >= roll.options.core_gatherings
    # 1e-12: 3 of 5 is 60 %, whatever the binary fractions say.
    needed = asked.invited.cast("float64") * roll.options.core_share_from - 1e-12
    sums = one(
        asked.aggregate(
            eligible=count_of(enough), core=count_of(enough & (asked.came.cast("float64") >= needed))
        ),
        roll,
    )
    missing = {reasons.FEW_INVITATIONS: active - sums["eligible"]}
    if not sums["eligible"]:
        return Measure(None, active, reasons.TOO_FEW_GATHERINGS, missing=with_counts(missing))
    return share(sums["core"], active, reasons.NOBODY_ACTIVE, missing=missing)


def periods_back(roll: Roll) -> list[Period]:
    """P, P-1, P-2 … back to the first attendance, oldest first; as `participation.periods_back`."""
    options, first = roll.options, roll.wide.facts.first
    found = [roll.period]
    own = sorted((own for own in options.periods if own.end < roll.period.start), reverse=True)
    if roll.earlier not in own:
        own = [roll.earlier, *(other for other in own if other.end < roll.earlier.start)]
    while first is not None and day_number(found[-1].start) > first and len(found) < options.most_cohorts:
        found.append(own.pop(0) if own else found[-1].previous())
    return found[::-1]


def presence(roll: Roll, columns: list[Period]) -> ir.Table:
    """born, later, people: how many first came in period number `born` and came (again) in number `later`.

    Numbers are places in `columns`; born -1: before the first of them. Everybody who attended counts.
    """
    seats = roll.wide.seats
    oldest = day_number(columns[0].start)
    cases = [(within(seats.day, column), at) for at, column in enumerate(columns)]
    place = ibis.cases(*cases, else_=-2).cast("int64")
    number = (seats.day < oldest).ifelse(-1, place)
    came = seats.select("person", number=number.cast("int64"))
    came = came.filter(came.number >= -1).distinct()
    born = came.group_by("person").aggregate(born=came.number.min()).rename(who="person")
    both = came.join(born, came.person == born.who)
    return both.group_by(["born", both.number.name("later")]).aggregate(people=both.count().cast("int64"))


def _cohorts(roll: Roll) -> Measure:
    columns = periods_back(roll)
    counts = {
        (row["born"], row["later"]): row["people"] for row in rows(presence(roll, columns), roll.engine)
    }
    table: list[dict[str, Any]] = []
    again = first_timers = 0
    for at, column in enumerate(columns):
        cells = [counts.get((at, later), 0) for later in range(at, len(columns))]
        table.append({"start": column.start, "end": column.end, "size": cells[0], "counts": cells})
        if at + 1 < len(columns):
            first_timers += cells[0]
            again += cells[1]
    outside = roll.wide.seats.filter(roll.wide.seats.day < day_number(columns[0].start))
    detail = {
        "periods": [[column.start, column.end] for column in columns],
        "rows": cohort_rows(table, roll.options),
        "first_attended_before": _seen_again(roll, outside, columns),
    }
    return share(again, first_timers, reasons.NO_LATER_PERIOD, detail=detail)


def _seen_again(roll: Roll, outside: ir.Table, columns: list[Period]) -> int:
    """People who came before the first column and in one of them."""
    seats = roll.wide.seats
    inside = seats.filter(ibis.or_(*(within(seats.day, column) for column in columns)))
    both = outside.select("person").distinct().semi_join(inside, "person")
    return int(one(both.aggregate(n=both.count().cast("int64")), roll)["n"])
