"""Badges for whoever holds one, and what machines need to verify them: keys and the list of the revoked."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.certificates import selectors, services
from tejido.certificates.models import Certificate
from tejido.certificates.papers import file_name
from tejido.certificates.views.public import found_or_answer, kept_by_nobody

MINUTES_5 = 300
TYPES = {"json": "application/vc", "svg": "image/svg+xml", "png": "image/png"}


@public
@require_GET
def badge(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """The credential: as JSON, or inside a picture."""
    found = found_or_answer(request, key)
    if not isinstance(found, Certificate):
        return found
    response = HttpResponse(_made(found, ending), content_type=TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, ending)}"'
    return kept_by_nobody(response)


def _made(certificate: Certificate, ending: str) -> bytes:
    from tejido.certificates.badges import contents, pictures  # what signs is slow to load

    services.keep_signing_key()
    credential = contents.credential_of(certificate)
    if ending == "json":
        return json.dumps(credential, ensure_ascii=False, indent=1).encode()
    if ending == "svg":
        return pictures.baked_svg(pictures.drawn(certificate, "svg"), credential)
    return pictures.baked_png(pictures.drawn(certificate, "png"), credential)


@public
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of this installation, where `did:web` looks for them. One query."""
    from tejido.certificates.badges.keys import did_document

    return _open_to_all(
        JsonResponse(did_document(selectors.public_keys()), content_type="application/did+json")
    )


@public
@require_GET
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Which badges are revoked. One query; signed anew when one more is."""
    from tejido.certificates.badges.keys import multikey
    from tejido.certificates.badges.status import LENGTH, status_list

    revoked = selectors.revoked_between(number * LENGTH, (number + 1) * LENGTH)
    kept = f"certificates.list:{multikey()}:{number}:{len(revoked)}"
    made: dict[str, Any] | None = cache.get(kept)
    if made is None:
        services.keep_signing_key()
        made = status_list(number, revoked)
        cache.set(kept, made, MINUTES_5)
    return _open_to_all(JsonResponse(made, content_type="application/vc"))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Verifiers run in other people's browsers too."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=60)
    return response
