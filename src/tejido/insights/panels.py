"""What insight adds to the pages of other domains. Each panel takes (request, subject), and is "" where it says nothing."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tejido.communities.models import Community
from tejido.directory.models import Person, School
from tejido.gatherings.models import Gathering
from tejido.insights import selectors

NOTHING = SafeString("")


def pulse(request: Any, community: Community) -> SafeString:
    """Three numbers of the last twelve months on a community's page. One query."""
    return _panel(request, "pulse", selectors.pulse_of(community), community=community)


def returning(request: Any, gathering: Gathering) -> SafeString:
    """Who was there before, who is new, on a gathering's page. One query."""
    return _panel(request, "returning", selectors.faces_of(gathering, request.user), gathering=gathering)


def her_people(request: Any, person: Person) -> SafeString:
    """With whom a person is tied, on their page: for themselves and the team. At most three queries."""
    return _panel(request, "her_people", selectors.people_tied_to(person, request.user), person=person)


def depth_of_school(request: Any, school: School) -> SafeString:
    """How many people carry a school's part, on its page: for the team. At most three queries."""
    return _panel(request, "depth_of_school", selectors.depth_of(school, request.user), school=school)


def _panel(request: Any, name: str, shown: Any, **subject: Any) -> SafeString:
    if shown is None:
        return NOTHING
    return render_to_string(
        f"insights/partials/panel_{name}.html", {"shown": shown, **subject}, request=request
    )
