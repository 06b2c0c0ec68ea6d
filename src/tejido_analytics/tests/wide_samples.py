"""Tables that have everything that can go wrong in lists of others, drawn from a seed."""

from __future__ import annotations

import datetime as dt
import random

from tejido_analytics.options import Options
from tejido_analytics.tables import (
    Attendance,
    Gathering,
    Invitation,
    Membership,
    Period,
    Person,
    Post,
    School,
    Tables,
    Tie,
)

TERMS = tuple(
    Period(dt.date(year, first, 1), dt.date(year, last, 28))
    for year in (2022, 2023)
    for first, last in ((2, 6), (7, 11))
)
OPTIONS = (
    Options(),
    Options(suppress=False, half_life_days=100.0, tie_threshold=0.3),
    Options(suppress=False, periods=TERMS, hall_limit=6),
    Options(suppress=False, kinds=("advice", "met"), as_of=dt.date(2024, 9, 1)),
    Options(kinds=("advice", "replied")),
)


def country(seed: int, people: int = 40) -> Tables:
    """Some 40 people, 30 gatherings in three years; which tables there are at all depends on the seed."""
    draw = random.Random(seed)
    start = dt.date(2022, 1, 1)

    def day(first: int = 0, last: int = 1095) -> dt.date:
        return start + dt.timedelta(days=draw.randint(first, last))

    def maybe(value: object) -> object:
        return value if draw.random() < 0.8 else None

    names = [f"p{number:02}é" for number in range(people)]
    schools = [f"s{number}" for number in range(people // 4)]
    gatherings = [f"g{number:02}" for number in range(30)]
    with_memberships, with_invitations, with_posts, with_tables = (seed & bit for bit in (1, 2, 4, 3))
    return Tables(
        people=[_person(draw, name, schools) for name in names[: people - 5] + names[:4]]
        if seed != 5
        else [],
        memberships=_memberships(draw, [*names, "zoe"], day) if with_memberships else [],
        posts=[
            Post(draw.choice(names), draw.choice(schools), maybe(day()), maybe(day(700)))  # type: ignore[arg-type]
            for _ in range(30)
        ]
        if with_posts
        else [],
        gatherings=[_gathering(draw, key, day()) for key in gatherings + gatherings[:3]],
        attendance=_attendance(draw, names, gatherings, bool(with_tables)),
        invitations=[
            Invitation(draw.choice([*names, "zoe"]), draw.choice(gatherings[:15])) for _ in range(200)
        ]
        if with_invitations
        else [],
        ties=[
            Tie(
                draw.choice(names),
                draw.choice(names),
                draw.choice(["advice", "replied", "worked"]),
                draw.choice([0.5, 1.0, 2.0]),
                maybe(day()),  # type: ignore[arg-type]
            )
            for _ in range(60)
        ],
        schools=[
            School(
                key,
                lat=draw.choice([None, 0.0, 4.0 + draw.random()]),
                lon=draw.choice([0.0, -74.0 + draw.random()]),
                rural=draw.choice([True, False, None]),
                territory=draw.choice(["", "t1", "t2"]),
            )
            for key in schools[1:] + schools[:3]
        ],
        schools_are_register=draw.random() < 0.5,
    )


def _person(draw: random.Random, name: str, schools: list[str]) -> Person:
    return Person(
        name,
        school=draw.choice(["", *schools]),
        district=draw.choice(["", "north", "south", "west"]),
        sector=draw.choice(["public", "private"]),
        subject=draw.choice(["", "art"]),
        role=draw.choice(["", " Principal ", "teacher", "rectora"]),
        leader=draw.choice([None, None, True, False]),
        consent=draw.random() < 0.9,
        attributes=draw.choice([{}, {"language": "quechua"}, {"language": "español", "sector": "mixed"}]),
    )


def _memberships(draw: random.Random, names: list[str], day: object) -> list[Membership]:
    found = []
    for name in [*names, *names[:10]]:
        begin, end = sorted((day(), day(600)))  # type: ignore[operator]
        if draw.random() < 0.9:
            found.append(Membership(name, draw.choice([None, begin]), draw.choice([None, None, end])))
    return found


def _gathering(draw: random.Random, key: str, when: dt.date) -> Gathering:
    return Gathering(
        key,
        when,
        lat=draw.choice([None, 4.5, 4.5 + draw.random()]),
        lon=draw.choice([None, -74.1, -74.1]),
        state=draw.choice(["", "held", "held", "planned", "cancelled"]),
        kind=draw.choice(["", "node", "assembly"]),
        modality=draw.choice(["", "online", "on_site"]),
    )


def _attendance(
    draw: random.Random, names: list[str], gatherings: list[str], tables: bool
) -> list[Attendance]:
    found = []
    for key in [*gatherings[:26], "unlisted"]:
        seated = tables and draw.random() < 0.5
        for name in draw.sample(names, draw.choice([1, 2, 5, 8, 35])):
            status = draw.choice(["on_site", "on_site", "online", "absent", "excused"])
            rounds = range(draw.choice([1, 2])) if seated else [None]
            for turn in rounds:
                place = draw.choice([None, 1, 2, 3]) if seated else None
                found.append(Attendance(name, key, status, round=turn, table=place))
    return found
