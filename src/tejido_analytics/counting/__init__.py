"""Counting votes: six methods, every round shown, every tie named and settled by a stated rule."""

from __future__ import annotations

from tejido_analytics.counting.ballots import Ballot, Cast, cast
from tejido_analytics.counting.result import METHODS, Result, Round, Tie
from tejido_analytics.counting.schulze import Pairwise, pairwise, schulze
from tejido_analytics.counting.simple import approval, plurality, points
from tejido_analytics.counting.transferable import instant_runoff, stv

__all__ = [
    "METHODS",
    "Ballot",
    "Cast",
    "Pairwise",
    "Result",
    "Round",
    "Tie",
    "approval",
    "cast",
    "instant_runoff",
    "pairwise",
    "plurality",
    "points",
    "schulze",
    "stv",
]
