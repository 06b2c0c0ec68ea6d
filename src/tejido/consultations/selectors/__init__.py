"""Questions about consultations. What they cost stands with each."""

from __future__ import annotations

from tejido.consultations.selectors.counting import Count, Turnout, count_of, turnout_of
from tejido.consultations.selectors.doors import door_of, is_open, is_over
from tejido.consultations.selectors.hanging import hanging_on
from tejido.consultations.selectors.lists import (
    authors_of,
    ballots_shown,
    consultations_for,
    consultations_in,
    electorate,
    merged_away,
    standing_proposals,
    voters_of,
    waiting_votes,
)
from tejido.consultations.selectors.outcomes import chosen_nodes, node_of_choice, winners_of

__all__ = [
    "Count",
    "Turnout",
    "authors_of",
    "ballots_shown",
    "chosen_nodes",
    "consultations_for",
    "consultations_in",
    "count_of",
    "door_of",
    "electorate",
    "hanging_on",
    "is_open",
    "is_over",
    "merged_away",
    "node_of_choice",
    "standing_proposals",
    "turnout_of",
    "voters_of",
    "waiting_votes",
    "winners_of",
]
