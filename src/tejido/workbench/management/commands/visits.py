from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.workbench.lists import as_json
from tejido.workbench.visits.reading import (
    Defaults,
    read_dates,
    read_matrix,
    read_schools,
    read_teams,
    unknown_name,
)
from tejido.workbench.visits.replanning import read_plan, what_changed
from tejido.workbench.visits.sentences import why_no_plan, why_not
from tejido.workbench.visits.writing import changes, summary, write_plan, write_replan
from tejido_analytics.routes.causes import CannotPlan
from tejido_analytics.routes.model import Accompaniment, Effort, Load, Rules, Season, VisitPlan
from tejido_analytics.routes.planning import plan_visits
from tejido_analytics.routes.replanning import replan
from tejido_analytics.routes.travel import Travel

SHOWN = 10  # schools without a place that the screen names; the list has them all


class Command(TejidoCommand):
    help = "Plan visits: which team goes to which school on which day, with travel, closures, rest and fair loads."
    example = (
        "tejido visits schools.csv --teams teams.csv --from 2025-02-03 --to 2025-11-28 "
        "--visits 10 --min-days 14 --out plan.csv"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "schools", type=Path, help="columns: school, latitude, longitude; name, visits, minutes, skill"
        )
        add_lists(parser)
        add_rules(parser)
        add_change(parser)
        parser.add_argument("--seconds", type=float, help="search about so long instead of a number of steps")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another plan (default: 1)")
        parser.add_argument("--out", type=Path, required=True, help="the plan: a CSV with one line per visit")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def work(self, **options: Any) -> None:
        if options["today"] and not options["plan"]:
            raise Refusal("no_plan", _("--today goes with --plan: the plan there was, as a list."))
        given, names = read_everything(options)
        try:
            told, found = (
                _replanned(given, names, options) if options["plan"] else _planned(given, names, options)
            )
        except CannotPlan as impossible:
            raise Refusal(
                impossible.code, why_no_plan(impossible.code, impossible.numbers), **impossible.numbers
            ) from impossible
        said = self.stderr if options["json"] else self.stdout
        for line in [*told, _("Written to %(file)s") % {"file": options["out"]}]:
            said.write(line)
        if options["json"]:
            self.stdout.write(as_json(found))


Told = tuple[list[str], dict[str, Any]]  # sentences for people, and the object of --json


def _planned(given: Accompaniment, names: dict[str, str], options: dict[str, Any]) -> Told:
    """A new plan, written. Raises CannotPlan, and Refusal where not a single visit has a place."""
    plan = plan_visits(given, Effort(options["seconds"], seed=options["seed"]))
    if plan.due and not plan.done:
        first = plan.unplaced[0]
        raise Refusal(
            first.because,
            _("Not a single visit can be placed. «%(school)s»: %(because)s")
            % {"school": names[first.school], "because": why_not(first.because, first.numbers)},
        )
    write_plan(options["out"], plan, names)
    return sentences(plan, names), summary(plan)


def _replanned(given: Accompaniment, names: dict[str, str], options: dict[str, Any]) -> Told:
    """The plan of --plan mended from --today on, written whole."""
    today: dt.date = options["today"] or timezone.localdate()
    standing = read_plan(options["plan"], today)
    after = replan(given, standing.visits, today, standing.undone)
    write_replan(options["out"], after, names)
    lines = {(due.school, due.skill) for due in given.dues}
    dropped = sum(
        visit.date >= today and (visit.school, visit.skill) not in lines for visit in standing.visits
    )
    told = [*what_changed(after, dropped, today), *sentences(after.plan, names)]
    return told, {**summary(after.plan), "change": changes(after, today)}


def add_lists(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--teams",
        type=Path,
        required=True,
        help="columns: team, latitude, longitude; skills, max_days, members",
    )
    parser.add_argument("--from", dest="first", type=_day, required=True, help="first day, 2025-02-03")
    parser.add_argument("--to", dest="last", type=_day, required=True, help="last day, 2025-11-28")
    parser.add_argument("--closures", type=Path, help="columns: school, date; until")
    parser.add_argument("--holidays", type=Path, help="columns: date; until")
    parser.add_argument(
        "--away", type=Path, help="days on which a team cannot go; columns: team, date; until"
    )
    parser.add_argument("--matrix", type=Path, help="measured ways; columns: from, to, km, minutes")


