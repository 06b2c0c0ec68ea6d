"""What this domain adds to the page of a gathering (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.gatherings.models import Gathering
from tejido.seating import selectors
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the seating, for the team. No query."""
    return render_to_string("seating/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.is_seated)
def my_tables(request: HttpRequest, gathering: Gathering) -> str:
    """At which table the reader sits in each round, once it is confirmed. One query."""
    assert isinstance(request.user, User)
    tables = selectors.own_tables(gathering, request.user)
    if not tables or gathering.state == Gathering.State.CANCELLED:
        return ""
    return render_to_string("seating/panels/mine.html", {"tables": tables}, request)
