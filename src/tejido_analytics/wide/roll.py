"""The roll of one period: one row for each person, from which the indicators of participation and place are sums."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir

from tejido_analytics import reasons
from tejido_analytics.options import Options
from tejido_analytics.tables import Period
from tejido_analytics.wide.clean import Wide, day_number, whole
from tejido_analytics.wide.engine import count_of, kept, rows, whole_of

FLAGS = ("active", "active_earlier", "came", "came_earlier", "came_before", "member", "member_last")


def within(day: ir.IntegerValue, period: Period) -> ir.BooleanValue:
    """Whether a day number lies in a period.

    >>> import datetime as dt
    >>> t = ibis.memtable({"day": [0, 1]})
    >>> one = Period(dt.date(1970, 1, 2), dt.date(1970, 1, 3))
    >>> t.filter(within(t.day, one)).count().to_pyarrow().as_py()
    1
    """
    return day.between(day_number(period.start), day_number(period.end))


class Roll:
    """Everybody of `wide` in `period`, compared with `earlier`.

    people: the columns of `Wide.people` and came, came_earlier, came_before (attended in P, in P-1, on a day before P),
    until (gatherings attended up to the end of P, int64), seats (those in P), member (on some day of P), guest (never
    one), member_last (on its last day), active (came and member), active_earlier, school_now, school_earlier, school_last (of the post held
    last in P, in P-1, on the last day of P; without posts `school`; empty where unknown). Held by the engine.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held
    >>> day = dt.date(2024, 5, 2)
    >>> wide = Wide(held(connect(), Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("ana", "g")])))
    >>> roll = Roll(wide, Period(day, day), Period(day, day).previous(), Options())
    >>> roll.why_nothing, roll.numbers["active"], roll.gaps
    ('', 1, {})
    """

    def __init__(self, wide: Wide, period: Period, earlier: Period, options: Options) -> None:
        self.wide, self.engine = wide, wide.engine
        self.period, self.earlier, self.options = period, earlier, options

    @cached_property
    def people(self) -> ir.Table:
        """See above."""
        wide, first, last = self.wide, day_number(self.period.start), day_number(self.period.end)
        seats, stays = wide.seats, wide.stays
        history = seats.group_by(seats.person.name("who")).aggregate(
            seats=count_of(within(seats.day, self.period)),
            seats_earlier=count_of(within(seats.day, self.earlier)),
            seats_before=count_of(seats.day < first),
            until=count_of(seats.day <= last),
        )
        start, end = day_number(self.earlier.start), day_number(self.earlier.end)
        belongs = stays.group_by(stays.person.name("whose")).aggregate(
            in_period=count_of((stays.start <= last) & (stays.end >= first)),
            in_earlier=count_of((stays.start <= end) & (stays.end >= start)),
            on_last=count_of((stays.start <= last) & (stays.end >= last)),
            ever=count_of(stays.person.notnull()),
        )
        found = wide.people.left_join(history, wide.people.person == history.who)
        found = found.left_join(belongs, found.person == belongs.whose)

        def any_of(column: str) -> ir.BooleanValue:
            return found[column].fill_null(0) > 0

        table = found.select(
            *wide.people.columns,
            came=any_of("seats"),
            came_earlier=any_of("seats_earlier"),
            came_before=any_of("seats_before"),
            until=found.until.fill_null(0).cast("int64"),
            seats=found.seats.fill_null(0).cast("int64"),
            member=any_of("in_period"),
            member_last=any_of("on_last"),
            guest=~any_of("ever") & wide.people.known,
            active=any_of("seats") & any_of("in_period"),
            active_earlier=any_of("seats_earlier") & any_of("in_earlier"),
        )
        return kept(self._with_schools(table), self.engine)

    def _with_schools(self, table: ir.Table) -> ir.Table:
        last = Period(self.period.end, self.period.end)
        spans = {"school_now": self.period, "school_earlier": self.earlier, "school_last": last}
        if not self.wide.facts.posts:
            return table.mutate(**dict.fromkeys(spans, table.school))
        posts, people = self.wide.given.posts, self.wide.people
        numbers = people.select(number=people.person, name=people.id)
        held = posts.join(numbers, posts.person == numbers.name)
        held = held.select(
            who=held.number,
            at=held.school,
            since=whole_of(held.start.epoch_days()).fill_null(-(10**7)),
            till=whole_of(held.end.epoch_days()).fill_null(10**7),
        )
        anyone = held.select(anyone=held.who).distinct()
        table = table.left_join(anyone, table.person == anyone.anyone)
        for column, span in spans.items():
            first, end = day_number(span.start), day_number(span.end)
            there = held.filter((held.since <= end) & (held.till >= first))
            order = [ibis.desc("till"), ibis.desc("since"), ibis.desc("at")]
            there = there.mutate(rank=ibis.row_number().over(group_by="who", order_by=order))
            there = there.filter(there["rank"] == 0).select(who=there.who, at=there["at"])
            table = table.left_join(there, table.person == there.who)
            school = table.anyone.notnull().ifelse(table["at"].fill_null(""), table.school)
            table = table.mutate(**{column: school}).drop("who", "at")
        return table.drop("anyone")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Counts of people that most indicators share; one query.

        active, active_earlier, both (active in both periods), new (active, never came before), back (active, came
        before but not in P-1), once (active, one gathering in all), consenting (active with consent), visitors (came
        without being members), seats (attendances of the active), members and members_consenting (with consent, known).
        """
        p = self.people
        wanted = {
            "active": p.active,
            "active_earlier": p.active_earlier,
            "both": p.active & p.active_earlier,
            "new": p.active & ~p.came_before,
            "back": p.active & p.came_before & ~p.came_earlier,
            "once": p.active & (p.until == 1),
            "consenting": p.active & p.consent,
            "visitors": p.came & ~p.member,
            "members": p.member,
            "members_consenting": p.member & p.consent,
        }
        sums = {name: count_of(condition) for name, condition in wanted.items()}
        seats = p.active.ifelse(p.seats, 0).sum().fill_null(0).cast("int64")
        return rows(p.aggregate(**sums, seats=seats), self.engine)[0]

    @cached_property
    def gatherings(self) -> dict[str, int]:
        """live: gatherings of the period; recorded: those with attendance."""
        table = self.wide.gatherings
        inside = within(table.day, self.period)
        sums = table.aggregate(live=count_of(inside), recorded=count_of(inside & table.recorded))
        return rows(sums, self.engine)[0]

    @cached_property
    def why_nothing(self) -> str:
        """Why nothing can be said about attendance in the period; empty where something can."""
        if self.gatherings["recorded"]:
            return ""
        if not self.wide.facts.every:
            return reasons.NO_GATHERINGS
        if not self.gatherings["live"]:
            return reasons.NO_GATHERINGS_IN_PERIOD
        return reasons.NO_ATTENDANCE_IN_PERIOD if self.wide.facts.recorded else reasons.NO_ATTENDANCE

    @property
    def gaps(self) -> dict[str, int]:
        """What is missing from the attendance of the period, in the phrases of `reasons.MISSING`."""
        facts = self.wide.facts
        counts = {
            reasons.GATHERINGS_WITHOUT_ATTENDANCE: self.gatherings["live"] - self.gatherings["recorded"],
            reasons.GATHERINGS_NOT_LISTED: facts.at_unlisted,
            reasons.VISITORS: self.numbers["visitors"],
            reasons.PEOPLE_NOT_LISTED: facts.unlisted,
        }
        return {phrase: count for phrase, count in counts.items() if count}

    @cached_property
    def schools(self) -> ir.Table:
        """school, people (active), earlier (active in P-1), by school; schools with neither are not in it."""
        p = self.people
        now = p.filter(p.active & (p.school_now != "")).select(
            school=p.school_now, now=whole(1), before=whole(0)
        )
        then = p.filter(p.active_earlier & (p.school_earlier != "")).select(
            school=p.school_earlier, now=whole(0), before=whole(1)
        )
        both = ibis.union(now, then)
        return both.group_by("school").aggregate(
            people=both.now.sum().cast("int64"), earlier=both.before.sum().cast("int64")
        )

    @cached_property
    def calendar(self) -> ir.Table:
        """day: every day of the period and the one before it, int64; for sums that run over days."""
        first, last = day_number(self.period.start), day_number(self.period.end)
        return (
            ibis.range(first - 1, last + 1)
            .unnest()
            .name("day")
            .as_table()
            .select(day=ibis._.day.cast("int64"))
        )

    @cached_property
    def clipped(self) -> ir.Table:
        """person, before (the day before), end: the spells of membership cut to the period."""
        spells = self.wide.spells
        first, last = day_number(self.period.start), day_number(self.period.end)
        inside = spells.filter((spells.start <= last) & (spells.end >= first))
        return inside.select(
            "person",
            before=ibis.greatest(inside.start, whole(first)) - 1,
            end=ibis.least(inside.end, whole(last)),
        )


def one(table: ir.Table, roll: Roll) -> dict[str, Any]:
    """The only row of a table of sums."""
    return rows(table, roll.engine)[0]
