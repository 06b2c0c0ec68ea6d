"""The input checked once and turned into arrays: places, days, who may go where and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.place import place_of
from tejido_analytics.routes import causes
from tejido_analytics.routes.causes import CannotPlan
from tejido_analytics.routes.model import Accompaniment, Due, Rules, Team
from tejido_analytics.routes.travel import Travel, ways

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The ground that a plan stands on. Places: the bases of the teams (0 … T-1), then the schools that have one.

    lines: the dues, as given; place: of each line, -1 where it is not known. school: number of the school of a line.
    days: working days; ordinals: the same as day numbers. opened (schools, days); going (teams, days);
    able (lines, teams): the team has the skill. limit: days out that each team has at most.
    """

    lines: tuple[Due, ...]
    teams: tuple[Team, ...]
    rules: Rules
    days: tuple[dt.date, ...]
    ordinals: NDArray[np.int64]
    km: NDArray[np.float64]
    minutes: NDArray[np.float64]
    place: NDArray[np.int64]
    school: NDArray[np.int64]
    opened: Flags
    going: Flags
    able: Flags
    limit: NDArray[np.int64]

    def open_days(self, line: int) -> NDArray[np.int64]:
        """Indices of the days on which the school of a line can be visited."""
        return np.flatnonzero(self.opened[self.school[line]])


def ground_of(given: Accompaniment) -> Ground:
    """Raises CannotPlan with a code of `causes.IMPOSSIBLE` where the input allows no plan."""
    days = given.season.days()
    _check(given, days)
    schools = list(dict.fromkeys(due.school for due in given.dues))
    numbers = {school: number for number, school in enumerate(schools)}
    located: dict[str, tuple[float, float]] = {}
    for due in given.dues:
        where = place_of(due.lat, due.lon)
        if where is not None:
            located.setdefault(due.school, where)
    bases = [(float(team.lat or 0), float(team.lon or 0)) for team in given.teams]
    keys = [team.team for team in given.teams] + list(located)
    km, minutes = ways(keys, [*bases, *located.values()], given.travel or Travel())
    place = {school: len(bases) + number for number, school in enumerate(located)}
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    going = np.array([[day not in team.away for day in days] for team in given.teams])
    skills = [[not due.skill or due.skill in team.skills for team in given.teams] for due in given.dues]
    most = [len(days) if team.max_days is None else team.max_days for team in given.teams]
    return Ground(
        lines=given.dues,
        teams=given.teams,
        rules=given.rules,
        days=days,
        ordinals=ordinals,
        km=km,
        minutes=minutes,
        place=np.array([place.get(due.school, -1) for due in given.dues], dtype=np.int64),
        school=np.array([numbers[due.school] for due in given.dues], dtype=np.int64),
        opened=_opened(given, schools, days),
        going=going,
        able=np.array(skills, dtype=bool),
        limit=np.minimum(np.array(most, dtype=np.int64), going.sum(axis=1)),
    )


def _opened(given: Accompaniment, schools: Sequence[str], days: Sequence[dt.date]) -> Flags:
    at = {day: number for number, day in enumerate(days)}
    opened = np.ones((len(schools), len(days)), dtype=bool)
    for number, school in enumerate(schools):
        for day in given.closures.get(school, ()):
            if day in at:
                opened[number, at[day]] = False
    return opened


def _check(given: Accompaniment, days: Sequence[dt.date]) -> None:
    season = given.season
    if not given.dues:
        raise CannotPlan(causes.NO_SCHOOLS)
    if not given.teams:
        raise CannotPlan(causes.NO_TEAMS)
    if season.last < season.first:
        raise CannotPlan(causes.WRONG_SEASON, first=season.first, last=season.last)
    if not days:
        raise CannotPlan(causes.NO_WORKING_DAYS, first=season.first, last=season.last)
    _check_teams(given.teams)
    lines: set[tuple[str, str]] = set()
    for due in given.dues:
        if (due.school, due.skill) in lines:
            raise CannotPlan(causes.SAME_LINE_TWICE, school=due.school, skill=due.skill)
        lines.add((due.school, due.skill))
        _within("visits", due.visits, 0, 366)
        _within("minutes", due.minutes, 1, 24 * 60)
    rules = given.rules
    _within("min_days", rules.min_days, 1, 366)
    _within("day_minutes", rules.day_minutes, 1, 24 * 60)
    _within("starts_at", rules.starts_at, 0, 24 * 60 - 1)
    _within("nights", rules.nights, 0, 6)
    _within("balance", rules.balance, 1, 100)


def _check_teams(teams: Sequence[Team]) -> None:
    names: set[str] = set()
    people: dict[str, str] = {}
    for team in teams:
        if team.team in names:
            raise CannotPlan(causes.SAME_TEAM_TWICE, team=team.team)
        names.add(team.team)
        if place_of(team.lat, team.lon) is None:
            raise CannotPlan(causes.TEAM_WITHOUT_PLACE, team=team.team)
        if team.max_days is not None:
            _within("max_days", team.max_days, 0, 366)
        for person in team.members:
            if people.setdefault(person, team.team) != team.team:
                raise CannotPlan(
                    causes.PERSON_IN_TWO_TEAMS, person=person, team=people[person], other=team.team
                )


def _within(what: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise CannotPlan(causes.WRONG_NUMBER, what=what, value=value, least=least, most=most)
