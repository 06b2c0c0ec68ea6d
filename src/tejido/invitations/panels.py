"""What this domain adds to the page of a gathering (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from tejido.accounts.models import User
from tejido.gatherings.models import Gathering
from tejido.invitations import selectors
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the answers, for the team. No query."""
    return render_to_string("invitations/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.is_asked)
def my_answer(request: HttpRequest, gathering: Gathering) -> str:
    """The reader's own answer, with buttons until it begins. One query, where answers are wanted."""
    assert isinstance(request.user, User)
    if gathering.state == Gathering.State.CANCELLED or gathering.starts_at <= timezone.now():
        return ""
    found = selectors.own_place(gathering, request.user)
    if found is None:
        return ""
    shown = {"gathering": gathering, "reply": found[1]}
    return render_to_string("invitations/panels/mine.html", shown, request)
