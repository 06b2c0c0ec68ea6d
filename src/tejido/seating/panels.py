"""What this domain adds to the page of a gathering (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.gatherings.models import Gathering
from tejido.invitations.models import Door
from tejido.seating import selectors
from tejido.seating.tokens import table_path
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the seating, for the team. No query."""
    return render_to_string("seating/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.is_seated)
def my_tables(request: HttpRequest, gathering: Gathering) -> str:
    """At which table the reader sits in each round, once it is confirmed. One query."""
    assert isinstance(request.user, User)
    return _tables(request, gathering, selectors.own_tables(gathering, request.user))


@only_where(lambda: selectors.is_seated("gathering_id"))
def tables_by_link(request: HttpRequest, door: Door) -> str:
    """The same for whoever comes by their own link. One query."""
    found = selectors.tables_of_person(door.gathering_id, door.person_id)
    return _tables(request, door.gathering, found)


def _tables(request: HttpRequest, gathering: Gathering, found: list[tuple[int, int]]) -> str:
    if not found or gathering.state == Gathering.State.CANCELLED:
        return ""
    writes = selectors.takes_harvest(gathering)
    tables = [(number, at, table_path(gathering.pk, at) if writes else "") for number, at in found]
    return render_to_string("seating/panels/mine.html", {"tables": tables}, request)


@only_where(selectors.has_harvest)
def harvest(request: HttpRequest, gathering: Gathering) -> str:
    """What came out of the tables, for whoever sees the gathering. One query."""
    shown = {"talks": selectors.harvest_of(gathering), "language": gathering.community.language}
    return render_to_string("seating/panels/harvest.html", shown, request)
