"""A plan as a list for people, and its summary as an object for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tejido.workbench.lists import write_list
from tejido.workbench.visits.sentences import why_not
from tejido_analytics.routes.model import Visit, VisitPlan
from tejido_analytics.routes.replanning import Replan

COLUMNS = (
    "team",
    "date",
    "order",
    "school",
    "name",
    "skill",
    "arrival",
    "departure",
    "km",
    "sleeps",
    "because",
)


def write_plan(path: Path, plan: VisitPlan, names: Mapping[str, str]) -> None:
    """One line per visit, by date and team; then one per visit without a place, with the reason and no date."""
    write_list(path, COLUMNS, (*_visits(plan.visits, names), *_unplaced(plan, names)))


def write_replan(path: Path, after: Replan, names: Mapping[str, str]) -> None:
    """The whole season again: the visits made (done: yes), then the plan from today on; `before` has the team and date
    that a visit which moved had. Such a list is read by the next replanning as it is."""
    before = {id(now): f"{was.team} {was.date.isoformat()}" for was, now in after.moves}
    made = ((*line, "yes", "") for line in _visits(after.done, names))
    ahead = (
        (*line, "", before.get(id(visit), ""))
        for visit, line in zip(after.plan.visits, _visits(after.plan.visits, names), strict=True)
    )
    rest = ((*line, "", "") for line in _unplaced(after.plan, names))
    write_list(path, (*COLUMNS, "done", "before"), (*made, *ahead, *rest))


def _visits(visits: Iterable[Visit], names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for visit in visits:
        yield (
            visit.team,
            visit.date.isoformat(),
            visit.order,
            visit.school,
            names.get(visit.school, ""),
            visit.skill,
            clock(visit.arrives),
            clock(visit.leaves),
            visit.km,
            "yes" if visit.sleeps else "",
            "",
        )


def _unplaced(plan: VisitPlan, names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for row in plan.unplaced:
        because = why_not(row.because, row.numbers)
        for _visit in range(row.count):
            yield ("", "", "", row.school, names.get(row.school, ""), row.skill, "", "", "", "", because)


def clock(minutes: int) -> str:
    """Minutes after midnight as people write the time; past midnight it is the next day's.

    >>> clock(7 * 60 + 5), clock(24 * 60 + 10)
    ('07:05', '00:10')
    """
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def summary(plan: VisitPlan) -> dict[str, Any]:
    """The object that `--json` prints; shares 0..1, kilometres, hours."""
    return {
        "due": plan.due,
        "done": plan.done,
        "coverage": _rounded(plan.coverage, 4),
        "days_out": len(plan.outings),
        "nights": sum(load.nights for load in plan.loads),
        "km": _rounded(plan.km, 1),
        "hours": _rounded(plan.hours, 1),
        "evenness": _rounded(plan.evenness, 3),
        "teams": [
            {
                "team": load.team,
                "visits": load.visits,
                "schools": load.schools,
                "days": load.days,
                "available": load.available,
                "nights": load.nights,
                "km": _rounded(load.km, 1),
                "hours": _rounded(load.hours, 1),
            }
            for load in plan.loads
        ],
        "unplaced": [
            {
                "school": row.school,
                "skill": row.skill,
                "visits": row.count,
                "because": row.because,
                "sentence": why_not(row.because, row.numbers),
                **dict(row.numbers),
            }
            for row in plan.unplaced
        ],
    }


def changes(after: Replan, today: dt.date) -> dict[str, Any]:
    """What `--json` adds after a change: how many visits were made, stay, moved, came, lost their place; which moved."""
    return {
        "today": today.isoformat(),
        "made": len(after.done),
        "kept": after.kept,
        "moved": after.moved,
        "added": after.added,
        "lost": after.lost,
        "moves": [
            {
                "school": now.school,
                "skill": now.skill,
                "from": {"team": was.team, "date": was.date.isoformat()},
                "to": {"team": now.team, "date": now.date.isoformat()},
            }
            for was, now in after.moves
        ],
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
