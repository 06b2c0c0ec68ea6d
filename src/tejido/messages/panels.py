"""What this domain adds to the page of a person (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.directory.models import Person


def my_messages(request: HttpRequest, person: Person) -> str:
    """To their own eyes only: the way to the messages they get. No query."""
    if person.user_id is None or person.user_id != request.user.pk:
        return ""
    return render_to_string("messages/panels/person.html", {}, request)
