"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.alliances import selectors
from tejido.communities.models import Community
from tejido.directory.models import Organisation
from tejido.gatherings.models import Gathering
from tejido.web.slots import only_where


def networks_door(request: HttpRequest, community: Community) -> str:
    """The way to the networks of networks, on the page of governance. One query."""
    above, below = selectors.joinings_of(community, _reader(request))
    waiting = sum(1 for one in below if one.state == "asked")
    context = {"community": community, "above": len(above), "below": len(below), "waiting": waiting}
    return render_to_string("alliances/panels/networks_door.html", context, request)


def agreements_door(request: HttpRequest, community: Community) -> str:
    """The way to the agreements, for the team and researchers. One query."""
    if "understand" not in community.rights_of_reader:
        return ""
    due = selectors.due_in(community, _reader(request)).count()
    context = {"community": community, "due": due}
    return render_to_string("alliances/panels/agreements_door.html", context, request)


def agreements_with(request: HttpRequest, organisation: Organisation) -> str:
    """What communities have agreed with an organisation, as far as the reader may see it. One query."""
    found = list(selectors.agreements_with(organisation, _reader(request))[:50])
    if not found:
        return ""
    return render_to_string("alliances/panels/organisation.html", {"agreements": found}, request)


@only_where(selectors.is_supported)
def supporters(request: HttpRequest, gathering: Gathering) -> str:
    """Who gave something to a gathering, for everybody who sees it. One query."""
    found = selectors.supporters_of(gathering)
    return (
        render_to_string("alliances/panels/gathering.html", {"supporters": found}, request) if found else ""
    )


def _reader(request: HttpRequest) -> User:
    """Pages with slots stand behind @members."""
    assert isinstance(request.user, User)
    return request.user
