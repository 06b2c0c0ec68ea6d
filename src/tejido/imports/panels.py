"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tejido.communities.models import Community


def bring_a_list(request: HttpRequest, community: Community) -> SafeString:
    """A way to bring lists. The page shows it to those who plan and record: no query."""
    return SafeString(render_to_string("imports/panels/bring.html", {"community": community}, request))


def bring_a_register(request: HttpRequest, _subject: object) -> SafeString:
    """A way to bring lists of schools. The page shows it to those who keep the registers: no query."""
    return SafeString(render_to_string("imports/panels/bring_schools.html", {}, request))
