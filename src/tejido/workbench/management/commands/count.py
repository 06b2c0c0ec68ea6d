from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.workbench.cells import split_list
from tejido.workbench.counting import sentences
from tejido.workbench.counting.reading import read_ballots
from tejido.workbench.counting.writing import HEADINGS, as_object, rows
from tejido.workbench.lists import as_json, write_list
from tejido_analytics.counting import (
    METHODS,
    Cast,
    Result,
    approval,
    cast,
    instant_runoff,
    plurality,
    schulze,
    stv,
)

EQUAL_PLACES = ("approval", "schulze")
HEADINGS_ARE = {"auto": None, "yes": True, "no": False}


class Command(TejidoCommand):
    help = "Count ballots by one of five methods, with every round shown and every tie named."
    example = "tejido count ballots.csv --method stv --seats 3 --order Ana,Eva,Luz,Tom --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ballots", type=Path, help="a ballot a line, first choice first")
        parser.add_argument("--method", required=True, choices=METHODS, help="how votes become seats")
        parser.add_argument("--seats", type=int, default=1, help="to be filled (default: 1)")
        parser.add_argument(
            "--candidates", default="", help="who stands, Ana,Eva,Luz (default: everybody named)"
        )
        parser.add_argument("--order", default="", help="settles ties: all candidates, the luckiest first")
        parser.add_argument(
            "--seed", type=int, default=1, help="of the lot that settles ties without --order"
        )
        parser.add_argument(
            "--decimals", type=int, help="stv: cut passed votes to so many places (Scotland: 5)"
        )
        parser.add_argument(
            "--heading", default="auto", choices=HEADINGS_ARE, help="whether the first line is a heading"
        )
        parser.add_argument("--out", type=Path, help="the rounds as a CSV")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def work(self, **options: Any) -> None:
        box = read_ballots(options["ballots"], HEADINGS_ARE[options["heading"]])
        candidates = split_list(options["candidates"])
        if len(set(candidates)) < len(candidates):
            raise Refusal("candidate_twice", _("--candidates names somebody twice."))
        seen = cast(box.ballots, candidates, equal=options["method"] in EQUAL_PLACES)
        order = agreed_order(seen, options)
        result = counted(seen, order, options)
        said = self.stderr if options["json"] else self.stdout
        if box.heading:
            said.write(_("The first line was taken for a heading; --heading no takes it for a ballot."))
        quota = [_("Quota: %(votes)s.") % {"votes": sentences.votes(result.quota)}] if result.quota else []
        for line in (
            *sentences.cast_lines(seen),
            *quota,
            *sentences.round_lines(result),
            *sentences.tie_lines(result.ties),
            sentences.last_line(result),
        ):
            said.write(line)
        if options["out"]:
            write_list(options["out"], HEADINGS, rows(result))
            said.write(_("Written to %(file)s") % {"file": options["out"]})
        if options["json"]:
            self.stdout.write(as_json(as_object(result, seen)))


def agreed_order(seen: Cast, options: dict[str, Any]) -> list[str] | None:
    """The order that settles ties, and whether there can be a count at all.

    Raises Refusal no_valid_ballot, seats, one_seat, wrong_order, wrong_decimals.
    """
    seats, stand = options["seats"], len(seen.candidates)
    if not seen.valid:
        raise Refusal("no_valid_ballot", " ".join([_("No ballot counts."), *sentences.cast_lines(seen)]))
    if not 1 <= seats <= stand:
        words = ngettext(
            "%(n)d candidate stands: --seats is 1 to that many.",
            "%(n)d candidates stand: --seats is 1 to that many.",
            stand,
        )
        raise Refusal("seats", words % {"n": stand})
    if options["method"] == "instant-runoff" and seats > 1:
        raise Refusal("one_seat", _("An instant run-off fills one seat. For several, use --method stv."))
    if options["decimals"] is not None and not 0 <= options["decimals"] <= 12:
        raise Refusal("wrong_decimals", _("--decimals is 0 to 12."))
    order = split_list(options["order"])
    if order and sorted(order) != sorted(seen.candidates):
        raise Refusal(
            "wrong_order",
            _("--order names every candidate once: %(names)s.") % {"names": ", ".join(seen.candidates)},
        )
    return order or None


def counted(seen: Cast, order: list[str] | None, options: dict[str, Any]) -> Result:
    """The count by the method that was asked for."""
    method, seats, seed = options["method"], options["seats"], options["seed"]
    if method == "stv":
        return stv(seen, seats, decimals=options["decimals"], order=order, seed=seed)
    if method == "instant-runoff":
        return instant_runoff(seen, order=order, seed=seed)
    by_name = {"plurality": plurality, "approval": approval, "schulze": schulze}
    return by_name[method](seen, seats, order=order, seed=seed)
