"""Which visits can be made at all, before anybody looks for the best way: what stands in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes import causes
from tejido_analytics.routes.ground import Flags, Ground
from tejido_analytics.routes.model import Unplaced
from tejido_analytics.routes.tours import days_needed


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """owed: visits of each line that can be made; reachable (lines, teams): the team has the skill and comes there and
    back within the days allowed; days (lines, teams): days of a tour to that school alone; left: what cannot be."""

    owed: NDArray[np.int64]
    reachable: Flags
    days: NDArray[np.int64]
    left: tuple[Unplaced, ...]


def most_visits(ordinals: NDArray[np.int64], min_days: int) -> int:
    """How many visits fit on these days at least `min_days` apart: each on the earliest day it can be (exact).

    >>> most_visits(np.array([1, 2, 8, 9, 15]), 7)
    3
    """
    count, last = 0, None
    for ordinal in ordinals:
        if last is None or ordinal - last >= min_days:
            count, last = count + 1, ordinal
    return count


def reach_of(ground: Ground, earlier: dict[int, list[int]] | None = None) -> Reach:
    """What can be made. earlier: school -> ordinals of visits already made, to which the new ones keep their distance."""
    days = _days(ground)
    reachable = ground.able & (days > 0) & (days <= 1 + ground.rules.nights)
    owed = np.zeros(len(ground.lines), dtype=np.int64)
    left: list[Unplaced] = []
    room: dict[int, int] = {}
    for line, due in enumerate(ground.lines):
        if not due.visits:
            continue
        because = _because(ground, line, days, reachable)
        school = int(ground.school[line])
        if because is None and school not in room:
            room[school] = most_visits(_free_days(ground, line, reachable, earlier), ground.rules.min_days)
        if because is None:
            owed[line] = min(due.visits, room[school])
            room[school] -= int(owed[line])
            if owed[line] < due.visits:
                because = Unplaced(due.school, due.skill, due.visits - int(owed[line]), causes.SPACING)
                because = replace(
                    because,
                    numbers={
                        "fit": int(owed[line]),
                        "due": due.visits,
                        "min_days": ground.rules.min_days,
                    },
                )
        if because is not None:
            left.append(because)
    return Reach(owed, reachable, days, tuple(left))


def _days(ground: Ground) -> NDArray[np.int64]:
    days = np.zeros(ground.able.shape, dtype=np.int64)
    whole = float(ground.rules.day_minutes)
    for line, due in enumerate(ground.lines):
        place = ground.place[line]
        for team in range(len(ground.teams)) if place >= 0 else ():
            there, back = float(ground.minutes[team, place]), float(ground.minutes[place, team])
            days[line, team] = days_needed(there, due.minutes, back, whole)
    return days


def _free_days(
    ground: Ground, line: int, reachable: Flags, earlier: dict[int, list[int]] | None
) -> NDArray[np.int64]:
    """Ordinals on which the school is open and a team that could go there works."""
    school = int(ground.school[line])
    somebody = ground.going[reachable[line]].any(axis=0)
    ordinals = ground.ordinals[ground.opened[school] & somebody]
    for day in (earlier or {}).get(school, ()):
        ordinals = ordinals[np.abs(ordinals - day) >= ground.rules.min_days]
    return np.asarray(ordinals, dtype=np.int64)


def _because(ground: Ground, line: int, days: NDArray[np.int64], reachable: Flags) -> Unplaced | None:
    """Why no visit of the line can be made, or None."""
    due, rules = ground.lines[line], ground.rules
    gone = Unplaced(due.school, due.skill, due.visits, causes.NO_PLACE)
    able = ground.able[line]
    if ground.place[line] < 0:
        return gone
    if not able.any():
        return replace(gone, because=causes.NO_SKILL, numbers={"skill": due.skill})
    if due.minutes > rules.day_minutes:
        return replace(
            gone,
            because=causes.TOO_LONG,
            numbers={"minutes": due.minutes, "day_minutes": rules.day_minutes},
        )
    if not reachable[line].any():
        place = ground.place[line]
        ways = ground.minutes[: len(able), place] + ground.minutes[place, : len(able)]
        return replace(
            gone,
            because=causes.OUT_OF_REACH,
            numbers={
                "minutes": round(float(ways[able].min())) + due.minutes,
                "days": int(days[line][able].min()),
                "days_allowed": 1 + rules.nights,
            },
        )
    if not ground.open_days(line).size:
        return replace(gone, because=causes.CLOSED, numbers={"days": len(ground.days)})
    return None
