"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.consultations import selectors


def votes_awaited(request: HttpRequest, community: Community) -> str:
    """Votes of this community that wait for the reader's. One query."""
    assert isinstance(request.user, User)
    waiting = selectors.waiting_votes(request.user).filter(community=community)
    return render_to_string("consultations/panels/awaited.html", {"waiting": waiting}, request)


def door(request: HttpRequest, community: Community) -> str:
    """The way to the consultations, on the page of governance. One query."""
    assert isinstance(request.user, User)
    found = selectors.consultations_in(community, request.user)
    opened = sum(1 for one in found if selectors.is_open(one))
    return render_to_string(
        "consultations/panels/door.html", {"community": community, "open": opened}, request
    )
