"""A count as an object for other programs and as a table of rounds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tejido_analytics.counting import Cast, Result

HEADINGS = ("round", "deed", "candidates", "candidate", "votes", "elected")


def as_object(result: Result, seen: Cast) -> dict[str, Any]:
    """elected, rounds, ties, and beside them method, seats, quota, ballots. Votes are numbers, rounded to 9 decimals."""
    return {
        "method": result.method,
        "seats": result.seats,
        "elected": list(result.elected),
        "quota": None if result.quota is None else _number(result.quota),
        "rounds": [
            {
                "round": one.number,
                "deed": one.deed,
                "candidates": list(one.candidates),
                "votes": {name: _number(votes) for name, votes in one.votes.items()},
                "exhausted": _number(one.exhausted),
                "transfer": None if one.transfer is None else _number(one.transfer),
                "elected": list(one.elected),
            }
            for one in result.rounds
        ],
        "ties": [
            {
                "round": tie.round,
                "between": list(tie.between),
                "for": tie.what_for,
                "chosen": list(tie.chosen),
                "settled_by": tie.settled_by,
            }
            for tie in result.ties
        ],
        "ballots": {
            "total": seen.total,
            "valid": seen.valid,
            "invalid": dict(seen.invalid),
            "mended": dict(seen.mended),
        },
        **({"detail": dict(result.detail)} if result.detail else {}),
    }


def rows(result: Result) -> Iterator[tuple[Any, ...]]:
    """A line for each candidate in each round, under `HEADINGS`."""
    for one in result.rounds:
        for name, votes in one.votes.items():
            elected = "yes" if name in one.elected else ""
            yield one.number, one.deed, ", ".join(one.candidates), name, _number(votes), elected


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 9)
