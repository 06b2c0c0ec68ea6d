"""What a plan of visits is made from, and what it is: plain frozen records, the same for planning and replanning.

Places are degrees WGS84; times of day are minutes after midnight; durations are minutes; distances kilometres.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tejido_analytics.routes.travel import Travel

WEEKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Due:
    """Visits owed to one school: how many, how long each, and the skill that each asks for.

    A school whose visits ask for different skills has several of these, with the same `school` and place.
    school: its key. visits: how many, 0 and more. minutes: of one visit. skill: "" where any team may go.
    lat, lon: None where the place is not known; such visits are reported as not placed.

    >>> Due("s1", 4.6, -74.1).minutes
    120
    """

    school: str
    lat: float | None
    lon: float | None
    visits: int = 1
    minutes: int = 120
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """People who go out together (mostly two), from one home base.

    skills: all that somebody of the team can do. max_days: most days out in the season, None without limit.
    away: dates on which the team cannot go. members: names or keys; nobody may be in two teams.

    >>> Team("north", 4.6, -74.1, members=("ana", "rosa")).max_days is None
    True
    """

    team: str
    lat: float | None
    lon: float | None
    skills: frozenset[str] = frozenset()
    max_days: int | None = None
    away: frozenset[dt.date] = frozenset()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Season:
    """The calendar: first and last day, the weekdays that are worked (Monday is 0), the holidays.

    >>> [day.day for day in Season(dt.date(2025, 5, 1), dt.date(2025, 5, 6), frozenset({dt.date(2025, 5, 1)})).days()]
    [2, 5, 6]
    """

    first: dt.date
    last: dt.date
    holidays: frozenset[dt.date] = frozenset()
    weekdays: frozenset[int] = WEEKDAYS

    def days(self) -> tuple[dt.date, ...]:
        """The working days, in order."""
        length = (self.last - self.first).days + 1
        every = (self.first + dt.timedelta(days=number) for number in range(max(0, length)))
        return tuple(day for day in every if day.weekday() in self.weekdays and day not in self.holidays)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a plan must keep (hard), and what it weighs (soft).

    min_days: least number of days from one visit of a school to its next: 7 is the same weekday a week later.
    day_minutes: longest day out, from leaving the base (or bed) to being back; breaks are for the caller to count in.
    starts_at: when a day out begins, minutes after midnight.
    nights: most nights away on one tour; 0: everybody sleeps at home.
    day_km, night_km: the kilometres that a day out, a night away is worth when plans are compared.
    balance: no team gets more than this times its fair share of days out (share by the days it can go), as far as
        all visits can then still be made. 1.0: as even as can be; larger: shorter ways. A soft rule.

    >>> Rules(nights=0).day_minutes
    600
    """

    min_days: int = 7
    day_minutes: int = 600
    starts_at: int = 7 * 60
    nights: int = 2
    day_km: float = 300.0
    night_km: float = 120.0
    balance: float = 1.15


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search. With `seconds` None the search counts steps, so that one input and seed give one plan.

    seconds: of processor time, about; steps: multiplies the number of steps of every search; seed: any number from 0.

    >>> Effort(seconds=10).seed
    1
    """

    seconds: float | None = None
    steps: float = 1.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Accompaniment:
    """Everything a plan is made from.

    closures: school -> dates on which it cannot be visited (beside weekends and holidays).
    travel: ways between places; None: great circle (see `travel.great_circle`).
    """

    dues: tuple[Due, ...]
    teams: tuple[Team, ...]
    season: Season
    closures: Mapping[str, frozenset[dt.date]] = field(default_factory=dict)
    rules: Rules = Rules()
    travel: Travel | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of the plan. order: within the team's day, from 1. arrives, leaves: minutes after midnight.

    km: driven to get there from the place before. sleeps: the team spends the night here instead of going home.
    """

    team: str
    date: dt.date
    order: int
    school: str
    skill: str
    arrives: int
    leaves: int
    km: float
    sleeps: bool = False


@dataclass(frozen=True, slots=True)
class Outing:
    """One day out of one team. minutes: from leaving to being back (or in bed). away: it does not sleep at home."""

    team: str
    date: dt.date
    visits: int
    km: float
    minutes: int
    away: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What the plan asks of one team. hours: on the road and in schools. available: days it could go, at most."""

    team: str
    days: int
    available: int
    visits: int
    schools: int
    km: float
    hours: float
    nights: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Visits of one line that the plan leaves out. because: a code of `causes.UNPLACED`; numbers: its figures."""

    school: str
    skill: str
    count: int
    because: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """Who goes where and when, and what that means.

    visits: by date, team and order. outings: by date and team. loads: one per team, in the order given.
    due, done: visits owed and placed; `coverage` = done / due. cost: km + day_km · days + night_km · nights.
    evenness: the busiest team's share of its available days over the mean of all (1: all alike); None without days.
    """

    visits: tuple[Visit, ...]
    outings: tuple[Outing, ...]
    loads: tuple[Load, ...]
    unplaced: tuple[Unplaced, ...]
    due: int
    km: float
    hours: float
    cost: float
    evenness: float | None

    @property
    def done(self) -> int:
        return len(self.visits)

    @property
    def coverage(self) -> float | None:
        """Visits placed / visits due (share 0..1); None where nothing is due."""
        return self.done / self.due if self.due else None
