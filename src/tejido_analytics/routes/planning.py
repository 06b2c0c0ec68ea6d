"""The plan of a season: territories, rounds, routes, dates, and a place for what is left.

1. What cannot be is set aside with its reason (`reach`).
2. Territories: one round that visits every school once is routed with all teams together; the team that takes a school
   keeps it. Teams that would get more than their fair share of days out are capped and the round is routed again, so
   that loads are even by days out, not by numbers of schools.
3. Schools with as many visits as there are rounds are in every round; the others get an even pattern (`rounds`), chosen
   so that neighbours are visited together (`periodic`).
4. Each round of a team is routed (`routing`); alike rounds share their routes, which keeps a rhythm.
5. Routes get dates (`calendar`), what is left is inserted singly (`insertion`), and the rest gets its reason (`summary`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes.board import Board
from tejido_analytics.routes.calendar import set_dates
from tejido_analytics.routes.ground import Ground, ground_of
from tejido_analytics.routes.insertion import insert
from tejido_analytics.routes.model import Accompaniment, Effort, VisitPlan
from tejido_analytics.routes.periodic import Periodic, choose_patterns
from tejido_analytics.routes.reach import Reach, reach_of
from tejido_analytics.routes.rounds import Pattern, patterns_of, windows
from tejido_analytics.routes.routing import Going, routes_for
from tejido_analytics.routes.solver import Limit, Stop, Vehicles
from tejido_analytics.routes.summary import plan_of, reasons_for

TERRITORY_STEPS, ROUND_STEPS, PATTERN_RUN = 1_500, 600, 1_000


def plan_visits(given: Accompaniment, effort: Effort | None = None) -> VisitPlan:
    """The best plan found: every visit is in it, or among its unplaced with a reason.

    Raises CannotPlan where the input allows no plan at all.

    >>> import datetime as dt
    >>> from tejido_analytics.routes.model import Due, Season, Team
    >>> may = Season(dt.date(2025, 5, 5), dt.date(2025, 5, 16))
    >>> schools = (Due("s1", 4.60, -74.10, visits=2), Due("s2", 4.65, -74.08))
    >>> plan = plan_visits(Accompaniment(schools, (Team("north", 4.7, -74.0),), may))
    >>> plan.done, plan.due, plan.coverage, plan.unplaced
    (3, 3, 1.0, ())
    """
    effort = effort or Effort()
    ground = ground_of(given)
    reach = reach_of(ground)
    board = Board(ground)
    needed = np.zeros(len(ground.teams))
    left: Counter[int] = Counter()
    if reach.owed.any():
        number, patterns = patterns_of(ground, reach.owed)
        home, needed = territories(ground, reach, effort)
        rounds = _routed(ground, reach, home, patterns, number, effort=effort)
        set_dates(board, windows(len(ground.days), number), rounds)
        left = _inserted(board, reach, home, _missing(board, reach))
    return plan_of(board, [*reach.left, *reasons_for(board, reach, left, needed)])


def territories(
    ground: Ground, reach: Reach, effort: Effort
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(team of each line, -1 where none; days out that the season would take of each team if none had a limit)."""
    lines = [int(line) for line in np.flatnonzero(reach.owed)]
    per_line = reach.owed.sum() / len(lines)
    plenty = np.full(len(ground.teams), len(lines) + 1, dtype=np.int64)
    free, _none = routes_for(ground, reach, lines, plenty, _limit(effort, TERRITORY_STEPS, 0.15))
    needed = _days_by_team(ground, free) * per_line
    for slack in (1.0, 1.3, 2.0):  # more than the fair share only where visits would else be left out
        caps = _caps(ground, needed * slack, per_line)
        if (_days_by_team(ground, free) <= caps).all():
            break
        tours, left = routes_for(ground, reach, lines, caps, _limit(effort, TERRITORY_STEPS, 0.1))
        if not left or slack == 2.0:
            free = tours
            break
    home = np.full(len(ground.lines), -1, dtype=np.int64)
    for tour in free:
        home[list(tour.order)] = tour.team
    for line in lines:
        if home[line] < 0:
            ways = np.where(reach.reachable[line], ground.km[: len(plenty), ground.place[line]], np.inf)
            home[line] = int(np.argmin(ways))
    return home, needed


