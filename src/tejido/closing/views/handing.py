"""How pages by a link, and pictures, leave the house: nobody keeps them."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tejido.closing.models import Photo
from tejido.communities.models import Community
from tejido.web.responses import page


def kept_by_nobody(response: HttpResponseBase) -> HttpResponseBase:
    """Neither by caches nor by search engines: consent may be taken back, a link may be somebody's own."""
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def as_picture(photo: Photo, size: str) -> HttpResponseBase:
    """The bytes of a photograph. size: "small", or anything else for the whole. Raises Http404: the file is gone."""
    kept = photo.small if size == "small" else photo.file
    try:
        response = FileResponse(kept.open("rb"), content_type="image/jpeg", filename=f"{photo.pk}.jpg")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response.headers["X-Content-Type-Options"] = "nosniff"
    return kept_by_nobody(response)


def light(
    request: HttpRequest, template: str, community: Community | None, status: int = 200, **shown: Any
) -> HttpResponse:
    """A page that nobody keeps, with the times of the community."""
    zone = zoneinfo.ZoneInfo(community.time_zone) if community else None
    with timezone.override(zone):
        response = page(request, template, **shown)
    response.status_code = status
    kept_by_nobody(response)
    return response
