"""What this domain adds to the page of a gathering (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tejido.checkin import codes, selectors
from tejido.gatherings.models import Gathering
from tejido.invitations.models import Door
from tejido.web.sharing import qr_code
from tejido.web.slots import only_where


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the door, for the team. No query."""
    return render_to_string("checkin/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.is_open)
def my_code(request: HttpRequest, gathering: Gathering) -> str:
    """The way to one's own code, while the door is open. No query of its own."""
    return render_to_string("checkin/panels/my_code.html", {"gathering": gathering}, request)


@only_where(selectors.shows_code)
def code_by_link(request: HttpRequest, door: Door) -> str:
    """The code to show at the door, for whoever said by their own link that they come. No query of its own."""
    shown = {
        "qr": qr_code(codes.personal_address(door.gathering_id, door.person_id), title=_("My code")),
        "path": codes.personal_path(door.gathering_id, door.person_id),
    }
    return render_to_string("checkin/panels/code_by_link.html", shown, request)
