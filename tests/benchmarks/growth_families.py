"""What growth_bench measures beside networks: one function or more of every other family, each at three sizes.

A job is (family, what it is, what n counts, sizes, how its data are made, what is run on them). Data are drawn with fixed seeds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from tejido_analytics.activity import Activity
from tejido_analytics.agreement import alpha, by_code, coefficient, kappa, table_of
from tejido_analytics.charts import control_chart, run_chart, xbar_s
from tejido_analytics.counting import approval, cast, instant_runoff, plurality, points, schulze, stv
from tejido_analytics.effects import change_of_groups, change_of_people, mixed_change
from tejido_analytics.leadership import depth, leaders_engaged
from tejido_analytics.maturity import Act, maturity, maturity_of_pairs
from tejido_analytics.meetings import attendance_rate, held
from tejido_analytics.network import two_mode
from tejido_analytics.network.change import core_moves
from tejido_analytics.options import Options
from tejido_analytics.pairing import buddies, mentors
from tejido_analytics.place import distance, equity, schools_reached
from tejido_analytics.scales import (
    Key,
    OmegaOptions,
    cronbach,
    icc_of_groups,
    icc_of_raters,
    item_rest,
    omega,
    r_wg,
    score,
)
from tejido_analytics.skills import skills_cover
from tejido_analytics.survival import kaplan_meier
from tejido_analytics.tables import Attendance, Gathering, Period, Person, School, Tables

from seats import LAST_DAY, names_of, seats_of  # isort: skip

YEAR = Period(dt.date(2024, 1, 1), LAST_DAY)
CANDIDATES = [f"c{at}" for at in range(12)]
YEAR_BEFORE = dt.date(2023, 12, 31)


class Family(NamedTuple):
    """One line of the table."""

    family: str
    function: str
    n: str
    sizes: tuple[int, ...]
    make: Callable[[int], Any]
    run: Callable[[Any], object]


def draw(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def answers(people: int, items: int = 12) -> np.ndarray:
    """Answers of one factor and three group factors, float[people, items]."""
    source = draw(2)
    groups = np.repeat(source.normal(size=(people, max(1, items // 3))), 3, axis=1)[:, :items]
    return source.normal(size=(people, 1)) + groups + source.normal(size=(people, items))


def likert(people: int, items: int = 6) -> np.ndarray:
    return draw(3).integers(1, 6, (people, items)).astype(float)


def ratings(units: int, raters: int = 3) -> np.ndarray:
    source = draw(4)
    first = source.integers(1, 6, (units, 1))
    same = source.random((units, raters)) < 0.6
    return np.where(same, first, source.integers(1, 6, (units, raters))).astype(float)


def groups(n: int, size: int = 20) -> list[str]:
    return [f"g{at // size}" for at in range(n)]


def before_and_after(n: int) -> tuple[np.ndarray, np.ndarray, list[str], np.ndarray]:
    """Both occasions, and the group of each person by name and by number."""
    both = answers(n, 3)
    return both[:, 0], both[:, 1], groups(n), np.arange(n) // 20


def papers(voters: int) -> list[dict[str, int]]:
    source = draw(15)
    return [
        {CANDIDATES[at]: int(source.integers(1, 5)) for at in source.permutation(12)[:3]}
        for _ in range(voters)
    ]


def ballots(voters: int) -> Any:
    source, names = draw(5), CANDIDATES
    return cast(
        [([[names[at]] for at in source.permutation(12)[: source.integers(1, 8)]], 1) for _ in range(voters)]
    )


def acts(n: int) -> list[Act]:
    """Among n / 10 schools, some over three years."""
    source, kinds = draw(6), ("gathering", "exchange", "advice", "joint_work")
    schools = max(4, n // 10)
    found = []
    for at in range(n):
        parties = source.choice(schools, 3, replace=False)
        day = YEAR_BEFORE + dt.timedelta(days=int(source.integers(-730, 366)))
        found.append(Act(kinds[at % 4], tuple(f"s{one}" for one in parties), day))
    return found


def prices(people: int) -> tuple[list[str], np.ndarray]:
    found = draw(7).random((people, people))
    return names_of(people), found + found.T


def guided(people: int) -> tuple[list[str], list[str], np.ndarray]:
    guides = max(2, people // 4)
    return names_of(people), [f"g{at}" for at in range(guides)], draw(8).random((people, guides))


def activity(people: int) -> Activity:
    """People of schools with a place, at gatherings with a place; some want skills that others have."""
    seats, names, source = seats_of(people, people * 5 // 8), names_of(people), draw(9)
    days = seats.day.astype("datetime64[D]").tolist()
    where = source.uniform(-1, 1, (max(people, len(days)), 2))
    skills = [f"skill {at}" for at in range(40)]
    rows = [
        Person(
            name,
            school=f"s{at // 3}",
            district=f"d{at // 58}",
            role="principal" if at % 10 == 0 else "teacher",
            sector="public" if at % 3 else "private",
            offers=(skills[at % 40],) if at % 7 == 0 else (),
            wants=(skills[at * 7 % 40],) if at % 5 == 0 else (),
        )
        for at, name in enumerate(names)
    ]
    found = Activity(
        Tables(
            people=rows,
            schools=[School(f"s{at}", *map(float, where[at])) for at in range(people // 3 + 1)],
            gatherings=[
                Gathering(f"g{at}", day, lat=float(where[at][0]), lon=float(where[at][1]), state="held")
                for at, day in enumerate(days)
            ],
            attendance=[
                Attendance(names[who], f"g{at}")
                for who, at in zip(seats.person.tolist(), seats.encounter.tolist(), strict=True)
            ],
        )
    )
    len(found.history)
    return found


def attended(people: int) -> dict[str, set[str]]:
    seats = seats_of(people, people // 12)
    found: dict[str, set[str]] = {name: set() for name in names_of(people)}
    for who, at in zip(seats.person.tolist(), seats.encounter.tolist(), strict=True):
        found[f"p{who:06}"].add(f"g{at}")
    return found


def moved(people: int) -> tuple[set[str], set[str], set[str], set[str]]:
    """Core and network of two periods."""
    names, source = np.array(names_of(people)), draw(14)
    return tuple(set(names[source.random(people) < share].tolist()) for share in (0.2, 0.9, 0.2, 0.9))  # type: ignore[return-value]


def readings(n: int) -> np.ndarray:
    return draw(10).normal(10, 2, n)


def counted(n: int) -> np.ndarray:
    return draw(11).poisson(9, n).astype(float)


def of_each(*functions: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda data: [function(data) for function in functions]


PEOPLE, LARGE, RATED = (500, 1_000, 2_000), (10_000, 20_000, 40_000), (1_250, 2_500, 5_000)
FAMILIES: Sequence[Family] = (
    Family(
        "participation",
        "held, attendance rate",
        "people",
        PEOPLE,
        activity,
        lambda a: (held(a, YEAR), attendance_rate(a, YEAR)),
    ),
    Family(
        "place",
        "schools reached, distance, equity",
        "people",
        PEOPLE,
        activity,
        lambda a: (schools_reached(a, YEAR), distance(a, YEAR), equity(a, YEAR)),
    ),
    Family(
        "leadership",
        "leaders engaged, depth",
        "people",
        PEOPLE,
        activity,
        lambda a: (leaders_engaged(a, YEAR), depth(a, YEAR)),
    ),
    Family(
        "skills",
        "wishes that somebody can fulfil",
        "people",
        PEOPLE,
        activity,
        lambda a: skills_cover(a, YEAR, Options()),
    ),
    Family(
        "two-mode",
        "places of people and gatherings, closed paths",
        "people",
        (125, 250, 500),
        attended,
        of_each(two_mode.places, two_mode.clustering),
    ),
    Family("change", "who moved between core and edge", "people", LARGE, moved, lambda m: core_moves(*m)),
    Family(
        "survival",
        "Kaplan–Meier",
        "lives",
        (25_000, 50_000, 100_000),
        lambda n: (draw(12).exponential(100, n).round(), draw(13).random(n) < 0.7),
        lambda d: kaplan_meier(*d),
    ),
    Family("maturity", "level of a community", "acts", LARGE, acts, lambda a: maturity(a, LAST_DAY)),
    Family(
        "maturity",
        "level of every pair",
        "acts",
        (250, 500, 1_000),
        acts,
        lambda a: maturity_of_pairs(a, LAST_DAY),
    ),
    Family(
        "pairing", "buddies, every pair allowed", "people", (100, 200, 400), prices, lambda d: buddies(*d)
    ),
    Family(
        "pairing",
        "mentors with room for five",
        "people",
        (250, 500, 1_000),
        guided,
        lambda d: mentors(*d, room=5),
    ),
    Family("scales", "scores of 12 items", "people", LARGE, answers, lambda x: score(x, Key(-9, 9))),
    Family("scales", "α, item-rest", "people", LARGE, answers, of_each(cronbach, item_rest)),
    Family(
        "scales",
        "ω, 100 resamples",
        "people",
        RATED,
        lambda n: answers(n, 9),
        lambda x: omega(x, OmegaOptions(resamples=100)),
    ),
    Family(
        "scales",
        "ICC of groups",
        "people",
        LARGE,
        lambda n: (answers(n, 3)[:, 0], groups(n)),
        lambda d: icc_of_groups(*d),
    ),
    Family("scales", "ICC of six raters", "units", LARGE, lambda n: answers(n, 6), icc_of_raters),
    Family(
        "scales",
        "r_wg, 6 items",
        "people",
        RATED,
        lambda n: (likert(n)[:, 0], groups(n)),
        lambda d: r_wg(*d, 5),
    ),
    Family(
        "effects",
        "change of people, mixed model",
        "people",
        LARGE,
        before_and_after,
        lambda d: change_of_people(*d[:3]),
    ),
    Family(
        "effects",
        "change of groups",
        "people",
        LARGE,
        before_and_after,
        lambda d: change_of_groups((d[0], d[2]), (d[1], d[2])),
    ),
    Family(
        "effects",
        "mixed model, nobody linked",
        "people",
        LARGE,
        before_and_after,
        lambda d: mixed_change((d[0], d[3]), (d[1], d[3])),
    ),
    Family(
        "agreement",
        "Krippendorff's α, ordinal, 1000 resamples",
        "units",
        RATED,
        ratings,
        lambda r: alpha(r, "ordinal"),
    ),
    Family(
        "agreement",
        "code by code, 100 resamples",
        "units",
        RATED,
        ratings,
        lambda r: by_code(r, resamples=100),
    ),
    Family(
        "agreement",
        "Cohen's κ",
        "units",
        LARGE,
        ratings,
        lambda r: kappa(table_of(r[:, 0], r[:, 1])[1]),
    ),
    Family("agreement", "Gwet's AC", "units", (500, 1_000, 2_000), ratings, lambda r: coefficient("gwet", r)),
    Family("charts", "run", "readings", LARGE, readings, run_chart),
    Family("charts", "xmr", "readings", LARGE, readings, lambda y: control_chart("xmr", y)),
    Family(
        "charts",
        "x̄ and s, five at a time",
        "readings",
        LARGE,
        readings,
        lambda y: xbar_s(y, [at // 5 for at in range(len(y))]),
    ),
    Family(
        "charts",
        "c, u, p",
        "readings",
        LARGE,
        counted,
        lambda y: [control_chart(kind, y, None if kind == "c" else y + 9) for kind in ("c", "u", "p")],
    ),
    Family(
        "counting",
        "plurality, approval",
        "ballots",
        LARGE,
        ballots,
        of_each(plurality, approval),
    ),
    Family("counting", "points shared out", "ballots", LARGE, papers, lambda b: points(b, CANDIDATES)),
    Family("counting", "instant run-off", "ballots", LARGE, ballots, instant_runoff),
    Family("counting", "stv, 3 seats", "ballots", LARGE, ballots, lambda b: stv(b, 3)),
    Family("counting", "Schulze", "ballots", LARGE, ballots, schulze),
)
