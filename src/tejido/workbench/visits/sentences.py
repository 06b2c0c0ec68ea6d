"""What the library's codes say to people: why there is no plan, and why a visit is not in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido_analytics.routes import causes

Numbers = Mapping[str, Any]
OPTIONS = {
    "visits": "visits, --visits",
    "minutes": "minutes, --minutes",
    "max_days": "max_days",
    "min_days": "--min-days",
    "day_minutes": "--day-minutes",
    "starts_at": "--starts-at",
    "nights": "--nights",
    "balance": "--balance",
}


def why_not(because: str, numbers: Numbers) -> str:
    """Why visits are not in the plan, as one sentence. because: a code of `causes.UNPLACED`."""
    return _UNPLACED[because](numbers)


def why_no_plan(code: str, numbers: Numbers) -> str:
    """Why there can be no plan, and what to do. code: one of `causes.IMPOSSIBLE`."""
    return _IMPOSSIBLE[code](numbers)


def _no_place(n: Numbers) -> str:
    return _("The list of schools has no coordinates for it.")


def _no_skill(n: Numbers) -> str:
    return _("No team has the skill «%(skill)s».") % n


def _too_long(n: Numbers) -> str:
    return _("A visit takes %(minutes)d minutes, and a day has %(day_minutes)d.") % n


def _out_of_reach(n: Numbers) -> str:
    return (
        ngettext(
            "The way there and back with the visit takes %(minutes)d minutes: %(days)d days, and %(days_allowed)d is allowed.",
            "The way there and back with the visit takes %(minutes)d minutes: %(days)d days, and %(days_allowed)d are allowed.",
            n["days_allowed"],
        )
        % n
    )


def _closed(n: Numbers) -> str:
    return (
        ngettext(
            "The school is closed on the %(days)d working day.",
            "The school is closed on all %(days)d working days.",
            n["days"],
        )
        % n
    )


def _spacing(n: Numbers) -> str:
    return (
        ngettext(
            "Of %(due)d visits %(fit)d fits into the open days at least %(min_days)d days apart.",
            "Of %(due)d visits %(fit)d fit into the open days at least %(min_days)d days apart.",
            n["fit"],
        )
        % n
    )


def _no_team_days(n: Numbers) -> str:
    return (
        ngettext(
            "The one team that can go would need %(route_days)d days out, and has %(available)d.",
            "The %(teams)d teams that can go would need %(route_days)d days out, and have %(available)d.",
            n["teams"],
        )
        % n
    )


def _no_team_days_of_one(n: Numbers) -> str:
    return _("«%(team)s» would need %(route_days)d days out, and has %(available)d.") % n


def _no_common_day(n: Numbers) -> str:
    return (
        _(
            "On none of its %(open_days)d open days could a team take it along: on %(free_days)d a team is free, but the "
            "distance to other visits or the team's other days forbid it."
        )
        % n
    )


def _no_schools(n: Numbers) -> str:
    return _("There are no schools in the list.")


def _no_teams(n: Numbers) -> str:
    return _("There are no teams in the list.")


def _no_working_days(n: Numbers) -> str:
    return (
        _(
            "There is no working day from %(first)s to %(last)s. Choose a longer season, or take days off the list of holidays."
        )
        % n
    )


def _wrong_season(n: Numbers) -> str:
    return _("The season ends (%(last)s) before it begins (%(first)s).") % n


def _same_team_twice(n: Numbers) -> str:
    return _("The team «%(team)s» is in the list twice. Give each team a name of its own.") % n


def _person_in_two_teams(n: Numbers) -> str:
    return (
        _("«%(person)s» is in two teams, «%(team)s» and «%(other)s». Nobody can be in two places at once.")
        % n
    )


def _team_without_place(n: Numbers) -> str:
    return _("The team «%(team)s» has no home base: fill in its latitude and longitude.") % n


def _same_line_twice(n: Numbers) -> str:
    if n["skill"]:
        return (
            _(
                "The school «%(school)s» has two rows for the skill «%(skill)s». Make one of them, with all visits."
            )
            % n
        )
    return _("The school «%(school)s» is in the list twice. Keep one row, or give each row its skill.") % n


def _wrong_number(n: Numbers) -> str:
    said = {**n, "what": OPTIONS.get(n["what"], n["what"])}
    return _("%(value)s is not possible for %(what)s: from %(least)s to %(most)s.") % said


_UNPLACED: dict[str, Callable[[Numbers], str]] = {
    causes.NO_PLACE: _no_place,
    causes.NO_SKILL: _no_skill,
    causes.TOO_LONG: _too_long,
    causes.OUT_OF_REACH: _out_of_reach,
    causes.CLOSED: _closed,
    causes.SPACING: _spacing,
    causes.NO_TEAM_DAYS: _no_team_days,
    causes.NO_TEAM_DAYS_OF_ONE: _no_team_days_of_one,
    causes.NO_COMMON_DAY: _no_common_day,
}
_IMPOSSIBLE: dict[str, Callable[[Numbers], str]] = {
    causes.NO_SCHOOLS: _no_schools,
    causes.NO_TEAMS: _no_teams,
    causes.NO_WORKING_DAYS: _no_working_days,
    causes.WRONG_SEASON: _wrong_season,
    causes.SAME_TEAM_TWICE: _same_team_twice,
    causes.PERSON_IN_TWO_TEAMS: _person_in_two_teams,
    causes.TEAM_WITHOUT_PLACE: _team_without_place,
    causes.SAME_LINE_TWICE: _same_line_twice,
    causes.WRONG_NUMBER: _wrong_number,
}
