"""Questions about heads and their schools. What they cost stands with each."""

from __future__ import annotations

from tejido.school_leaders.selectors.doors import (
    address_of,
    commitment_by_link,
    commitments_looked_after,
    commitments_of_head,
    invitation_by_token,
    is_asked_as_head,
    waiting_for_head,
)
from tejido.school_leaders.selectors.hers import SchoolView, coming_for_school, school_view, standing_promises
from tejido.school_leaders.selectors.offers import offer_of, own_offers
from tejido.school_leaders.selectors.schools import (
    SchoolLine,
    engagement_of,
    heads_of,
    history_of,
    line_of,
    school_lines,
    terms_of,
)
from tejido.school_leaders.selectors.substitutes import (
    colleagues_of,
    has_substitutes,
    substitutions_at,
    substitutions_of,
)

__all__ = [
    "SchoolLine",
    "SchoolView",
    "address_of",
    "colleagues_of",
    "coming_for_school",
    "commitment_by_link",
    "commitments_looked_after",
    "commitments_of_head",
    "engagement_of",
    "has_substitutes",
    "heads_of",
    "history_of",
    "invitation_by_token",
    "is_asked_as_head",
    "line_of",
    "offer_of",
    "own_offers",
    "school_lines",
    "school_view",
    "standing_promises",
    "substitutions_at",
    "substitutions_of",
    "terms_of",
    "waiting_for_head",
]
