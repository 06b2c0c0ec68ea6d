"""Why something cannot be: stable codes that travel with numbers. Callers make sentences of them, in any language.

The codes are written to files and looked up in catalogues: add, do not rename. What the numbers of each are called
stands beside it.
"""

from __future__ import annotations

from typing import Any, Final

# Why a visit was not placed (`Unplaced.because`) ---------------------------------------------------------------
NO_PLACE: Final = "no coordinates"  # nothing more
NO_SKILL: Final = "no team has the skill"  # skill
TOO_LONG: Final = "the visit is longer than a day"  # minutes, day_minutes
OUT_OF_REACH: Final = "out of reach"  # minutes (there and back with the visit), days, days_allowed
CLOSED: Final = "closed on every day"  # days
SPACING: Final = "too close together"  # fit, due, min_days
NO_TEAM_DAYS: Final = "the teams have no days left"  # route_days, available, teams
NO_TEAM_DAYS_OF_ONE: Final = "the team has no days left"  # team, route_days, available
NO_COMMON_DAY: Final = "no open day is free"  # open_days, free_days

UNPLACED: Final = frozenset(
    {
        NO_PLACE,
        NO_SKILL,
        TOO_LONG,
        OUT_OF_REACH,
        CLOSED,
        SPACING,
        NO_TEAM_DAYS,
        NO_TEAM_DAYS_OF_ONE,
        NO_COMMON_DAY,
    }
)

# Why there can be no plan at all (`CannotPlan.code`) --------------------------------------------------------------
NO_SCHOOLS: Final = "no schools"
NO_TEAMS: Final = "no teams"
NO_WORKING_DAYS: Final = "no working days"  # first, last
WRONG_SEASON: Final = "the season ends before it begins"  # first, last
SAME_TEAM_TWICE: Final = "two teams with one name"  # team
PERSON_IN_TWO_TEAMS: Final = "one person in two teams"  # person, team, other
TEAM_WITHOUT_PLACE: Final = "a team without a home base"  # team
SAME_LINE_TWICE: Final = "one school and skill on two lines"  # school, skill
WRONG_NUMBER: Final = "a number out of its range"  # what, value, least, most

IMPOSSIBLE: Final = frozenset(
    {
        NO_SCHOOLS,
        NO_TEAMS,
        NO_WORKING_DAYS,
        WRONG_SEASON,
        SAME_TEAM_TWICE,
        PERSON_IN_TWO_TEAMS,
        TEAM_WITHOUT_PLACE,
        SAME_LINE_TWICE,
        WRONG_NUMBER,
    }
)


class CannotPlan(ValueError):
    """The input allows no plan. code: one of `IMPOSSIBLE`; numbers: what its sentence needs, by name.

    >>> CannotPlan(SAME_TEAM_TWICE, team="North").numbers
    {'team': 'North'}
    """

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(f"{code}: {numbers}" if numbers else code)
        self.code, self.numbers = code, numbers
