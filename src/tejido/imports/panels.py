"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.policies import can
from tejido.imports.models import ImportRun


def bring_a_list(request: HttpRequest, community: Community) -> SafeString | str:
    """A way to bring lists, for whoever may. One query."""
    actor = cast(User, request.user)
    if not can(actor, "imports.bring", (ImportRun.Kind.ATTENDANCE, community)):
        return ""
    return SafeString(render_to_string("imports/panels/bring.html", {"community": community}, request))


def bring_a_register(request: HttpRequest, _subject: object) -> SafeString | str:
    """A way to bring lists of schools, for whoever may. One query."""
    actor = cast(User, request.user)
    if not can(actor, "imports.bring", (ImportRun.Kind.SCHOOLS, None)):
        return ""
    return SafeString(render_to_string("imports/panels/bring_schools.html", {}, request))
