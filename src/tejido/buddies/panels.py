"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.communities.models import Community
from tejido.directory.models import Person


def doors(request: HttpRequest, community: Community) -> str:
    """The ways to skills and buddies, on the page of people. No query."""
    return render_to_string("buddies/panels/doors.html", {"community": community}, request)


def my_skills(request: HttpRequest, person: Person) -> str:
    """To their own eyes only: the way to say what they can share, and whether they would like a buddy. No query."""
    if person.user_id is None or person.user_id != request.user.pk:
        return ""
    return render_to_string("buddies/panels/person.html", {}, request)
