"""What this domain adds to the page of a gathering (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.agenda import selectors
from tejido.gatherings.models import Gathering
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the agenda, for the team. No query."""
    return render_to_string("agenda/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.has_agenda)
def agenda(request: HttpRequest, gathering: Gathering) -> str:
    """The agenda, for everybody who sees the gathering. One query, where there is one."""
    shown = {"gathering": gathering, "rows": selectors.in_one_question(gathering)}
    return render_to_string("agenda/panels/agenda.html", shown, request)
