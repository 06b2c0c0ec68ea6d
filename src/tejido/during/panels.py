"""What this domain adds to the page of a gathering, and to the page of an answer (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from tejido.during import selectors, tokens
from tejido.gatherings.models import Gathering
from tejido.invitations.models import Door
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the desk, for the team. No query."""
    return render_to_string("during/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.is_asking)
def now(request: HttpRequest, gathering: Gathering) -> str:
    """Something is asked now: the way to answer. No query of its own."""
    shown = {"path": reverse("during:take_part", args=[gathering.pk])}
    return render_to_string("during/panels/now.html", shown, request)


@only_where(lambda: selectors.is_asking("gathering_id"))
def now_by_link(request: HttpRequest, door: Door) -> str:
    """The same for whoever comes by their own link. One query."""
    room = selectors.room_of(door.gathering)
    if room is None:
        return ""
    path = tokens.own_path(room.code, door.gathering_id, door.person_id)
    return render_to_string("during/panels/now.html", {"path": path}, request)


@only_where(selectors.has_kept_questions)
def kept(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the questions from the room and their answers, for whoever sees the gathering. No query of its own."""
    return render_to_string("during/panels/kept.html", {"gathering": gathering}, request)
