"""Questions to this domain."""

from tejido.seating.selectors.board import Option, Standing, options_for, places_of, standing_of
from tejido.seating.selectors.people import experts_in, met_before, people_for, traits_of, who_need_reach
from tejido.seating.selectors.told import (
    TableTalks,
    harvest_of,
    has_harvest,
    is_seated,
    own_tables,
    plan_of,
    prompts_of,
    table_talks,
    tables_of_person,
    takes_harvest,
    talks_of,
)

__all__ = [
    "Option",
    "Standing",
    "TableTalks",
    "experts_in",
    "harvest_of",
    "has_harvest",
    "is_seated",
    "met_before",
    "options_for",
    "own_tables",
    "people_for",
    "places_of",
    "plan_of",
    "prompts_of",
    "standing_of",
    "table_talks",
    "tables_of_person",
    "takes_harvest",
    "talks_of",
    "traits_of",
    "who_need_reach",
]
