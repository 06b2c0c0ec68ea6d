"""A plan as a list for people, and its summary as an object for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tejido.workbench.lists import write_list
from tejido.workbench.visits.sentences import why_not
from tejido_analytics.routes.model import VisitPlan

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
    write_list(path, COLUMNS, _lines(plan, names))


def _lines(plan: VisitPlan, names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for visit in plan.visits:
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


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
