"""Questions about invitations and answers. What they cost stands with each."""

from __future__ import annotations

from tejido.invitations.selectors.answers import (
    Coming,
    Counts,
    Line,
    answer_lines,
    coming_to,
    counts_of,
    is_asked,
    own_place,
    replies_of,
    reply_of,
    substitute_for,
    unanswered_of,
)
from tejido.invitations.selectors.doors import address_of, asking_of, colleagues_of, door_by_token, school_of
from tejido.invitations.selectors.venues import Venue, advice_on, distances_to, venues_named
from tejido.invitations.values import Place

__all__ = [
    "Coming",
    "Counts",
    "Line",
    "Place",
    "Venue",
    "address_of",
    "advice_on",
    "answer_lines",
    "asking_of",
    "colleagues_of",
    "coming_to",
    "counts_of",
    "distances_to",
    "door_by_token",
    "is_asked",
    "own_place",
    "replies_of",
    "reply_of",
    "school_of",
    "substitute_for",
    "unanswered_of",
    "venues_named",
]
