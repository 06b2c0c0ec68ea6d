"""What every page knows: the places to go, the languages, whether this is the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def shell(request: HttpRequest) -> dict[str, Any]:
    """Variables of web/base.html. No query."""
    navigation = import_string(settings.NAVIGATION)
    return {
        "places": navigation["signed_in"] if request.user.is_authenticated else [],
        "community_places": navigation["community"],
        "languages": settings.LANGUAGES,
        "demonstration": settings.TEJIDO_DEMONSTRATION,
    }
