"""Questions about agreements and about what networks share. Read only; every list says what it costs."""

from tejido.alliances.selectors.agreements import (
    Total,
    agreements_for,
    agreements_in,
    agreements_with,
    contributions_of,
    due_in,
    gatherings_to_choose,
    is_supported,
    supporters_of,
    totals_in,
)
from tejido.alliances.selectors.hanging import hanging_on
from tejido.alliances.selectors.joinings import (
    SharedNetwork,
    communities_that_may_join,
    joinings_for,
    joinings_of,
    link_behind,
    networks_to_join,
    open_link_of,
    shared_with,
    shares_of,
)

__all__ = [
    "SharedNetwork",
    "Total",
    "agreements_for",
    "agreements_in",
    "agreements_with",
    "communities_that_may_join",
    "contributions_of",
    "due_in",
    "gatherings_to_choose",
    "hanging_on",
    "is_supported",
    "joinings_for",
    "joinings_of",
    "link_behind",
    "networks_to_join",
    "open_link_of",
    "shared_with",
    "shares_of",
    "supporters_of",
    "totals_in",
]
