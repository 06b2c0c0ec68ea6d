"""Pictures, sounds and films that stand with the questions of a form."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.instruments import selectors
from tejido.instruments.attachments import media_type

KEPT_SECONDS = 7 * 24 * 3600  # a version never changes, and neither do its files


@public
@require_GET
def file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One of them, for whoever has the link. What it is, is told by its bytes."""
    door = selectors.door_of(token)
    if door is None or door.is_revoked or name not in selectors.files_shown(door.collection.version):
        raise Http404
    content = bytes(door.collection.version.files.get(name=name).content)
    kind = media_type(content)
    if kind.partition("/")[0] not in {"image", "audio", "video"}:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    return response
