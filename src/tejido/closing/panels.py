"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.closing import selectors
from tejido.communities.models import Community
from tejido.gatherings.models import Gathering
from tejido.web.slots import only_where

MOST = 5


def _reader(request: HttpRequest) -> User:
    """Pages with slots stand behind an account."""
    assert isinstance(request.user, User)
    return request.user


@only_where(selectors.owes_something)
def owed(request: HttpRequest, _reader_of_home: User) -> str:
    """What the reader has promised and not done, on the home page. One query."""
    found = list(selectors.owed_by_reader(_reader(request))[: MOST + 1])
    if not found:
        return ""
    shown = {"owed": found[:MOST], "more": len(found) > MOST}
    return render_to_string("closing/panels/owed.html", shown, request)


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the closing act, for the team. No query."""
    return render_to_string("closing/panels/door.html", {"gathering": gathering}, request)


def summary(request: HttpRequest, gathering: Gathering) -> str:
    """The way to what was done and agreed, once the gathering is closed. No query."""
    if gathering.sealed_at is None:
        return ""
    return render_to_string("closing/panels/summary.html", {"gathering": gathering}, request)


@only_where(selectors.open_from_before)
def carried(request: HttpRequest, gathering: Gathering) -> str:
    """What is open from earlier gatherings, on the page of the next one, to be ticked off by the team. One query."""
    if gathering.sealed_at is not None or gathering.state == Gathering.State.CANCELLED:
        return ""
    reader = _reader(request)
    lines = selectors.in_one_question(selectors.carried_to(gathering), reader)
    if not lines:
        return ""
    shown = {"gathering": gathering, "lines": lines, "ticks": "record" in gathering.rights_of_reader}
    return render_to_string("closing/panels/carried.html", shown, request)


def commitments_door(request: HttpRequest, community: Community) -> str:
    """The way to the commitments of a community, on the page of governance. No query."""
    return render_to_string("closing/panels/commitments_door.html", {"community": community}, request)


def commitments_line(request: HttpRequest, community: Community) -> str:
    """The same way, from the list of its gatherings. No query."""
    return render_to_string("closing/panels/commitments_line.html", {"community": community}, request)
