"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.improvement import selectors
from tejido.web.slots import only_where

MOST = 5


def cycles_door(request: HttpRequest, community: Community) -> str:
    """The way to the cycles of a community, on the page of governance. No query."""
    return render_to_string("improvement/panels/door.html", {"community": community}, request)


@only_where(selectors.owes_a_task)
def owed(request: HttpRequest, _reader_of_home: User) -> str:
    """Tasks of cycles that wait for the reader, on the home page. One query."""
    assert isinstance(request.user, User)
    found = list(selectors.owed_tasks(request.user)[:MOST])
    if not found:
        return ""
    return render_to_string("improvement/panels/owed.html", {"tasks": found}, request)
