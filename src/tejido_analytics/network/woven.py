"""The network of one community and period: which ties it is made of, whom it joins, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, with_counts
from tejido_analytics.network.core import core_periphery
from tejido_analytics.network.encounters import Encounters, encounters, met_ties
from tejido_analytics.network.ties import Network, combined, recorded
from tejido_analytics.options import Options
from tejido_analytics.tables import Period

MET = "met"


@dataclass(frozen=True, eq=False)
class Woven:
    """Ties of a period. `everybody`: all standing ties among people who consent; `network`: those among the people
    whom the period is about. Each is made when first asked for.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> data = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> woven = Woven(Activity(data), Period(day, day), Options())
    >>> woven.kinds, woven.network.pairs(), woven.why_not
    (('met',), {('a', 'b')}, '')
    """

    activity: Activity
    period: Period
    options: Options

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of ties in this network: as asked, else met ties, else (nothing attended) whatever is recorded."""
        if self.options.kinds is not None:
            return tuple(sorted(set(self.options.kinds)))
        recorded_kinds = tuple(sorted({tie.kind for tie in self.activity.tables.ties}))
        return recorded_kinds if recorded_kinds and not self.activity.recorded else (MET,)

    @cached_property
    def found(self) -> Encounters:
        """Encounters up to the end of the period."""
        return encounters(self.activity, self.period.end, self.options.hall_limit)

    @cached_property
    def everybody(self) -> Network:
        """All standing ties of the kinds among people who consent, active in the period or not."""
        people, options = self.activity.consenting, self.options
        parts = []
        if MET in self.kinds:
            met = met_ties(self.found, self.period.end, people, options.half_life_days, options.tie_threshold)
            parts.append(met)
        others = set(self.kinds) - {MET}
        if others:
            parts.append(recorded(self.activity.tables.ties, others, self.period, people))
        return parts[0] if len(parts) == 1 else combined(parts, people)

    @cached_property
    def concerned(self) -> frozenset[str]:
        """Everybody the network is about, consent or not: active members where it is made of meeting.

        Else members, and guests who stand in a tie of the period: of them a list of ties is all there is.
        """
        if MET in self.kinds:
            return self.activity.active(self.period)
        people = self.activity.members_in(self.period) | (self._tied & self.activity.guests)
        return people & self.activity.people.keys()

    @property
    def _tied(self) -> frozenset[str]:
        """People at either end of a recorded tie of the kinds that counts in the period."""
        ties = (
            tie
            for tie in self.activity.tables.ties
            if tie.kind in self.kinds and (tie.date is None or tie.date in self.period)
        )
        return frozenset(person for tie in ties for person in (tie.source, tie.target))

    @cached_property
    def network(self) -> Network:
        """Standing ties among the concerned who consent; those of them without ties are in it too."""
        return self.everybody.among(self.concerned & self.activity.consenting)

    @cached_property
    def why_not(self) -> str:
        """Why nothing can be said about the network; empty where something can."""
        if not self.concerned:
            because = self.activity.why_nothing(self.period) if MET in self.kinds else reasons.NO_PEOPLE
            return because or reasons.NOBODY_ACTIVE
        if not self.network.size:
            return reasons.NO_CONSENT
        if self.kinds == (MET,) and not self.found.with_groups:
            return reasons.NO_SMALL_GROUPS
        if MET not in self.kinds and not self.everybody.ties:
            return reasons.NO_TIES
        return ""

    @cached_property
    def core(self) -> Measure:
        """How well a core and an edge describe the network, and who is in the core (`core.core_periphery`)."""
        return core_periphery(self.network)

    @property
    def missing(self) -> dict[str, int]:
        """People and gatherings that the network leaves out."""
        without = {reasons.PEOPLE_WITHOUT_CONSENT: len(self.concerned - self.activity.consenting)}
        return with_counts(without | (self.found.missing() if MET in self.kinds else {}))
