"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.calls import selectors
from tejido.communities.models import Community


def door(request: HttpRequest, community: Community) -> str:
    """The way to the open calls, on the page of governance. One query."""
    shown = {"community": community, "open": selectors.open_now(community).count()}
    return render_to_string("calls/panels/door.html", shown, request)


def open_to_everybody(request: HttpRequest, community: Community) -> str:
    """Calls that take applications now, on the public page of a charter. One query."""
    found = list(selectors.open_now(community))
    return render_to_string("calls/panels/open_to_everybody.html", {"calls": found}, request) if found else ""
