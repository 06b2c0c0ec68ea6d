"""Questions to this domain."""

from tejido.seating.selectors.board import (
    Option,
    Standing,
    harvest_of,
    is_seated,
    options_for,
    own_tables,
    places_of,
    plan_of,
    standing_of,
    talks_of,
)
from tejido.seating.selectors.people import experts_in, met_before, people_for, traits_of

__all__ = [
    "Option",
    "Standing",
    "experts_in",
    "harvest_of",
    "is_seated",
    "met_before",
    "options_for",
    "own_tables",
    "people_for",
    "places_of",
    "plan_of",
    "standing_of",
    "talks_of",
    "traits_of",
]
