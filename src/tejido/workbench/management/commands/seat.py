from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.workbench.lists import as_json, write_list
from tejido.workbench.seats.reading import (
    read_experts,
    read_fixed,
    read_groups,
    read_met,
    read_mixes,
    read_people,
    read_seats,
)
from tejido.workbench.seats.sentences import in_words, refused
from tejido_analytics.seating.codes import Impossible
from tejido_analytics.seating.problem import Before, Problem, Rules, tables_for

if TYPE_CHECKING:  # the search loads a compiler: only where it is used
    from tejido_analytics.seating.search import Seating


class Command(TejidoCommand):
    help = "Seat people at tables for some rounds: new people each time, mixed company, rules kept."
    example = "tejido seat people.csv --rounds 4 --size 5 --mix district=2 --mix sector --apart apart.csv --out seats.csv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("people", type=Path, help="columns: person; any others, to be mixed by")
        parser.add_argument(
            "--rounds", type=int, required=True, help="how many times tables are changed, from 1"
        )
        parser.add_argument(
            "--size", required=True, help="most people at a table: 5; or fewest and most: 4-6"
        )
        add_wishes(parser)
        add_rules(parser)
        parser.add_argument("--seconds", type=float, default=5.0, help="search about so long (default: 5)")
        parser.add_argument(
            "--steps", type=int, help="so many steps instead: the same result on every machine"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, another seating (default: 1)")
        parser.add_argument(
            "--out", type=Path, required=True, help="a CSV: person, round, table, both from 1"
        )
        parser.add_argument("--json", action="store_true", help="print what it costs and lacks as JSON")

    def work(self, **options: Any) -> None:
        from tejido_analytics.seating.search import seat

        _check_limits(options)
        try:
            problem = read_problem(options)
            found = seat(problem, seconds=options["seconds"], steps=options["steps"], seed=options["seed"])
        except Impossible as impossible:
            raise refused(impossible) from impossible
        write_list(options["out"], ("person", "round", "table"), rows_of_seats(found))
        said = self.stderr if options["json"] else self.stdout
        for line in sentences(problem, found):
            said.write(line)
        said.write(_("Written to %(file)s") % {"file": options["out"]})
        if options["json"]:
            self.stdout.write(as_json(summary(problem, found)))


def add_wishes(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--met",
        type=Path,
        help="who met before; columns: person, other; times, date. Or an earlier --out: person, round, table",
    )
    parser.add_argument(
        "--half-life", type=float, default=365.0, help="days after which a meeting weighs half (default: 365)"
    )
    parser.add_argument(
        "--mix", action="append", default=[], metavar="COLUMN=WEIGHT", help="spread the words of a column"
    )
    parser.add_argument(
        "--even",
        action="append",
        default=[],
        metavar="COLUMN=WEIGHT",
        help="even out the numbers of a column",
    )
    parser.add_argument(
        "--expert",
        action="append",
        default=[],
        metavar="COLUMN=WEIGHT",
        help="somebody with a yes in this column at every table",
    )
    parser.add_argument(
        "--repeat", type=float, default=10.0, help="weight of a pair that meets again (default: 10)"
    )


def add_rules(parser: ArgumentParser) -> None:
    parser.add_argument("--together", type=Path, help="columns: person, group; a group shares a table")
    parser.add_argument("--apart", type=Path, help="columns: person, group; no two of a group share a table")
    parser.add_argument(
        "--fixed", type=Path, help="columns: person, table; round (all rounds where it is empty)"
    )
    parser.add_argument(
        "--seated", type=Path, help="a seating that stands (person, round, table), to be changed little"
    )
    parser.add_argument("--price", type=float, default=5.0, help="of each changed place (default: 5)")
    parser.add_argument("--played", type=int, default=0, help="first rounds of --seated that are over")


def _check_limits(options: Mapping[str, Any]) -> None:
    """Numbers that the options themselves cannot refuse."""
    if options["rounds"] < 1:
        raise Refusal("no_rounds", _("The number of rounds is 1 or more."))
    if not 0 <= options["played"] < options["rounds"]:
        raise Refusal(
            "all_played", _("--played is below the number of rounds: otherwise nothing is left to seat.")
        )
    if any(options[name] < 0 for name in ("seconds", "repeat", "price")) or (options["steps"] or 0) < 0:
        raise Refusal("below_zero", _("Seconds, steps, weights and prices are 0 or more."))


def sizes(text: str) -> tuple[int, int | None]:
    """`5` -> (5, None); `4-6` -> (6, 4). Raises Refusal wrong_size."""
    low, dash, high = text.partition("-")
    try:
        size, smallest = int(high if dash else low), int(low) if dash else None
    except ValueError:
        size, smallest = 0, None
    if size < 1 or (smallest is not None and not 1 <= smallest <= size):
        raise Refusal(
            "wrong_size",
            _(
                "«%(text)s» is not a size of tables. Write the most people, 5, or the fewest and the most, 4-6."
            )
            % {"text": text},
        )
    return size, smallest


def read_problem(options: Mapping[str, Any]) -> Problem:
    """Everything that was given. Raises Refusal, Impossible."""
    size, smallest = sizes(options["size"])
    path = options["people"]
    people = read_people(path)
    places = read_seats(options["seated"])
    return Problem(
        people=people,
        rounds=options["rounds"],
        tables=tables_for(len(people), size, smallest),
        mix=read_mixes(path, options["mix"], options["even"]),
        expertise=read_experts(path, people, options["expert"]),
        met=read_met(options["met"], options["half_life"]),
        rules=Rules(
            read_groups(options["together"]), read_groups(options["apart"]), read_fixed(options["fixed"])
        ),
        before=Before(places, options["price"], options["played"]) if places else None,
        repeat=options["repeat"],
    )


def rows_of_seats(found: Seating) -> list[tuple[str, int, int]]:
    """(person, round, table), both from 1, by round, table and the order of the list."""
    rows = [
        (person, number + 1, int(table) + 1)
        for person, tables in zip(found.people, found.tables, strict=True)
        for number, table in enumerate(tables)
        if table >= 0
    ]
    return sorted(rows, key=lambda row: row[1:])


def sentences(problem: Problem, found: Seating) -> list[str]:
    """What was found, for people."""
    tables, rounds = len(problem.tables), problem.rounds
    lines = [
        ngettext(
            "%(people)d people at %(tables)d tables, %(rounds)d round.",
            "%(people)d people at %(tables)d tables, %(rounds)d rounds.",
            rounds,
        )
        % {"people": len(problem.people), "tables": tables, "rounds": rounds}
    ]
    lines += [in_words(unmet) for unmet in found.unmet]
    if found.proved:
        lines.append(
            _("No seating can be better: the cost %(cost).1f is the least possible.")
            % {"cost": found.costs.total}
        )
    else:
        lines.append(
            _("Cost %(cost).1f; none can be below %(bound).1f.")
            % {"cost": found.costs.total, "bound": found.costs.bound}
        )
    return lines


def summary(problem: Problem, found: Seating) -> dict[str, Any]:
    """What was found, for other programs."""
    return {
        "people": len(problem.people),
        "rounds": problem.rounds,
        "tables": len(problem.tables),
        "cost": found.costs.total,
        "bound": found.costs.bound,
        "proved": found.proved,
        "terms": {
            term.name: {"cost": term.cost, "bound": term.bound, "count": term.count}
            for term in found.costs.terms
        },
        "unmet": [
            {"code": unmet.code, **unmet.numbers, "sentence": in_words(unmet)} for unmet in found.unmet
        ],
        "moves": found.moves,
    }
