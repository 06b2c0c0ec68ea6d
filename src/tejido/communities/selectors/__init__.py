"""Questions about communities and who belongs to them. Read only; every list says what it costs."""

from tejido.communities.selectors.history import (
    KINDS,
    HistoryPage,
    history_of,
    history_page,
    kinds_of_history,
)
from tejido.communities.selectors.members import (
    communities_of_school,
    coordinators_of,
    members_on,
    memberships_in,
    memberships_of,
    recipients_of,
    team_of,
)
from tejido.communities.selectors.organisations import (
    communities_of_organisation,
    organisation_memberships_kept_by,
    organisations_in,
    organisations_now,
    representatives_kept_by,
)
from tejido.communities.selectors.roster import Narrowing, districts_of, roster
from tejido.communities.selectors.standing import SETTLED, standing_on
from tejido.communities.selectors.ties import tied_communities, tied_in, ties_for, ties_in
from tejido.communities.selectors.tree import (
    Surroundings,
    above,
    below,
    communities_run_by,
    communities_visible_to,
    my_communities,
    parts_of,
    places_for,
    surroundings,
)

__all__ = [
    "KINDS",
    "SETTLED",
    "HistoryPage",
    "Narrowing",
    "Surroundings",
    "above",
    "below",
    "communities_of_organisation",
    "communities_of_school",
    "communities_run_by",
    "communities_visible_to",
    "coordinators_of",
    "districts_of",
    "history_of",
    "history_page",
    "kinds_of_history",
    "members_on",
    "memberships_in",
    "memberships_of",
    "my_communities",
    "organisation_memberships_kept_by",
    "organisations_in",
    "organisations_now",
    "parts_of",
    "places_for",
    "recipients_of",
    "representatives_kept_by",
    "roster",
    "standing_on",
    "surroundings",
    "team_of",
    "tied_communities",
    "tied_in",
    "ties_for",
    "ties_in",
]
