"""What hangs on a person who holds a role: each domain gathers its part for the list to hand over.

A function takes the person and the community of the role and returns `communities.values.Hanging`, with one query.
"""

HANDING: list[str] = [
    "tejido.communities.selectors.hanging_on",
    "tejido.gatherings.selectors.hanging_on",
    "tejido.instruments.selectors.hanging_on",
    "tejido.consultations.selectors.hanging_on",
    "tejido.alliances.selectors.hanging_on",
]
