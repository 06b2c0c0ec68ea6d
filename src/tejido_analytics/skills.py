"""Wanted skills and who could share them."""

from __future__ import annotations

from collections import Counter, defaultdict

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, share
from tejido_analytics.options import Options
from tejido_analytics.place import haversine_km, place_of
from tejido_analytics.tables import Period


def skills_cover(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Wishes (a person wants a skill) that at least one other member within reach offers / all wishes; n = wishes.

    Members of the period who consent. Within reach: in the community; with `options.reach_km`, also at a school no
    further than that (people whose distance is not known are within reach, and counted as missing).
    detail: `gaps`, skills with an uncovered wish: skill, wishes, uncovered, and whether `nobody` at all offers it
    (so that somebody from outside must be invited). Skills are compared as words, without regard to case.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Person, Tables
    >>> people = [Person("ana", wants=("robotics", "drama"), offers=("drama",)), Person("eva", offers=("Robotics",))]
    >>> cover = skills_cover(Activity(Tables(people=people)), Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
    >>> cover.value, cover.detail["gaps"]
    (0.5, [{'skill': 'drama', 'wishes': 1, 'uncovered': 1, 'nobody': False}])
    """
    options = options or Options()
    members = sorted(activity.members_in(period) & activity.consenting & activity.people.keys())
    offered: dict[str, set[str]] = defaultdict(set)
    for person in members:
        for skill in activity.people[person].offers:
            offered[skill.strip().casefold()].add(person)
    wishes: Counter[str] = Counter()
    uncovered: Counter[str] = Counter()
    unsure = 0
    for person in members:
        for skill in sorted({word.strip().casefold() for word in activity.people[person].wants}):
            wishes[skill] += 1
            near, unknown = _within_reach(activity, period, person, offered[skill] - {person}, options)
            uncovered[skill] += not near
            unsure += unknown
    gaps = [
        {"skill": skill, "wishes": wishes[skill], "uncovered": count, "nobody": not offered[skill]}
        for skill, count in sorted(uncovered.items(), key=lambda item: (-item[1], item[0]))
        if count
    ]
    return share(
        wishes.total() - uncovered.total(),
        wishes.total(),
        reasons.NO_WANTED_SKILLS,
        missing={reasons.DISTANCES_UNKNOWN: unsure},
        detail={"gaps": gaps},
    )


def _within_reach(
    activity: Activity, period: Period, person: str, others: set[str], options: Options
) -> tuple[bool, bool]:
    """Whether one of `others` is within reach of `person`, and whether that rests on an unknown distance."""
    if options.reach_km is None or not others:
        return bool(others), False
    here = _home(activity, person, period)
    places = [_home(activity, other, period) for other in others]
    if here is not None:
        for there in places:
            if there is not None and float(haversine_km(*here, *there)) <= options.reach_km:
                return True, False
    unknown = here is None or any(there is None for there in places)
    return unknown, unknown


def _home(activity: Activity, person: str, period: Period) -> tuple[float, float] | None:
    school = activity.schools.get(activity.school_of(person, period))
    return place_of(school.lat, school.lon) if school else None
