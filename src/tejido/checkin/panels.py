"""What this domain adds to the page of a gathering (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.checkin import selectors
from tejido.gatherings.models import Gathering
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the door, for the team. No query."""
    return render_to_string("checkin/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.is_open)
def my_code(request: HttpRequest, gathering: Gathering) -> str:
    """The way to one's own code, while the door is open. No query of its own."""
    return render_to_string("checkin/panels/my_code.html", {"gathering": gathering}, request)
