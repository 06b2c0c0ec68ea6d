from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.workbench.lists import as_json, write_list
from tejido.workbench.pairs.pricing import prices, sides
from tejido.workbench.pairs.refusals import why_alone
from tejido.workbench.seats.reading import read_people
from tejido_analytics.pairing import Alone, Buddies, Mentoring, buddies, mentors


class Command(TejidoCommand):
    help = "Pair people: buddies who complement each other, or mentors with room for so many."
    example = "tejido pair people.csv --mix school=3 --alike subject --met met.csv --out pairs.csv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("people", type=Path, help="columns: person; any others, to be paired by")
        for option, words in (
            ("--mix", "better if the words of this column differ"),
            ("--alike", "better if the words of this column agree"),
            (
                "--near",
                "better if the numbers of this column are near; the weight is of each unit between them",
            ),
        ):
            parser.add_argument(option, action="append", default=[], metavar="COLUMN=WEIGHT", help=words)
        parser.add_argument(
            "--apart", type=Path, help="columns: person, group; no two of a group go together"
        )
        parser.add_argument(
            "--met",
            type=Path,
            help="who met before; columns: person, other; times, date. Or: person, round, table",
        )
        parser.add_argument(
            "--half-life",
            type=float,
            default=365.0,
            help="days after which a meeting weighs half (default: 365)",
        )
        parser.add_argument(
            "--repeat", type=float, default=10.0, help="weight of each earlier meeting (default: 10)"
        )
        add_sides(parser)
        parser.add_argument("--out", type=Path, required=True, help="a CSV: pair, person; or mentor, person")
        parser.add_argument("--json", action="store_true", help="print what was found as JSON")

    def work(self, **options: Any) -> None:
        if options["repeat"] < 0 or options["share"] < 0:
            raise Refusal("below_zero", _("Weights and prices are 0 or more."))
        people = read_people(options["people"])
        found = paired(people, options) if options["mentors"] is None else mentored(people, options)
        headings, rows = rows_of(found)
        write_list(options["out"], headings, rows)
        said = self.stderr if options["json"] else self.stdout
        for line in sentences(found):
            said.write(line)
        said.write(_("Written to %(file)s") % {"file": options["out"]})
        if options["json"]:
            self.stdout.write(as_json(summary(found)))


def add_sides(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--no-threes", action="store_true", help="leave somebody alone rather than make a three"
    )
    parser.add_argument("--mentors", metavar="COLUMN", help="a yes in this column: a mentor for the others")
    parser.add_argument(
        "--room",
        default="1",
        help="people a mentor takes: a number, or the column that holds it (default: 1)",
    )
    parser.add_argument(
        "--share",
        type=float,
        default=0.0,
        help="what each further person of one mentor costs more (default: 0)",
    )


def paired(people: tuple[str, ...], options: Mapping[str, Any]) -> Buddies:
    """Buddies from the list."""
    return buddies(people, prices(people, options), threes=not options["no_threes"])


def mentored(people: tuple[str, ...], options: Mapping[str, Any]) -> Mentoring:
    """Mentors from the list. Raises Refusal no_mentors, where nobody or everybody is one."""
    both = sides(people, options["people"], options["mentors"], options["room"])
    if not both.guides or not both.guided:
        raise Refusal(
            "no_mentors",
            _(
                "«%(column)s» makes %(mentors)d mentors for %(people)d people. There must be at least one of each."
            )
            % {"column": options["mentors"], "mentors": len(both.guides), "people": len(both.guided)},
        )
    table = prices(people, options)[list(both.guided)][:, list(both.guides)]
    guided, guides = [people[at] for at in both.guided], [people[at] for at in both.guides]
    return mentors(guided, guides, table, room=both.room, fuller=options["share"])


def rows_of(found: Buddies | Mentoring) -> tuple[tuple[str, str], list[tuple[Any, str]]]:
    """Headings and rows of the list that is written; pairs are numbered from 1."""
    if isinstance(found, Buddies):
        rows = [(number, person) for number, group in enumerate(found.groups, start=1) for person in group]
        return ("pair", "person"), rows
    return ("mentor", "person"), sorted((mentor, person) for person, mentor in found.mentor_of)


def sentences(found: Buddies | Mentoring) -> list[str]:
    """What was found, for people."""
    if isinstance(found, Buddies):
        pairs = sum(len(group) == 2 for group in found.groups)
        threes = len(found.groups) - pairs
        lines = [ngettext("%(count)d pair.", "%(count)d pairs.", pairs) % {"count": pairs}]
        if threes:
            lines.append(
                ngettext("%(count)d group of three.", "%(count)d groups of three.", threes)
                % {"count": threes}
            )
    else:
        count = len(found.mentor_of)
        lines = [
            ngettext("%(count)d person has a mentor.", "%(count)d people have a mentor.", count)
            % {"count": count}
        ]
    return lines + [why_alone(alone.person, alone.because) for alone in found.alone]


def summary(found: Buddies | Mentoring) -> dict[str, Any]:
    """What was found, for other programs."""
    made: dict[str, Any]
    if isinstance(found, Buddies):
        made = {"groups": [list(group) for group in found.groups]}
    else:
        made = {"mentor_of": dict(found.mentor_of)}
    return {**made, "price": found.price, "alone": [_told(alone) for alone in found.alone]}


def _told(alone: Alone) -> dict[str, str]:
    return {
        "person": alone.person,
        "because": alone.because,
        "sentence": why_alone(alone.person, alone.because),
    }
