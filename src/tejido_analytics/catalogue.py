"""The indicators by id: family and unit of each, in the order in which they are read.

The ids are those of the written definitions; files and catalogues of translations use them. Add, do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Definition:
    """family: formation, meetings, place, leadership, sharing. unit: count (a whole number of people, schools, ties …),
    share (0..1), index (-1..1 or a number without unit), ratio (1 is alike), km, weight (summed tie weights), rating (1..5)."""

    id: str
    family: str
    unit: str


_FAMILIES: Final = {
    "formation": """
        active_members:count retention:share newcomers:count returners:count core_share:share drop_in_share:share
        cohort_retention:share density:share mean_strength:weight isolates_share:share largest_component:share
        clustering:share communities:count k_core:count core_periphery:index bridging_district:index bridging_school:index
        bridging_sector:index bridging_subject:index brokers:index reciprocity:share tie_change:share
        skills_cover:share
    """,
    "meetings": """
        held:share attendance_rate:share time_mix:share voices:count partners:count exit_response:share usefulness:rating
    """,
    "place": "schools_reached:count territories_reached:count rural_share:share distance:km equity:ratio",
    "leadership": "leaders_engaged:share depth:share school_retention:share survives_departure:share school_survival:share",
    "sharing": "leadership_spread:index member_led:share",
}

DEFINITIONS: Final = {
    name: Definition(name, family, unit)
    for family, listed in _FAMILIES.items()
    for name, unit in (entry.split(":") for entry in listed.split())
}

BRIDGING_ATTRIBUTES: Final = ("district", "school", "sector", "subject")
