"""What this domain adds to pages of the floors below (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.directory.models import Person
from tejido.instruments import selectors


def phones_of_person(request: HttpRequest, person: Person) -> str:
    """On somebody's own page: the phones that answer in their name. One query; none on pages of others."""
    user = request.user
    if not user.is_authenticated or person.user_id != user.pk:
        return ""
    phones = selectors.phones_for(user).filter(person=person, revoked_at=None)[:20]
    shown = {"phones": phones}
    return render_to_string("instruments/panels/phones.html", shown, request) if phones else ""