def _caps(ground: Ground, needed: NDArray[np.float64], per_line: float) -> NDArray[np.int64]:
    """Days out of each team in a round that visits every school once: fair by the days each can go, within its limit."""
    share = ground.limit / max(1, ground.limit.sum())
    fair = needed.sum() * share * ground.rules.balance
    return np.asarray(np.ceil(np.minimum(fair, ground.limit) / per_line), dtype=np.int64)


def _days_by_team(ground: Ground, tours: Sequence[Going]) -> NDArray[np.float64]:
    days = np.zeros(len(ground.teams))
    for tour in tours:
        days[tour.team] += tour.days
    return days


def _routed(
    ground: Ground,
    reach: Reach,
    home: NDArray[np.int64],
    patterns: Sequence[Sequence[Pattern]],
    number: int,
    *,
    effort: Effort,
) -> list[list[Going]]:
    """The tours of every round, each team in its territory; rounds with the same schools have the same tours."""
    rounds: list[list[Going]] = [[] for _round in range(number)]
    for team in range(len(ground.teams)):
        lines = [int(line) for line in np.flatnonzero(home == team)]
        choice = _chosen(ground, team, lines, patterns, rounds=number, effort=effort) if lines else []
        caps = np.zeros(len(ground.teams), dtype=np.int64)
        caps[team] = len(ground.days)
        known: dict[tuple[int, ...], list[Going]] = {}
        for at in range(number):
            inside = tuple(line for line, pattern in zip(lines, choice, strict=True) if at in pattern)
            if inside not in known:
                limit = _limit(effort, ROUND_STEPS, 0.4 / (number * len(ground.teams)))
                known[inside] = routes_for(ground, reach, inside, caps, limit)[0]
            rounds[at] += known[inside]
    return rounds


def _chosen(
    ground: Ground,
    team: int,
    lines: list[int],
    patterns: Sequence[Sequence[Pattern]],
    *,
    rounds: int,
    effort: Effort,
) -> list[Pattern]:
    """A pattern for each line of one team, so that neighbours go together and rounds are alike in length.

    Judged on day trips; schools that need a night count as far as a day reaches.
    """
    options = tuple(tuple(patterns[line]) for line in lines)
    if all(len(each) == 1 for each in options):
        return [each[0] for each in options]
    rules = ground.rules
    out = np.minimum(
        ground.minutes, (rules.day_minutes - max(ground.lines[line].minutes for line in lines)) / 2
    )
    stops = tuple(Stop(int(ground.place[line]), float(ground.lines[line].minutes)) for line in lines)
    days = max(1, -(-len(ground.days) // rounds))
    vehicles = Vehicles(team, days, float(rules.day_minutes), rules.day_km)
    problem = Periodic(ground.km, np.maximum(out, 0.0), stops, options, rounds, vehicles)
    run = max(20, round(PATTERN_RUN * effort.steps)) if effort.seconds is None else PATTERN_RUN
    chosen, _routes = choose_patterns(problem, effort.seed, run)
    return [each[at] for each, at in zip(options, chosen, strict=True)]


def _missing(board: Board, reach: Reach) -> Counter[int]:
    """Owed visits that are not on the board."""
    placed: Counter[int] = Counter()
    for trip in board.trips.values():
        placed.update(trip.order)
    return Counter(
        {int(line): int(reach.owed[line]) - placed[int(line)] for line in np.flatnonzero(reach.owed)}
    )


def _inserted(board: Board, reach: Reach, home: NDArray[np.int64], missing: Counter[int]) -> Counter[int]:
    """Put the missing visits one by one, the hardest first; what is left over, line -> visits."""
    left: Counter[int] = Counter()
    order = sorted(
        missing, key=lambda line: (reach.reachable[line].sum(), board.ground.open_days(line).size, line)
    )
    for line in order:
        for _visit in range(missing[line]):
            if insert(board, reach, line, int(home[line])) is None:
                left[line] += 1
    return left


def _limit(effort: Effort, steps: int, share: float) -> Limit:
    """Steps of one search; with seconds, its share of them and no count of steps."""
    if effort.seconds is None:
        return Limit(max(1, round(steps * effort.steps)), None, effort.seed)
    return Limit(10**9, effort.seconds * share, effort.seed)