def add_change(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--plan", type=Path, help="the plan there was: mend it instead, moving as few visits as can be"
    )
    parser.add_argument(
        "--today", type=_day, help="with --plan: what is before this day stays (default: today)"
    )


def add_rules(parser: ArgumentParser) -> None:
    rules, travel = Rules(), Travel()
    parser.add_argument("--visits", type=int, default=1, help="due where the list does not say (default: 1)")
    parser.add_argument(
        "--minutes", type=int, default=120, help="of a visit, where the list does not say (default: 120)"
    )
    parser.add_argument(
        "--min-days", type=int, default=rules.min_days, help="from a school's visit to its next (default: 7)"
    )
    parser.add_argument(
        "--day-minutes", type=int, default=rules.day_minutes, help="longest day out (default: 600)"
    )
    parser.add_argument(
        "--starts-at", type=_time, default=rules.starts_at, help="of a day out (default: 07:00)"
    )
    parser.add_argument(
        "--nights", type=int, default=rules.nights, help="most nights away on one tour (default: 2)"
    )
    parser.add_argument(
        "--balance",
        type=float,
        default=rules.balance,
        help="no team has more than this times its share of days (default: 1.15)",
    )
    parser.add_argument(
        "--speed", type=float, default=travel.speed_kmh, help="km/h on the road (default: 50)"
    )
    parser.add_argument(
        "--factor", type=float, default=travel.factor, help="road km for one as the crow flies (default: 1.3)"
    )


def read_everything(options: dict[str, Any]) -> tuple[Accompaniment, dict[str, str]]:
    """The input of the plan, and school -> name. Raises Refusal."""
    if options["speed"] <= 0 or options["factor"] <= 0:
        raise Refusal("wrong_travel", _("The speed and the factor of travel are above 0."))
    dues, names = read_schools(options["schools"], Defaults(options["visits"], options["minutes"]))
    closures = read_dates(options["closures"], "school")
    for school in closures:
        if school not in names:
            raise unknown_name(options["closures"].name, school, "school")
    teams = read_teams(options["teams"], read_dates(options["away"], "team"))
    holidays = read_dates(options["holidays"], "").get("", frozenset())
    rules = Rules(
        min_days=options["min_days"],
        day_minutes=options["day_minutes"],
        starts_at=options["starts_at"],
        nights=options["nights"],
        balance=options["balance"],
    )
    travel = Travel(options["factor"], options["speed"], read_matrix(options["matrix"]))
    season = Season(options["first"], options["last"], holidays)
    return Accompaniment(dues, teams, season, closures, rules, travel), names


def sentences(plan: VisitPlan, names: dict[str, str]) -> list[str]:
    """What the plan amounts to, for people."""
    lines = [
        _("%(done)d of %(due)d visits have a place: %(days)d days out, %(km)d km, %(hours)d hours.")
        % {
            "done": plan.done,
            "due": plan.due,
            "days": len(plan.outings),
            "km": round(plan.km),
            "hours": round(plan.hours),
        }
    ]
    return lines + [_line_of(load) for load in plan.loads] + _without_place(plan, names)


def _line_of(load: Load) -> str:
    return _(
        "  %(team)s: %(visits)d visits in %(schools)d schools, %(days)d days out of %(available)d, %(km)d km, "
        "%(nights)d nights away"
    ) % {
        "team": load.team,
        "visits": load.visits,
        "schools": load.schools,
        "days": load.days,
        "available": load.available,
        "km": round(load.km),
        "nights": load.nights,
    }


def _without_place(plan: VisitPlan, names: dict[str, str]) -> list[str]:
    lines = []
    for row in plan.unplaced[:SHOWN]:
        said = {
            "school": names[row.school],
            "count": row.count,
            "because": why_not(row.because, row.numbers),
        }
        lines.append(
            ngettext(
                "  without a place: %(school)s, %(count)d visit. %(because)s",
                "  without a place: %(school)s, %(count)d visits. %(because)s",
                row.count,
            )
            % said
        )
    more = len(plan.unplaced) - SHOWN
    if more > 0:
        lines.append(
            ngettext("  … and %(more)d more school", "  … and %(more)d more schools", more) % {"more": more}
        )
    return lines


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(
            _("«%(text)s» is not a date; write it like this: 2025-03-14") % {"text": text}
        ) from error


def _time(text: str) -> int:
    try:
        time = dt.time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise ArgumentTypeError(
            _("«%(text)s» is not a time of day; write it like this: 07:30") % {"text": text}
        ) from error
    return time.hour * 60 + time.minute
